"""The decision made again from what the warehouse found."""

from __future__ import annotations

from typing import Any

import pytest
from policy_cases import EXCHANGE, RETURN, USED_DEFECT, WARRANTY, cited

from policy import TERMS, Decision, Finding, decide, decide_inspected, facts_found, parse_facts

FAULTY = {**RETURN, "claim.reason": "quality_problem", "claim.damage_cause": "none"}


def inspected(start: dict[str, Any], **found: Any) -> Decision:
    finding = Finding(**found)
    return decide_inspected(parse_facts({**start, **facts_found(finding)}), finding)


@pytest.mark.parametrize("start", [RETURN, EXCHANGE, FAULTY, WARRANTY, USED_DEFECT])
def test_goods_as_they_were_told_change_nothing(start):
    assert inspected(start) == decide(parse_facts(start))
    assert inspected(start, fault_found=True) == decide(parse_facts(start))


@pytest.mark.parametrize(
    ("found", "clause"),
    [
        ({"unused": False}, "R.unused"),
        ({"packaging_complete": False}, "R.refuse.1"),
        ({"contents_complete": False}, "R.refuse.3"),
        ({"right_item": False}, "R.refuse.2"),
    ],
)
@pytest.mark.parametrize("start", [RETURN, EXCHANGE])
def test_what_fails_is_not_refunded_and_can_be_asked_back_for_thirty_days(start, found, clause):
    decision = inspected(start, **found)
    assert decision.outcome == "not_eligible"
    assert cited(decision, "against")[0] == clause
    assert cited(decision, "condition") == ["R.failed"]
    assert decision.refund is None
    assert decision.remedies == ()
    assert decision.deadlines.goods_back_request_days == TERMS.goods_back_request_days
    assert decision.freight == (None, "customer", ("R.failed",))


@pytest.mark.parametrize("start", [WARRANTY, USED_DEFECT])
def test_a_claimed_item_that_works_is_no_defect_and_the_customer_pays(start):
    decision = inspected(start, fault_found=False)
    assert (decision.outcome, decision.route) == ("not_eligible", "warranty")
    assert cited(decision) == ["W.cover", "W.freight.3"]
    assert decision.freight == ("customer", "customer", ("W.freight.3",))
    assert decision.remedies == ()
    assert decision.deadlines.goods_back_request_days is None


def test_an_unused_item_that_works_goes_back_as_one_that_is_fine():
    decision = inspected(FAULTY, fault_found=False)
    assert decision.outcome == "eligible"
    assert decision.freight == ("customer", None, ("R.freight.customer",))
    assert str(decision.refund.amount) == "79.90"


def test_an_item_that_works_but_lacks_its_packaging_fails():
    decision = inspected(FAULTY, fault_found=False, packaging_complete=False)
    assert cited(decision) == ["R.refuse.1", "R.failed"]


@pytest.mark.parametrize(
    ("cause", "clause"), [("abuse", "W.exclude.8"), ("external", "W.exclude.7"), ("third_party_repair", "W.exclude.6")]
)
def test_a_cause_found_at_the_warehouse_refuses_the_claim(cause, clause):
    decision = inspected(WARRANTY, fault_found=True, damage_cause=cause)
    assert cited(decision, "against") == [clause]
    assert "R.failed" not in cited(decision)


def test_another_item_than_the_claimed_one_ends_the_claim():
    assert cited(inspected(WARRANTY, right_item=False)) == ["W.need.right-item"]


def test_what_works_does_not_matter_where_no_fault_was_claimed():
    assert inspected(RETURN, fault_found=False) == decide(parse_facts(RETURN))


def test_a_kept_gift_found_missing_comes_off_the_refund():
    decision = inspected({**RETURN, "order.gift_value": "10", "claim.gift_returned": True}, gift_returned=False)
    assert str(decision.refund.amount) == "69.90"
