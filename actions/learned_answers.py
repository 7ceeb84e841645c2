"""What a message most likely means as the answer to the open question, where no pattern understood it.

Learned from lines by nlu/answers.py, and never surer than that: what refuses a customer or opens a case takes more.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from actions.fact_slots import ELSEWHERE, NOT_FOUND, UNSURE, YES_NO, slot_of
from actions.message import Message
from actions.plain_answers import is_whole
from actions.slips import mended

Slots = Mapping[str, Any]
LIKELY, CERTAIN = 0.6, 0.85
COSTS = frozenset(  # what shuts a door, or opens a case
    {
        ("claim.unused", "false"),
        ("claim.packaging_complete", "false"),
        ("claim.contents_complete", "false"),
        ("claim.gift_returned", "false"),
        ("claim.damage_cause", "abuse"),
        ("claim.damage_cause", "external"),
        ("claim.damage_cause", "third_party_repair"),
        ("claim.reason", "lost_or_stolen"),
        ("order.channel", "unauthorized"),
        ("confirm", "yes"),
        ("confirm", "no"),
    }
)
NO_IN_IT = re.compile(r"\b(?:never|unused|unopened|untouched|not|no|nothing)\b|n't\b")
HEDGED = re.compile(r"^\W*(?:yes|yeah|yep|no|nope)\b.*\b(?:but|except|only)\b", re.DOTALL)
NEVER = re.compile(rf"{NO_IN_IT.pattern}|\b(?:nope|nah|first|now|new)\b")  # "I wrote to you" is no "never wrote"
MORE = 0.1  # is then asked for
TAKES_BACK = re.compile(r"\?|\b(?:but|except|wait|wrong|change|hmm+|actually|although)\b")


def learned_answer(
    fact: str | None, message: Message, slots: Slots, least: float, beside_a_question: bool = False
) -> dict[str, Any]:
    """The slot that this message sets as an answer to `fact`, if that is at least so likely; else nothing.

    beside_a_question: also where something is asked as well.
    """
    found = message.likely.get(fact or "")
    if not fact or not found or (message.asks_something and fact != "request" and not beside_a_question):
        return {}
    answer, probability = found
    if probability < min(least + (MORE if (fact, answer) in COSTS else 0), 0.97):
        return {}
    if (fact, answer) in COSTS and _hides_a_no(message.text):
        return {}
    if (fact, answer) == ("claim.issued_on", "none") and not NEVER.search(message.text.casefold()):
        return {}
    if answer == "missing_accessories" and is_whole(message.text):  # "nothing is missing"
        return {}
    if fact in YES_NO and HEDGED.search(message.text.casefold()):  # "yes, but only once"
        return {}
    if fact == "confirm" and TAKES_BACK.search(message.text.casefold()):
        return {}
    if fact == "order.number":
        return {"order_channel": ELSEWHERE}
    value = _value(fact, answer, slots)
    return {} if value is None else {slot_of(fact): value}


def _hides_a_no(text: str) -> bool:
    """Whether a slip of the fingers made a "never" unreadable to what has read it."""
    return len(NO_IN_IT.findall(mended(text))) != len(NO_IN_IT.findall(text.casefold().replace("\u2019", "'")))


def _value(fact: str, answer: str, slots: Slots) -> Any | None:
    if answer == "unsure":
        return UNSURE
    if fact in YES_NO:
        return answer == "true"
    if fact == "claim.item_country":
        return (slots.get("order") or {}).get("country") if answer == "here" else ELSEWHERE
    if fact == "evidence.serial_number":
        return NOT_FOUND
    if fact == "request" and slots.get("offered"):
        return answer if answer in slots["offered"] else None
    return answer
