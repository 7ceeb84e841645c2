import ast
from datetime import date
from pathlib import Path

import pytest

import nlu.dates
from nlu.dates import read_dates

SUNDAY = date(2026, 11, 22)


def days(text, today=SUNDAY):
    return [one.day.isoformat() for one in read_dates(text, today)]


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("3 weeks ago", "2026-11-01"),
        ("last Tuesday", "2026-11-17"),
        ("on monday", "2026-11-16"),
        ("teusday", "2026-11-17"),
        ("end of October", "2026-10-31"),
        ("28/10", "2026-10-28"),
        ("28.10.", "2026-10-28"),
        ("Oct. 28", "2026-10-28"),
        ("28th of October", "2026-10-28"),
        ("October the 28th", "2026-10-28"),
        ("28 oct 2025", "2025-10-28"),
        ("28-Oct-2025", "2025-10-28"),
        ("5 ocotber", "2026-10-05"),
        ("half a year ago", "2026-05-22"),
        ("a year and a half ago", "2025-05-22"),
        ("2 and a half weeks ago", "2026-11-05"),
        ("around 20 days ago", "2026-11-02"),
        ("about 20 days", "2026-11-02"),
        ("it's been three weeks", "2026-11-01"),
        ("monday last week", "2026-11-09"),
        ("2 saturdays ago", "2026-11-14"),
        ("end of last month", "2026-10-31"),
        ("early last month", "2026-10-10"),
        ("yesterday", "2026-11-21"),
        ("the day before yesterday", "2026-11-20"),
        ("2026-03-12", "2026-03-12"),
        ("12/25/2025", "2025-12-25"),
        ("december 25", "2025-12-25"),
        ("on the 5th", "2026-11-05"),
        ("I bought it on black friday", "2025-11-28"),
        ("may", "2026-05-31"),
        ("february 29", "2024-02-29"),
        ("aaj", "2026-11-22"),
    ],
)
def test_a_day_is_read_as_a_customer_means_it(text, day):
    assert days(text) == [day]


def test_a_purchase_lies_in_the_past():
    assert days("12/03/2026") == ["2026-03-12"]


def test_two_past_readings_are_both_given():
    assert days("03/04/2026") == ["2026-03-04", "2026-04-03"]


@pytest.mark.parametrize(("today", "day"), [(date(2026, 10, 27), "2025-10-28"), (date(2026, 10, 28), "2026-10-28")])
def test_a_day_without_a_year_is_the_latest_up_to_today(today, day):
    assert days("28 October", today) == [day]


def test_the_stretch_that_is_still_running_ends_today():
    assert days("in november") == ["2026-11-22"]


@pytest.mark.parametrize(
    ("text", "vague"), [("in may", True), ("about 20 days ago", True), ("3 May", False), ("2 weeks ago", False)]
)
def test_vague_says_that_the_day_is_not_exact(text, vague):
    assert [one.vague for one in read_dates(text, SUNDAY)] == [vague]


@pytest.mark.parametrize(
    "text",
    [
        "I may return it",
        "we march on",
        "I used it for two weeks",
        "in 3 days",
        "24/7",
        "it sat on the shelf",
        "31/02/2026",
        "my X3 from order 5",
        "within 30 days",
        "999 years ago",
        "4/5 stars",
        "2030-01-01",
        "",
        "9" * 4000,
    ],
)
def test_what_is_no_past_day_has_no_reading(text):
    assert days(text) == []


def test_dates_need_no_rasa():
    imports = {
        node.module if isinstance(node, ast.ImportFrom) else node.names[0].name
        for node in ast.walk(ast.parse(Path(nlu.dates.__file__).read_text()))
        if isinstance(node, ast.Import | ast.ImportFrom)
    }
    assert not any(str(name).startswith("rasa") for name in imports)
