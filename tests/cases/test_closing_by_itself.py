"""A case that is over closes by itself, once: after its quiet days, and never while a date is to come."""

from datetime import date, datetime, timedelta, timezone

import pytest
from shelf import NOW, RETURN, act, again, opened, said

from support.cases.models import Case
from support.cases.reminding import is_anything_due, step
from support.cases.services import refuse, reopen

DAYS = timedelta(days=14)
SECOND = timedelta(seconds=1)


def looked_at(case: Case, now: datetime) -> Case:
    while step(now):
        pass
    assert not is_anything_due(now)
    return again(case)


def refused() -> Case:
    case = opened(RETURN)
    refuse(case.number, act(), reason="worn")
    return again(case)


@pytest.mark.parametrize(("at", "state"), [(-SECOND, "refused"), (timedelta(), "closed"), (SECOND, "closed")])
def test_a_refused_case_closes_after_its_quiet_days(at, state):
    case = refused()
    told = len(said(case))
    case = looked_at(case, case.changed_at + DAYS + at)
    assert case.state == state
    assert len(said(case)) == told


def test_it_is_a_move_of_the_clock_with_its_reason_and_once():
    case = refused()
    for hours in range(3):
        looked_at(case, case.changed_at + DAYS + timedelta(hours=hours))
    moves = case.moves.filter(state="closed").values_list("previous", "actor", "actor_name", "reason")
    assert list(moves) == [("refused", "clock", "", "nothing left to do for 14 days")]


@pytest.mark.parametrize("state", ["refunded", "replaced", "exchanged", "refused"])
@pytest.mark.parametrize("field", ["money_by", "goods_back_by"])
@pytest.mark.parametrize(("day", "closes"), [(date(2026, 12, 30), True), (date(2026, 12, 31), False)])
def test_no_date_of_the_customers_may_be_to_come_anywhere_on_earth(state, field, day, closes):
    case = opened(RETURN)
    Case.objects.filter(pk=case.pk).update(state=state, due="", due_at=None, remind_at=None, changed_at=NOW)
    Case.objects.filter(pk=case.pk).update(**{field: day})
    noon_in_utc = datetime(2026, 12, 31, 12, tzinfo=timezone.utc)
    assert (looked_at(case, noon_in_utc).state == "closed") is closes


@pytest.mark.parametrize("state", ["under_review", "approved", "goods_awaited", "received", "inspected", "withdrawn"])
def test_what_is_not_over_does_not_close(state):
    case = opened(RETURN)
    Case.objects.filter(pk=case.pk).update(state=state, due="", due_at=None, remind_at=None, changed_at=NOW)
    assert looked_at(case, NOW + 100 * DAYS).state == state


def test_0_days_leave_it_to_people(settings):
    settings.CLOSE_CASES_DAYS = 0
    assert looked_at(refused(), NOW + 100 * DAYS).state == "refused"


def test_what_was_taken_up_again_closes_again_when_it_is_over_again():
    case = looked_at(refused(), NOW + 2 * DAYS)
    reopen(case.number, act(at=NOW + 2 * DAYS), reason="new photo")
    refuse(case.number, act(at=NOW + 3 * DAYS), reason="worn all the same")
    assert looked_at(case, NOW + 5 * DAYS).state == "closed"
    assert case.moves.filter(state="closed").count() == 2
