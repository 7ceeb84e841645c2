"""Whether a customer is at the end of their patience: capital letters, insults, the same message again."""

from __future__ import annotations

import itertools
import re

from rasa_sdk import Tracker
from rasa_sdk.events import EventType, SlotSet
from rasa_sdk.executor import CollectingDispatcher

from actions.message import Message
from actions.words import part, say

OFFERED = "person_offered"
FEWEST_LETTERS = 12
FEWEST_WORDS = 3
MOST = 0.7
INSULT = re.compile(
    r"\b(?:stupid|idiots?|idiotic|morons?|useless|dumb|crap+y?|shit+y?|bull ?shit|fuck\w*|f\*+\w*|wtf|damn|bloody hell|"
    r"pathetic|asshole|assholes|bastards?|scammers?|liars?|thie(?:f|ves)|rip[- ]?off|hate you|shame on you|"
    r"joke of a|fed up|sick of (?:this|you)|bakwas|bewakoof|chutiya)\b"
)


def offer_a_person(
    dispatcher: CollectingDispatcher, tracker: Tracker, message: Message, answered: bool
) -> list[EventType]:
    """Offers a person, once in a conversation, to one who is angry or says the same again.

    answered: the request went on with the message, so that the same words again were meant for another question.
    """
    angry = is_shouting(message.text) or bool(INSULT.search(message.text.casefold()))
    if tracker.get_slot(OFFERED) or not (angry or (not answered and says_it_again(tracker, message))):
        return []
    buttons = [{"title": part("button_person"), "payload": "intent=talk_to_human"}]
    say(dispatcher, "utter_offer_person", buttons=buttons)
    return [SlotSet(OFFERED, True)]


def is_shouting(text: str) -> bool:
    """Written in capitals, all of it or some words in a row: three words or more, numbers and codes left out."""
    words = [word for word in re.findall(r"[A-Za-z']+", re.sub(r"\b\w*\d\w*\b", " ", text)) if len(word) > 1]
    in_a_row = ["".join(row) for row in _rows_of_capitals(words)]
    letters = "".join(words)
    capitals = sum(map(str.isupper, letters))
    mostly = len(words) >= FEWEST_WORDS and len(letters) >= FEWEST_LETTERS and capitals > len(letters) * MOST
    return mostly or any(len(row) >= FEWEST_LETTERS for row in in_a_row)


def _rows_of_capitals(words: list[str]) -> list[list[str]]:
    rows = [list(row) for capitals, row in itertools.groupby(words, str.isupper) if capitals]
    return [row for row in rows if len(row) >= FEWEST_WORDS]


def says_it_again(tracker: Tracker, message: Message) -> bool:
    """Whether the message before was the same, in so many words."""
    typed = [event.get("text") or "" for event in tracker.events if event["event"] == "user"]
    before = typed[-2] if len(typed) > 1 else ""
    return len(message.text.split()) > 1 and _plain(before) == _plain(message.text) != ""


def _plain(text: str) -> str:
    return " ".join(re.findall(r"\w+", text.casefold()))
