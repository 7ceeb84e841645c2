"""What the warehouse finds decides again: the whole case, one item of it, or once more."""

from datetime import date, timedelta

import pytest
from shelf import FAULTY, FINE, NOW, RETURN, WARRANTY, act, again, item, opened, said

from policy import Finding
from support.cases.life import CUSTOMER
from support.cases.services import (
    BadRequest,
    approve,
    ask_goods_back,
    inspect,
    receive,
    refuse,
    settle,
)


def test_what_fails_the_inspection_is_not_refunded_and_can_be_asked_back():
    case = opened(RETURN)
    approve(case.number, act())
    receive(case.number, act())
    inspect(case.number, act(), {0: Finding(unused=False, packaging_complete=True, contents_complete=True)})
    decision = item(case).decision
    assert decision["outcome"] == "not_eligible"
    assert [r["clause"] for r in decision["reasons"]] == ["R.unused", "R.refuse.2", "R.failed"]
    with pytest.raises(BadRequest, match="refuse the case"):
        settle(case.number, act())
    refuse(case.number, act())
    assert again(case).goods_back_by == date(2026, 12, 23)
    told = said(case)[-1]
    assert "Wednesday, 23 December 2026" in told.text
    assert "Only unused items can go back" in told.text
    assert {"R.unused", "R.failed"} <= {cited["clause"] for cited in told.citations}


@pytest.mark.parametrize(("days", "in_time"), [(29, True), (30, True), (31, False)])
def test_goods_can_be_asked_back_for_thirty_days(days, in_time):
    case = opened(RETURN)
    approve(case.number, act())
    receive(case.number, act())
    inspect(case.number, act(), {0: Finding(unused=False)})
    refuse(case.number, act())
    assert ask_goods_back(case.number, act(CUSTOMER, NOW + timedelta(days=days))) is in_time
    assert (again(case).goods_back_asked_at is not None) is in_time


def test_a_claimed_item_that_works_ends_the_claim_and_the_customer_pays_the_postage():
    case = opened(WARRANTY)
    approve(case.number, act())
    receive(case.number, act())
    inspect(case.number, act(), {0: Finding(fault_found=False)})
    decision = item(case).decision
    assert decision["freight"] == {"return": "customer", "replacement": "customer", "clauses": ["W.freight.3"]}
    assert [r["clause"] for r in decision["reasons"]] == ["W.cover", "W.freight.3"]
    refuse(case.number, act())
    assert "the postage is yours this time" in said(case)[-1].text


def test_a_returned_item_that_works_is_refunded_as_one_that_is_fine():
    case = opened(FAULTY)
    assert item(case).decision["freight"]["return"] == "soocas"
    approve(case.number, act())
    receive(case.number, act())
    inspect(case.number, act(), {0: Finding(fault_found=False, unused=True, contents_complete=True)})
    decision = item(case).decision
    assert (decision["outcome"], decision["freight"]["return"]) == ("eligible", "customer")
    assert "the postage is yours this time" in said(case)[-1].text
    assert settle(case.number, act()).state == "refunded"


def test_one_of_two_items_can_fail():
    case = opened(RETURN, RETURN)
    approve(case.number, act())
    receive(case.number, act())
    inspect(case.number, act(), {0: FINE, 1: Finding(packaging_complete=False)})
    assert settle(case.number, act()).state == "refunded"
    assert "Please send your Sonic Toothbrush and Water Flosser by" in said(case)[0].text
    assert "your refund of $159.80 starts" in said(case)[0].text
    assert [item(case, place).result for place in (0, 1)] == ["refund", "refused"]
    told = said(case)[-1].text
    assert "For your Water Flosser it's a no this time, I'm sorry. To go back, an item needs" in told
    assert "tell us by" in told


def test_one_of_two_items_can_be_left_out_at_once():
    case = opened(RETURN, RETURN)
    approve(case.number, act(), without={1: "R.refuse.1"})
    told = said(case)[-1].text
    assert "Please send your Sonic Toothbrush by" in told
    assert "For your Water Flosser it's a no this time, I'm sorry. To go back" in told
    receive(case.number, act())
    with pytest.raises(BadRequest, match="there are items 0"):
        inspect(case.number, act(), {0: FINE, 1: FINE})
    inspect(case.number, act(), {0: FINE})
    settle(case.number, act())
    assert [item(case, place).result for place in (0, 1)] == ["refund", "refused"]


def test_the_warehouse_can_look_again_and_both_findings_are_kept():
    case = opened(RETURN)
    approve(case.number, act())
    receive(case.number, act())
    inspect(case.number, act(), {0: Finding(unused=False)}, reason="looked used")
    inspect(case.number, act(), {0: FINE}, reason="it was the other parcel")
    versions = item(case).versions.values_list("version", "reason", "decision__outcome", "actor")
    assert list(versions) == [
        (1, "", "eligible", "customer"),
        (2, "looked used", "not_eligible", "agent"),
        (3, "it was the other parcel", "eligible", "agent"),
    ]
