"""One check for each kind of value in an order file: the value as we keep it, or what the field takes instead."""

import json
import re
from collections.abc import Callable
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from policy.codes import COUNTRIES, CURRENCIES
from support.orders.models import Channel
from support.orders.order_number import NUMBER_LENGTH, normalise_number

Check = Callable[[Any], Any]

_CONTROL = re.compile(r"[\x00-\x1f\x7f-\x9f\ud800-\udfff]")
_MONEY = re.compile(r"[0-9]{1,9}(?:\.[0-9]{1,2})?")
_INSTANT = re.compile(r"(\d{4}-\d\d-\d\dT\d\d:\d\d(?::\d\d)?)(?:\.\d+)?(Z|[+-]\d\d:\d\d)", re.ASCII)
_EMAIL = re.compile(r"[^\s<>,;@]+@[^\s<>,;@]+")
_YEARS = range(2000, 2101)
_CHANNELS = tuple(Channel.values)


class FieldError(ValueError):
    """A value that its field does not take; the message says which field, what it got and what it takes."""

    def __init__(self, field: str, got: Any, takes: str) -> None:
        super().__init__(f"{field}: got {shown(got)}, takes {takes}")
        self.field = field


class Unfit(ValueError):
    """Raised by a check. Its text: what would have been taken."""


def shown(value: Any) -> str:
    """A value in an error message: as JSON, on one line, at most 60 characters."""
    if isinstance(value, (list, dict)):
        return f"a list of {len(value)}" if isinstance(value, list) else "an object"
    text = json.dumps(value, ensure_ascii=False, default=str).encode("utf-8", "backslashreplace").decode()
    text = _CONTROL.sub("?", text)
    return text if len(text) <= 60 else text[:59] + "…"


def optional(check: Check) -> Check:
    """The same check, but null is fine and stays None."""

    def check_or_none(value: Any) -> Any:
        try:
            return None if value is None else check(value)
        except Unfit as unfit:
            raise Unfit(f"{unfit}, or null") from None

    return check_or_none


def optional_text(length_max: int) -> Check:
    """Text, or None for null and for text that is empty."""
    check = optional(text(length_max))
    return lambda value: None if value == "" else check(value)


def text(length_max: int, what: str = "text") -> Check:
    """Text of 1 to length_max characters without control characters; outer spaces are dropped."""

    def check(value: Any) -> str:
        if not isinstance(value, str) or not value.strip() or len(value) > length_max or _CONTROL.search(value):
            raise Unfit(f"{what} of 1 to {length_max} characters, on one line")
        return value.strip()

    return check


def order_number(value: Any) -> str:
    """The number as printed; that it can be brought to the stored form is checked here."""
    if not isinstance(value, str) or len(value) > 2 * NUMBER_LENGTH or not normalise_number(value):
        raise Unfit('an order number such as "SC10234"')
    return text(2 * NUMBER_LENGTH)(value)


def email(value: Any) -> str:
    if not isinstance(value, str) or len(value) > 254 or _CONTROL.search(value) or not _EMAIL.fullmatch(value.strip()):
        raise Unfit('an e-mail address such as "dana@example.com"')
    return value.strip()


def channel(value: Any) -> str:
    if value not in _CHANNELS:
        raise Unfit("one of " + ", ".join(_CHANNELS))
    return value


def country(value: Any) -> str:
    if not isinstance(value, str) or value not in COUNTRIES:
        raise Unfit('an ISO 3166 country code in upper case such as "US"')
    return value


def currency(value: Any) -> str:
    if not isinstance(value, str) or value not in CURRENCIES:
        raise Unfit('an ISO 4217 currency code such as "USD"')
    return value


def money(value: Any) -> Decimal:
    if not isinstance(value, str) or not _MONEY.fullmatch(value):
        raise Unfit('a money amount such as "79.90"')
    return Decimal(value).quantize(Decimal("0.01"))


def flag(value: Any) -> bool:
    if not isinstance(value, bool):
        raise Unfit("true or false")
    return value


def whole(least: int, most: int) -> Check:
    """An integer from least to most, both included."""

    def check(value: Any) -> int:
        if not isinstance(value, int) or isinstance(value, bool) or not least <= value <= most:
            raise Unfit(f"a whole number from {least} to {most}")
        return value

    return check


def items(least: int, most: int) -> Check:
    """A list of least to most items, both included, which are not looked at."""

    def check(value: Any) -> list[Any]:
        if not isinstance(value, list) or not least <= len(value) <= most:
            raise Unfit(f"a list of {least} to {most} items")
        return value

    return check


def instant(value: Any) -> datetime:
    """An instant with the offset it was written with, to the second."""
    match = _INSTANT.fullmatch(value) if isinstance(value, str) else None
    try:
        read = datetime.fromisoformat(match[1] + match[2].replace("Z", "+00:00")) if match else None
    except ValueError:
        read = None
    if read is None or read.year not in _YEARS:
        raise Unfit('an instant with its offset such as "2026-10-01T18:20:00-07:00"')
    return read


def day(value: Any) -> date:
    try:
        read = date.fromisoformat(value) if isinstance(value, str) and len(value) == 10 else None
    except ValueError:
        read = None
    if read is None or read.year not in _YEARS:
        raise Unfit('a date such as "2026-10-01"')
    return read
