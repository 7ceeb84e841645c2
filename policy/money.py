"""What a refund comes to. All money is in cents of the order's currency."""

from __future__ import annotations

from decimal import Decimal
from typing import NamedTuple

from policy.facts import Facts
from policy.verdict import Verdict


class Deduction(NamedTuple):
    what: str
    amount: Decimal
    clause: str


class Refund(NamedTuple):
    amount: Decimal
    currency: str | None
    deductions: tuple[Deduction, ...] = ()


def money(cents: int) -> Decimal:
    """7990 as Decimal('79.90'), exact at any size."""
    return Decimal(f"{cents // 100}.{cents % 100:02d}")


def kept_gift(facts: Facts) -> int:
    """R.gift: the value of a gift that is known and does not come back; unsure counts as kept, to be careful."""
    is_kept = facts.claim_gift_returned is False or facts.claim_gift_returned == "unsure"
    return facts.order_gift_value or 0 if is_kept and facts.claim_reason != "missing_accessories" else 0


def refund_of(facts: Facts, verdict: Verdict) -> Refund | None:
    """R.refund, R.process.4, I.expedited: what the customer would get; None while an amount in it is unknown."""
    price, currency = facts.order_price_paid, facts.order_currency
    if verdict.outcome != "eligible" or verdict.route == "exchange" or price is None:
        return None
    if verdict.route == "cancel":
        fee = facts.order_expedited_fee
        return None if fee is None else Refund(money(price + fee), currency)
    return _return_refund(facts, price) if verdict.route == "return" else Refund(money(price), currency)


def _return_refund(facts: Facts, price: int) -> Refund | None:
    gift_is_back = facts.claim_gift_returned is True or facts.claim_reason == "missing_accessories"
    if facts.order_gift_value is None and not gift_is_back:
        return None
    deducted = min(kept_gift(facts), price)
    deductions = (Deduction("gift", money(deducted), "R.gift"),) if deducted else ()
    return Refund(money(price - deducted), facts.order_currency, deductions)
