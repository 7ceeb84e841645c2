"""From the yes to the money, the new one or the exchange; by edges only, each step told with its dates."""

from datetime import date, timedelta

import pytest
from shelf import CANCEL_IN_TIME, EXCHANGE, FINE, NOW, RETURN, WARRANTY, act, again, item, opened, said

from support.cases.models import CaseMove
from support.cases.services import (
    MoveNotAllowed,
    approve,
    await_goods,
    close,
    inspect,
    receive,
    settle,
)


def path(case) -> list[tuple[str, str]]:
    return list(CaseMove.objects.filter(case=case).values_list("previous", "state"))


def test_a_return_goes_from_the_yes_to_the_refund():
    case = opened(RETURN)
    assert approve(case.number, act()).state == "goods_awaited"
    receive(case.number, act(at=NOW + timedelta(days=4)))
    inspect(case.number, act(at=NOW + timedelta(days=5)), {0: FINE})
    settle(case.number, act(at=NOW + timedelta(days=7)))
    close(case.number, act(at=NOW + timedelta(days=20)))
    assert path(case) == [
        ("draft", "under_review"),
        ("under_review", "approved"),
        ("approved", "goods_awaited"),
        ("goods_awaited", "received"),
        ("received", "inspected"),
        ("inspected", "refunded"),
        ("refunded", "closed"),
    ]
    assert item(case).result == "refund"
    assert [message.text.split(".")[0] for message in said(case)] == [
        f"Good news: your case {case.number} is approved",
        f"Your parcel for case {case.number} has arrived",
        f"Your parcel for case {case.number} has arrived and passed our check",
        f"Your case {case.number} is settled",
    ]
    assert "$79.90" in said(case)[-1].text


def test_an_approval_tells_by_when_to_send_and_who_pays():
    case = opened(RETURN)
    approve(case.number, act(), message="Maya here: the blue label is in your inbox.")
    told = said(case)[-1]
    assert "Thursday, 26 November 2026" in told.text
    assert "The postage is yours to pay." in told.text
    assert "within 7 working days" in told.text
    assert told.text.endswith("the blue label is in your inbox.")
    assert {"R.process.3", "R.freight.customer", "R.process.5"} <= {cited["clause"] for cited in told.citations}
    assert told.case["state"] == "goods_awaited"
    assert told.case["send_by"] == "2026-11-26"


def test_a_move_is_written_with_who_when_why_and_the_clauses():
    case = opened(RETURN)
    approve(case.number, act(), reason="as agreed on the phone")
    move = case.moves.get(state="approved")
    assert (move.actor, move.actor_id, move.actor_name, move.at) == ("agent", "7", "Maya", NOW)
    assert move.reason == "as agreed on the phone"
    assert "R.window" in move.clauses
    move.reason = "something else"
    with pytest.raises(TypeError, match="never changed"):
        move.save()


def test_a_cancellation_needs_no_goods():
    case = opened(CANCEL_IN_TIME)
    assert approve(case.number, act()).state == "approved"
    with pytest.raises(MoveNotAllowed):
        await_goods(case.number, act())
    assert settle(case.number, act()).state == "refunded"
    assert "$91.90" in said(case)[-1].text


def test_a_warranty_claim_can_be_made_good_without_the_goods():
    case = opened(WARRANTY)
    assert approve(case.number, act(), goods=False).state == "approved"
    assert settle(case.number, act()).state == "replaced"
    assert again(case).warranty_until == date(2027, 11, 1)
    assert "under warranty until Monday, 1 November 2027" in said(case)[-1].text


def test_a_warranty_claim_can_be_called_in_after_all():
    case = opened(WARRANTY)
    approve(case.number, act(), goods=False)
    assert await_goods(case.number, act()).state == "goods_awaited"
    assert again(case).send_by is None
    assert "so that we can have a look" in said(case)[-1].text


def test_the_warranty_of_a_late_replacement_is_the_longer_one():
    case = opened({**WARRANTY, "order.purchased_on": "2025-12-01"})
    approve(case.number, act(), goods=False)
    settle(case.number, act())
    assert again(case).warranty_until == date(2027, 2, 23)  # three months from the replacement, W.after-replacement


def test_a_refund_instead_of_the_replacement_is_the_customers_choice():
    case = opened({**WARRANTY, "claim.remedy": "refund"})
    approve(case.number, act(), goods=False)
    assert settle(case.number, act()).state == "refunded"


def test_an_exchange_ends_exchanged():
    case = opened(EXCHANGE)
    approve(case.number, act())
    receive(case.number, act())
    inspect(case.number, act(), {0: FINE})
    assert settle(case.number, act()).state == "exchanged"
