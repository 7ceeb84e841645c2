"""Opening a case, and the cases a customer may hear about."""

import secrets
from collections import Counter
from datetime import datetime

from django.db import IntegrityError, transaction

from support.cases.dates import answer_by
from support.cases.docket import CaseNotFound, Docket, Moved, open_docket, plan
from support.cases.life import CUSTOMER, OF_THE_CUSTOMER, OPEN, Act, MoveNotAllowed, State
from support.cases.models import Case, CaseItem
from support.cases.new_case import NewCase, OpenedCase

LETTERS = "23456789ABCDEFGHJKMNPQRSTVWXYZ"  # none that can be taken for another one


def open_case(new: NewCase) -> OpenedCase:
    """The case for this request: a new one, or the one that the same message opened before.

    Everything is written in one transaction. Raises ValueError when there is nothing to decide on.
    """
    with transaction.atomic():
        case = draft_case(new)
        if case.state != State.DRAFT:
            return case
        with open_docket(case.number, Act(CUSTOMER, new.now, f"{new.opened_by}:submit")) as docket:
            return _handed_in(docket)


def draft_case(new: NewCase) -> OpenedCase:
    """The same, not handed in yet: nobody has to answer it before `submit`. Raises ValueError as open_case."""
    if not new.items:
        raise ValueError("a case needs at least one item")
    try:
        with transaction.atomic():
            return OpenedCase.of(_write(new))
    except IntegrityError:
        return OpenedCase.of(Case.objects.get(opened_by=new.opened_by))


def submit(number: str, act: Act) -> OpenedCase:
    """Hands a draft in: the days for our answer begin now. Raises CaseNotFound, MoveNotAllowed."""
    with open_docket(number, act) as docket:
        if docket.repeated:
            return OpenedCase.of(docket.case)
        if docket.case.state != State.DRAFT:
            raise MoveNotAllowed(docket.case.number, docket.case.state, State.UNDER_REVIEW)
        docket.case.review_by = answer_by(act.at, docket.case.timezone)
        return _handed_in(docket)


def find_case(number: str, order_number: str) -> OpenedCase | None:
    """The case of this number, if it is about this order, which the asker has proven."""
    case = Case.objects.filter(number=number.strip().upper(), order_number=order_number).first()
    return OpenedCase.of(case) if case else None


def cases_of_order(order_number: str) -> list[OpenedCase]:
    """All cases about an order that the asker has proven, the newest first."""
    return _known(order_number=order_number)


def cases_of_conversation(conversation: str) -> list[OpenedCase]:
    """All cases this conversation opened, the newest first."""
    return _known(conversation=conversation)


def open_case_about(order_number: str, lines: list[list[int]], bought: dict[int, int]) -> OpenedCase | None:
    """A case that has these things of the order already, counted by piece: it is open, or has refunded them.

    lines: [[line, how many], …]; bought: how many of each line the order has.
    """
    claimed: Counter[int] = Counter()
    cases = Case.objects.filter(order_number=order_number).prefetch_related("items")
    for case in cases.order_by("opened_at", "pk"):
        claimed += pieces_of(case)
        if any(claimed[line] + quantity > bought.get(line, 0) for line, quantity in lines):
            return OpenedCase.of(case)
    return None


def may_withdraw(state: str) -> bool:
    """Whether a customer may still withdraw a case that is in this state."""
    return State.WITHDRAWN in OF_THE_CUSTOMER.get(State(state), ())


def withdraw_own(number: str, conversation: str, proven_orders: list[str], now: datetime, key: str) -> Moved:
    """Withdrawn by the customer, who opened it in this conversation or has proven its order.

    key: the message id will do. Raises CaseNotFound (also for somebody else's case), MoveNotAllowed (it is too late:
    MoveNotAllowed.previous says where the case is).
    """
    case = Case.objects.filter(number=number.strip().upper()).first()
    if case is None or (case.conversation != conversation and case.order_number not in proven_orders):
        raise CaseNotFound(number)
    with open_docket(case.number, Act(CUSTOMER, now, f"{key}:withdraw")) as docket:
        if docket.repeated:
            return docket.repeated
        docket.move(State.WITHDRAWN)
        return docket.moved()


def pieces_of(case: Case) -> Counter[int]:
    """How many of each line of its order a case has: it is open, or has refunded them."""
    pieces: Counter[int] = Counter()
    for item in case.items.all():
        if _has_its_things(case, item):
            pieces.update(dict(item.lines))
    return pieces


def _has_its_things(case: Case, item: CaseItem) -> bool:
    if case.state in OPEN:
        return item.result != CaseItem.Result.REFUSED
    return item.result == CaseItem.Result.REFUND


def _known(**about: str) -> list[OpenedCase]:
    return [OpenedCase.of(case) for case in Case.objects.filter(**about).order_by("-opened_at", "-pk")]


def _handed_in(docket: Docket) -> OpenedCase:
    if not docket.repeated:
        docket.move(State.UNDER_REVIEW)
        plan(docket.case)
    return OpenedCase.of(docket.case)


def _write(new: NewCase) -> Case:
    outcomes = {item.decision["outcome"] for item in new.items}
    case = Case.objects.create(
        number=_free_number(),
        opened_by=new.opened_by,
        conversation=new.conversation,
        order_number=new.order_number,
        state=State.DRAFT,
        outcome="eligible" if outcomes == {"eligible"} else "needs_review",
        policy_version=new.items[0].decision["policy_version"],
        opened_at=new.now,
        changed_at=new.now,
        review_by=new.review_by,
        timezone=new.timezone,
    )
    CaseItem.objects.bulk_create(
        CaseItem(
            case=case,
            position=position,
            name=item.name,
            lines=item.lines,
            facts=item.facts,
            evidence=item.evidence,
            decision=item.decision,
        )
        for position, item in enumerate(new.items)
    )
    return case


def _free_number() -> str:
    """A number nobody can guess or mistake, such as C-7F3K-2QWX."""
    while True:
        drawn = "".join(secrets.choice(LETTERS) for _ in range(8))
        number = f"C-{drawn[:4]}-{drawn[4:]}"
        if not Case.objects.filter(number=number).exists():
            return number
