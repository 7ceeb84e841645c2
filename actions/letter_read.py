"""Reading a letter: everything it tells, and its answers to several questions, by their numbers or in its own order."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import replace
from typing import Any

from actions.ahead import Ahead, line_of, merged, photos_ahead
from actions.answers_read import read_answer
from actions.fact_slots import CLAIM_FACTS, slot_of
from actions.goals import FAULT_REASONS, goal_of, other_goals
from actions.identifiers_read import read_identifiers
from actions.learned_answers import CERTAIN, learned_answer
from actions.message import Message
from actions.named_facts import all_told_of, chosen, named_facts, slots_of, told_of_each
from actions.reading import LEAVES_THE_FORM, STATES, SURE, photos_of, read

Slots = Mapping[str, Any]
NUMBERED = re.compile(
    r"^[ \t]*(?:(?:answer|question|re|zu|ad|to)[ \t]+)?\(?(\d{1,2})[ \t]*[.):\-–][ \t]*(.*)$", re.IGNORECASE
)
NUMBERED_BARELY = re.compile(r"^[ \t]*(\d{1,2})[ \t]+(\S.*)$")  # "2 yes", where every line is so
CODE = re.compile(r"^\(?[a-i]\)?[.):]?$", re.IGNORECASE)
CODE_LINE = re.compile(r"^[ \t]*\d{1,2}[ \t]?[a-i][.)]?[ \t,.;]*$", re.IGNORECASE)  # "2a": taken already
YES = re.compile(r"(?:yes|yeah|yep|yup|ja|sure|correct|of course|certainly)[ .!]*", re.IGNORECASE)
NO = re.compile(r"(?:no|nope|nein|not at all)[ .!]*", re.IGNORECASE)
VOLUNTEERED = (*STATES, "claim.damage_cause")
LONGEST_ANSWER_WORDS = 14
FEWEST_WORDS_OF_A_DESCRIPTION = 4
LONGEST_DESCRIPTION = 2_000


def read_letter(message: Message, slots: Slots, asked: str | None) -> dict[str, Any]:
    """The slots this letter sets; empty when it neither answers, adds nor corrects anything."""
    open_facts = list(message.asked)
    if message.answer or asked in ("confirm", "change"):
        return read(message, slots, asked)
    told = photos_of(message, slots)
    if message.intent in LEAVES_THE_FORM and not message.goals:
        return told | read(message, slots, asked)
    several = len(open_facts) > 1
    numbered, ahead = _numbered(message, slots, open_facts) if several else ({}, {})
    told |= read_identifiers(message, slots, None if several else asked) | named_facts(message, None)
    for fact, value in message.answers.items():
        plain, line = line_of(fact)
        (ahead.setdefault(line, {}) if line else told)[slot_of(plain)] = chosen(plain, value)
    told |= goal_of(message, slots, None if several else asked, told) | other_goals(message, slots, told)
    told |= {slot: value for slot, value in numbered.items() if value is not None}
    told |= _in_their_own_words(message, slots, told)
    if of_things := told_of_each(message):
        told = {slot: value for slot, value in told.items() if slot not in slots_of(of_things)}
        ahead = merged(of_things, ahead)
        if meant := all_told_of(of_things, message):
            told["mentions"] = meant
    if ahead := merged(photos_ahead(message.asked, message.photos), ahead):
        told["ahead"] = ahead
    if asked and not several and slot_of(asked) not in told:
        told |= read(message, slots, asked)
    if not told and message.intent == "check_case_status" and not asked:
        return {"wants_status": True}
    return told | _description(message, slots, told)


def _in_their_own_words(message: Message, slots: Slots, told: Mapping[str, Any]) -> dict[str, Any]:
    """What its sentences answer, whatever their order: the questions of the letter before, and surely what nobody has
    asked yet. Of several things nobody could tell which one is meant."""
    asked = [fact for fact in message.asked if fact in CLAIM_FACTS] if len(message.asked) > 1 else []
    unasked = [fact for fact in VOLUNTEERED if slots.get(slot_of(fact)) is None and not message.things]
    least = dict.fromkeys(unasked, SURE) | dict.fromkeys(asked, CERTAIN)
    found: dict[str, Any] = {}
    for fact in least:
        if told.get(slot_of(fact)) is None:
            found |= learned_answer(fact, message, slots, least[fact], beside_a_question=True)
    return found


def _numbered(message: Message, slots: Slots, open_facts: list[str]) -> tuple[dict[str, Any], Ahead]:
    """The answers by number, or line by line where there are as many as questions; those about later things apart."""
    pieces = list(_pieces(message.text)) or _barely_numbered(message.text, len(open_facts))
    if not pieces:
        lines = [line.strip(" \t-•*") for line in message.text.split("\n") if line.strip()]
        short = all(len(line.split()) <= LONGEST_ANSWER_WORDS for line in lines)
        if len(lines) < 2 or not short or len(lines) != len(open_facts):
            return {}, {}
        pieces = list(enumerate(lines, 1))
    told: dict[str, Any] = {}
    ahead: Ahead = {}
    for number, words in pieces:
        if 1 <= number <= len(open_facts) and words and not CODE.match(words):
            fact, line = line_of(open_facts[number - 1])
            found = read_answer(fact, _answering(message, words), slots)
            if line and found:
                ahead[line] = ahead.get(line, {}) | found
            told |= {} if line else found
    return told, ahead


def _pieces(text: str) -> Iterator[tuple[int, str]]:
    """(number, answer) of every "2. …", with the lines that follow it."""
    number, words = 0, []
    for line in text.split("\n"):
        found = NUMBERED.match(line)
        if found or CODE_LINE.match(line):
            if number:
                yield number, "\n".join(words).strip()
            number, words = (int(found[1]), [found[2].strip()]) if found else (0, [])
        elif number and line.strip():
            words.append(line.strip())
    if number:
        yield number, "\n".join(words).strip()


def _barely_numbered(text: str, most: int) -> list[tuple[int, str]]:
    """(number, answer) of lines that begin with rising numbers without a mark, if all of them do."""
    found = [NUMBERED_BARELY.match(line) for line in text.split("\n") if line.strip()]
    pieces = [(int(line[1]), line[2].strip()) for line in found if line]
    numbers = [number for number, _ in pieces]
    rises = len(numbers) > 1 and numbers == sorted(set(numbers)) and numbers[-1] <= most
    return pieces if rises and all(found) else []


def _answering(message: Message, words: str) -> Message:
    """The message as if it were only this answer."""
    start = message.text.find(words)
    end = start + len(words)
    inside = [
        found
        for found in message.entities
        if found.get("entity") != "answer" and start <= found.get("start", -1) and found.get("end", 0) <= end
    ]
    bare = "yes" if YES.fullmatch(words) else "no" if NO.fullmatch(words) else ""
    entities = (*inside, {"entity": "answer", "value": bare}) if bare else tuple(inside)
    return replace(message, text=words, intent="give_information", hint="", also=(), entities=entities)


def _description(message: Message, slots: Slots, told: Mapping[str, Any]) -> dict[str, Any]:
    """What a letter says about a fault describes it, so that nobody is asked to describe it again (W.need)."""
    faulty = told.get("claim_reason") in FAULT_REASONS
    is_long = len(message.text.split()) >= FEWEST_WORDS_OF_A_DESCRIPTION
    if not faulty or not is_long or slots.get("evidence_defect_description"):
        return {}
    return {"evidence_defect_description": message.text.strip()[:LONGEST_DESCRIPTION]}
