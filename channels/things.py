"""What a message says of each of several things: "the brush is for my sister, the flosser leaks"."""

from __future__ import annotations

import re
from collections.abc import Awaitable, Callable
from itertools import pairwise
from typing import Any

from channels.intent import by_name

WISH = (
    r"(?:(?:to|please|also|i want to|i need to|i'd like to|i would like to) )*"
    r"(?:return|exchange|swap|replace|refund|send)\b"
)
CLAUSE = re.compile(
    rf"(?:[,;:]\s+(?:and |but |while )?|\s+(?:and|but|while)\s+)(?=(?:(?:the|my)\b|{WISH}))", re.IGNORECASE
)
THINGS = ("toothbrush", "flosser")
PARTS_OF_ONE = ("charger", "nozzle", "travel case", "water tank", "brush head")  # anything else is sold by itself

Parse = Callable[[str], Awaitable[dict[str, Any]]]


async def read_things(parsed: dict[str, Any], sentences: list[str], parse: Parse) -> dict[str, Any]:
    """`things` beside the intent, where sentences or clauses name different ones.

    [{"thing", "entities", "intent", "wants", "text"}], intent: what is reported of it; wants: what is to be done with
    it. What names none goes on about the one before.
    """
    things: dict[str, dict[str, Any]] = {}
    current = ""
    for piece, one in await _pieces(sentences, parse) if len(_named(parsed)) > 1 else ():
        named = _named(one)
        current = named.pop() if len(named) == 1 else "" if named else current
        if not current:
            continue
        said = things.setdefault(current, {"thing": current, "entities": [], "intent": "", "wants": "", "text": ""})
        said["entities"] += [{key: found.get(key) for key in ("entity", "value")} for found in one["entities"]]
        said["text"] = f"{said['text']} {piece}".strip()
        intent = by_name(one)
        name = str(intent.get("name") or "") if intent.get("zone", "accept") == "accept" else ""
        said["intent"] = name if name.startswith("report_") else said["intent"]
        said["wants"] = name if name.startswith("start_") else said["wants"]
    several = list(things.values()) if len(things) > 1 else []
    return {**parsed, "intent": {**(parsed.get("intent") or {}), "things": several}}


async def _pieces(sentences: list[str], parse: Parse) -> list[tuple[str, dict[str, Any]]]:
    """Sentences that name one thing at most, and the clauses of those that name more, each as it is understood."""
    pieces = []
    for sentence in sentences:
        one = await parse(sentence)
        if len(_named(one)) < 2:
            pieces.append((sentence, one))
            continue
        clauses = [(clause, await parse(clause)) for clause in CLAUSE.split(sentence)]
        if any(len(_named(read)) > 1 for _, read in clauses):
            clauses = [(clause, await parse(clause)) for clause in _from_name_to_name(sentence, one)]
        pieces += clauses
    return pieces


def _from_name_to_name(sentence: str, one: dict[str, Any]) -> list[str]:
    """ "The brush because of its colour and a flosser because it's broken", cut before the flosser."""
    named, starts = _named(one), {}
    for found in sorted(one["entities"], key=lambda found: found["start"]):
        if found["entity"] == "product" and found["value"] in named:
            starts.setdefault(found["value"], found["start"])
    cuts = [0, *sorted(starts.values())[1:], len(sentence)]
    return [sentence[start:end] for start, end in pairwise(cuts)]


def _named(one: dict[str, Any]) -> set[str]:
    """The things this names; a model beside what it is ("the X3U toothbrush") is no second thing."""
    words = {str(found["value"]) for found in one.get("entities") or [] if found.get("entity") == "product"}
    words -= set(PARTS_OF_ONE)
    return words & set(THINGS) or words
