"""The words of dates: numbers, months, weekdays and feasts, small typing errors allowed."""

from __future__ import annotations

from datetime import date, timedelta

from dateutil.easter import easter
from rapidfuzz import process
from rapidfuzz.distance import OSA

_NUMBERS = [
    "zero",
    "one",
    "two",
    "three",
    "four",
    "five",
    "six",
    "seven",
    "eight",
    "nine",
    "ten",
    "eleven",
    "twelve",
    "thirteen",
    "fourteen",
    "fifteen",
    "sixteen",
    "seventeen",
    "eighteen",
    "nineteen",
    "twenty",
]
NUMBERS = {word: float(i) for i, word in enumerate(_NUMBERS)} | {
    "a": 1.0,
    "an": 1.0,
    "couple": 2.0,
    "few": 3.0,
    "half": 0.5,
}
NUMBERS |= {"thirty": 30.0, "forty": 40.0, "fifty": 50.0, "sixty": 60.0, "ek": 1.0, "do": 2.0, "teen": 3.0, "char": 4.0}
MONTHS = [
    "january",
    "february",
    "march",
    "april",
    "may",
    "june",
    "july",
    "august",
    "september",
    "october",
    "november",
    "december",
]
WEEKDAYS = ["monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"]
_MONTH_FORMS = {name[:3]: i for i, name in enumerate(MONTHS, start=1)} | {"sept": 9, "mayy": 5}
_WEEKDAY_FORMS = {
    "mon": 0,
    "tue": 1,
    "tues": 1,
    "wed": 2,
    "weds": 2,
    "thu": 3,
    "thur": 3,
    "thurs": 3,
    "fri": 4,
    "sat": 5,
    "sun": 6,
}
_FEWEST_LETTERS = 5
_NO_MONTH = frozenset(
    {"match", "watch", "marsh", "remember", "member", "embers", "augusta", "octopus", "marching", "marched"}
)


def month_number(word: str) -> int | None:
    """1 to 12 for a month's name, its short form, or its name with one letter wrong."""
    word = word.rstrip(".")
    if word in _MONTH_FORMS or word in _NO_MONTH:
        return _MONTH_FORMS.get(word)
    found = _nearest(word, MONTHS)
    return found + 1 if found is not None else None


def weekday_number(word: str) -> int | None:
    """0 (Monday) to 6, the same way; 'mondays' too."""
    word = word.rstrip(".")
    if word in _WEEKDAY_FORMS:
        return _WEEKDAY_FORMS[word]
    return _nearest(word.removesuffix("s"), WEEKDAYS)


def feast_in(word: str, year: int) -> date | None:
    """The day of a feast in this year."""
    days = {
        "christmas": (12, 25),
        "christmas day": (12, 25),
        "xmas": (12, 25),
        "christmas eve": (12, 24),
        "boxing day": (12, 26),
        "new year": (1, 1),
        "new year's": (1, 1),
        "new year's day": (1, 1),
        "new year's eve": (12, 31),
        "halloween": (10, 31),
        "valentine's day": (2, 14),
        "valentines day": (2, 14),
        "valentine's": (2, 14),
    }
    if word in days:
        return date(year, *days[word])
    if word in ("black friday", "cyber monday", "thanksgiving"):
        first = date(year, 11, 1)
        thanksgiving = first + timedelta(days=(3 - first.weekday()) % 7 + 21)
        return thanksgiving + timedelta(days={"thanksgiving": 0, "black friday": 1, "cyber monday": 4}[word])
    return easter(year) if word in ("easter", "easter sunday") else None


def _nearest(word: str, names: list[str]) -> int | None:
    if word in names:
        return names.index(word)
    if len(word) < _FEWEST_LETTERS:
        return None
    best = process.extractOne(word, names, scorer=OSA.distance, score_cutoff=2 if len(word) > 7 else 1)
    return best[2] if best and word[0] == best[0][0] else None
