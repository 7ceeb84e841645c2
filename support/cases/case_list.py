"""Lists of cases: what is due, what is overdue, what a desk shows page by page."""

from dataclasses import dataclass
from datetime import datetime

from django.db.models import Count, F, QuerySet

from support.cases.case_file import Deadline, deadline_of
from support.cases.models import Case, Reminder

PAGE = 50


@dataclass(frozen=True)
class CaseRow:
    """One line of a list. what: the request in a word (return, exchange, warranty, cancel), of the first item."""

    number: str
    state: str
    order_number: str
    conversation: str
    outcome: str
    opened_at: datetime
    deadline: Deadline | None
    items: tuple[str, ...]
    what: str


@dataclass(frozen=True)
class DeskReminder:
    """What the desk is told: a promise ends soon, or is broken. id grows: ask for those after the last one seen."""

    id: int
    case: str
    conversation: str
    due: str
    what: str
    at: datetime


def overdue_cases(now: datetime, limit: int = PAGE, offset: int = 0) -> list[CaseRow]:
    """The cases whose promise is broken at this moment, ours and the customers', the longest first."""
    return _rows(Case.objects.filter(due_at__lte=now).order_by("due_at", "pk"), now, limit, offset)


def count_overdue(now: datetime) -> int:
    return Case.objects.filter(due_at__lte=now).count()


def due_soon(now: datetime, until: datetime, limit: int = PAGE, offset: int = 0) -> list[CaseRow]:
    """The cases whose promise ends in this time, the soonest first."""
    return _rows(Case.objects.filter(due_at__gt=now, due_at__lte=until).order_by("due_at", "pk"), now, limit, offset)


def list_cases(now: datetime, states: tuple[str, ...] = (), limit: int = PAGE, offset: int = 0) -> list[CaseRow]:
    """Cases in these states (all, if none is named): by the promise that ends first, then the newest."""
    cases = Case.objects.filter(state__in=states) if states else Case.objects.all()
    return _rows(cases.order_by(F("due_at").asc(nulls_last=True), "-opened_at", "-pk"), now, limit, offset)


def count_by_state() -> dict[str, int]:
    """How many cases are in each state."""
    return dict(Case.objects.order_by("state").values_list("state").annotate(count=Count("pk")))


def desk_reminders(after: int = 0, limit: int = PAGE) -> list[DeskReminder]:
    """What the desk was told after this id, the oldest first."""
    found = Reminder.objects.filter(pk__gt=after, audience=Reminder.Audience.DESK).select_related("case").order_by("pk")
    return [
        DeskReminder(row.pk, row.case.number, row.case.conversation, row.due, row.what, row.at) for row in found[:limit]
    ]


def _rows(cases: QuerySet[Case], now: datetime, limit: int, offset: int) -> list[CaseRow]:
    return [_row(case, now) for case in cases.prefetch_related("items")[offset : offset + limit]]


def _row(case: Case, now: datetime) -> CaseRow:
    items = list(case.items.all())
    return CaseRow(
        number=case.number,
        state=case.state,
        order_number=case.order_number,
        conversation=case.conversation,
        outcome=case.outcome,
        opened_at=case.opened_at,
        deadline=deadline_of(case, now),
        items=tuple(item.name for item in items),
        what=str(items[0].decision.get("route") or "") if items else "",
    )
