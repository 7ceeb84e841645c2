"""Decisions a second on one core, printed as a figure and as a ratio to `missing` found by trying out values.

    .venv/bin/python -m benchmarks.decide

The mix: complete and incomplete facts of all four requests, drawn with a fixed seed. The named alternative, measured in
the same run on the same facts: a decision that tries, for every unknown fact alone, each of its values and decides anew
('one value at a time'). It is the cheapest brute force there is, and still asks too little where two unknowns
have to meet; trying all combinations takes thousands of decisions for one answer.
"""

from __future__ import annotations

import random
import time
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import Any, Final

from policy import Facts, decide, parse_facts
from policy.facts import CAUSES, CHANNELS, EXCHANGES, FIELDS, REASONS, REQUESTS

SIZE: Final = 5_000
ROUNDS: Final = 5
NOW: Final = "2026-06-15T12:00:00Z"
FLAGS: Final = (True,) * 9 + (False,)
VALUES: Final[dict[str, Sequence[Any]]] = {
    "order.channel": ("official_website",) * 60 + CHANNELS,
    "order.country": ("US", "US", "US", "DE"),
    "order.purchased_on": ("2026-06-01", "2026-03-02", "2025-06-15", "2025-05-20"),
    "order.delivered": (True, True, True, False),
    "order.delivered_on": ("2026-06-05", "2026-05-30", "2026-05-16", "2026-06-01", "2026-05-01"),
    "order.delivery_due_at": ("2026-06-19T12:00:00Z", "2026-06-16T12:00:00Z", "none"),
    "order.price_paid": ("79.90", "129.00"),
    "order.gift_value": ("0", "10.00"),
    "order.free_product": (False,) * 9 + (True,),
    "order.exchanges_made": (0,) * 9 + (1,),
    "order.fully_refunded": (False,) * 9 + (True,),
    "order.replaced_on": ("none", "2026-05-01"),
    "claim.reason": (*REASONS, *("changed_mind", "quality_problem", "damaged_on_arrival") * 3),
    "claim.unused": FLAGS,
    "claim.packaging_complete": FLAGS,
    "claim.contents_complete": FLAGS,
    "claim.gift_returned": FLAGS,
    "claim.exchange_for": EXCHANGES,
    "claim.damage_cause": ("none",) * 9 + CAUSES,
    "claim.item_country": ("US", "US", "US", "DE"),
    "claim.proof_of_purchase": FLAGS,
    "claim.issued_on": ("none", "2026-06-01"),
}


def some_facts(chance: random.Random, known: float) -> dict[str, Any]:
    """Facts of which about this share is known."""
    facts = {"now": NOW, "customer_timezone": "America/New_York", "request": chance.choice(REQUESTS)}
    facts |= {key: chance.choice(values) for key, values in VALUES.items() if chance.random() < known}
    for key, delivered in (("order.delivered_on", True), ("order.delivery_due_at", False)):
        if facts.get("order.delivered") is not delivered:
            facts.pop(key, None)
    return facts


def one_value_at_a_time(facts: Facts) -> set[str]:
    """The alternative: which unknown facts change the outcome alone, tried value by value."""
    outcome, found = decide(facts).outcome, set()
    for key, values in VALUES.items():
        field = FIELDS[key]
        if getattr(facts, field.attribute) is None:
            tried = (replace(facts, **{field.attribute: field.read(value)}) for value in dict.fromkeys(values))
            if any(decide(other).outcome != outcome for other in tried):
                found.add(key)
    return found


def best_rate(work: Callable[[Any], object], items: Sequence[Any], rounds: int = ROUNDS) -> float:
    """Items a second of processor time, in the quickest of the rounds."""
    quickest = float("inf")
    for _ in range(rounds):
        start = time.process_time()
        for item in items:
            work(item)
        quickest = min(quickest, time.process_time() - start)
    return len(items) / quickest


def main() -> None:
    chance = random.Random(20261122)
    written = [some_facts(chance, chance.choice((0.3, 0.7, 0.95, 1.0))) for _ in range(SIZE)]
    read = [parse_facts(facts) for facts in written]
    outcomes = Counter(decide(facts).outcome for facts in read)
    print(f"mix of {SIZE} facts: " + ", ".join(f"{count} {name}" for name, count in outcomes.most_common()))
    rate = best_rate(decide, read)
    alternative = best_rate(one_value_at_a_time, read[:500], rounds=2)
    rates = {
        "decide": rate,
        "parse_facts, decide": best_rate(lambda facts: decide(parse_facts(facts)), written),
        "parse_facts, decide, as_dict": best_rate(lambda facts: decide(parse_facts(facts)).as_dict(), written),
        "alternative: one value at a time": alternative,
    }
    for name, found in rates.items():
        print(f"{name:34}{found:9,.0f} a second on one core")
    print(f"decide is {rate / alternative:.0f} times as fast as the alternative")


if __name__ == "__main__":
    main()
