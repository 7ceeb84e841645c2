"""A case, locked for one act of one person: every change of a case goes through here."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import timedelta

from django.conf import settings
from django.db import transaction

from support.cases import dates
from support.cases.life import Act, MoveNotAllowed, State, next_states
from support.cases.models import Case, CaseItem, CaseMove
from support.conversations.log import open_log
from support.conversations.models import Conversation


class CaseNotFound(LookupError):
    """There is no case with this number."""


@dataclass(frozen=True)
class Moved:
    """Where an act has brought a case. repeated: the same key had done it before, and nothing happened now."""

    number: str
    previous: str
    state: str
    repeated: bool = False


class Docket:
    """Made by `open_docket` only. repeated: what the same act did before; then nothing is to be done."""

    def __init__(self, case: Case, act: Act) -> None:
        self.case, self.act = case, act
        self.items: list[CaseItem] = list(case.items.all())
        first = case.moves.filter(key=act.key).first()
        last = case.moves.filter(key__in=(act.key, f"{act.key}:on")).last()
        self.repeated = Moved(case.number, first.previous, last.state, True) if first and last else None
        self.moves: list[CaseMove] = []
        self.told = False

    @property
    def cancels(self) -> bool:
        """Whether the case cancels an order, so that there are no goods to send."""
        return all(item.decision.get("route") == "cancel" for item in self.items)

    def move(self, state: State, clauses: tuple[str, ...] = (), reason: str = "") -> None:
        """Along one edge, written down. A second move of the same act is its consequence. Raises MoveNotAllowed."""
        case, act = self.case, self.act
        if state not in next_states(case.state, self.cancels, act.by.kind):
            raise MoveNotAllowed(case.number, case.state, state)
        ends_promise = not self.moves and state != case.state
        self.moves.append(
            CaseMove.objects.create(
                case=case,
                due=case.due if ends_promise else "",
                due_at=case.due_at if ends_promise else None,
                key=f"{act.key}:on" if self.moves else act.key,
                previous=case.state,
                state=state,
                actor=act.by.kind,
                actor_id=act.by.id,
                actor_name=act.by.name,
                at=act.at,
                clauses=list(clauses),
                reason=reason,
            )
        )
        case.state = state

    def moved(self) -> Moved:
        return Moved(self.case.number, self.moves[0].previous, self.case.state)

    def store(self) -> None:
        """Writes the case and its items, with the promise that runs now, and lets whoever looks at it know."""
        plan(self.case)
        self.case.changed_at = self.act.at
        self.case.save()
        for item in self.items:
            item.save()
        if not self.told:
            self._touch_conversation()

    def _touch_conversation(self) -> None:
        if Conversation.objects.filter(pk=self.case.conversation, erased_at=None).exists():
            with open_log(self.case.conversation, self.act.at):
                pass


@contextmanager
def open_docket(number: str, act: Act) -> Iterator[Docket]:
    """The case with this number, locked; stored at the end unless the act is a repetition. Raises CaseNotFound."""
    with transaction.atomic():
        case = Case.objects.select_for_update().filter(number=number.strip().upper()).first()
        if case is None:
            raise CaseNotFound(number)
        docket = Docket(case, act)
        yield docket
        if docket.repeated is None:
            docket.store()


def plan(case: Case) -> None:
    """The promise that runs in this state, when it is broken, and when somebody has to be reminded of it."""
    promise = dates.promise_of(case)
    if promise is None:
        case.due, case.due_at, case.remind_at, case.overdue_since = "", None, None, None
        return
    due, due_at = promise[0], dates.end_of(promise[1], case.timezone)
    if (due, due_at) == (case.due, case.due_at):
        return
    customers = due == Case.Due.SEND
    ahead = settings.REMIND_CUSTOMER_HOURS if customers else settings.REMIND_DESK_HOURS
    case.due, case.due_at, case.overdue_since = due, due_at, None
    case.remind_at = due_at - timedelta(hours=ahead)
