"""A letter, or the first message of a chat, says more than one line: what it wants, reports and asks may stand in
different sentences."""

from __future__ import annotations

import re
from collections.abc import Awaitable, Callable
from typing import Any

from channels.intent import by_name

SENTENCE = re.compile(r"(?<=[.!?])\s+|\n+")
CLAUSE = re.compile(r"(?:[,;:]\s+(?:and |but |while )?|\s+(?:and|but|while)\s+)(?=(?:the|my)\b)", re.IGNORECASE)
MOST_SENTENCES = 14
SHORTEST_WORDS, LONGEST_CHARACTERS = 2, 400
CONTRADICTS = 0.6
THINGS = ("toothbrush", "flosser")  # what is sold by itself; anything else may be a part of one
REQUESTS = ("start_", "cancel_order")
GOALS = (*REQUESTS, "report_", "check_case_status")
A_PERSON = "talk_to_human"
PERSON = re.compile(
    r"\b(?:humans?|persons?|people|agents?|representatives?|operator|staff|colleague|manager|somebody|someone)\b"
)
QUESTIONS = ("ask_", "track_order", "change_order")

Parse = Callable[[str], Awaitable[dict[str, Any]]]


async def read_whole(parsed: dict[str, Any], text: str, parse: Parse) -> dict[str, Any]:
    """The whole's intent: its request, else what it reports; all goals and questions beside it.

    parse: how one sentence is understood. A wish for a person, wherever it stands, comes first; one
    sentence stays as it was understood.
    """
    sentences = sentences_of(text)
    if len(sentences) < 2 or (parsed.get("intent") or {}).get("name") == A_PERSON:
        return parsed
    read = [await parse(sentence) for sentence in sentences]
    found = [(sentence, by_name(one)) for sentence, one in zip(sentences, read, strict=True)]
    sure = [(sentence, intent) for sentence, intent in found if intent.get("zone", "accept") == "accept"]
    if any(intent.get("name") == A_PERSON and PERSON.search(sentence.casefold()) for sentence, intent in sure):
        return {**parsed, "intent": {**(parsed.get("intent") or {}), "name": A_PERSON, "zone": "accept"}}
    goals = list(dict.fromkeys(intent["name"] for text, intent in sure if _is(intent, GOALS) and _tells(text, intent)))
    asked = [intent["name"] for sentence, intent in sure if _is(intent, QUESTIONS) and sentence.rstrip().endswith("?")]
    whole = parsed.get("intent") or {}
    whole = {
        **whole,
        "answers": _likeliest([whole, *(intent for _, intent in found)]),
        "things": await _things(sentences, read, parse),
    }
    if not goals and not asked:
        return {**parsed, "intent": whole}
    requests = [name for name in goals if name.startswith(REQUESTS)]
    leading = [*requests, *goals, *([] if whole.get("zone") == "accept" else asked)]
    intent = {**whole, "also": list(dict.fromkeys([*(whole.get("also") or ()), *asked])), "goals": goals}
    if leading and not (whole.get("zone") == "accept" and whole.get("name") in leading):
        intent |= {"name": leading[0], "zone": "accept"}
    return {**parsed, "intent": intent}


def _named(one: dict[str, Any]) -> set[str]:
    words = {str(found["value"]) for found in one.get("entities") or [] if found.get("entity") == "product"}
    return words & set(THINGS)


async def _things(sentences: list[str], read: list[dict[str, Any]], parse: Parse) -> list[dict[str, Any]]:
    """What is said of each thing, where sentences or clauses name different ones: [{"thing", "entities", "intent"}].

    What names none goes on about the one before.
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
        if intent.get("zone", "accept") == "accept" and _is(intent, ("report_",)):
            said["intent"] = intent["name"]
    return list(things.values()) if len(things) > 1 else []


def _likeliest(intents: list[dict[str, Any]]) -> dict[str, tuple[str, float]]:
    """As which answer the letter or one of its sentences could be read, by fact; two that disagree are none."""
    found: dict[str, dict[str, float]] = {}
    for intent in intents:
        for fact, (value, probability) in (intent.get("answers") or {}).items():
            values = found.setdefault(fact, {})
            values[value] = max(probability, values.get(value, 0))
    best = {fact: sorted(values.items(), key=lambda item: -item[1])[:2] for fact, values in found.items()}
    return {fact: first for fact, (first, *second) in best.items() if not second or second[0][1] < CONTRADICTS}


async def read_parts(parsed: dict[str, Any], text: str, parse: Parse) -> dict[str, Any]:
    """`parts` beside the intent, where several things are named: of each what its part of the text states as the
    reason, or reports: "the brush because of its colour and the flosser because it's broken" """
    found = sorted(
        (entity["start"], entity["value"]) for entity in parsed.get("entities") or () if entity["entity"] == "product"
    )
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


def sentences_of(text: str) -> list[str]:
    """The sentences worth understanding by themselves."""
    pieces = [piece.strip() for piece in SENTENCE.split(text)]
    worth = [piece for piece in pieces if len(piece.split()) >= SHORTEST_WORDS and len(piece) <= LONGEST_CHARACTERS]
    return worth[:MOST_SENTENCES]


def _tells(sentence: str, intent: dict[str, Any]) -> bool:
    """A question reports nothing: "How can I get rid of it?" """
    return not (_is(intent, ("report_",)) and sentence.rstrip().endswith("?"))


def _is(intent: dict[str, Any], names: tuple[str, ...]) -> bool:
    return str(intent.get("name") or "").startswith(names)
