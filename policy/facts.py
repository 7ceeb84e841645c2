"""The facts a decision is made from, and how they are read from JSON."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta, timezone
from typing import Any, Final, Literal, NamedTuple

from policy import values
from policy.values import Reader, or_none, word_of

Unsure = Literal["unsure"]
NoDate = Literal["none"]
UNSURE: Final = "unsure"  # asked, and the customer (or the shop) cannot say; never the same as unknown (None)
NONE: Final = "none"
FIRST_ZONE: Final = timezone(timedelta(hours=14))  # where a new day begins first on Earth

REQUESTS: Final = ("return", "exchange", "warranty", "cancel")
CHANNELS: Final = ("official_website", "amazon_store", "authorized_dealer", "offline_store", "unauthorized", "other")
REASONS: Final = (
    *("changed_mind", "colour", "quality_problem", "damaged_on_arrival"),
    *("wrong_item", "missing_accessories", "lost_or_stolen", "other"),
)
EXCHANGES: Final = ("same_item", "same_item_other_colour", "different_item")
REMEDIES: Final = ("replacement", "refund")
CAUSES: Final = ("none", "external", "abuse", "water", "third_party_repair")


class BadFacts(ValueError):
    """Facts that break the schema. `str()` is one line: the field, what it got, what it takes."""

    def __init__(self, field: str, got: str, takes: str) -> None:
        super().__init__(f"{field}: got {got}, takes {takes}")
        self.field, self.got, self.takes = field, got, takes


@dataclass(frozen=True, slots=True, kw_only=True)
class Facts:
    """What is known about one request. None: unknown, nobody has asked. 'unsure': asked, and nobody can say.

    now: in UTC. Money in cents of order_currency. Names: those of the contract with '_' for '.'.
    """

    now: datetime
    customer_timezone: str | None = None
    request: str | None = None
    order_channel: str | None = None
    order_country: str | None = None
    order_purchased_on: date | Unsure | None = None
    order_delivered: bool | None = None
    order_delivered_on: date | Unsure | None = None
    order_delivery_due_at: datetime | NoDate | None = None
    order_currency: str | None = None
    order_price_paid: int | None = None
    order_expedited_fee: int | None = None
    order_gift_value: int | None = None
    order_free_product: bool | None = None
    order_exchanges_made: int | None = None
    order_fully_refunded: bool | None = None
    order_replaced_on: date | NoDate | None = None
    order_invoice_issued: bool | None = None
    claim_reason: str | None = None
    claim_unused: bool | Unsure | None = None
    claim_packaging_complete: bool | Unsure | None = None
    claim_contents_complete: bool | Unsure | None = None
    claim_gift_returned: bool | Unsure | None = None
    claim_exchange_for: str | None = None
    claim_remedy: str | None = None
    claim_damage_cause: str | None = None
    claim_item_country: str | None = None
    claim_proof_of_purchase: bool | Unsure | None = None
    claim_troubleshooting_done: bool | Unsure | None = None
    claim_serial_number: str | None = None
    claim_defect_description: str | None = None
    claim_photos: int | Unsure | None = None
    claim_issued_on: date | NoDate | Unsure | None = None
    claim_prepaid_label: bool | Unsure | None = None


class Field(NamedTuple):
    attribute: str
    read: Reader
    takes: str
    may_be_unsure: bool


_A_FLAG = (values.flag, "true or false")
_A_COUNT = (values.count, "a whole number from 0 up")
_SOME_MONEY = (values.money, 'money as text with at most two decimals, such as "79.90"')
_A_DAY = (values.day, "a date such as 2026-11-22")
_A_DAY_OR_NONE = (or_none(values.day), 'a date such as 2026-11-22, or "none"')
_AN_INSTANT = (values.instant, "an instant with its offset, such as 2026-11-22T10:00:00+01:00")
_A_COUNTRY = (values.country, "a country code of ISO 3166 in capitals, such as US")
_A_TEXT = (values.text, f"text of at most {values.LONGEST_TEXT} characters")


def _one_of(words: tuple[str, ...]) -> tuple[Reader, str]:
    return word_of(words), "one of " + ", ".join(words)


_KINDS: Final[Mapping[str, tuple[Reader, str]]] = {
    "now": _AN_INSTANT,
    "customer_timezone": (values.zone, "the IANA name of a time zone, such as Europe/Berlin"),
    "request": _one_of(REQUESTS),
    "order.channel": _one_of(CHANNELS),
    "order.country": _A_COUNTRY,
    "order.purchased_on": _A_DAY,
    "order.delivered": _A_FLAG,
    "order.delivered_on": _A_DAY,
    "order.delivery_due_at": (or_none(values.instant), 'an instant with its offset, or "none"'),
    "order.currency": (values.currency, "a currency code of ISO 4217 in capitals, such as USD"),
    "order.price_paid": _SOME_MONEY,
    "order.expedited_fee": _SOME_MONEY,
    "order.gift_value": _SOME_MONEY,
    "order.free_product": _A_FLAG,
    "order.exchanges_made": _A_COUNT,
    "order.fully_refunded": _A_FLAG,
    "order.replaced_on": _A_DAY_OR_NONE,
    "order.invoice_issued": _A_FLAG,
    "claim.reason": _one_of(REASONS),
    "claim.unused": _A_FLAG,
    "claim.packaging_complete": _A_FLAG,
    "claim.contents_complete": _A_FLAG,
    "claim.gift_returned": _A_FLAG,
    "claim.exchange_for": _one_of(EXCHANGES),
    "claim.remedy": _one_of(REMEDIES),
    "claim.damage_cause": _one_of(CAUSES),
    "claim.item_country": _A_COUNTRY,
    "claim.proof_of_purchase": _A_FLAG,
    "claim.troubleshooting_done": _A_FLAG,
    "claim.serial_number": _A_TEXT,
    "claim.defect_description": _A_TEXT,
    "claim.photos": _A_COUNT,
    "claim.issued_on": _A_DAY_OR_NONE,
    "claim.prepaid_label": _A_FLAG,
}
_ORDER_FACTS_NOBODY_MAY_KNOW: Final = ("order.delivered_on", "order.purchased_on", "order.country")
_HAPPENED: Final = ("order.purchased_on", "order.delivered_on", "order.replaced_on", "claim.issued_on")


def _field(key: str, read: Reader, takes: str) -> Field:
    may_be_unsure = key.startswith("claim.") or key in _ORDER_FACTS_NOBODY_MAY_KNOW
    return Field(key.replace(".", "_"), read, f'{takes}, or "unsure"' if may_be_unsure else takes, may_be_unsure)


FIELDS: Final[Mapping[str, Field]] = {key: _field(key, read, takes) for key, (read, takes) in _KINDS.items()}


def parse_facts(mapping: Mapping[str, object]) -> Facts:
    """The facts of a JSON object with the contract's keys. Absent and null both mean unknown.

    Raises BadFacts: an unknown key, a value that the key does not take, facts that exclude each other.
    """
    if not isinstance(mapping, Mapping):
        raise BadFacts("facts", values.shown(mapping), "one JSON object")
    known: dict[str, Any] = {}
    for key, value in mapping.items():
        field = FIELDS.get(key) if isinstance(key, str) else None
        if field is None:
            raise BadFacts(values.named(key), "a key that is not listed", "the facts of the decision contract")
        if value is not None:
            known[field.attribute] = UNSURE if value == UNSURE and field.may_be_unsure else _read(key, field, value)
    if "now" not in known:
        raise BadFacts("now", "nothing", FIELDS["now"].takes)
    facts = Facts(**known)
    _check_delivery(facts)
    _check_happened(facts)
    return facts


def _read(key: str, field: Field, value: object) -> object:
    try:
        return field.read(value)
    except ValueError:
        raise BadFacts(key, values.shown(value), field.takes) from None


def _check_delivery(facts: Facts) -> None:
    if facts.order_delivered_on is not None and facts.order_delivered is not True:
        got = f'"{facts.order_delivered_on}"'
        raise BadFacts("order.delivered_on", got, "a date only when order.delivered is true")
    if facts.order_delivery_due_at is not None and facts.order_delivered is not False:
        got = f'"{facts.order_delivery_due_at}"'
        raise BadFacts("order.delivery_due_at", got, "an estimate only when order.delivered is false")


def _check_happened(facts: Facts) -> None:
    latest = latest_date(facts)
    for key in _HAPPENED:
        happened = getattr(facts, FIELDS[key].attribute)
        if isinstance(happened, date) and happened > latest:
            raise BadFacts(key, f'"{happened}"', f"a date that has come somewhere on Earth, {latest} at the latest")


def latest_date(facts: Facts) -> date:
    """The latest date that it is anywhere on Earth when the customer asks."""
    return facts.now.astimezone(FIRST_ZONE).date()
