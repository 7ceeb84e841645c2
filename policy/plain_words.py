"""A decision for people: a few lines of plain text."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date
from typing import Final

from policy.decision import Decision
from policy.money import Refund

HEADLINES: Final[Mapping[str, str]] = {
    "eligible": "Everything speaks for this {request}: one of us checks it next.",
    "not_eligible": "Sorry, this {request} is not possible.",
    "needs_review": "This {request} needs a person: one of us will look at it.",
    "incomplete": "This {request} is not decided yet: we need to know a little more.",
}
REQUEST_NAMES: Final[Mapping[str | None, str]] = {
    "return": "return",
    "exchange": "exchange",
    "warranty": "warranty claim",
    "cancel": "cancellation",
}
EFFECTS: Final[Mapping[str, str]] = {"for": "+", "against": "-", "condition": "*"}
PAYERS: Final[Mapping[str, str]] = {"soocas": "SOOCAS pays", "customer": "you pay"}
HAND_IN: Final[Mapping[str, str]] = {
    "photos": "a photo of the item, with the defect if there is one",
    "troubleshooting": "what was tried to fix it",
    "serial_number_or_description": "the serial number, or a description of the defect",
}
QUESTIONS: Final[Mapping[str, str]] = {
    "request": "what it is about: return, exchange, warranty or cancel",
    "order.channel": "where it was bought",
    "order.delivered": "whether it was delivered",
    "order.fully_refunded": "whether it was refunded in full already",
    "order.delivered_on": "the day it was delivered",
    "order.delivery_due_at": "when it is to be delivered",
    "order.exchanges_made": "how often it was exchanged already",
    "order.free_product": "whether it was free of charge",
    "order.purchased_on": "the day it was bought",
    "order.replaced_on": "the day it was replaced, if it was",
    "order.country": "the country it was bought in",
    "claim.exchange_for": "what to exchange it for",
    "claim.reason": "the reason",
    "claim.damage_cause": "what caused it",
    "claim.unused": "whether it is unused",
    "claim.packaging_complete": "whether the original packaging is complete",
    "claim.contents_complete": "whether everything that came with it is there",
    "claim.proof_of_purchase": "a proof of the purchase",
    "claim.issued_on": "the day of an earlier claim, if there was one",
    "claim.item_country": "the country the item is in now",
    "claim.gift_returned": "whether the gift comes back too",
}
LIMITS: Final[Mapping[str, str]] = {
    "request_by": "Ask by {}, that day included",
    "review_by": "You hear from us by {}",
    "ship_within_days": "After our yes, send it within {} days",
    "refund_starts_within_working_days": "The refund starts within {} working days after our check",
    "card_days": "With a card, the bank may take another {} to {} business days",
    "warranty_until": "Under warranty until {}, that day included",
    "claim_until": "Claims are taken up until {}, that day included",
    "goods_back_request_days": "If our check says no, you can ask for the item back for {} days",
}


def in_plain_words(decision: Decision) -> str:
    """The outcome, why (with clause ids), freight, money, dates, and what is still needed; ends with a newline."""
    request = REQUEST_NAMES.get(decision.route, "request")
    lines = [HEADLINES[decision.outcome].format(request=request)]
    lines += _section("Why", _why(decision))
    lines += _section("Shipping", _shipping(decision))
    lines += _section("Money", _money(decision.refund))
    lines += _section("Dates", _dates(decision))
    lines += _section("Still needed", _needed(decision))
    others = (f"{REQUEST_NAMES[other.request]} [{other.why}]" for other in decision.alternatives)
    lines += _section("What else you can ask for", others)
    lines.append(f"Policy version {decision.policy_version}")
    return "\n".join(lines) + "\n"


def _section(title: str, items: Iterator[str] | tuple[str, ...]) -> list[str]:
    lines = [f"  {item}" for item in items]
    return [f"{title}:", *lines] if lines else []


def _why(decision: Decision) -> Iterator[str]:
    for reason in decision.reasons:
        yield f"{EFFECTS[reason.effect]} {reason.text} [{reason.clause}]"


def _shipping(decision: Decision) -> Iterator[str]:
    clauses = ", ".join(decision.freight.clauses)
    legs = {"back to us": decision.freight.return_, "out to you again": decision.freight.replacement}
    for leg, payer in legs.items():
        if payer:
            yield f"{leg}: {PAYERS[payer]} [{clauses}]"


def _money(refund: Refund | None) -> Iterator[str]:
    if refund is None:
        return
    currency = f" {refund.currency}" if refund.currency else ""
    yield f"refund: {refund.amount}{currency}"
    for what, amount, clause in refund.deductions:
        yield f"already taken off for the {what}: {amount}{currency} [{clause}]"


def _dates(decision: Decision) -> Iterator[str]:
    for name, limit in decision.deadlines._asdict().items():
        if limit is not None:
            numbers = limit if isinstance(limit, tuple) else (_day(limit) if isinstance(limit, date) else limit,)
            yield LIMITS[name].format(*numbers)


def _needed(decision: Decision) -> Iterator[str]:
    for fact in decision.missing:
        yield f"{QUESTIONS[fact]} [{fact}]"
    for name in decision.evidence:
        yield f"{HAND_IN[name]} [{name}]"


def _day(day: date) -> str:
    return f"{day.day} {day:%B %Y}"
