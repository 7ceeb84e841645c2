"""What caused a quality problem: asked on every route, refused by the clause of the route that was asked for."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from policy.facts import Facts
from policy.step import PASS, UNSURE_MATTERS, Step, ask, refuse, review

ON_RETURN: Final[Mapping[str, Step]] = {
    "none": PASS,
    "external": refuse("R.refuse.2"),
    "abuse": refuse("R.refuse.2"),
    "third_party_repair": refuse("R.refuse.2"),
    "water": review("I.water"),
    "unsure": UNSURE_MATTERS,
}
ON_WARRANTY: Final[Mapping[str, Step]] = {
    **ON_RETURN,
    "external": refuse("W.exclude.7"),
    "abuse": refuse("W.exclude.8"),
    "third_party_repair": refuse("W.exclude.6"),
}


def natural_cause(facts: Facts, *, warranty_route: bool) -> Step:
    """R.refuse.2, W.exclude.6, W.exclude.7, W.exclude.8, I.water: it failed in normal use."""
    if facts.claim_damage_cause is None:
        return ask("claim.damage_cause")
    return (ON_WARRANTY if warranty_route else ON_RETURN)[facts.claim_damage_cause]
