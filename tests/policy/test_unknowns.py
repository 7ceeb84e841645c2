"""What is unknown: `missing` is exactly what can still change the answer, and nothing settled is ever taken back."""

from __future__ import annotations

import random
from itertools import product
from math import prod
from typing import Any

import pytest
from completions import PARSED, can_change, facts_of, parsed, unknown
from policy_cases import CANCEL, EXCHANGE, NOW, USED_DEFECT, without_contradiction

from policy import TERMS, decide
from policy.facts import REQUESTS, UNSURE
from policy.verdict import ASKING_ORDER, judge

USUAL = parsed({**USED_DEFECT, **EXCHANGE, **{key: USED_DEFECT[key] for key in USED_DEFECT if "claim" in key}})
FLAG = (None, True, False)
FLAG3 = (None, True, False, UNSURE)
BOUGHT = (None, *(PARSED["order.purchased_on"][place] for place in (0, 2, 6, 7)))
REPLACED = (None, "none", PARSED["order.replaced_on"][1])
CLAIMED = (None, "none", UNSURE, PARSED["claim.issued_on"][4])
DELIVERY = (None, (False, None), (True, None), *((True, day) for day in (*PARSED["order.delivered_on"][:3], UNSURE)))
REASONS = (None, "changed_mind", "wrong_item", "missing_accessories", "quality_problem", "damaged_on_arrival",
           "lost_or_stolen", "other", UNSURE)  # fmt: skip

GRIDS: dict[str, tuple[str, dict[str, tuple[Any, ...]]]] = {
    "conditions of a return": (
        "return",
        {
            "order.channel": (None, "official_website", "amazon_store", "offline_store"),
            "delivery": DELIVERY,
            "claim.reason": REASONS,
            "claim.unused": FLAG3,
            "claim.packaging_complete": FLAG,
            "claim.contents_complete": FLAG,
            "claim.damage_cause": (None, "none", "abuse", "water"),
        },
    ),
    "a used return": (
        "return",
        {
            "claim.unused": FLAG3,
            "claim.damage_cause": (None, "none", "abuse", UNSURE),
            "order.free_product": FLAG,
            "claim.proof_of_purchase": FLAG3,
            "order.purchased_on": BOUGHT,
            "order.replaced_on": REPLACED,
            "claim.issued_on": CLAIMED,
            "claim.item_country": (None, "US", "DE"),
        },
    ),
    "an exchange": (
        "exchange",
        {
            "delivery": DELIVERY,
            "order.fully_refunded": FLAG,
            "order.exchanges_made": (None, 0, 1),
            "claim.exchange_for": (None, "same_item", "different_item", UNSURE),
            "claim.reason": REASONS,
            "claim.unused": FLAG3,
        },
    ),
    "a warranty claim": (
        "warranty",
        {
            "delivery": ((False, None), (True, None), None),
            "order.purchased_on": BOUGHT,
            "order.replaced_on": REPLACED,
            "claim.issued_on": CLAIMED,
            "claim.proof_of_purchase": FLAG3,
            "claim.reason": REASONS,
            "order.country": (None, "US", UNSURE),
            "claim.item_country": (None, "US", "DE"),
        },
    ),
}


def grid_facts(request: str, axes: dict[str, tuple[Any, ...]], point: tuple[Any, ...]) -> dict[str, Any]:
    facts = {**USUAL, "request": request, **dict(zip(axes, point, strict=True))}
    if "delivery" in facts:
        facts["order.delivered"], facts["order.delivered_on"] = facts.pop("delivery") or (None, None)
    return {key: value for key, value in facts.items() if value is not None}


def more_is_known(before: Any, after: Any) -> bool:
    """Whether `after` only adds to what `before` knows; a delivery is a pair (delivered, on)."""
    if before is None or before == (True, None):
        return after not in (None, before) and (before is None or after[0] is True)
    return False


