"""Days in free text, as a customer means them: in the past, seen from the customer's own day. No Rasa in here."""

from __future__ import annotations

import re
from datetime import date, timedelta

from nlu.date_rules import RULES, Reading, Resolver
from nlu.found import Found, lower

LONGEST_AGO = timedelta(days=366 * 40)


def read_dates(text: str, today: date) -> list[Reading]:
    """The past days that a text names, the earliest first; more than one when it is ambiguous or names several.

    Words without a year mean the latest such day up to today. For a stretch (a month, 'end of') the day is its last one
    up to today and vague. An answer may leave out 'ago': 'about 20 days'.
    """
    found = {reading for _, readings in _search(text, today) for reading in readings}
    return sorted(found, key=lambda one: (one.day, one.vague))


def find_dates(text: str, today: date) -> list[Found]:
    """The same as entities: value the words, extra `readings` (ISO days, earliest first) and `vague`."""
    return [
        Found(
            "date",
            text[start:end],
            start,
            end,
            {
                "readings": sorted({one.day.isoformat() for one in readings}),
                "vague": any(one.vague for one in readings),
            },
        )
        for (start, end), readings in _search(text, today)
    ]


def _search(text: str, today: date) -> list[tuple[tuple[int, int], list[Reading]]]:
    low = lower(text)
    found = []
    for pattern, resolve in RULES:
        for match in pattern.finditer(low):
            readings = [one for one in _safely(resolve, match, today) if today - LONGEST_AGO <= one.day <= today]
            if readings:
                found.append((match.span(), readings))
                low = low[: match.start()] + " " * (match.end() - match.start()) + low[match.end() :]
    return sorted(found)


def _safely(resolve: Resolver, match: re.Match[str], today: date) -> list[Reading]:
    """A day that is in no calendar is no reading."""
    try:
        return resolve(match, today)
    except (ValueError, OverflowError):
        return []
