"""Pieces of sentences, from domain.yml like everything the assistant says, and dates and money as people write them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import fields
from datetime import date, datetime
from decimal import Decimal
from functools import lru_cache
from pathlib import Path
from typing import Any

import yaml
from babel import Locale
from babel.dates import format_date, format_datetime, get_timezone
from babel.lists import format_list
from babel.numbers import format_currency
from rasa_sdk.executor import CollectingDispatcher

from policy import CLAUSES, TERMS

DOMAIN = Path(__file__).resolve().parent.parent / "domain.yml"
LOCALE = "en"


def part(name: str, **values: Any) -> str:
    """The piece utter_part_<name> of domain.yml with its gaps filled. Raises KeyError when there is none."""
    return _parts()[f"utter_part_{name}"].format(**values)


def has_part(name: str) -> bool:
    """Whether domain.yml has this piece."""
    return has_response(f"utter_part_{name}")


def has_response(name: str) -> bool:
    """Whether domain.yml has this response."""
    return name in _responses()


def day(value: date | str) -> str:
    """A date as written in a letter: Thursday, 5 November 2026."""
    known = date.fromisoformat(value) if isinstance(value, str) else value
    return format_date(known, "EEEE, d MMMM y", locale=LOCALE)


def moment(value: datetime, timezone: str | None) -> str:
    """An instant on the customer's clock, the zone named: Thursday, 5 November 2026, 3:20 pm EST."""
    there = value.astimezone(get_timezone(timezone or "UTC"))
    clock = format_datetime(there, "h:mm a", locale=LOCALE).lower()
    return f"{day(there.date())}, {clock} {format_datetime(there, 'z', locale='en_US')}"


def money(amount: str | Decimal, currency: str | None) -> str:
    """An amount with its currency: $79.90."""
    return format_currency(Decimal(amount), currency, locale=LOCALE) if currency else f"{amount}"


def country_name(code: str) -> str:
    """A country as people call it; the code itself when it has no name."""
    return Locale.parse(LOCALE).territories.get(code, code)


def listed(things: Sequence[str]) -> str:
    """Things in one sentence: "a, b, and c"."""
    return format_list(things, locale=LOCALE)


def term_words() -> dict[str, Any]:
    """Every number of the policy by its name, for the gaps in the answers, and the policy's version."""
    numbers = {field.name: getattr(TERMS, field.name) for field in fields(TERMS) if field.type == "int"}
    return numbers | {"policy_version": TERMS.version}


def say(dispatcher: CollectingDispatcher, response: str, clauses: tuple[str, ...] = (), **values: Any) -> None:
    """Say a response of domain.yml, citing these clauses; `asks`, `case` and `buttons` travel beside the text."""
    extra = {name: values.pop(name) for name in ("asks", "case") if name in values}
    if clauses:
        extra["citations"] = [{"clause": clause, "text": CLAUSES[clause].text} for clause in dict.fromkeys(clauses)]
    buttons = values.pop("buttons", None)
    dispatcher.utter_message(response=response, json_message=extra or None, buttons=buttons, **values)


def written(response: str) -> dict[str, Any]:
    """The first wording of a response as it stands in domain.yml: text, buttons, custom. Raises KeyError."""
    return dict(_responses()[response][0])


@lru_cache(maxsize=1)
def _parts() -> dict[str, str]:
    return {name: texts[0]["text"] for name, texts in _responses().items() if name.startswith("utter_part_")}


@lru_cache(maxsize=1)
def _responses() -> dict[str, list[dict[str, Any]]]:
    return dict(yaml.safe_load(DOMAIN.read_text(encoding="utf-8"))["responses"])