@pytest.mark.parametrize("name", GRIDS)
def test_a_grid_of_facts_decides_cites_and_never_contradicts_itself(name):
    request, axes = GRIDS[name]
    grid = {point: judge(facts_of(grid_facts(request, axes, point)), TERMS) for point in product(*axes.values())}
    assert len(grid) > 5_000  # together more than 100,000
    for point, verdict in grid.items():
        assert bool(verdict.missing) == (verdict.outcome == "incomplete"), point
        assert bool(verdict.clauses) == (verdict.outcome in ("not_eligible", "needs_review")), point
        if verdict.outcome == "needs_review":
            assert verdict.clauses[0].startswith("I."), point
        if verdict.outcome != "incomplete":
            for place, values in enumerate(axes.values()):
                for value in values:
                    if more_is_known(point[place], value):
                        learned = grid[(*point[:place], value, *point[place + 1 :])]
                        assert learned.outcome == verdict.outcome, (point, value)


def some_facts(chance: random.Random, most_completions: int) -> dict[str, Any]:
    """Facts with unknowns that leave at most so many completions, near what usually passes."""
    request = chance.choice(REQUESTS)
    usual = parsed(CANCEL) if request == "cancel" else USUAL
    share = chance.choice((0.5, 0.8, 0.95))
    facts = {
        key: usual[key] if key in usual and chance.random() < share else chance.choice(PARSED[key])
        for key in ASKING_ORDER[request]
    }
    if chance.random() < 0.5:
        facts["claim.reason"] = chance.choice(("quality_problem", "damaged_on_arrival"))
    facts |= parsed({"now": NOW, "customer_timezone": "UTC", "request": request})
    facts["order.gift_value"] = chance.choice((0, 1000))
    size = 1
    for key in chance.sample(ASKING_ORDER[request], min(chance.randint(0, 7), len(ASKING_ORDER[request]))):
        if size * len(PARSED[key]) <= most_completions:
            size *= len(PARSED[key])
            facts.pop(key, None)
    return without_contradiction(facts)


@pytest.mark.parametrize("seed", range(8))
def test_missing_is_exactly_what_can_still_change_the_answer(seed):
    chance = random.Random(seed)
    checked = 0
    while checked < 60:
        facts = some_facts(chance, most_completions=500)
        if prod(len(PARSED[key]) for key in unknown(facts)) > 4_000:
            continue
        checked += 1
        decision = decide(facts_of(facts))
        mattering, endings = can_change(facts)
        assert set(decision.missing) == mattering, facts
        assert (decision.outcome == "incomplete") == bool(mattering), facts
        if not mattering:
            assert {ending[0] for ending in endings} == {decision.outcome}, facts


@pytest.mark.parametrize("request_", REQUESTS)
def test_asking_what_is_missing_settles_every_case_and_nothing_else_has_to_be_asked(request_):
    chance = random.Random(request_)
    for _ in range(300):
        facts = parsed({"now": NOW, "request": request_})
        asked: list[str] = []
        while (decision := decide(facts_of(facts))).missing:
            assert decision.outcome == "incomplete"
            question = decision.missing[0]
            assert question not in asked
            asked.append(question)
            usual = USUAL.get(question)
            facts[question] = usual if usual is not None and chance.random() < 0.7 else chance.choice(PARSED[question])
        everything = {key: chance.choice(PARSED[key]) for key in ASKING_ORDER[request_]} | facts
        assert decide(facts_of(without_contradiction(everything))).outcome == decision.outcome, everything


def test_the_order_of_asking_is_that_of_the_rules():
    first = {"now": parsed({"now": NOW})["now"], "request": "return"}
    assert decide(facts_of(first)).missing == (
        *("order.channel", "order.delivered", "order.fully_refunded", "order.delivered_on", "order.free_product"),
        *("order.purchased_on", "order.replaced_on", "order.country", "claim.reason", "claim.damage_cause"),
        *("claim.unused", "claim.packaging_complete", "claim.contents_complete", "claim.proof_of_purchase"),
        *("claim.issued_on", "claim.item_country", "claim.gift_returned"),
    )
    assert decide(facts_of({**first, "request": "warranty"})).missing == ASKING_ORDER["warranty"]
    assert decide(facts_of({**first, "request": "cancel"})).missing == ASKING_ORDER["cancel"]
