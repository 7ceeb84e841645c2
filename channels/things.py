"""What a message says of each of several things: "the brush is for my sister, the flosser leaks"."""

from __future__ import annotations

import re
from collections.abc import Awaitable, Callable, Sequence
from typing import Any

from channels.intent import by_name

CLAUSE = re.compile(r"(?:[,;:]\s+(?:and |but |while )?|\s+(?:and|but|while)\s+)(?=(?:the|my)\b)", re.IGNORECASE)
THINGS = ("toothbrush", "flosser")  # what is sold by itself; anything else may be a part of one
PARTS_OF_ONE = ("charger", "nozzle", "travel case", "water tank", "brush head")

Parse = Callable[[str], Awaitable[dict[str, Any]]]


async def said_of_each(sentences: Sequence[str], read: Sequence[dict[str, Any]], parse: Parse) -> list[dict[str, Any]]:
    """What is said of each thing, where sentences or clauses name different ones: [{"thing", "entities", "intent"}].

    read: how each sentence was understood. What names none goes on about the one before.
    """
    things: dict[str, dict[str, Any]] = {}
    current = ""
    clauses: list[dict[str, Any]] = []
    for sentence, one in zip(sentences, read, strict=True):
        pieces = CLAUSE.split(sentence) if len(_named(one)) > 1 else []
        clauses += [await parse(piece) for piece in pieces] or [one]
    for one in clauses:
        entities, named = one.get("entities") or [], _named(one)
        current = named.pop() if len(named) == 1 else "" if named else current
        if not current:
            continue
        said = things.setdefault(current, {"thing": current, "entities": [], "intent": ""})
        said["entities"] += [{"entity": found.get("entity"), "value": found.get("value")} for found in entities]
        intent = one.get("intent") or {}
        if intent.get("zone", "accept") == "accept" and str(intent.get("name") or "").startswith("report_"):
            said["intent"] = intent["name"]
    return list(things.values()) if len(things) > 1 else []


def _named(one: dict[str, Any]) -> set[str]:
    words = {str(found["value"]) for found in one.get("entities") or [] if found.get("entity") == "product"}
    return words & set(THINGS)


async def read_parts(parsed: dict[str, Any], text: str, parse: Parse) -> dict[str, Any]:
    """`parts` beside the intent, where several things are named: of each what its part of the text states as the
    reason, or reports: "the brush because of its colour and the flosser because it's broken" """
    named = [entity for entity in parsed.get("entities") or () if entity["entity"] == "product"]
    found = sorted((entity["start"], entity["value"]) for entity in named if entity["value"] not in PARTS_OF_ONE)
    starts = {value: start for start, value in reversed(found)}
    if len(starts) < 2:
        return parsed
    ends = [*sorted(starts.values())[1:], len(text)]
    parts = []
    for (value, start), end in zip(sorted(starts.items(), key=lambda one: one[1]), ends, strict=True):
        one = await parse(text[start:end])
        reasons = [entity["value"] for entity in one.get("entities") or () if entity["entity"] == "reason"]
        reported = by_name(one).get("name") if one.get("intent", {}).get("zone") == "accept" else None
        parts.append([value, reasons[0] if reasons else reported, text[start:end]])
    return {**parsed, "intent": {**(parsed.get("intent") or {}), "parts": parts}}
