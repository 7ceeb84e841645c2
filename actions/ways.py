"""The ways to choose from: return, exchange, warranty, cancellation; what each gives, for one who cannot choose."""

from __future__ import annotations

import re

from rasa_sdk import Tracker
from rasa_sdk.executor import CollectingDispatcher

from actions.facts import doors
from actions.message import Message
from actions.words import part, say

EVERY_WAY = ("return", "exchange", "warranty", "cancel")
GIVEN_BY = {
    "return": ("R.window", "R.unused"),
    "exchange": ("R.exchange.same", "R.exchange.once"),
    "warranty": ("W.cover", "W.remedy"),
    "cancel": ("R.cancel.by-customer",),
}
ASKS_WHICH = re.compile(
    r"\bwhat (?:can|could|should|shall|do) i do\b|\boptions?\b|\b(?:recommend|suggest|advise)\b|"
    r"\byou (?:decide|choose)\b|\b(?:don'?t know|dunno|no idea|not sure|unsure) what (?:i|we) (?:want|need|should)\b|"
    r"\bwhat(?:ever| is|'s) (?:is )?(?:the )?(?:best|better|easiest|fastest|quickest|cheapest)\b|"
    r"\bwhich (?:one |way )?(?:is|would be|do you)\b|\bdifferences?\b"
)


def ways(tracker: Tracker) -> tuple[str, ...]:
    """The requests that are still open; of an order that nobody knows yet, every one."""
    if offered := tracker.get_slot("offered"):
        return tuple(way for way in offered if way in EVERY_WAY)
    known = tracker.get_slot("order") or tracker.get_slot("order_channel")
    return doors(tracker.slots, Message.of(tracker)) if known else EVERY_WAY


def explain_ways(dispatcher: CollectingDispatcher, tracker: Tracker) -> bool:
    """Says what each way that is open gives. False where there is none to explain."""
    opened = ways(tracker)
    if opened:
        clauses = tuple(dict.fromkeys(clause for way in opened for clause in GIVEN_BY[way]))
        say(dispatcher, "utter_explain_ways", clauses, lines="".join(f"\n• {part(f'gives_{way}')}" for way in opened))
    return bool(opened)


def asks_which(text: str) -> bool:
    """Whether someone who has to choose asks what there is, or leaves the choice to us."""
    return bool(ASKS_WHICH.search(text.casefold()))
