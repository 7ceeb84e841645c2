"""The one door to cases."""

import secrets

from django.db import IntegrityError, transaction

from support.cases.models import Case, CaseItem
from support.cases.new_case import NewCase, OpenedCase

LETTERS = "23456789ABCDEFGHJKMNPQRSTVWXYZ"  # none that can be taken for another one


def open_case(new: NewCase) -> OpenedCase:
    """The case for this request: a new one, or the one that the same message opened before.

    Everything is written in one transaction. Raises ValueError when there is nothing to decide on.
    """
    if not new.items:
        raise ValueError("a case needs at least one item")
    try:
        with transaction.atomic():
            return _opened(_write(new))
    except IntegrityError:
        return _opened(Case.objects.get(opened_by=new.opened_by))


def find_case(number: str, order_number: str) -> OpenedCase | None:
    """The case of this number, if it is about this order, which the asker has proven."""
    case = Case.objects.filter(number=number.strip().upper(), order_number=order_number).first()
    return _opened(case) if case else None


def cases_of_order(order_number: str) -> list[OpenedCase]:
    """All cases about an order that the asker has proven, the newest first."""
    return [_opened(case) for case in Case.objects.filter(order_number=order_number).order_by("-opened_at", "-pk")]


def cases_of_conversation(conversation: str) -> list[OpenedCase]:
    """All cases this conversation opened, the newest first."""
    return [_opened(case) for case in Case.objects.filter(conversation=conversation).order_by("-opened_at", "-pk")]


def open_case_about(order_number: str, lines: list[list[int]], bought: dict[int, int]) -> OpenedCase | None:
    """An open case that already has these things of the order, counted by piece.

    lines: [[line, how many], …]; bought: how many of each line the order has.
    """
    claimed: dict[int, int] = {}
    cases = Case.objects.filter(order_number=order_number, state=Case.State.UNDER_REVIEW).prefetch_related("items")
    for case in cases.order_by("opened_at", "pk"):
        for item in case.items.all():
            for line, quantity in item.lines:
                claimed[line] = claimed.get(line, 0) + quantity
        if any(claimed.get(line, 0) + quantity > bought.get(line, 0) for line, quantity in lines):
            return _opened(case)
    return None


def _write(new: NewCase) -> Case:
    outcomes = {item.decision["outcome"] for item in new.items}
    case = Case.objects.create(
        number=_free_number(),
        opened_by=new.opened_by,
        conversation=new.conversation,
        order_number=new.order_number,
        outcome="eligible" if outcomes == {"eligible"} else "needs_review",
        policy_version=new.items[0].decision["policy_version"],
        opened_at=new.now,
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


def _opened(case: Case) -> OpenedCase:
    return OpenedCase(case.number, case.state, case.review_by)
