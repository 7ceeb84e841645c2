"""Other numbers for the policy, from a file: `return_window_days: 45`, one a line. What is not named stays as it is.

YAML (JSON is YAML too). version: how the trial is called. public_holidays: a list of dates. Everything else is a whole
number, under the name it has in policy/terms.py.
"""

import difflib
from collections.abc import Mapping
from dataclasses import fields, replace
from datetime import date
from pathlib import Path
from typing import Any

import yaml

from policy import TERMS, Terms

NUMBERS = tuple(field.name for field in fields(Terms) if field.type == "int")
NAMES = (*NUMBERS, "version", "public_holidays")
MOST = {"warranty_years": 100, "replacement_months": 1_200, "cancel_hours": 100_000}
MOST_DAYS = 10_000
IN_ORDER = (
    ("answer_earliest_working_days", "answer_latest_working_days"),
    ("card_earliest_days", "card_latest_days"),
)


class BadTerms(ValueError):
    """Terms that cannot be used. str(): the field, what it got, what it takes."""

    def __init__(self, field: str, got: str, takes: str) -> None:
        super().__init__(f"{field}: got {got}, takes {takes}")
        self.field = field


def read_terms(file: Path, terms: Terms = TERMS) -> Terms:
    """The terms with what the file changes. Raises BadTerms, also for a file that cannot be read."""
    takes = "a file of terms, such as return_window_days: 45"
    try:
        written = yaml.safe_load(file.read_text(encoding="utf-8-sig"))
    except OSError as error:
        raise BadTerms("file", f"{str(file)!r} ({error.strerror})", takes) from error
    except (UnicodeDecodeError, yaml.YAMLError) as error:
        raise BadTerms("file", f"{str(file)!r} ({' '.join(str(error).split())})", takes) from error
    if not isinstance(written, dict) or not written:
        raise BadTerms("file", f"{type(written).__name__}", takes)
    return terms_from(written, terms)


def terms_from(written: Mapping[Any, Any], terms: Terms = TERMS) -> Terms:
    """The terms with these values in place of theirs. Raises BadTerms."""
    changes: dict[str, Any] = {"version": "trial"}
    for name, value in written.items():
        if name not in NAMES:
            near = difflib.get_close_matches(str(name), NAMES, 1)
            raise BadTerms(str(name), "a name that is no term", f"{near[0]}?" if near else f"one of {', '.join(NAMES)}")
        changes[name] = _value(name, value)
    changed = replace(terms, **changes)
    for least, most in IN_ORDER:
        if getattr(changed, least) > getattr(changed, most):
            raise BadTerms(least, str(getattr(changed, least)), f"at most {most}, which is {getattr(changed, most)}")
    return changed


def differences(terms: Terms, other: Terms) -> dict[str, tuple[Any, Any]]:
    """The terms that are not the same, by name: what it is here, what it is there; the version left out."""
    names = [field.name for field in fields(Terms) if field.name != "version"]
    pairs = {name: (getattr(terms, name), getattr(other, name)) for name in names}
    return {name: pair for name, pair in pairs.items() if pair[0] != pair[1]}


def _value(name: str, value: Any) -> Any:
    if name == "version":
        if not isinstance(value, (str, int, float, date)) or not str(value).strip():
            raise BadTerms(name, repr(value), "a name for the trial")
        return str(value)
    if name == "public_holidays":
        return _holidays(value)
    most = MOST.get(name, MOST_DAYS)
    if isinstance(value, bool) or not isinstance(value, int) or not 0 <= value <= most:
        raise BadTerms(name, repr(value), f"a whole number from 0 to {most}")
    return value


def _holidays(value: Any) -> frozenset[date]:
    takes = "a list of dates, such as [2026-12-25, 2027-01-01]"
    if not isinstance(value, list):
        raise BadTerms("public_holidays", repr(value), takes)
    try:
        return frozenset(day if isinstance(day, date) else date.fromisoformat(day) for day in value)
    except (TypeError, ValueError):
        raise BadTerms("public_holidays", repr(value), takes) from None
