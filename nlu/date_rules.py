"""The shapes of dates, most exact first, and the days that each can mean."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta

from dateutil.relativedelta import relativedelta

from nlu.calendar_words import NUMBERS, feast_in, month_number, weekday_number

_WORD_NUMBER = "|".join(sorted(NUMBERS, key=len, reverse=True))
_N = rf"(?P<n>\d{{1,3}}(?:\.5)?|{_WORD_NUMBER})"
_UNIT = r"(?P<unit>days?|dayz|din|weeks?|wks?|weekz|hafte|months?|mths?|mahine|years?|yrs?|saal|fortnights?)"
_ABOUT = (
    r"(?P<about>(?:about|around|approx(?:imately)?\.?|roughly|nearly|almost|maybe|some|like|over|more than|ca\.?|~)"
    r"\s*)?"
)
_AGO = r"(?:ago|back|before(?!\s+\w)|earlier|pehle|prior(?!\s+\w))"
_COUNT = (
    rf"{_ABOUT}{_N}\s*(?P<half>(?:and|&)\s+(?:a\s+)?half)?\s*(?:of\s+)?(?:an?\s+)?{_UNIT}(?P<too>\s+and\s+a\s+half)?"
)
_MONTH = r"(?P<month>[a-z]{3,10}\.?)"
_DAY = r"(?P<day>\d{1,2})(?:st|nd|rd|th)?"
_YEAR = r"(?:(?:[\s,-]+|(?='))(?P<year>(?:19|20)\d\d|'\d\d))?"
_EDGE = r"(?<![\w/.-])"
_FEAST = r"(?:black friday|cyber monday|thanksgiving|christmas(?: eve| day)?|xmas|boxing day|new year(?:'s(?: day| eve)?)?|halloween|valentine'?s(?: day)?|easter(?: sunday)?)"  # noqa: E501
_PART = r"(?P<part>(?:very )?(?:end|late|beginning|start|early|middle|mid))(?:\s+of|-|\s+in)?(?:\s+the)?\s*"


@dataclass(frozen=True)
class Reading:
    """One day (inclusive, the customer's calendar) that the words may mean; vague: about that day."""

    day: date
    vague: bool = False


Resolver = Callable[[re.Match[str], date], list[Reading]]


def _iso(match: re.Match[str], today: date) -> list[Reading]:
    return [Reading(date(int(match["y"]), int(match["m"]), int(match["d"])))]


def _numeric(match: re.Match[str], today: date) -> list[Reading]:
    """12/03/2026: both orders, as far as the calendar and the past allow."""
    first, second, year = int(match["a"]), int(match["b"]), match["year"]
    readings = []
    for day, month in {(first, second), (second, first)}:
        try:
            known = date(_full_year(year), month, day) if year else _latest(month, day, today)
        except ValueError:
            continue
        readings.append(Reading(known))
    return readings


def _ago(match: re.Match[str], today: date) -> list[Reading]:
    groups = match.groupdict()
    count = NUMBERS[match["n"]] if match["n"] in NUMBERS else float(match["n"])
    count += 0.5 if groups.get("half") or groups.get("too") else 0.0
    vague = bool(groups.get("about")) or count % 1 > 0 or match["n"] in ("few", "couple") or match["unit"][0] in "mys"
    return [Reading(today - _span(count, match["unit"]), vague)]


def _span(count: float, unit: str) -> relativedelta | timedelta:
    if unit[0] in "dwhf":
        days = {"d": 1, "w": 7, "h": 7, "f": 14}[unit[0]]
        return timedelta(days=int(count * days))
    months = int(count * (1 if unit[0] == "m" else 12))
    extra = 15 if unit[0] == "m" and count % 1 else 0
    return relativedelta(months=months, days=extra)


def _day_of_month(match: re.Match[str], today: date) -> list[Reading]:
    month = month_number(match["month"])
    if month is None:
        return []
    year, day = match.groupdict().get("year"), int(match["day"])
    return [Reading(date(_full_year(year), month, day) if year else _latest(month, day, today))]


def _month(match: re.Match[str], today: date) -> list[Reading]:
    month = month_number(match["month"])
    if month is None:
        return []
    year = match["year"]
    first = date(_full_year(year), month, 1) if year else _latest(month, 1, today)
    return [_within(first, match.groupdict().get("part"), today)]


def _last_month(match: re.Match[str], today: date) -> list[Reading]:
    first = today.replace(day=1) - relativedelta(months=0 if match["which"] == "this" else 1)
    return [_within(first, match.groupdict().get("part"), today)]


def _within(first: date, part: str | None, today: date) -> Reading:
    """The last day up to today of a month, or of its first, second or last third."""
    last = first + relativedelta(months=1, days=-1)
    if part and ("beg" in part or "start" in part or "early" in part):
        last = first + timedelta(days=9)
    elif part and "mid" in part:
        last = first + timedelta(days=14)
    return Reading(min(last, today) if first <= today else last, vague=True)


def _weekday(match: re.Match[str], today: date) -> list[Reading]:
    """'last Tuesday' and 'Tuesday': the latest before today; '2 Saturdays ago': the second latest."""
    weekday = weekday_number(match["weekday"])
    if weekday is None:
        return []
    groups = match.groupdict()
    count = groups.get("n") or "1"
    times = int(NUMBERS[count] if count in NUMBERS else float(count))
    back = (today.weekday() - weekday - 1) % 7 + 1 + 7 * (times - 1)
    return [Reading(today - timedelta(days=back))]


def _weekday_of_week(match: re.Match[str], today: date) -> list[Reading]:
    weekday = weekday_number(match["weekday"])
    if weekday is None:
        return []
    weeks = 2 if "before" in match["which"] else 0 if "this" in match["which"] else 1
    monday = today - timedelta(days=today.weekday())
    return [Reading(monday + timedelta(days=weekday - 7 * weeks))]


def _last_week(match: re.Match[str], today: date) -> list[Reading]:
    monday = today - timedelta(days=today.weekday())
    if match["which"] == "this":
        return [Reading(today, vague=True)]
    part = match.groupdict().get("part") or "end"
    days = 1 if "beg" in part or "start" in part or "early" in part else 3 if "mid" in part else 6
    weeks = 2 if "before" in match["which"] else 1
    return [Reading(monday + timedelta(days=days - 7 * weeks), vague=True)]


def _last_year(match: re.Match[str], today: date) -> list[Reading]:
    return [Reading(date(today.year - 1, 12, 31), vague=True)]


def _named(match: re.Match[str], today: date) -> list[Reading]:
    word = match.group()
    back = (
        2 if "before" in word or "parso" in word else 0 if word in ("today", "this morning", "aaj", "just now") else 1
    )
    return [Reading(today - timedelta(days=back))]


def _feast(match: re.Match[str], today: date) -> list[Reading]:
    name, year = match["feast"], match["year"]
    days = [feast_in(name, y) for y in ([_full_year(year)] if year else [today.year, today.year - 1])]
    past = [day for day in days if day and day <= today]
    return [Reading(past[0])] if past else []


def _ordinal(match: re.Match[str], today: date) -> list[Reading]:
    """'on the 5th': the latest fifth."""
    first = today.replace(day=1)
    for back in range(4):
        month = first - relativedelta(months=back)
        try:
            day = month.replace(day=int(match["day"]))
        except ValueError:
            continue
        if day <= today:
            return [Reading(day)]
    return []


def _latest(month: int, day: int, today: date) -> date:
    """The latest such day up to today; 29 February goes back to the latest leap year."""
    for back in range(9):
        try:
            known = date(today.year - back, month, day)
        except ValueError:
            continue
        if known <= today:
            return known
    raise ValueError(f"no day {day} in month {month}")


def _full_year(text: str) -> int:
    digits = text.strip("'")
    return int(digits) if len(digits) == 4 else 2000 + int(digits)


def _bare_month(match: re.Match[str], today: date) -> list[Reading]:
    month = month_number(match.group())
    return [_within(_latest(month, 1, today), None, today)] if month else []


def _rule(pattern: str, resolve: Resolver) -> tuple[re.Pattern[str], Resolver]:
    return re.compile(pattern), resolve


RULES = (
    _rule(rf"{_EDGE}(?P<y>(?:19|20)\d\d)[-/.](?P<m>\d{{1,2}})[-/.](?P<d>\d{{1,2}})(?![\w/-])", _iso),
    _rule(
        rf"{_EDGE}(?P<a>\d{{1,2}})\s?[/.-]\s?(?P<b>\d{{1,2}})\s?[/.-]\s?(?P<year>(?:19|20)\d\d|\d\d)(?![\w/-])",
        _numeric,
    ),
    _rule(
        rf"{_EDGE}(?!24/7)(?P<a>\d{{1,2}})/(?P<b>\d{{1,2}})(?P<year>)(?![\w/-])(?!\s*(?:stars?|of|inch|\"))", _numeric
    ),
    _rule(rf"{_EDGE}(?P<a>\d{{1,2}})\.(?P<b>\d{{1,2}})\.(?P<year>)(?![\w/-])", _numeric),
    _rule(rf"{_EDGE}{_DAY}[\s-]*(?:of\s+)?{_MONTH}{_YEAR}(?!\w)", _day_of_month),
    _rule(rf"{_EDGE}{_MONTH}[\s-]*(?:the\s+)?{_DAY}{_YEAR}(?![\w/:]|\.\d)", _day_of_month),
    _rule(rf"{_EDGE}{_COUNT}\s+{_AGO}\b", _ago),
    _rule(rf"\b(?:it's|its|it has|has) been\s+{_COUNT}\b", _ago),
    _rule(rf"^\W*(?:it was\s+)?{_COUNT}(?: maybe| or so)?\W*$", _ago),
    _rule(rf"{_EDGE}{_N}\s+(?P<weekday>[a-z]{{6,10}})\s+{_AGO}\b", _weekday),
    _rule(
        r"(?:on\s+)?\b(?P<weekday>[a-z]{3,10}\.?)(?:\s+of)?\s+"
        r"(?P<which>(?:last|this|previous)\s+week|(?:the )?week before last)\b",
        _weekday_of_week,
    ),
    _rule(r"\blast\s+week'?s?\s+(?:on\s+)?(?P<weekday>[a-z]{3,10})(?P<which>)\b", _weekday_of_week),
    _rule(rf"\b(?:{_PART})?(?P<which>last|previous|this)\s+month\b", _last_month),
    _rule(rf"\b(?:{_PART})?(?P<which>last|previous|this)\s+week\b", _last_week),
    _rule(r"\b(?P<which>week before last)\b", _last_week),
    _rule(r"\b(?:last|previous)\s+year\b", _last_year),
    _rule(r"^\W*(?P<weekday>[a-z]{6,9})\W*$", _weekday),
    _rule(rf"\b(?:last\s+)?(?P<feast>{_FEAST}){_YEAR}\b", _feast),
    _rule(r"\b(?:on|last|this|this past|past)\s+(?P<weekday>[a-z]{3,10})\b", _weekday),
    _rule(r"\b(?P<weekday>(?:mon|tues|wednes|thurs|fri|satur|sun)day)\b", _weekday),
    _rule(rf"\b{_PART}{_MONTH}{_YEAR}(?!\w)", _month),
    _rule(rf"\b(?:in|since|during|of|last|sometime in)\s+{_MONTH}{_YEAR}(?!\w)", _month),
    _rule(rf"^\W*{_MONTH}{_YEAR}\W*$", _month),
    _rule(
        r"\b(?:january|february|april|june|july|august|september|october|november|december)(?P<year>)\b", _bare_month
    ),
    _rule(
        r"\b(?:the )?day before yesterday\b|\byesterday\b|\byestrday\b|\btoday\b|\bthis morning\b|\blast night\b"
        r"|\bparso\b|\bkal\b|\baaj\b",
        _named,
    ),
    _rule(r"\bon the (?P<day>\d{1,2})(?:st|nd|rd|th)?\b(?! (?:floor|day|page|time))", _ordinal),
    _rule(r"^\W*(?:the )?(?P<day>\d{1,2})(?:st|nd|rd|th)\W*$", _ordinal),
)
