"""The card beside the conversation, and the lists of cases."""

from datetime import date, timedelta

import pytest
from shelf import NOW, RETURN, WARRANTY, act, opened

from policy import Finding
from support.cases.services import (
    CaseNotFound,
    approve,
    case_file,
    change_fact,
    count_by_state,
    count_overdue,
    desk_reminders,
    due_soon,
    inspect,
    list_cases,
    overdue_cases,
    receive,
)

DAY = timedelta(days=1)


def test_the_file_says_what_is_known_from_whom_and_what_was_corrected():
    case = opened(RETURN)
    change_fact(case.number, 0, {"claim.unused": False}, act(), reason="the photo shows it")
    file = case_file(case.number.lower(), NOW)
    facts = {fact.name: fact for fact in file.items[0].facts}
    assert (facts["claim.unused"].value, facts["claim.unused"].source, facts["claim.unused"].before) == (
        False,
        "agent",
        True,
    )
    assert (facts["order.channel"].source, facts["order.channel"].before) == ("shop", None)
    assert [version.decision["outcome"] for version in file.items[0].versions] == ["eligible", "not_eligible"]
    assert file.items[0].decision["outcome"] == "not_eligible"


def test_the_file_has_the_promise_that_runs_the_moves_and_what_comes_next():
    case = opened(RETURN)
    file = case_file(case.number, NOW)
    assert (file.deadline.due, file.deadline.whose, file.deadline.last_day) == ("answer", "ours", date(2026, 11, 26))
    assert file.next_states == ("approved", "refused", "withdrawn")
    approve(case.number, act())
    file = case_file(case.number, NOW + 30 * DAY)
    assert (file.deadline.due, file.deadline.whose, file.deadline.overdue) == ("send", "customer", True)
    assert [(move.state, move.actor, move.actor_name) for move in file.moves] == [
        ("under_review", "customer", ""),
        ("approved", "agent", "Maya"),
        ("goods_awaited", "agent", "Maya"),
    ]
    assert file.told[0].kind == "approved"
    assert file.told[0].letter == "open"
    receive(case.number, act())
    assert case_file(case.number, NOW).deadline is None
    inspect(case.number, act(), {0: Finding(unused=True)})
    file = case_file(case.number, NOW)
    assert (file.deadline.due, file.deadline.last_day) == ("refund", date(2026, 12, 2))
    assert file.dates.money_by == date(2026, 12, 11)


def test_the_evidence_checklist_says_what_is_there_and_what_is_not():
    case = opened({**WARRANTY, "claim.serial_number": None, "claim.troubleshooting_done": False})
    checklist = {entry.name: entry.handed_in for entry in case_file(case.number, NOW).items[0].evidence}
    assert checklist == {"photos": True, "troubleshooting": False, "serial_number_or_description": False}


def test_the_file_has_the_other_cases_of_the_order():
    first, second, _ = opened(RETURN), opened(RETURN), opened(RETURN, order="SC20000")
    assert [other.number for other in case_file(first.number, NOW).history] == [second.number]


def test_the_file_does_without_an_order_the_shop_does_not_know():
    assert case_file(opened(RETURN, order="").number, NOW).order is None
    with pytest.raises(CaseNotFound):
        case_file("C-0000-0000", NOW)


def test_the_lists_show_what_is_overdue_and_what_is_due_soon():
    late = opened(RETURN, now=NOW - 6 * DAY)
    soon = opened(RETURN)
    assert [row.number for row in overdue_cases(NOW)] == [late.number]
    assert count_overdue(NOW) == 1
    assert [row.number for row in due_soon(NOW, NOW + 4 * DAY)] == [soon.number]
    row = list_cases(NOW)[0]
    assert (row.number, row.what, row.items, row.deadline.overdue) == (
        late.number,
        "return",
        ("Sonic Toothbrush",),
        True,
    )
    approve(soon.number, act())
    assert count_by_state() == {"goods_awaited": 1, "under_review": 1}
    assert [row.number for row in list_cases(NOW, ("goods_awaited",))] == [soon.number]


def test_the_desk_hears_of_each_reminder_once():
    from support.cases.reminding import step

    late = opened(RETURN, now=NOW - 6 * DAY)
    step(NOW)
    told = desk_reminders()
    assert [(row.case, row.due, row.what) for row in told] == [(late.number, "answer", "overdue")]
    assert desk_reminders(after=told[-1].id) == []
