"""What scripted customers want, and what is true of them: the one source of what they say and what must come of it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

BRUSH = {"sku": "X3U-PNK", "name": "X3U Sonic Toothbrush", "colour": "pink", "unit_price_paid": "79.90"}
FLOSSER = {"sku": "W3-WHI", "name": "W3 Water Flosser", "colour": "white", "unit_price_paid": "49.90"}
HEADS = {"sku": "H2-WHI", "name": "Brush heads, two", "colour": "white", "unit_price_paid": "0.00", "free": True}
CASE = [{"name": "Travel case", "value": "10.00"}]

# True unless a thing says otherwise. issued_on: days ago; item_country: "same" as the order's, else a code.
USUAL = {
    "claim.unused": True,
    "claim.packaging_complete": True,
    "claim.contents_complete": True,
    "claim.gift_returned": True,
    "claim.exchange_for": "same_item",
    "claim.damage_cause": "none",
    "claim.item_country": "same",
    "claim.issued_on": "none",
    "claim.troubleshooting_done": True,
    "evidence.serial_number": "known",
    "evidence.defect_description": "known",
}


@dataclass(frozen=True)
class Thing:
    """One thing of the order (line, how many of it) and what is true of it: {"claim.reason": "colour", …}."""

    truth: Mapping[str, Any]
    line: int = 0
    pieces: int = 1


@dataclass(frozen=True)
class Bought:
    """An order as the shop has it; days are counted back from today, `due` forward.

    delivered: None: on its way; an int: that many days ago; "unknown": delivered, the shop has no date.
    """

    delivered: int | str | None = 10
    placed: int | None = None
    due: int | None = None
    channel: str = "official_website"
    country: str = "US"
    currency: str = "USD"
    timezone: str = "America/New_York"
    refunded: bool = False
    gifts: tuple[dict[str, Any], ...] = ()
    lines: tuple[dict[str, Any], ...] = (BRUSH,)


@dataclass(frozen=True)
class Goal:
    """What a customer wants. `bought`: an order, or the channel where they bought it when it is no order of ours.

    opens: "wish" names the request, "problem" only what is wrong. then: the other way they take after a refusal.
    says_yes: to the summary. cannot_prove: the e-mail address is not the order's. person: asks for one, "at once" or
    "in the middle". arrived: days ago, what they remember where the shop does not know; "unsure". photos_first: a photo
    is the first thing they send.
    """

    name: str
    wish: str
    bought: Bought | str
    things: tuple[Thing, ...]
    opens: str = "wish"
    then: str | None = None
    says_yes: bool = True
    cannot_prove: bool = False
    person: str | None = None
    arrived: int | str | None = None
    photos_first: bool = False
    extra: Mapping[str, Any] = field(default_factory=dict)


def thing(reason: str | None = None, line: int = 0, pieces: int = 1, **claims: Any) -> Thing:
    """What is true of one thing: the usual, but for what is given (unused=False is claim.unused)."""
    given = {f"claim.{name}": value for name, value in claims.items() if name not in ("serial_number", "arrived")}
    if "serial_number" in claims:
        given["evidence.serial_number"] = claims["serial_number"]
    if reason:
        given["claim.reason"] = reason
    return Thing(USUAL | given, line, pieces)


def wants(name: str, wish: str, bought: Bought | str, *things: Thing, **more: Any) -> Goal:
    """A goal in one line."""
    return Goal(name, wish, bought, things or (thing("changed_mind"),), **more)


def line(base: Mapping[str, Any], **given: Any) -> dict[str, Any]:
    """A line of an order like this one, but for what is given; replaced: days ago."""
    return dict(base) | given


BOTH = (BRUSH, FLOSSER)
DAYS_10, DAYS_20 = Bought(10), Bought(20)
MONTH_11 = Bought(330)
OVER = Bought(395, placed=400)
JUST_OVER = Bought(370, placed=375)
ON_ITS_WAY = Bought(None, placed=2, due=6)
NO_DATE = Bought("unknown", placed=25)
GERMAN = Bought(9, country="DE", currency="EUR", timezone="Europe/Berlin")

RETURNS = (
    wants("return: changed mind, in time", "return", DAYS_10, thing("changed_mind")),
    wants("return: the colour", "return", Bought(22), thing("colour")),
    wants("return: on the last day", "return", Bought(30), thing("changed_mind")),
    wants("return: a day late, and that is that", "return", Bought(31), thing("changed_mind")),
    wants("return: late, but it is a fault", "return", Bought(60), thing("quality_problem"), then="warranty"),
    wants("return: it was used", "return", DAYS_10, thing("changed_mind", unused=False)),
    wants("return: the box is gone", "return", DAYS_10, thing("colour", packaging_complete=False)),
    wants("return: the manual is gone", "return", DAYS_10, thing("changed_mind", contents_complete=False)),
    wants("return: with its gift", "return", Bought(8, gifts=CASE), thing("changed_mind")),
    wants("return: the gift is kept", "return", Bought(8, gifts=CASE), thing("colour", gift_returned=False)),
    wants("return: not sure about the gift", "return", Bought(8, gifts=CASE), thing("colour", gift_returned="unsure")),
    wants("return: not sure whether it was used", "return", DAYS_10, thing("changed_mind", unused="unsure")),
    wants("return: not sure about the box", "return", DAYS_10, thing("colour", packaging_complete="unsure")),
    wants("return: another reason", "return", DAYS_10, thing("other")),
    wants("return: another reason, used", "return", DAYS_10, thing("other", unused=False)),
    wants("return: it was stolen", "return", DAYS_10, thing("lost_or_stolen")),
    wants("return: faulty and unused", "return", DAYS_10, thing("quality_problem")),
    wants("return: faulty in use becomes a warranty claim", "return", DAYS_20, thing("quality_problem", unused=False)),
    wants(
        "return: faulty after a fall",
        "return",
        DAYS_10,
        thing("quality_problem", damage_cause="abuse", unused=False),
    ),
    wants("return: faulty, water got in", "return", DAYS_10, thing("quality_problem", damage_cause="water")),
    wants(
        "return: faulty, a friend repaired it",
        "return",
        DAYS_10,
        thing("quality_problem", damage_cause="third_party_repair"),
    ),
    wants("return: faulty, the dog had it", "return", DAYS_10, thing("quality_problem", damage_cause="external")),
    wants("return: faulty, nobody knows why", "return", DAYS_10, thing("quality_problem", damage_cause="unsure")),
    wants(
        "return: faulty and unused, the box is gone",
        "return",
        DAYS_10,
        thing("quality_problem", packaging_complete=False),
    ),
    wants("return: arrived damaged", "return", Bought(3), thing("damaged_on_arrival"), opens="problem"),
    wants("return: arrived damaged, used all the same", "return", DAYS_10, thing("damaged_on_arrival", unused=False)),
    wants("return: the wrong item", "return", Bought(4), thing("wrong_item"), opens="problem"),
    wants("return: the wrong item, used", "return", Bought(4), thing("wrong_item", unused=False)),
    wants("return: the wrong item, no box", "return", Bought(4), thing("wrong_item", packaging_complete=False)),
    wants("return: a part was missing", "return", Bought(5), thing("missing_accessories"), opens="problem"),
    wants(
        "return: a part was missing, no box",
        "return",
        Bought(5),
        thing("missing_accessories", packaging_complete=False),
    ),
    wants("return: not here yet, so cancel it", "return", ON_ITS_WAY, thing("changed_mind"), then="cancel"),
    wants("return: not here yet, then wait", "return", ON_ITS_WAY, thing("changed_mind")),
    wants("return: refunded already", "return", Bought(12, refunded=True), thing("changed_mind")),
    wants("return: nobody but the customer knows the day", "return", NO_DATE, thing("changed_mind"), arrived=12),
    wants("return: the day nobody wrote down was too long ago", "return", Bought("unknown", placed=60), arrived=40),
    wants("return: nobody knows the day at all", "return", NO_DATE, thing("colour"), arrived="unsure"),
    wants("return: an order through a dealer", "return", Bought(12, channel="authorized_dealer")),
    wants("return: an Amazon order the shop knows", "return", Bought(9, channel="amazon_store")),
    wants("return: bought at a dealer", "return", "authorized_dealer"),
    wants("return: bought on Amazon", "return", "amazon_store"),
    wants("return: bought in a shop in town", "return", "offline_store"),
    wants("return: bought from a stranger online", "return", "unauthorized"),
    wants(
        "return: two things, two reasons",
        "return",
        Bought(6, lines=BOTH),
        thing("changed_mind"),
        thing("colour", line=1),
    ),
    wants(
        "return: two things, one of them used",
        "return",
        Bought(6, lines=BOTH),
        thing("changed_mind", unused=False),
        thing("colour", line=1),
    ),
    wants("return: one of two things", "return", Bought(6, lines=BOTH), thing("colour", line=1)),
    wants("return: one of two pieces", "return", Bought(6, lines=(line(FLOSSER, quantity=2),)), thing("changed_mind")),
    wants(
        "return: both of two pieces",
        "return",
        Bought(6, lines=(line(FLOSSER, quantity=2),)),
        thing("changed_mind", pieces=2),
    ),
    wants("return: not after all", "return", DAYS_10, thing("changed_mind"), says_yes=False),
    wants("return: photos first", "return", Bought(5), thing("colour"), photos_first=True),
    wants("return: damaged, photos first", "return", Bought(2), thing("damaged_on_arrival"), photos_first=True),
    wants(
        "return: not sure about anything",
        "return",
        DAYS_10,
        thing("colour", unused="unsure", packaging_complete="unsure", contents_complete="unsure"),
    ),
    wants("return: not sure about the contents", "return", DAYS_10, thing("colour", contents_complete="unsure")),
    wants(
        "return: one of three, the others stay",
        "return",
        Bought(6, lines=(*BOTH, HEADS)),
        thing("changed_mind", line=1),
    ),
    wants("return: from Germany", "return", GERMAN, thing("colour")),
)

EXCHANGES = (
    wants("exchange: another colour", "exchange", DAYS_10, thing("colour", exchange_for="same_item_other_colour")),
    wants("exchange: the wrong one came", "exchange", Bought(4), thing("wrong_item"), opens="problem"),
    wants("exchange: for something else", "exchange", DAYS_10, thing("changed_mind", exchange_for="different_item")),
    wants(
        "exchange: for something else, then a return",
        "exchange",
        DAYS_10,
        thing("changed_mind", exchange_for="different_item"),
        then="return",
    ),
    wants("exchange: a second time", "exchange", Bought(8, lines=(line(BRUSH, exchanges_made=1),)), thing("colour")),
    wants(
        "exchange: a second time, then a return",
        "exchange",
        Bought(8, lines=(line(BRUSH, exchanges_made=1),)),
        thing("colour"),
        then="return",
    ),
    wants("exchange: too late", "exchange", Bought(45), thing("colour")),
    wants("exchange: faulty in use", "exchange", DAYS_20, thing("quality_problem", unused=False), opens="problem"),
    wants("exchange: arrived damaged", "exchange", Bought(2), thing("damaged_on_arrival")),
    wants("exchange: used", "exchange", DAYS_10, thing("colour", unused=False)),
    wants("exchange: from Germany, a part was missing", "exchange", GERMAN, thing("missing_accessories")),
)

WARRANTIES = (
    wants("warranty: a fault in month 11", "warranty", MONTH_11, thing("quality_problem", unused=False)),
    wants(
        "warranty: a fault in month 11, only the fault is named",
        "warranty",
        MONTH_11,
        thing("quality_problem", unused=False),
        opens="problem",
    ),
    wants("warranty: over", "warranty", OVER, thing("quality_problem", unused=False)),
    wants("warranty: over, first report", "warranty", JUST_OVER, thing("quality_problem", unused=False)),
    wants("warranty: over, but reported in time", "warranty", JUST_OVER, thing("quality_problem", issued_on=20)),
    wants(
        "warranty: over, not sure about an earlier report",
        "warranty",
        JUST_OVER,
        thing("quality_problem", issued_on="unsure"),
    ),
    wants(
        "warranty: replaced a month ago",
        "warranty",
        Bought(420, placed=425, lines=(line(BRUSH, replaced=30),)),
        thing("quality_problem", unused=False),
    ),
    wants("warranty: moved abroad", "warranty", MONTH_11, thing("quality_problem", item_country="CA")),
    wants("warranty: not sure where it is", "warranty", MONTH_11, thing("quality_problem", item_country="unsure")),
    wants("warranty: it fell", "warranty", MONTH_11, thing("quality_problem", damage_cause="abuse")),
    wants("warranty: water got in", "warranty", Bought(200), thing("quality_problem", damage_cause="water")),
    wants(
        "warranty: a shop repaired it",
        "warranty",
        Bought(200),
        thing("quality_problem", damage_cause="third_party_repair"),
    ),
    wants("warranty: it was stolen", "warranty", Bought(100), thing("lost_or_stolen")),
    wants("warranty: it was free", "warranty", Bought(50, lines=(HEADS,)), thing("quality_problem")),
    wants("warranty: refunded already", "warranty", Bought(50, refunded=True), thing("quality_problem")),
    wants(
        "warranty: no serial number to be found",
        "warranty",
        Bought(150),
        thing("quality_problem", serial_number="none"),
    ),
    wants("warranty: changed mind, then a return", "warranty", DAYS_10, thing("changed_mind"), then="return"),
    wants("warranty: changed mind, months later", "warranty", Bought(90), thing("changed_mind")),
    wants("warranty: arrived damaged, months ago", "warranty", Bought(70), thing("damaged_on_arrival", unused=False)),
    wants("warranty: another reason", "warranty", Bought(70), thing("other")),
    wants(
        "warranty: photos first",
        "warranty",
        MONTH_11,
        thing("quality_problem", unused=False),
        photos_first=True,
    ),
    wants(
        "warranty: not sure about anything",
        "warranty",
        MONTH_11,
        thing("quality_problem", damage_cause="unsure", item_country="unsure"),
    ),
    wants(
        "warranty: from Germany",
        "warranty",
        Bought(100, country="DE", currency="EUR", timezone="Europe/Berlin"),
        thing("quality_problem", unused=False),
    ),
    wants("warranty: bought on Amazon", "warranty", "amazon_store", thing("quality_problem", unused=False)),
    wants("warranty: bought from a stranger online", "warranty", "unauthorized", thing("quality_problem")),
    wants("warranty: not after all", "warranty", MONTH_11, thing("quality_problem"), says_yes=False),
)

CANCELLATIONS = (
    wants("cancel: in time", "cancel", ON_ITS_WAY),
    wants("cancel: too late", "cancel", Bought(None, placed=3, due=2)),
    wants("cancel: nobody knows when it comes", "cancel", Bought(None, placed=1)),
    wants("cancel: it is here already, so a return", "cancel", Bought(3), thing("changed_mind"), then="return"),
    wants("cancel: it is here already, so be it", "cancel", Bought(3)),
    wants("cancel: refunded already", "cancel", Bought(None, placed=3, due=6, refunded=True)),
    wants("cancel: an order of two things", "cancel", Bought(None, placed=2, due=6, lines=BOTH)),
    wants("cancel: not after all", "cancel", ON_ITS_WAY, says_yes=False),
)

PEOPLE = (
    wants("person: at once", "return", DAYS_10, person="at once"),
    wants("person: in the middle of a return", "return", DAYS_10, thing("colour"), person="in the middle"),
    wants("person: in the middle of a claim", "warranty", MONTH_11, thing("quality_problem"), person="in the middle"),
    wants("person: cannot prove the order", "return", DAYS_10, cannot_prove=True),
)

GOALS = RETURNS + EXCHANGES + WARRANTIES + CANCELLATIONS + PEOPLE
