"""From the yes to the end: every road a case can take, what is written down, and what the customer hears."""

from datetime import date, timedelta

import pytest
from shelf import ABROAD, CANCEL_IN_TIME, EXCHANGE, FAULTY, NOW, RETURN, WARRANTY, act, again, item, opened, said

from policy import Finding
from support.cases.life import CUSTOMER
from support.cases.models import Case, CaseMove
from support.cases.services import (
    BadRequest,
    CaseNotFound,
    MoveNotAllowed,
    approve,
    ask_goods_back,
    await_goods,
    change_fact,
    close,
    draft_case,
    inspect,
    receive,
    refuse,
    reopen,
    settle,
    submit,
    withdraw,
    withdraw_own,
)

FINE = Finding(unused=True, packaging_complete=True, contents_complete=True)


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


def test_a_customer_withdraws_their_own_case_and_nobody_elses():
    case, other = opened(RETURN), opened(RETURN)
    with pytest.raises(CaseNotFound):
        withdraw_own(other.number, case.conversation, ["SC99999"], NOW, "m1")
    assert withdraw_own(case.number.lower(), case.conversation, [], NOW, "m1").state == "withdrawn"
    assert withdraw_own(case.number, case.conversation, [], NOW, "m1").repeated
    assert withdraw_own(other.number, "elsewhere", ["SC10234"], NOW, "m2").state == "withdrawn"
    assert said(case) == []  # the assistant answers in its own turn


def test_it_is_too_late_to_withdraw_once_the_goods_are_here():
    case = opened(RETURN)
    approve(case.number, act())
    receive(case.number, act())
    with pytest.raises(MoveNotAllowed) as refusal:
        withdraw_own(case.number, case.conversation, [], NOW, "m1")
    assert refusal.value.previous == "received"


def test_a_withdrawal_told_to_an_agent_is_confirmed():
    case = opened(RETURN)
    withdraw(case.number, act(), reason="said so on the phone")
    assert "is withdrawn, as you wished" in said(case)[-1].text


def test_a_customer_can_only_withdraw():
    case = opened(RETURN)
    for move in (approve, refuse, receive, close):
        with pytest.raises((MoveNotAllowed, BadRequest)):
            move(case.number, act(CUSTOMER))
    assert again(case).state == "under_review"


def test_a_case_that_is_over_can_be_taken_up_again_with_new_days():
    case = opened(RETURN)
    refuse(case.number, act(), reason="Photos of something else.")
    with pytest.raises(BadRequest, match="taken up again"):
        reopen(case.number, act(), reason=" ")
    reopen(case.number, act(at=NOW + timedelta(days=10)), reason="the right photos came")
    now = again(case)
    assert (now.state, now.review_by, now.due) == ("under_review", date(2026, 12, 8), "answer")
    assert "Tuesday, 8 December 2026" in said(case)[-1].text
    assert approve(case.number, act()).state == "goods_awaited"


def test_goods_that_never_came_end_a_case_with_a_reason():
    case = opened(RETURN)
    approve(case.number, act())
    with pytest.raises(BadRequest, match="have not come"):
        close(case.number, act())
    assert close(case.number, act(), reason="nothing came in six weeks").state == "closed"


def test_a_draft_is_answered_only_once_it_is_handed_in():
    from support.cases.new_case import NewCase, NewItem

    like = item(opened(RETURN))
    new = NewItem(like.name, like.lines, like.facts, like.evidence, like.decision)
    draft = draft_case(NewCase("letter-1", "letters", "SC10234", NOW, date(2026, 11, 26), "", (new,)))
    assert (draft.state, draft.due) == ("draft", "")
    with pytest.raises(MoveNotAllowed):
        approve(draft.number, act())
    handed_in = submit(draft.number, act(CUSTOMER, NOW + timedelta(days=2)))
    assert (handed_in.state, handed_in.review_by, handed_in.due) == ("under_review", date(2026, 11, 30), "answer")
    assert Case.objects.get(number=draft.number).moves.count() == 1


def test_handing_in_is_for_drafts_and_taking_up_again_is_not():
    case = opened(RETURN)
    refuse(case.number, act(), reason="no")
    with pytest.raises(MoveNotAllowed):
        submit(case.number, act())
    assert again(case).state == "refused"
    Case.objects.filter(pk=case.pk).update(state="draft")
    with pytest.raises(MoveNotAllowed):
        reopen(case.number, act(), reason="why not")


def test_a_double_click_does_nothing_twice():
    case = opened(RETURN)
    once = act(key="click")
    first, second = approve(case.number, once), approve(case.number, once)
    assert (first.repeated, second.repeated) == (False, True)
    assert (first.previous, first.state) == (second.previous, second.state)
    assert case.moves.count() == 3
    assert len(said(case)) == 1
    assert case.notices.count() == 1
    with pytest.raises(MoveNotAllowed):
        approve(case.number, act(key="another click"))


def test_an_unknown_number_is_said_to_be_unknown():
    with pytest.raises(CaseNotFound):
        approve("C-0000-0000", act())
