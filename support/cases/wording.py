"""Sentences for customers, from domain.yml, with the numbers, dates and money of one case in them."""

from dataclasses import fields
from datetime import date
from decimal import Decimal
from typing import Any

from babel.dates import format_date
from babel.numbers import format_currency

from policy import CLAUSES, TERMS
from support.cases.models import CaseItem
from support.conversations.words import WordsMissing, words

LOCALE = "en"


def text(response: str, **values: Any) -> str:
    """The response utter_<response> with its gaps filled. Raises WordsMissing."""
    return words(f"utter_{response}").text.format(**values)


def day(value: date | str) -> str:
    """A date as written in a letter: Thursday, 5 November 2026."""
    known = date.fromisoformat(value) if isinstance(value, str) else value
    return format_date(known, "EEEE, d MMMM y", locale=LOCALE)


def money(amount: str | Decimal, currency: str | None) -> str:
    """An amount with its currency: $79.90."""
    return format_currency(Decimal(amount), currency, locale=LOCALE) if currency else f"{amount}"


def listed(names: list[str]) -> str:
    """One or more things: X, Y and Z."""
    return f" {text('part_and')} ".join(filter(None, (", ".join(names[:-1]), names[-1])))


def why_not(clause: str, item: CaseItem) -> str:
    """Why this clause refuses this thing: the words the chat uses too, else those of the clause."""
    facts = {name.split(".")[-1]: fact["value"] for name, fact in item.facts.items()}
    gaps: dict[str, Any] = {field.name: getattr(TERMS, field.name) for field in fields(TERMS) if field.type == "int"}
    gaps["item"] = item.name or text("part_item")
    gaps |= {name: _day_told(facts.get(name)) for name in ("delivered_on", "purchased_on")}
    try:
        return text("part_refused_" + clause.replace(".", "_").replace("-", "_"), **gaps)
    except WordsMissing:
        return CLAUSES[clause].text


def _day_told(value: Any) -> str:
    try:
        return day(str(value))
    except ValueError:
        return text("part_date_unsure")
