"""The customer's last message, as the channel and NLU hand it over."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from datetime import date, datetime, timezone
from typing import Any

from rasa_sdk import Tracker

ASKS = re.compile(
    r"\?|(?:^|[.!;\n])\W*(?:and |but |so |ok |okay |also )?"
    r"(?:whos?|whats?|whens?|wheres?|why|hows?|which|is|are|do|does|did|can|could|will|would|should|may|tell me"
    r"|i wonder|any)\b"
    r"(?!['\u2019]t\b| not\b)"  # "can't find it", "did not open it"
)

NO_WORDS = re.compile(
    r"https?://\S+|www\.\S+|<script\b.*?</script\s*>|<[^<>]*>|\ufe0f|\u20e3", re.IGNORECASE | re.DOTALL
)


@dataclass(frozen=True)
class Message:
    """One message: what was typed, understood, chosen and attached.

    intent: nlu_fallback where NLU was not sure; hint: the likeliest all the same, enough for a yes or no that was
    asked for; also: what is asked beside it; now: an instant with a zone; today: the customer's calendar;
    answer: {fact: value} of a chosen button; by_mail: it came as a letter; address: the customer's, as shown;
    answers: choices taken in a letter, as answer; asked: by number in the letter it answers; goals: of its sentences;
    topic: which question about the policy is asked, finer than the intent; topics: each of several sentences' own;
    guessed: the intent is only the likeliest goal of a message that is surely one of ours;
    language: another one than English that the words are in; readable: most of them are words; locale: of the browser;
    settled: {fact: value} that an agent put right;
    things: what it says of each thing: {"thing", "entities", "intent", "wants", "text"}, if it names several;
    likely: {fact: (value, probability)}, as which the words could be read if that was asked.
    """

    id: str
    text: str
    intent: str
    hint: str
    also: tuple[str, ...]
    entities: tuple[dict[str, Any], ...]
    answer: dict[str, str]
    photos: tuple[str, ...]
    now: datetime
    today: date
    timezone: str | None
    by_mail: bool = False
    address: str | None = None
    topic: str | None = None
    topics: tuple[str, ...] = ()
    locale: str = "en"
    language: str | None = None
    guessed: bool = False
    readable: bool = True
    settled: dict[str, Any] = field(default_factory=dict)
    answers: dict[str, str] = field(default_factory=dict)
    asked: tuple[str, ...] = ()
    goals: tuple[str, ...] = ()
    likely: dict[str, tuple[str, float]] = field(default_factory=dict)
    things: tuple[dict[str, Any], ...] = ()

    @classmethod
    def of(cls, tracker: Tracker) -> Message:
        """The message that this turn answers."""
        latest = tracker.latest_message or {}
        metadata = latest.get("metadata") or {}
        intent = latest.get("intent") or {}
        now = _instant(metadata.get("now"))
        text = latest.get("text") or ""
        return cls(
            id=metadata.get("message_id") or latest.get("message_id") or "",
            text="" if text.startswith("/") else text,
            intent=intent.get("name") or "",
            hint=intent.get("best") or intent.get("name") or "",
            also=tuple(intent.get("also") or ()),
            entities=tuple(latest.get("entities") or ()),
            answer=metadata.get("answer") or {},
            photos=tuple(metadata.get("photos") or ()),
            now=now,
            today=date.fromisoformat(metadata["today"]) if metadata.get("today") else now.date(),
            timezone=metadata.get("timezone") or None,
            likely={fact: (found[0], found[1]) for fact, found in (intent.get("answers") or {}).items()},
            by_mail=metadata.get("channel") == "mail",
            address=metadata.get("address") or None,
            topic=(latest.get("topic") or {}).get("name"),
            topics=tuple(intent.get("topics") or ()),
            locale=metadata.get("locale") or "en",
            language=latest.get("language"),
            guessed=bool(intent.get("guessed")),
            readable=latest.get("readable") is not False,
            settled=metadata.get("settled") or {},
            answers=metadata.get("answers") or {},
            asked=tuple(metadata.get("asked") or ()),
            goals=tuple(intent.get("goals") or ()),
            things=tuple(intent.get("things") or ()),
        )

    @property
    def asks_something(self) -> bool:
        """Whether it is worded as a question, whatever it was understood as."""
        return bool(ASKS.search(self.text.casefold()))

    @property
    def has_no_words(self) -> bool:
        """Whether it is nothing but signs, pictures, links or markup."""
        bare = NO_WORDS.sub(" ", self.text)
        return bool(self.text) and not any(char.isalnum() for char in bare)

    @property
    def is_a_question_mark(self) -> bool:
        """Whether it is "?" and no words: is anybody there, or what is meant?"""
        return self.has_no_words and "?" in self.text

    def values(self, entity: str) -> list[Any]:
        """All values of this entity, in the order in which they were said."""
        return [found["value"] for found in self.entities if found.get("entity") == entity]


def _instant(text: str | None) -> datetime:
    return datetime.fromisoformat(text.replace("Z", "+00:00")) if text else datetime.now(timezone.utc)
