"""Facts of the decision contract as people at the desk read and set them."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from policy.facts import CAUSES, CHANNELS, EXCHANGES, REASONS, REMEDIES, REQUESTS

FLAG, DAY, COUNTRY = ("true", "false"), "day", "country"
LABELS: Mapping[str, str] = {
    "request": "Request",
    "order.channel": "Bought at",
    "order.country": "Country of purchase",
    "order.purchased_on": "Bought on",
    "order.delivered": "Delivered",
    "order.delivered_on": "Delivered on",
    "order.delivery_due_at": "Delivery expected",
    "order.currency": "Currency",
    "order.price_paid": "Price paid",
    "order.expedited_fee": "Express delivery fee",
    "order.gift_value": "Value of gifts",
    "order.free_product": "Free product",
    "order.exchanges_made": "Exchanges made",
    "order.fully_refunded": "Refunded in full",
    "order.replaced_on": "Replaced on",
    "order.invoice_issued": "Invoice issued",
    "claim.reason": "Reason",
    "claim.damage_cause": "Cause of the damage",
    "claim.unused": "Unused",
    "claim.packaging_complete": "Packaging complete",
    "claim.contents_complete": "Contents complete",
    "claim.gift_returned": "Gift comes back",
    "claim.exchange_for": "In exchange for",
    "claim.remedy": "Would like",
    "claim.item_country": "Item is in",
    "claim.proof_of_purchase": "Proof of purchase",
    "claim.troubleshooting_done": "First steps tried",
    "claim.serial_number": "Serial number",
    "claim.defect_description": "What is wrong",
    "claim.photos": "Photos",
    "claim.issued_on": "Earlier claim on",
    "claim.prepaid_label": "Prepaid label sent",
    "customer_timezone": "Time zone",
    "now": "Asked on",
}
# What an agent may put right, each with what it takes; "unsure" goes with every claim.
KINDS: Mapping[str, Any] = {
    "request": REQUESTS,
    "order.channel": CHANNELS,
    "order.delivered": FLAG,
    "order.delivered_on": DAY,
    "order.purchased_on": DAY,
    "order.fully_refunded": FLAG,
    "claim.reason": REASONS,
    "claim.damage_cause": CAUSES,
    "claim.unused": FLAG,
    "claim.packaging_complete": FLAG,
    "claim.contents_complete": FLAG,
    "claim.gift_returned": FLAG,
    "claim.exchange_for": EXCHANGES,
    "claim.remedy": REMEDIES,
    "claim.item_country": COUNTRY,
    "claim.troubleshooting_done": FLAG,
    "claim.issued_on": DAY,
}
WORDS = {True: "yes", False: "no", "true": "yes", "false": "no", "unsure": "cannot say", "none": "none"}


@dataclass(frozen=True)
class FactField:
    """One input of the form that puts facts right. value: as the form has it, "" while unknown."""

    fact: str
    label: str
    kind: str
    value: str
    options: tuple[tuple[str, str], ...]
    source: str


def fact_fields(facts: Mapping[str, Mapping[str, Any]]) -> list[FactField]:
    """The form for these facts ({"claim.unused": {"value": True, "source": "customer"}, …})."""
    return [_field(fact, kind, facts.get(fact) or {}) for fact, kind in KINDS.items()]


def read_changes(form: Mapping[str, str], facts: Mapping[str, Mapping[str, Any]]) -> dict[str, Any]:
    """What the form says otherwise than the facts: values of the decision contract, None for unknown again."""
    changes = {}
    for fact in KINDS:
        if fact in form:
            value = _value(form[fact].strip())
            if value != (facts.get(fact) or {}).get("value"):
                changes[fact] = value
    return changes


def fact_rows(facts: Mapping[str, Mapping[str, Any]]) -> list[tuple[str, str, str]]:
    """Label, value in words and source of every known fact, in the order of LABELS."""
    return [
        (label, value_words(facts[fact]["value"]), facts[fact]["source"])
        for fact, label in LABELS.items()
        if fact in facts and fact not in ("now", "customer_timezone")
    ]


def value_words(value: Any) -> str:
    if isinstance(value, (bool, str)) and value in WORDS:
        return WORDS[value]
    return str(value).replace("_", " ")


def _field(fact: str, kind: Any, known: Mapping[str, Any]) -> FactField:
    value = known.get("value")
    written = "" if value is None else str(value).lower() if isinstance(value, bool) else str(value)
    options: tuple[tuple[str, str], ...] = ()
    if isinstance(kind, tuple):
        words = (*kind, "unsure") if fact.startswith("claim.") else kind
        options = (("", "not known"), *((word, value_words(word)) for word in words))
    return FactField(
        fact, LABELS[fact], kind if isinstance(kind, str) else "choice", written, options, known.get("source", "")
    )


def _value(written: str) -> Any:
    return {"": None, "true": True, "false": False}.get(written, written)
