"""Figures over a time, from what was written down with the moves."""

from datetime import timedelta
from decimal import Decimal

import pytest
from shelf import CANCEL_IN_TIME, NOW, RETURN, act, opened

from policy import Finding
from support.cases.dates import end_of
from support.cases.services import (
    Ending,
    Keeping,
    answer_times,
    approve,
    deadline_keeping,
    endings,
    inspect,
    outcomes_by_clause,
    receive,
    refuse,
    settle,
)

DAY, SECOND = timedelta(days=1), timedelta(seconds=1)
ALWAYS = (NOW - 99 * DAY, NOW + 99 * DAY)


def keeping(now=NOW) -> dict[str, Keeping]:
    return {row.due: row for row in deadline_keeping(*ALWAYS, now)}


@pytest.mark.parametrize(("late", "kept"), [(-SECOND, 1), (timedelta(), 0), (SECOND, 0)])
def test_a_promise_is_kept_until_the_last_second_of_its_last_day(late, kept):
    case = opened(RETURN)
    approve(case.number, act(at=end_of(case.review_by, case.timezone) + late))
    assert keeping()["answer"] == Keeping("answer", kept, 1 - kept, 0)


def test_each_promise_is_counted_by_itself():
    case = opened(RETURN)
    approve(case.number, act())
    receive(case.number, act(at=NOW + 9 * DAY))
    inspect(case.number, act(at=NOW + 10 * DAY), {0: Finding()})
    inspect(case.number, act(at=NOW + 10 * DAY), {0: Finding()})
    settle(case.number, act(at=NOW + 11 * DAY))
    opened(RETURN, now=NOW - 9 * DAY)
    assert keeping() == {
        "answer": Keeping("answer", 1, 0, 1),
        "send": Keeping("send", 0, 1, 0),
        "refund": Keeping("refund", 1, 0, 0),
    }


def test_answers_are_counted_by_the_clauses_they_cite():
    approve(opened(RETURN).number, act())
    refuse(opened(RETURN).number, act(), clauses=["R.refuse.1"])
    refuse(opened(RETURN).number, act(), reason="no photo")
    counted = {(row.answer, row.clause): row.count for row in outcomes_by_clause(*ALWAYS)}
    assert counted["approved", "R.window"] == 1
    assert counted["refused", "R.refuse.1"] == 1
    assert counted["refused", ""] == 1
    assert outcomes_by_clause(NOW + SECOND, NOW + DAY) == []
    assert outcomes_by_clause(NOW, NOW) == []


def test_endings_have_what_was_refunded():
    for amount in (None, "50.00"):
        case = opened(CANCEL_IN_TIME)
        approve(case.number, act())
        settle(case.number, act(), amounts={0: amount} if amount else None, reason="agreed")
    refuse(opened(RETURN).number, act(), reason="no photo")
    assert endings(*ALWAYS) == [
        Ending("cancel", "refund", "USD", 2, Decimal("141.90")),
        Ending("return", "refused", "USD", 1, Decimal(0)),
    ]


def test_answer_times_count_from_the_opening():
    approve(opened(RETURN).number, act(at=NOW + 3 * DAY))
    approve(opened(RETURN).number, act(at=NOW + DAY))
    assert answer_times(*ALWAYS) == [DAY, 3 * DAY]
