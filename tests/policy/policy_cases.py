"""Facts to start from, and the values each fact may take, for the tests of the policy."""

from __future__ import annotations

from datetime import date
from typing import Any

from policy import Decision, decide, parse_facts

NOW = "2026-06-15T12:00:00Z"  # a Monday; the same date in UTC-12
TODAY = date(2026, 6, 15)

RETURN: dict[str, Any] = {
    "now": NOW,
    "customer_timezone": "UTC",
    "request": "return",
    "order.channel": "official_website",
    "order.country": "US",
    "order.purchased_on": "2026-06-01",
    "order.delivered": True,
    "order.delivered_on": "2026-06-05",
    "order.currency": "USD",
    "order.price_paid": "79.90",
    "order.expedited_fee": "12.00",
    "order.gift_value": "0",
    "order.free_product": False,
    "order.exchanges_made": 0,
    "order.fully_refunded": False,
    "order.replaced_on": "none",
    "claim.reason": "changed_mind",
    "claim.unused": True,
    "claim.packaging_complete": True,
    "claim.contents_complete": True,
    "claim.photos": 2,
}
EXCHANGE = {**RETURN, "request": "exchange", "claim.exchange_for": "same_item_other_colour"}
WARRANTY = {
    **RETURN,
    "request": "warranty",
    "claim.reason": "quality_problem",
    "claim.unused": False,
    "claim.damage_cause": "none",
    "claim.item_country": "US",
    "claim.proof_of_purchase": True,
    "claim.troubleshooting_done": True,
    "claim.serial_number": "X3U2409A001234",
    "claim.issued_on": "none",
}
USED_DEFECT = {**WARRANTY, "request": "return"}
CANCEL: dict[str, Any] = {
    "now": NOW,
    "request": "cancel",
    "order.channel": "official_website",
    "order.delivered": False,
    "order.delivery_due_at": "2026-06-19T12:00:00Z",
    "order.fully_refunded": False,
    "order.price_paid": "79.90",
    "order.expedited_fee": "12.00",
    "order.currency": "USD",
}

# What a fact may turn out to be. Dates lie around every limit, counted from TODAY.
FLAG = [True, False]
FLAG3 = [True, False, "unsure"]
PURCHASES = ["2026-06-01", "2025-06-15", "2025-06-14", "2025-06-05", "2025-05-16", "2025-05-15", "2024-01-01", "unsure"]
REPLACEMENTS = [
    "none",
    "2026-06-01",
    "2026-03-15",
    "2026-03-14",
    "2026-03-05",
    "2026-02-15",
    "2026-02-14",
    "2025-01-01",
]
EARLIER_CLAIMS = ["none", "unsure", "2026-06-15", "2026-06-14", "2026-06-05", "2026-05-16", "2026-05-15", "2025-01-01"]
VALUES: dict[str, list[Any]] = {
    "order.channel": [
        "official_website",
        "amazon_store",
        "authorized_dealer",
        "offline_store",
        "unauthorized",
        "other",
    ],
    "order.country": ["US", "DE", "unsure"],
    "order.purchased_on": PURCHASES,
    "order.delivered": FLAG,
    "order.delivered_on": ["2026-06-05", "2026-05-16", "2026-05-15", "2026-01-01", "unsure"],
    "order.delivery_due_at": ["none", "2026-06-18T12:00:00Z", "2026-06-18T11:59:59Z", "2026-07-01T00:00:00Z"],
    "order.free_product": FLAG,
    "order.exchanges_made": [0, 1, 2],
    "order.fully_refunded": FLAG,
    "order.replaced_on": REPLACEMENTS,
    "claim.reason": [
        *("changed_mind", "colour", "quality_problem", "damaged_on_arrival", "wrong_item", "missing_accessories"),
        *("lost_or_stolen", "other", "unsure"),
    ],
    "claim.unused": FLAG3,
    "claim.packaging_complete": FLAG3,
    "claim.contents_complete": FLAG3,
    "claim.gift_returned": FLAG3,
    "claim.exchange_for": ["same_item", "same_item_other_colour", "different_item", "unsure"],
    "claim.damage_cause": ["none", "external", "abuse", "water", "third_party_repair", "unsure"],
    "claim.item_country": ["US", "DE", "unsure"],
    "claim.proof_of_purchase": FLAG3,
    "claim.issued_on": EARLIER_CLAIMS,
}
NEVER_MISSING: dict[str, list[Any]] = {
    "customer_timezone": ["UTC", "Pacific/Kiritimati"],
    "order.currency": ["USD", "EUR"],
    "order.price_paid": ["0", "5.00", "79.90"],
    "order.expedited_fee": ["0", "12.00"],
    "order.gift_value": ["0", "10.00"],
    "order.invoice_issued": FLAG,
    "claim.remedy": ["replacement", "refund", "unsure"],
    "claim.troubleshooting_done": FLAG3,
    "claim.serial_number": ["X3U2409A001234", "", "unsure"],
    "claim.defect_description": ["It does not charge.", "unsure"],
    "claim.photos": [0, 1, "unsure"],
    "claim.prepaid_label": FLAG3,
}


def decided(start: dict[str, Any], **changes: Any) -> Decision:
    """The decision on `start` with some facts changed: order_channel=… stands for order.channel."""
    return decide(parse_facts({**start, **keys(changes)}))


def keys(changes: dict[str, Any]) -> dict[str, Any]:
    """order_channel → order.channel, claim_unused → claim.unused."""
    return {name.replace("order_", "order.", 1).replace("claim_", "claim.", 1): v for name, v in changes.items()}


def cited(decision: Decision, effect: str | None = None) -> list[str]:
    """The clauses of the reasons, of one effect or all."""
    return [reason.clause for reason in decision.reasons if effect in (None, reason.effect)]


def without_contradiction(facts: dict[str, Any]) -> dict[str, Any]:
    """The facts without a delivery date or estimate that does not go with `order.delivered`."""
    delivered = facts.get("order.delivered")
    dropped = {"order.delivered_on": delivered is not True, "order.delivery_due_at": delivered is not False}
    return {key: value for key, value in facts.items() if not dropped.get(key)}
