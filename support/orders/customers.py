"""All that one customer bought, found by the e-mail address it was bought with; and what of it names the customer."""

from typing import Any

from django.db.models import Q

from support.orders.models import Order, ProofAttempt

NAMES_SOMEBODY = ("email", "postcode", "phone", "payment", "remark")


def numbers_of(email: str) -> list[str]:
    """The numbers of the orders that this address placed."""
    return list(Order.objects.filter(email__iexact=email.strip()).order_by("number").values_list("number", flat=True))


def proven_in(numbers: list[str]) -> set[str]:
    """The conversations in which one of these orders was proven."""
    proven = ProofAttempt.objects.filter(number__in=numbers, outcome=ProofAttempt.Outcome.PROVEN)
    return set(proven.exclude(conversation_id="").values_list("conversation_id", flat=True))


def kept_of(email: str) -> list[dict[str, Any]]:
    """The orders of this address, every field that is kept of them."""
    orders = Order.objects.filter(email__iexact=email.strip()).order_by("number").prefetch_related("lines", "gifts")
    return [
        _fields(order)
        | {
            "lines": [_fields(line) for line in order.lines.all()],
            "gifts": [_fields(gift) for gift in order.gifts.all()],
        }
        for order in orders
    ]


def forget_customer(email: str) -> int:
    """The orders of this address name nobody any more; what was bought, when and for how much stays. How many."""
    mine = Q(email__iexact=email.strip())
    return Order.objects.filter(mine).update(**dict.fromkeys(NAMES_SOMEBODY, "")) if email.strip() else 0


def _fields(row: Any) -> dict[str, Any]:
    ours = ("id", "order_id")
    return {field.attname: getattr(row, field.attname) for field in row._meta.fields if field.attname not in ours}
