"""Readers: each takes one JSON value and returns what it means, or raises ValueError."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from datetime import date, datetime, timedelta, timezone
from typing import Final

from policy.codes import COUNTRIES, CURRENCIES, zones

Reader = Callable[[object], object]

LONGEST_TEXT: Final = 20_000  # characters
LONGEST_MONEY: Final = 1_000  # digits
LONGEST_SHOWN: Final = 60  # characters of a bad value that an error repeats
YEARS: Final = range(2, 9991)  # leaves room for every date that the policy computes

DATE = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
INSTANT = re.compile(
    r"(?P<day>[0-9]{4}-[0-9]{2}-[0-9]{2})T(?P<minute>[0-9]{2}:[0-9]{2})(?::(?P<second>[0-9]{2}))?"
    r"(?:[.,](?P<fraction>[0-9]{1,9}))?(?P<offset>Z|[+-][0-9]{2}(?::?[0-9]{2})?)"
)
PLAIN_KEY = re.compile(r"[A-Za-z0-9_.-]{1,60}")
MONEY = re.compile(r"([0-9]+)(?:\.([0-9]{1,2}))?")


def text(value: object) -> str:
    if not isinstance(value, str) or len(value) > LONGEST_TEXT:
        raise ValueError
    return value


def flag(value: object) -> bool:
    if value is True or value is False:
        return value
    raise ValueError


def count(value: object) -> int:
    if isinstance(value, bool) or not isinstance(value, int) or value < 0:
        raise ValueError
    return value


def money(value: object) -> int:
    """Cents, exactly: '79.9' is 7990."""
    found = MONEY.fullmatch(text(value))
    if not found or len(found[1]) > LONGEST_MONEY:
        raise ValueError
    return int(found[1] + (found[2] or "").ljust(2, "0"))


def day(value: object) -> date:
    written = text(value)
    if not DATE.fullmatch(written):
        raise ValueError
    return date.fromisoformat(written)


def instant(value: object) -> datetime:
    """The instant in UTC. Needs its offset (Z or ±hh:mm); seconds and their fraction may be left out."""
    found = INSTANT.fullmatch(text(value))
    if not found or (found["fraction"] and not found["second"]):
        raise ValueError
    fraction = (found["fraction"] or "")[:6].ljust(6, "0")
    local = datetime.fromisoformat(f"{found['day']}T{found['minute']}:{found['second'] or '00'}.{fraction}")
    if local.year not in YEARS:
        raise ValueError
    return (local - _offset(found["offset"])).replace(tzinfo=timezone.utc)


def _offset(written: str) -> timedelta:
    if written == "Z":
        return timedelta()
    hours, minutes = int(written[1:3]), int(written[-2:]) if len(written) > 3 else 0
    if hours > 23 or minutes > 59:
        raise ValueError
    offset = timedelta(hours=hours, minutes=minutes)
    return -offset if written[0] == "-" else offset


def zone(value: object) -> str:
    return _listed(value, zones())


def country(value: object) -> str:
    return _listed(value, COUNTRIES)


def currency(value: object) -> str:
    return _listed(value, CURRENCIES)


def word_of(words: tuple[str, ...]) -> Reader:
    listed = frozenset(words)
    return lambda value: _listed(value, listed)


def or_none(reader: Reader) -> Reader:
    """What `reader` takes, or the word 'none'."""
    return lambda value: value if value == "none" else reader(value)


def _listed(value: object, words: frozenset[str]) -> str:
    if not isinstance(value, str) or value not in words:
        raise ValueError
    return value


def named(key: object) -> str:
    """A key as an error names it: itself where that is plain."""
    return key if isinstance(key, str) and PLAIN_KEY.fullmatch(key) else shown(key)


def shown(value: object) -> str:
    """The value as an error repeats it: one line, plain characters, cut when long."""
    try:
        written = json.dumps(value)
    except (TypeError, ValueError, RecursionError):
        written = f"a {type(value).__name__}"
    return written if len(written) <= LONGEST_SHOWN else f"{written[:LONGEST_SHOWN]}... (cut)"
