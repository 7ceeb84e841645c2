"""The rules of the answer 1 to 8, on any facts hypothesis can think of."""

from __future__ import annotations

import json
from decimal import Decimal
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st
from policy_cases import NEVER_MISSING, NOW, USED_DEFECT, VALUES, cited, without_contradiction

from policy import CLAUSES, decide, open_requests, parse_facts
from policy.facts import FIELDS, REQUESTS

ORDER_AND_CLAIM = tuple(VALUES)
EXTRA = {"customer_timezone": [None, *NEVER_MISSING["customer_timezone"]]}
EVIDENCE = ("claim.photos", "claim.troubleshooting_done", "claim.serial_number", "claim.defect_description")
ALL = {**VALUES, **NEVER_MISSING, **EXTRA}


@st.composite
def any_facts(draw: st.DrawFn) -> dict[str, Any]:
    """Facts of any request, near what usually passes, each of them known or not."""
    facts: dict[str, Any] = {"now": NOW, "request": draw(st.sampled_from([*REQUESTS, *REQUESTS, None]))}
    for key, values in ALL.items():
        usual = [USED_DEFECT[key]] * 4 if key in USED_DEFECT else []
        facts[key] = draw(st.sampled_from([None, *usual, *values]))
    return {key: value for key, value in without_contradiction(facts).items() if value is not None}


def decision_on(facts: dict[str, Any]) -> Any:
    return decide(parse_facts(facts))


check = settings(max_examples=400, deadline=None)


@check
@given(any_facts())
def test_rule_1_a_refusal_needs_nothing_more_and_keeps_the_route(facts):
    decision = decision_on(facts)
    if decision.outcome == "not_eligible":
        assert decision.missing == decision.evidence == decision.remedies == ()
        assert decision.route == facts["request"]


@check
@given(any_facts())
def test_rule_2_missing_is_unknown_and_never_what_only_prices_or_proves(facts):
    missing = decision_on(facts).missing
    assert not set(missing) & (set(NEVER_MISSING) | set(facts))
    assert set(missing) <= {"request", *VALUES}
    kinds = [fact.split(".")[0] for fact in missing]
    assert kinds == sorted(kinds, key=["request", "order", "claim"].index)
    assert "claim.gift_returned" not in missing[:-1]


@check
@given(any_facts())
def test_rule_3_evidence_is_asked_only_for_what_goes_on_and_changes_no_outcome(facts):
    decision = decision_on(facts)
    assert list(decision.evidence) == [
        name for name in ("photos", "troubleshooting", "serial_number_or_description") if name in decision.evidence
    ]
    if decision.outcome not in ("eligible", "needs_review"):
        assert decision.evidence == ()
    bare = decision_on({key: value for key, value in facts.items() if key not in EVIDENCE})
    assert (bare.outcome, bare.route, bare.missing) == (decision.outcome, decision.route, decision.missing)


@check
@given(any_facts())
def test_rule_4_every_reason_names_its_clause_in_our_words(facts):
    decision = decision_on(facts)
    for clause, effect, text in decision.reasons:
        assert text == CLAUSES[clause].text
        assert effect in ("for", "against", "condition")
    assert len(set(decision.reasons)) == len(decision.reasons)
    assert bool(cited(decision, "against")) == (decision.outcome == "not_eligible")
    if decision.outcome == "needs_review":
        assert any(clause.startswith("I.") for clause in cited(decision))


@check
@given(any_facts(), st.randoms(use_true_random=False))
def test_rule_5_the_same_facts_give_the_same_bytes_in_any_order(facts, chance):
    shuffled = list(facts.items())
    chance.shuffle(shuffled)
    written = json.dumps(decision_on(facts).as_dict())
    assert json.dumps(decision_on(dict(shuffled)).as_dict()) == written
    assert json.dumps(decision_on({**dict.fromkeys(FIELDS), **facts}).as_dict()) == written


@check
@given(any_facts(), st.data())
def test_rule_5_what_is_settled_stays_settled_whatever_is_learned(facts, data):
    decision = decision_on(facts)
    if decision.outcome == "incomplete":
        return
    for key in data.draw(st.permutations(ORDER_AND_CLAIM)):
        if key not in facts:
            facts = without_contradiction({**facts, key: data.draw(st.sampled_from(VALUES[key]))})
    assert decision_on(facts).outcome == decision.outcome


@check
@given(any_facts())
def test_rule_6_the_refund_is_price_less_deductions_and_never_below_zero(facts):
    decision = decision_on(facts)
    if decision.refund is None:
        return
    assert decision.outcome == "eligible"
    assert decision.route != "exchange"
    fee = Decimal(facts["order.expedited_fee"]) if decision.route == "cancel" else Decimal(0)
    deducted = sum((deduction.amount for deduction in decision.refund.deductions), Decimal(0))
    assert decision.refund.amount == Decimal(facts["order.price_paid"]) + fee - deducted >= 0
    assert all(deduction.amount > 0 for deduction in decision.refund.deductions)
    assert decision.refund.currency == facts.get("order.currency")


@check
@given(any_facts())
def test_rule_7_freight_legs_and_remedies_fit_the_route(facts):
    decision = decision_on(facts)
    back, replacement, clauses = decision.freight
    is_abroad = decision.outcome == "needs_review" and "I.abroad" in cited(decision)
    if is_abroad:
        assert (back, replacement) == ("customer", "customer")
    elif decision.outcome != "eligible" or decision.route == "cancel":
        assert (back, replacement, clauses) == (None, None, ())
    else:
        assert (back is not None, replacement is not None) == (True, decision.route != "return")
    remedies = {"return": {"refund"}, "cancel": {"refund"}, "exchange": {"exchange"}, None: set()}
    expected = remedies.get(decision.route, {"replacement", "refund"}) if decision.outcome == "eligible" else set()
    assert set(decision.remedies) == expected


@check
@given(any_facts())
def test_rule_8_an_alternative_is_another_request_that_its_own_decision_leaves_open(facts):
    decision = decision_on(facts)
    for request, why in decision.alternatives:
        assert request != facts["request"]
        assert decision_on({**facts, "request": request}).outcome != "not_eligible"
        assert why == {"warranty": "W.period", "cancel": "R.cancel.by-customer", "return": "R.window"}[request]
    still_open = tuple(r for r in REQUESTS if decision_on({**facts, "request": r}).outcome != "not_eligible")
    assert open_requests(parse_facts(facts)) == still_open


@check
@given(any_facts())
def test_the_shape_is_the_contracts(facts):
    shape = decision_on(facts).as_dict()
    assert list(shape) == [
        *("outcome", "route", "missing", "evidence", "reasons", "freight", "remedies", "refund", "deadlines"),
        *("alternatives", "policy_version"),
    ]
    assert list(shape["freight"]) == ["return", "replacement", "clauses"]
    assert shape == json.loads(json.dumps(shape))
