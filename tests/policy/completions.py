"""What facts with unknowns can still turn into: the meaning of `missing`, by trying out every value."""

from __future__ import annotations

from itertools import product
from typing import Any

from policy_cases import VALUES, without_contradiction

from policy.decision import decide
from policy.facts import FIELDS, UNSURE, Facts
from policy.verdict import ASKING_ORDER

MONEY = {"order.price_paid": 7990, "order.gift_value": 1000}  # one value does: these are never missing


def parsed(facts: dict[str, Any]) -> dict[str, Any]:
    """The same facts read, by contract key."""
    return {
        key: UNSURE if value == UNSURE and FIELDS[key].may_be_unsure else FIELDS[key].read(value)
        for key, value in facts.items()
        if value is not None
    }


PARSED = {key: [parsed({key: value})[key] for value in values] for key, values in VALUES.items()}


def facts_of(read: dict[str, Any]) -> Facts:
    return Facts(**{FIELDS[key].attribute: value for key, value in without_contradiction(read).items()})


def settled(read: dict[str, Any]) -> tuple[Any, ...]:
    """What an answer on complete facts says that an unknown fact may not change unasked."""
    decision = decide(facts_of(read))
    assert decision.outcome != "incomplete", (read, decision.missing)
    if decision.outcome != "eligible":
        return (decision.outcome,)
    gift = "R.gift" in [reason.clause for reason in decision.reasons]
    return decision.outcome, decision.route, decision.freight[:2], decision.refund, gift


def unknown(read: dict[str, Any]) -> list[str]:
    """The facts the request's rules may ask for that are not known."""
    return [key for key in ASKING_ORDER[read["request"]] if key not in read]


def endings(read: dict[str, Any]) -> dict[tuple[Any, ...], tuple[Any, ...]]:
    """What each completion of these facts settles to."""
    open_keys = unknown(read)
    start = {**MONEY, **read}
    choices = product(*(PARSED[key] for key in open_keys))
    return {choice: settled({**start, **dict(zip(open_keys, choice, strict=True))}) for choice in choices}


def can_change(read: dict[str, Any]) -> tuple[set[str], set[tuple[Any, ...]]]:
    """The unknown facts some value of which changes what some completion settles to, and all that can come out."""
    found, open_keys = endings(read), unknown(read)
    mattering = set()
    for place, key in enumerate(open_keys):
        by_others: dict[tuple[Any, ...], set[tuple[Any, ...]]] = {}
        for choice, ending in found.items():
            by_others.setdefault(choice[:place] + choice[place + 1 :], set()).add(ending)
        if any(len(different) > 1 for different in by_others.values()):
            mattering.add(key)
    return mattering, set(found.values())
