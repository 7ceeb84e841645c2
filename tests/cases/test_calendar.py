"""The days of a case, beside its messages and as a calendar file."""

from datetime import date, timedelta

import pytest
from icalendar import Calendar

from support.cases.calendar_file import calendar_file, card_of
from support.cases.days import days_of
from support.cases.life import State
from support.cases.models import Case
from support.cases.services import CaseNotFound, approve, await_goods
from tests.cases.shelf import CANCEL_IN_TIME, FAULTY, RETURN, WARRANTY, act, opened


def days(case: Case) -> dict[str, tuple[date, bool]]:
    return {day.name: (day.day, day.expected) for day in days_of(Case.objects.get(pk=case.pk))}


def test_an_open_return_has_our_day_and_those_that_follow_from_it():
    case = opened(RETURN)  # on Monday 23 November 2026: answered by Thursday, sent three days later, a Sunday
    assert days(case) == {
        "review_by": (date(2026, 11, 26), False),
        "send_by": (date(2026, 11, 29), True),
        "refund_starts_by": (date(2026, 12, 8), True),
        "money_by": (date(2026, 12, 17), True),
    }


def test_a_warranty_claim_has_the_end_of_its_warranty_and_no_refund_that_nobody_promised():
    assert days(opened(WARRANTY)) == {
        "review_by": (date(2026, 11, 26), False),
        "warranty_until": (date(2027, 11, 1), False),
    }


def test_a_cancellation_has_nothing_to_send():
    assert set(days(opened(CANCEL_IN_TIME))) == {"review_by"}


def test_after_the_approval_the_day_to_send_is_set():
    case = opened(FAULTY)
    approve(case.number, act())
    if Case.objects.get(pk=case.pk).state != State.GOODS_AWAITED:
        await_goods(case.number, act())
    known = days(case)
    assert "review_by" not in known
    assert known["send_by"] == (date(2026, 11, 26), False)
    assert known["refund_starts_by"][1] is True


def test_a_withdrawn_case_has_no_days_left_and_no_calendar():
    case = opened(RETURN)
    Case.objects.filter(pk=case.pk).update(state=State.WITHDRAWN)
    card = card_of(case.number, case.conversation)
    assert (card["dates"], card["calendar"]) == ([], None)


def test_the_card_says_each_day_in_words_and_where_the_calendar_is():
    case = opened(RETURN)
    card = card_of(case.number, case.conversation)
    assert card["dates"][0] == {
        "name": "review_by",
        "title": "Our answer by",
        "date": "2026-11-26",
        "expected": False,
    }
    assert card["calendar"] == f"/chat/api/conversations/{case.conversation}/cases/{case.number}.ics"


def test_the_calendar_has_an_all_day_event_for_each_day_with_the_same_uid_every_time():
    case = opened(RETURN)
    first, again = (calendar_file(case.number, case.conversation) for _ in range(2))
    assert first == again
    calendar = Calendar.from_ical(first)
    assert calendar["version"] == "2.0"
    assert calendar["prodid"]
    events = list(calendar.walk("VEVENT"))
    known = days(case)
    assert len(events) == len(known)
    for event, (name, (day, expected)) in zip(events, known.items(), strict=True):
        assert event["uid"] == f"{case.number}-{name}@cases.soocas.com".lower()
        assert event.decoded("dtstart") == day
        assert event.decoded("dtend") == day + timedelta(days=1)
        assert event["status"] == ("TENTATIVE" if expected else "CONFIRMED")
        assert case.number in event["summary"]
        assert event.decoded("dtstamp").utcoffset() == timedelta(0)


def test_the_lines_of_the_file_are_folded_and_end_as_rfc_5545_has_it():
    case = opened(RETURN)
    lines = calendar_file(case.number, case.conversation).split(b"\r\n")
    assert lines[0] == b"BEGIN:VCALENDAR"
    assert lines[-1] == b""
    assert all(len(line) <= 75 for line in lines)
    assert not any(b"\n" in line for line in lines)


def test_a_newer_file_replaces_the_older_one():
    case = opened(RETURN)
    before = Calendar.from_ical(calendar_file(case.number, case.conversation)).walk("VEVENT")[1]
    approve(case.number, act(at=case.opened_at + timedelta(days=1)))
    after = {
        event["uid"]: event
        for event in Calendar.from_ical(calendar_file(case.number, case.conversation)).walk("VEVENT")
    }
    assert after[before["uid"]]["sequence"] > before["sequence"]
    assert after[before["uid"]].decoded("dtstart") != before.decoded("dtstart")


def test_another_conversation_gets_the_calendar_only_with_the_order_proven():
    case = opened(RETURN)
    with pytest.raises(CaseNotFound):
        calendar_file(case.number, "another")
    assert calendar_file(case.number, "another", (case.order_number,))
    with pytest.raises(CaseNotFound):
        calendar_file("C-0000-0000", case.conversation)
