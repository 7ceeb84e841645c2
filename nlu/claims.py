"""Facts of a claim that a sentence states outright, in the values of the decision contract."""

from __future__ import annotations

import re
from collections.abc import Iterator

from nlu.claim_phrases import PHRASES
from nlu.claim_words import BOX, COLOUR, MODEL, PARTS
from nlu.clauses import Clause, cut, denied
from nlu.found import Found, lower
from nlu.other_stories import is_other_story

_WISHES = ("remedy", "exchange_for")
# Of two values of one fact, the first gives way to the others.
_GIVES_WAY = (
    ("damage_cause", "none", ("water", "abuse", "external", "third_party_repair")),
    ("exchange_for", "same_item", ("same_item_other_colour", "different_item")),
    ("reason", "changed_mind", ("quality_problem", "damaged_on_arrival", "wrong_item", "missing_accessories")),
    ("reason", "quality_problem", ("damaged_on_arrival",)),
)
_KIND = rf"(?:{COLOUR}|{MODEL})\b"
_BOUGHT = r"\b(?:ordered|bought|purchased|paid for)\W+(?:(?:the|an?|my|soocas)\W+)*"
_HERE = r"(?:got|received|recieved|came|arrived|sent|delivered)\b"
_ACROSS = tuple(
    (entity, value, re.compile(pattern))
    for entity, value, pattern in (
        ("reason", "wrong_item", rf"{_BOUGHT}(?P<a>{_KIND})[^.!?]{{0,40}}?\b{_HERE}[^.!?]{{0,20}}?\b(?P<b>{_KIND})"),
        ("reason", "wrong_item", rf"{_BOUGHT}(?P<a>{_KIND})[^.!?]{{0,25}}?\b(?P<b>{_KIND})(?: \w+)? (?:was )?{_HERE}"),
        (
            "contents_complete",
            "false",
            r"\b(?:everything|all(?: there)?|all parts|complete)(?: is| are|'s)?(?: still)?(?: there| here)?,? "
            rf"(?:except|apart from|besides|other than|minus|but)(?: for)? {PARTS}",
        ),
        (
            "packaging_complete",
            "false",
            rf"\b(?:have|got|kept)(?: still| also)* {BOX},? (?:but|though|although|only) "
            r"(?:it|its|it's|that|they|is|are|was|a bit|partly| )*(?:ripped|torn|damaged|crushed|destroyed|broken)",
        ),
    )
)
_SENTENCE = re.compile(r"[^.!?\n]+[.!?]*")


def find_claim_facts(text: str) -> list[Found]:
    """The facts in the order in which they stand; nothing for a fact that is told in two ways.

    What is asked, supposed or denied is not stated, but a wish may be put as a question ("can I have my money back?").
    """
    low = lower(text)
    found: dict[tuple[str, str], Found] = {}
    for clause in cut(low):
        for one in _find_in(clause, low):
            found.setdefault((one.entity, one.value), one)
    for one in _find_across(low):
        found.setdefault((one.entity, one.value), one)
    return sorted(_without_contradictions(list(found.values())), key=lambda one: one.start)


def _find_in(clause: Clause, message: str) -> Iterator[Found]:
    for entity, value, pattern, deniable in PHRASES:
        if not (clause.tells or (entity in _WISHES and clause.asked)):
            continue
        match = pattern.search(clause.text)
        if match and not (deniable and denied(clause, match.start())):
            one = Found(entity, value, clause.start + match.start(), clause.start + match.end())
            if not is_other_story(one, clause, message):
                yield one


def _find_across(message: str) -> Iterator[Found]:
    """ "I ordered white but received black": the two halves stand in two clauses."""
    for sentence in _SENTENCE.finditer(message):
        if not all(clause.tells for clause in cut(sentence.group())):
            continue
        for entity, value, pattern in _ACROSS:
            match = pattern.search(sentence.group())
            if match and not (match.groupdict() and match["a"] == match["b"]):
                yield Found(entity, value, sentence.start() + match.start(), sentence.start() + match.end())


def _without_contradictions(found: list[Found]) -> list[Found]:
    """A cause that was named beats 'nothing happened', a defect a change of mind; else two values are no value."""
    for entity, weak, others in _GIVES_WAY:
        if any(one.entity == entity and one.value in others for one in found):
            found = [one for one in found if (one.entity, one.value) != (entity, weak)]
    values: dict[str, set[str]] = {}
    for one in found:
        values.setdefault(one.entity, set()).add(one.value)
    return [one for one in found if len(values[one.entity]) == 1]
