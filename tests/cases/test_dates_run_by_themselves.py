"""Reminders before a promise is broken, marks after it, each once; the clock is passed in."""

from datetime import date, datetime, timedelta, timezone
from zoneinfo import ZoneInfo

import pytest
from shelf import MAYA, NOW, RETURN, act, again, opened, owned_by, said

from support.cases import lease
from support.cases.dates import end_of
from support.cases.life import CUSTOMER
from support.cases.models import Case, Notice, Reminder
from support.cases.reminding import is_anything_due, step
from support.cases.services import approve, receive, withdraw

YORK = ZoneInfo("America/New_York")
SECOND = timedelta(seconds=1)


def run(now: datetime) -> None:
    while step(now):
        pass
    assert not is_anything_due(now)


def approved(**how) -> Case:
    """Approved on Monday 23 November: to be sent by Thursday the 26th, its last second in New York."""
    case = opened(RETURN, **how)
    approve(case.number, act())
    return again(case)


def test_a_last_day_ends_at_midnight_where_the_customer_is():
    assert end_of(date(2026, 11, 26), "America/New_York") == datetime(2026, 11, 27, 5, tzinfo=timezone.utc)
    assert end_of(date(2026, 11, 26), "Asia/Tokyo") == datetime(2026, 11, 26, 15, tzinfo=timezone.utc)
    assert end_of(date(2026, 11, 26), "") == datetime(2026, 11, 27, 12, tzinfo=timezone.utc)  # I.where


@pytest.mark.parametrize(("at", "reminded"), [(timedelta(), True), (-SECOND, False), (SECOND, True)])
def test_the_customer_is_reminded_at_nine_in_the_morning_of_the_day_before(at, reminded):
    case = approved()
    run(datetime(2026, 11, 25, 9, tzinfo=YORK) + at)
    told = said(case)[-1].text
    assert ("A quick reminder" in told) is reminded
    assert ("Thursday, 26 November 2026" in told) is True


def test_a_reminder_comes_once_however_often_one_looks():
    case = approved()
    for hour in range(9, 23):
        run(datetime(2026, 11, 25, hour, tzinfo=YORK))
    assert [message.text[:16] for message in said(case)][1:] == ["A quick reminder"]
    assert list(Reminder.objects.values_list("due", "what", "audience")) == [("send", "soon", "customer")]


@pytest.mark.parametrize(("at", "overdue"), [(-SECOND, False), (timedelta(), True), (SECOND, True)])
def test_a_parcel_is_overdue_from_the_first_instant_after_its_last_day(at, overdue):
    case = approved()
    midnight = datetime(2026, 11, 27, tzinfo=YORK)
    run(midnight + at)
    assert again(case).overdue_since == (midnight if overdue else None)
    assert Reminder.objects.filter(what="overdue", audience="desk").exists() is overdue


def test_after_a_long_stop_nobody_is_reminded_of_what_is_over():
    case = approved()
    run(NOW + timedelta(days=30))
    assert len(said(case)) == 1
    assert again(case).overdue_since is not None


def test_the_desk_is_reminded_before_answer_by_and_the_customer_hears_nothing():
    case = opened(RETURN)
    run(datetime(2026, 11, 26, 0, 0, tzinfo=YORK) - SECOND)
    assert not Reminder.objects.exists()
    run(datetime(2026, 11, 26, 0, 0, tzinfo=YORK))
    assert Reminder.objects.get().audience == "desk"
    run(datetime(2026, 11, 27, 0, 0, tzinfo=YORK))
    assert again(case).overdue_since is not None
    assert said(case) == []


def test_a_move_ends_the_promise():
    case = approved()
    receive(case.number, act())
    run(NOW + timedelta(days=30))
    now = again(case)
    assert (now.due, now.due_at, now.overdue_since, now.remind_at) == ("", None, None, None)
    assert not Reminder.objects.exists()


def test_the_clock_is_silent_while_a_person_leads_and_speaks_after():
    case = approved()
    owned_by(case, "agent")
    run(datetime(2026, 11, 25, 9, tzinfo=YORK))
    assert len(said(case)) == 1
    assert Notice.objects.get(kind="reminder_send").chat == "waiting"
    owned_by(case, "bot")
    run(datetime(2026, 11, 25, 10, tzinfo=YORK))
    assert said(case)[-1].sender == "bot"
    assert Notice.objects.get(kind="reminder_send").seq == said(case)[-1].seq


@pytest.mark.parametrize("how", ["time", "move"])
def test_a_reminder_that_waited_too_long_is_never_said(how):
    case = approved()
    owned_by(case, "agent")
    run(datetime(2026, 11, 25, 9, tzinfo=YORK))
    if how == "move":
        withdraw(case.number, act(CUSTOMER))
    owned_by(case, "bot")
    run(NOW + timedelta(days=9 if how == "time" else 2))
    assert len(said(case)) == 1
    assert Notice.objects.get(kind="reminder_send").chat == "dropped"


@pytest.mark.parametrize(
    ("owner", "sender", "name"),
    [("bot", "bot", ""), ("closed", "bot", ""), ("waiting", "agent", "Maya"), ("agent", "agent", "Maya")],
)
def test_a_decision_is_said_by_whoever_may_speak(owner, sender, name):
    case = opened(RETURN)
    owned_by(case, owner)
    approve(case.number, act(MAYA))
    assert (said(case)[-1].sender, said(case)[-1].name) == (sender, name)


def test_a_notice_without_a_conversation_is_left_to_the_mail():
    case = opened(RETURN, conversation="gone")
    approve(case.number, act())
    notice = case.notices.get()
    assert (notice.chat, notice.letter) == ("dropped", "open")


def test_a_lease_from_before_the_clock_was_put_back_holds_nobody_up():
    assert lease.take("dates", "one", NOW + 3600 * SECOND, 20 * SECOND)
    assert lease.take("dates", "two", NOW, 20 * SECOND)
    assert not lease.take("dates", "one", NOW, 20 * SECOND)


def test_a_lease_is_one_holders_until_it_ends():
    length = timedelta(seconds=20)
    assert lease.take("dates", "one", NOW, length)
    assert lease.take("dates", "one", NOW + SECOND, length)
    assert not lease.take("dates", "two", NOW + SECOND, length)
    assert not lease.take("dates", "two", NOW + 21 * SECOND, length)
    assert lease.take("dates", "two", NOW + 22 * SECOND, length)
    assert not lease.take("dates", "one", NOW + 23 * SECOND, length)
    lease.give_back("dates", "two")
    assert lease.take("dates", "one", NOW + 23 * SECOND, length)


def test_one_case_that_cannot_be_told_keeps_no_other_waiting(settings, tmp_path):
    from support.conversations.words import responses

    broken, fine = approved(), approved()
    Case.objects.filter(pk=broken.pk).update(send_by=None)
    when = datetime(2026, 11, 25, 9, tzinfo=YORK)
    run(when)
    assert "A quick reminder" in said(fine)[-1].text
    assert again(broken).remind_at == when + timedelta(hours=1)
    assert responses()
