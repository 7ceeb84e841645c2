"""Reading the answer to an open question, fact by fact. A doubt is no answer: then it is asked again."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from datetime import date
from typing import Any

from actions.countries import mistyped_country
from actions.fact_slots import CLAIM_FACTS, DATES, ELSEWHERE, NOT_FOUND, UNSURE, YES_NO, slot_of
from actions.learned_answers import LIKELY, learned_answer
from actions.message import Message
from actions.order_lines import all_of, left_over, named
from actions.plain_answers import is_in_doubt, plain, plain_answer
from actions.slips import mended
from support.orders.services import ShopOrder

Slots = Mapping[str, Any]
MAY_BE_UNSURE = frozenset({*CLAIM_FACTS, "order.delivered_on"}) - {"claim.troubleshooting_done"}
MIN_WORDS = 3
SURE_OF_ANOTHER = 0.97
SERIAL_LIKE = re.compile(r"(?<![\w-])(?=[A-Za-z-]*\d)[A-Za-z\d][A-Za-z\d-]{4,30}(?![\w-])")
YES_AND = re.compile(r"(?:yes|yeah|yep|yup|sure|of course|certainly|definitely|absolutely)\b(.*)", re.DOTALL)
NO_AND = re.compile(r"(?:no|nope|nah)\b(.*)", re.DOTALL)
BARE = re.compile(r"(?:(yes|yeah|yep|ok|okay)|no|nope|nah)\W*")
LEFT = re.compile(r"\b(?:don'?t (?:open|send|do|submit)|leave it|drop it|forget (?:it|about)|never ?mind|cancel it)\b")
YES_BUT = re.compile(
    r"n't|\?|\b(?:not|no|never|nothing|without|missing|except|but|some|most|mostly|part|only|used|opened|tried|broken|"
    r"lost|gone|threw|thrown|damaged|torn)\b"
)
GONE_ABROAD = re.compile(rf"{YES_BUT.pattern}|\b(?:abroad|other|another|else\w*|outside|moved|took|left)\b")
AND_YES = re.compile(r"(.*)\b(?:yes|yeah|yep|yup|yea)\W*", re.DOTALL)
TRIED_BUT = re.compile(r"\?|\b(?:but|except|only|rest|not all|later|tonight|tomorrow|will)\b")
HAPPENED = re.compile(
    r"\b(?:arriv\w*|came|come|deliver\w*|g[eo]t|received?|parcel|package|brought|bought|ordered|had|have|think|believe|guess|about|"
    r"around|must|maybe|probably|say|said|report\w*|wrote|written|told|contact\w*|claim\w*|call\w*|messaged?|mail\w*|it|day|date|yes|yeah|yep)\b"
)
WAYS = {
    "ask_return_policy": "return",
    "ask_exchange_policy": "exchange",
    "ask_warranty_policy": "warranty",
}
WISHES = {"refund": "return", "replacement": "exchange"}


def in_doubt(fact: str | None, message: Message) -> bool:
    """Whether the customer cannot say what was asked; then nothing else of the message answers it (I.unsure)."""
    return fact in MAY_BE_UNSURE and is_in_doubt(message.text)


def _sounds_unsure(fact: str, message: Message) -> bool:
    """Whether it is understood as "not sure", asks nothing, and does not clearly answer another question instead:
    "can't read it" is said of the serial number.
    """
    of_another = [sure for answer, sure in message.likely.values() if answer != UNSURE]
    means_another = fact not in message.likely and max(of_another, default=0) >= SURE_OF_ANOTHER
    return message.hint == "not_sure" and not message.asks_something and not means_another


def read_answer(fact: str, message: Message, slots: Slots) -> dict[str, Any]:
    """The slots that this message sets as an answer to `fact`; empty when it does not answer it."""
    if fact in DATES and (dated := _date(fact, message, slots)):
        return dated
    if fact == "evidence.serial_number" and (serial := _odd_serial(message, slots)):
        return serial
    reader = READERS.get(fact)
    value = reader(message, slots) if reader else None
    if value is None and fact in YES_NO:
        value = {"yes": True, "no": False}.get(bare(message), _agrees(fact, message))
    if value is None and fact != "claim.item_country":
        value = plain_answer(fact, message.text)
    if value is None and fact in MAY_BE_UNSURE and _sounds_unsure(fact, message):
        return learned_answer(fact, message, slots, LIKELY) or {slot_of(fact): UNSURE}
    if fact == "request" and value is None and slots.get("offered") and _is_no(message):
        return {"confirm": "no"}
    return {} if value is None else {slot_of(fact): value}


def bare(message: Message) -> str:
    """Is yes or no where the message is nothing else, so that "no, never used" is not taken for a no."""
    alone = BARE.fullmatch(plain(message.text))  # after a thank you
    found = ("yes" if alone[1] else "no") if alone else ""
    return next(iter(message.values("answer")), found)


def _agrees(fact: str, message: Message) -> bool | None:
    """True for a yes that goes on and takes nothing back; a no that goes on can mean either, so it is asked again."""
    doubts = TRIED_BUT if fact == "claim.troubleshooting_done" else YES_BUT
    begins = YES_AND.match(plain(message.text))
    return True if begins and not doubts.search(begins[1]) else None


def _is_no(message: Message) -> bool:
    """No, or a no that goes on without a but ("no, leave it then")."""
    goes_on = NO_AND.match(plain(message.text))
    return bare(message) == "no" or message.intent == "deny" or bool(goes_on and not TRIED_BUT.search(goes_on[1]))


def _date(fact: str, message: Message, slots: Slots) -> dict[str, Any]:
    """The one day that was named. Several that can be meant, or a stretch of which only the end is known, are asked
    back; a day before the purchase or still to come is none (an empty list)."""
    dates = [found for found in message.entities if found.get("entity") == "date"]
    said = sum(found.get("end", 0) - found.get("start", 0) for found in dates)
    foreign = message.intent == "out_of_scope" or not HAPPENED.search(message.text.casefold())
    beside_the_point = foreign and said * 2 < len(message.text)  # "last night's football"
    if not dates or beside_the_point:
        return {}
    earliest = (slots.get("order") or {}).get("purchased_on") or ""
    named = {day for found in dates for day in found.get("readings") or ()}
    days = sorted(day for day in named if earliest <= day and date.fromisoformat(day) <= message.today)
    if len(days) == 1 and not any(found.get("vague") for found in dates):
        return {slot_of(fact): days[0]}
    return {"date_readings": days}


def _request(message: Message, slots: Slots) -> str | None:
    """Which way to go: by what it is called, by what is wished for, or yes to the only one that was offered."""
    offered = slots.get("offered") or []
    if len(offered) == 1 and (bare(message) == "yes" or message.intent == "affirm"):
        return offered[0]
    if message.intent in WAYS and len(message.text.split()) <= MIN_WORDS:
        return WAYS[message.intent]
    if not offered and set(message.values("exchange_for")) & {"same_item", "same_item_other_colour"}:
        return "exchange"  # "a different colour"
    wishes = {WISHES[wish] for wish in message.values("remedy") if wish in WISHES}
    return wishes.pop() if len(wishes) == 1 and not offered else None


def _lines(message: Message, slots: Slots) -> list[list[int]] | None:
    """Both, all, just one: said of what is still open in the order."""
    if not slots.get("order"):
        return None
    order = ShopOrder.from_json(slots["order"])
    words = set(re.findall(r"\w+", mended(message.text)))
    open_lines = left_over(order, slots.get("items") or [])
    open_lines = named(order, open_lines, [word for word in words if word.isalpha() and len(word) > 3]) or open_lines
    if words & {"both", "all", "everything"} and not words & {"not", "except", "but"}:
        return all_of(open_lines, "both" in words) or None
    if words & {"one", "1", "single"} and len(open_lines) == 1:
        return [[open_lines[0][0], 1]]
    return None


def _cause(message: Message, _slots: Slots) -> str | None:
    """The question is whether anything happened to it."""
    return "none" if bare(message) == "no" else None


def _exchange_for(message: Message, _slots: Slots) -> str | None:
    return "same_item_other_colour" if message.values("colour") else None


def _country(message: Message, slots: Slots) -> str | None:
    home = (slots.get("order") or {}).get("country")
    if bare(message):
        return home if bare(message) == "yes" else ELSEWHERE
    codes = [found.get("code") for found in message.entities if found.get("entity") == "country"]
    if codes:
        return codes[-1]
    if plain_answer("claim.item_country", message.text):
        return home
    said = plain(message.text)
    agrees = YES_AND.match(said) or AND_YES.fullmatch(said)
    at_home = agrees and not GONE_ABROAD.search(agrees[1])
    return mistyped_country(message.text) or (home if at_home else None)


def _earlier_claim(message: Message, _slots: Slots) -> str | None:
    return "none" if bare(message) == "no" or message.intent == "deny" else None


def _odd_serial(message: Message, slots: Slots) -> dict[str, Any]:
    """A serial number of another shape than ours is asked for once more, and then taken as it is, for the review."""
    found = SERIAL_LIKE.findall(message.text)
    if len(found) != 1 or "?" in message.text:
        return {}
    given = found[0].upper()
    return {"evidence_serial_number": given} if slots.get("serial_tried") else {"serial_tried": given}


def _serial(message: Message, _slots: Slots) -> str | None:
    """That there is none, or that it cannot be read."""
    cannot = bare(message) == "no" or message.hint in ("deny", "not_sure")
    return NOT_FOUND if cannot and "?" not in message.text else None


def _description(message: Message, _slots: Slots) -> str | None:
    text = message.text.strip()
    return text if len(text.split()) >= MIN_WORDS and not text.endswith("?") else None


def _confirm(message: Message, _slots: Slots) -> str | None:
    """Only a clear yes opens a case; a no with more in it means that something is not right yet."""
    if bare(message):
        return bare(message)
    clear = not re.search(r"\?|\b(?:but|not|wait|change|wrong|think|hmm+)\b", message.text.casefold())
    if clear and (message.intent == "affirm" or YES_AND.match(mended(message.text))):
        return "yes"
    likely, probability = message.likely.get("confirm", ("", 0))
    said = plain(message.text)
    left = bool(NO_AND.match(said) and LEFT.search(said))
    if clear and (left or (likely == "no" and probability >= LIKELY)):  # "please don't"
        return "no"
    return "change" if message.intent in ("deny", "correct_answer") else None


READERS: dict[str, Callable[[Message, Slots], Any]] = {
    "request": _request,
    "order.lines": _lines,
    "claim.damage_cause": _cause,
    "claim.exchange_for": _exchange_for,
    "claim.item_country": _country,
    "claim.issued_on": _earlier_claim,
    "evidence.serial_number": _serial,
    "evidence.defect_description": _description,
    "confirm": _confirm,
}
