"""A no, what the policy leaves open and another amount: said why, or not done."""

from datetime import date

import pytest
from shelf import ABROAD, CANCEL_IN_TIME, FAULTY, FINE, RETURN, act, again, item, opened, said

from policy import Finding
from support.cases.services import (
    BadRequest,
    approve,
    change_fact,
    inspect,
    receive,
    refuse,
    settle,
)


def test_a_refusal_before_the_goods_says_why_and_needs_a_why():
    case = opened(ABROAD)
    with pytest.raises(BadRequest, match="cites a clause or says why"):
        refuse(case.number, act())
    with pytest.raises(BadRequest, match=r"R\.nothing is no clause"):
        refuse(case.number, act(), clauses=["R.nothing"])
    refuse(case.number, act(), clauses=["W.country"])
    assert "good in the country or region where the item was bought" in said(case)[-1].text
    assert again(case).goods_back_by is None


def test_what_the_policy_leaves_open_needs_a_reason_and_a_payer():
    case = opened({**RETURN, "claim.reason": "other"})
    with pytest.raises(BadRequest, match="say why it is granted"):
        approve(case.number, act())
    with pytest.raises(BadRequest, match="who pays the shipping"):
        approve(case.number, act(), reason="a long-standing customer")
    approve(case.number, act(), reason="a long-standing customer", freight="soocas")
    assert item(case).granted == {
        "remedy": "refund",
        "freight": {"return": "soocas", "replacement": "soocas"},
        "amount": "79.90",
    }
    told = said(case)[-1].text
    assert "a long-standing customer" not in told
    assert "by Thursday, 26 November 2026, by express" in told  # R.process.3 counts from a person's yes as well
    receive(case.number, act())
    inspect(case.number, act(), {0: FINE})
    assert again(case).refund_starts_by == date(2026, 12, 2)
    assert settle(case.number, act()).state == "refunded"


def test_what_is_not_decided_yet_is_not_settled_in_passing():
    case = opened(RETURN, {**FAULTY, "claim.packaging_complete": True})
    approve(case.number, act())
    receive(case.number, act())
    change_fact(case.number, 1, {"claim.packaging_complete": None}, act())
    inspect(case.number, act(), {0: FINE, 1: Finding(fault_found=False)})
    assert item(case, 1).decision["missing"] == ["claim.packaging_complete"]
    with pytest.raises(BadRequest, match="item 1 did not pass: say what it gets"):
        settle(case.number, act())
    with pytest.raises(BadRequest, match=r"^reason: item 1"):
        settle(case.number, act(), remedies={1: "refund"})
    settle(case.number, act(), remedies={1: "refund"}, reason="seen on the photo")
    assert [item(case, place).result for place in (0, 1)] == ["refund", "refund"]


def test_another_amount_needs_a_reason():
    case = opened(CANCEL_IN_TIME)
    approve(case.number, act())
    with pytest.raises(BadRequest, match=r"the policy says 91\.90"):
        settle(case.number, act(), amounts={0: "50.00"})
    with pytest.raises(BadRequest, match="is no amount"):
        settle(case.number, act(), amounts={0: "-1"}, reason="why not")
    settle(case.number, act(), amounts={0: "50.00"}, reason="the rest was a voucher")
    assert "$50.00" in said(case)[-1].text
