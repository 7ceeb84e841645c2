"""A case that the customer lets go of, that nothing came of, that is taken up again; and twice is once."""

from datetime import date, timedelta

import pytest
from shelf import NOW, RETURN, act, again, item, opened, said

from support.cases.life import CUSTOMER
from support.cases.models import Case
from support.cases.services import (
    BadRequest,
    CaseNotFound,
    MoveNotAllowed,
    approve,
    close,
    draft_case,
    receive,
    refuse,
    reopen,
    submit,
    withdraw,
    withdraw_own,
)


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
