"""What a customer says instead: "actually no, it rattles" answers as "it rattles" does."""

from __future__ import annotations

import re
from typing import Any

from channels.long_messages import likeliest
from channels.things import Parse

TAKES_BACK = re.compile(
    r"\W*(?:(?:sorry|oh|oops|wait|hold on|hmm+|ah|no|actually|well|i mean|i meant|correction|my mistake|my bad"
    r"|(?:let me|i have to) correct (?:that|myself)|i (?:made|have made) a mistake|i was wrong"
    r"|(?:that|it|this)(?: was|'s| is) (?:not right|wrong)|(?:that|it|this) wasn't right)\b[\W]+)+",
    re.IGNORECASE,
)
SORE = re.compile(r"sorry|oops|wait|actually|mistake|i mean|correct|wrong|not right|wasn.t right|my bad", re.IGNORECASE)
FEWEST_WORDS = 3


def said_instead(text: str) -> str:
    """What follows on "sorry, that was wrong:"; "" where nothing is taken back or hardly a word follows."""
    found = TAKES_BACK.match(text.replace("\u2019", "'"))
    if not found or not SORE.search(found[0]):
        return ""
    rest = text[found.end() :].strip()
    return rest if len(rest.split()) >= FEWEST_WORDS else ""


async def read_instead(parsed: dict[str, Any], text: str, parse: Parse) -> dict[str, Any]:
    """The answers of what is said instead beside those of the whole; two that disagree are none."""
    rest = said_instead(text)
    if not rest:
        return parsed
    whole, instead = parsed.get("intent") or {}, (await parse(rest)).get("intent") or {}
    return {**parsed, "intent": {**whole, "answers": likeliest([whole, instead])}}
