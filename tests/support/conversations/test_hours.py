"""Half past six in the evening to four in the morning in California, also when the clocks change."""

import datetime
import zoneinfo

import pytest

from support.conversations.hours import Hours, in_words

PACIFIC = zoneinfo.ZoneInfo("America/Los_Angeles")
NIGHT = Hours(datetime.time(18, 30), datetime.time(4, 0), PACIFIC)


def instant(text: str, zone=PACIFIC) -> datetime.datetime:
    return datetime.datetime.fromisoformat(text).replace(tzinfo=zone)


@pytest.mark.parametrize(
    ("now", "opening"),
    [
        ("2026-11-25T18:29:59", "2026-11-25T18:30"),
        ("2026-11-25T18:30:00", None),
        ("2026-11-25T23:59:59", None),
        ("2026-11-26T00:00:00", None),
        ("2026-11-26T03:59:59", None),
        ("2026-11-26T04:00:00", "2026-11-26T18:30"),
        ("2026-11-26T12:00:00", "2026-11-26T18:30"),
    ],
)
def test_before_on_and_after_each_end(now, opening):
    assert NIGHT.next_opening(instant(now)) == (instant(opening) if opening else None)


def test_a_night_in_which_the_clocks_go_back_is_an_hour_longer():
    opened, closed = instant("2026-10-31T18:30"), instant("2026-11-01T04:00")
    hours = (closed.astimezone(datetime.timezone.utc) - opened.astimezone(datetime.timezone.utc)).total_seconds() / 3600
    assert hours == 10.5
    for after in range(int(hours * 60)):
        now = opened.astimezone(datetime.timezone.utc) + datetime.timedelta(minutes=after)
        assert NIGHT.next_opening(now) is None, now
    assert NIGHT.next_opening(closed) == instant("2026-11-01T18:30")


def test_an_opening_in_the_hour_that_does_not_exist_is_still_an_instant():
    early = Hours(datetime.time(2, 30), datetime.time(9), PACIFIC)
    opening = early.next_opening(instant("2027-03-14T01:00"))
    assert opening == datetime.datetime(2027, 3, 14, 10, 30, tzinfo=datetime.timezone.utc)
    assert early.next_opening(opening) is None


def test_by_day_and_around_the_clock():
    by_day = Hours(datetime.time(9), datetime.time(17), PACIFIC)
    assert by_day.next_opening(instant("2026-11-25T17:00")) == instant("2026-11-26T09:00")
    always = Hours(datetime.time(0), datetime.time(0), PACIFIC)
    assert all(always.next_opening(instant(f"2026-11-25T{hour:02}:00")) is None for hour in range(24))


def test_an_opening_is_told_on_the_customers_wall_clock_and_names_ours_where_theirs_is_unknown():
    opening = instant("2026-11-25T18:30")
    assert in_words(opening, "Asia/Kolkata") == "on Thursday, 26 November at 8:00 am, your time"
    assert in_words(opening, "") == "on Wednesday, 25 November at 6:30 pm, Pacific time"
    assert NIGHT.words() == {"opens": "6:30 pm", "closes": "4:00 am", "zone": "Pacific time"}
