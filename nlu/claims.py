"""Facts of a claim that a sentence states outright, in the values of the decision contract."""

from __future__ import annotations

import re
from collections.abc import Iterator

from nlu.claim_phrases import PHRASES
from nlu.clauses import Clause, cut, denied
from nlu.found import Found, lower

_ON_ARRIVAL = re.compile(
    r"\b(?:arriv|deliver|parcel|unpack|shipping|transit|courier|came (?!in)|received|recieved|out of the box)"
)
_SOMEBODY_ELSE = re.compile(r"\b(?:someone|somebody|another customer|they|previous owner|clearly been|already been)\b")
_CHANGEABLE = ("remedy", "exchange_for")


def find_claim_facts(text: str) -> list[Found]:
    """The facts in the order in which they stand; nothing for a fact that is told in two ways.

    What is asked, supposed or denied is not stated, but a wish may be put as a question ("can I have my money back?").
    """
    found: dict[tuple[str, str], Found] = {}
    low = lower(text)
    on_arrival = bool(_ON_ARRIVAL.search(low))
    for clause in cut(low):
        for one in _find_in(clause, on_arrival):
            found.setdefault((one.entity, one.value), one)
    return sorted(_without_contradictions(list(found.values())), key=lambda one: one.start)


def _find_in(clause: Clause, on_arrival: bool) -> Iterator[Found]:
    for entity, value, pattern, deniable in PHRASES:
        if not (clause.tells or (entity in _CHANGEABLE and clause.asked)):
            continue
        match = pattern.search(clause.text)
        if (
            match
            and not (deniable and denied(clause, match.start()))
            and not _is_other_story(entity, value, clause, on_arrival)
        ):
            yield Found(entity, value, clause.start + match.start(), clause.start + match.end())


def _is_other_story(entity: str, value: str, clause: Clause, on_arrival: bool) -> bool:
    """Water on the way here, or a stranger's use, is not what the customer did."""
    if entity == "damage_cause" and value in ("water", "external"):
        return on_arrival
    if (entity, value) == ("damage_cause", "abuse"):
        return bool(_ON_ARRIVAL.search(clause.text))
    return entity == "unused" and value == "false" and bool(_SOMEBODY_ELSE.search(clause.text))


def _without_contradictions(found: list[Found]) -> list[Found]:
    """A cause that was named beats 'nothing happened'; another colour beats the same item; else both are dropped."""
    values: dict[str, set[str]] = {}
    for one in found:
        values.setdefault(one.entity, set()).add(one.value)
    for entity, weak in (("damage_cause", "none"), ("exchange_for", "same_item")):
        if len(values.get(entity, ())) > 1:
            values[entity].discard(weak)
            found = [one for one in found if (one.entity, one.value) != (entity, weak)]
    return [one for one in found if len(values[one.entity]) == 1]
