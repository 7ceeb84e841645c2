"""The oracle itself, checked by hand: what these customers are due by the two policies, worked out without the code."""

from datetime import datetime, timezone

import pytest

from policy import decide, parse_facts
from tests.customers.expected import SETTLED, Expected, expected
from tests.customers.goals import GOALS
from tests.customers.persona import WISHES, Persona

NOW = datetime(2026, 11, 22, 18, tzinfo=timezone.utc)
ORDER = ("order.number", "order.email")
CONDITION = ("claim.unused", "claim.packaging_complete", "claim.contents_complete")
SENT_IN = ("evidence.photos", "claim.troubleshooting_done", "evidence.serial_number")


def due(name: str, told: tuple[str, ...] = ()) -> Expected:
    place, goal = next((place, goal) for place, goal in enumerate(GOALS) if goal.name == name)
    return expected(Persona(goal, place, NOW), told)


# name, then per item: outcome, route, who pays the way back, refund
CASES = [
    ("return: changed mind, in time", ("eligible", "return", "customer", "79.90")),
    ("return: on the last day", ("eligible", "return", "customer", "79.90")),
    ("return: with its gift", ("eligible", "return", "customer", "79.90")),
    ("return: the gift is kept", ("eligible", "return", "customer", "69.90")),
    ("return: not sure about the gift", ("eligible", "return", "customer", "69.90")),
    ("return: not sure whether it was used", ("needs_review", "return", None, None)),
    ("return: another reason", ("needs_review", "return", None, None)),
    ("return: faulty and unused", ("eligible", "return", "soocas", "79.90")),
    ("return: faulty in use becomes a warranty claim", ("eligible", "warranty", "soocas", "79.90")),
    ("return: the wrong item", ("eligible", "return", "soocas", "79.90")),
    ("return: not here yet, so cancel it", ("eligible", "cancel", None, "91.90")),
    ("return: bought on Amazon", ("needs_review", "return", None, None)),
    (
        "return: two things, two reasons",
        ("eligible", "return", "customer", "79.90"),
        ("eligible", "return", "customer", "49.90"),
    ),
    ("return: two things, one of them used", ("eligible", "return", "customer", "49.90")),
    ("return: both of two pieces", ("eligible", "return", "customer", "99.80")),
    ("exchange: another colour", ("eligible", "exchange", "customer", None)),
    ("exchange: the wrong one came", ("eligible", "exchange", "soocas", None)),
    ("exchange: a second time, then a return", ("eligible", "return", "customer", "79.90")),
    ("warranty: a fault in month 11", ("eligible", "warranty", "soocas", "79.90")),
    ("warranty: over, but reported in time", ("eligible", "warranty", "soocas", "79.90")),
    ("warranty: replaced a month ago", ("eligible", "warranty", "soocas", "79.90")),
    ("warranty: moved abroad", ("needs_review", "warranty", "customer", None)),
    ("warranty: water got in", ("needs_review", "warranty", None, None)),
    ("cancel: in time", ("eligible", "cancel", None, "91.90")),
    ("cancel: nobody knows when it comes", ("needs_review", "cancel", None, None)),
    ("cancel: an order of two things", ("eligible", "cancel", None, "141.80")),
]
REFUSALS = [
    ("return: a day late, and that is that", {"R.window"}),
    ("return: it was used", {"R.unused", "R.refuse.2"}),
    ("return: the box is gone", {"R.refuse.1"}),
    ("return: the manual is gone", {"R.refuse.3", "R.complete"}),
    ("return: it was stolen", {"R.refuse.2"}),
    ("return: faulty after a fall", {"R.refuse.2"}),
    ("return: refunded already", {"R.refund"}),
    ("return: bought at a dealer", {"R.channel", "W.dealer"}),
    ("exchange: for something else", {"R.exchange.same"}),
    ("exchange: a second time", {"R.exchange.once"}),
    ("warranty: over", {"W.exclude.3", "W.claim-window"}),
    ("warranty: it fell", {"W.exclude.8"}),
    ("warranty: a shop repaired it", {"W.exclude.6"}),
    ("warranty: it was free", {"W.exclude.5"}),
    ("warranty: changed mind, months later", {"W.exclude.4"}),
    ("cancel: too late", {"R.cancel.by-customer"}),
]


@pytest.mark.parametrize(("name", "items"), [(name, items) for name, *items in CASES])
def test_the_case_is_the_one_worked_out_by_hand(name: str, items: list[tuple]) -> None:
    found = due(name)
    assert found.end == "case"
    decisions = [item.decision.as_dict() for item in found.items]
    refunds = [decision["refund"] and decision["refund"]["amount"] for decision in decisions]
    given = [(d["outcome"], d["route"], d["freight"]["return"]) for d in decisions]
    assert [(*known, refund) for known, refund in zip(given, refunds, strict=True)] == items


@pytest.mark.parametrize(("name", "clauses"), REFUSALS)
def test_the_refusal_is_the_one_worked_out_by_hand(name: str, clauses: set[str]) -> None:
    assert (due(name).end, due(name).items, due(name).refused_by) == ("nothing", (), clauses)


def test_the_questions_a_plain_return_needs() -> None:
    assert due("return: changed mind, in time").asked == (
        *ORDER,
        "claim.reason",
        *CONDITION,
        "evidence.photos",
        "confirm",
    )


def test_what_was_told_is_not_needed_any_more() -> None:
    told = (*ORDER, "request", "claim.reason")
    assert due("return: changed mind, in time", told).asked == (*CONDITION, "evidence.photos", "confirm")


def test_the_questions_a_claim_needs_when_the_fault_was_named_first() -> None:
    asked = due("warranty: a fault in month 11, only the fault is named", ("claim.reason",)).asked
    assert asked == (*ORDER, "claim.damage_cause", "claim.item_country", *SENT_IN, "confirm")


@pytest.mark.parametrize("goal", GOALS, ids=lambda goal: goal.name)
def test_telling_all_that_is_true_at_once_decides_the_same(goal) -> None:
    persona = Persona(goal, 0, NOW)
    for item in expected(persona).items:
        everything = persona.truth(item.thing) | item.facts
        facts = {name: value for name, value in everything.items() if not name.startswith("evidence.")}
        again = decide(parse_facts(facts | {"claim.remedy": WISHES.get(item.facts["request"])}))
        assert again.outcome in SETTLED
        assert (again.outcome, again.route, again.refund) == (
            item.decision.outcome,
            item.decision.route,
            item.decision.refund,
        )
