"""Reading the answer to an open question, fact by fact."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from datetime import date
from typing import Any

from actions.fact_slots import CLAIM_FACTS, DATES, NOT_FOUND, UNSURE, YES_NO, slot_of
from actions.message import Message

Slots = Mapping[str, Any]
MAY_BE_UNSURE = frozenset({*CLAIM_FACTS, "order.delivered_on", "order.delivered"})
MIN_DESCRIPTION = 10


def read_answer(fact: str, message: Message, slots: Slots) -> dict[str, Any]:
    """The slot that this message answers when `fact` was asked; empty when it does not answer it."""
    reader = READERS.get(fact)
    value = reader(message, slots) if reader else None
    if value is None and fact in YES_NO:
        value = {"affirm": True, "deny": False}.get(message.hint)
    if value is None and fact in DATES:
        days = _days(message)
        if len(days) > 1 or (days and _is_vague(message)):
            return {"date_readings": days}
        value = days[0] if days else None
    if value is None and message.hint == "not_sure" and fact in MAY_BE_UNSURE:
        value = UNSURE
    if fact == "request" and value is None and message.hint == "deny" and slots.get("offered"):
        return {"confirm": "no"}
    return {} if value is None else {slot_of(fact): value}


def _days(message: Message) -> list[str]:
    """The days that were named, ISO, the earliest first; one to come cannot be meant."""
    dates = [found for found in message.entities if found.get("entity") == "date"]
    days = {day for found in dates for day in found.get("readings") or ()}
    return sorted(day for day in days if date.fromisoformat(day) <= message.today)


def _is_vague(message: Message) -> bool:
    """Whether a stretch was named ("end of October"), of which only the last day is known."""
    return any(found.get("vague") for found in message.entities if found.get("entity") == "date")


def _order_number(message: Message, _slots: Slots) -> str | None:
    found = re.search(r"[A-Za-z]{0,3}[\s#-]*\d[\d\s-]{2,}", message.text)
    return found.group().strip() if found else None


def _email_or_postcode(message: Message, _slots: Slots) -> str | None:
    """An e-mail address, or the words with a digit in them, which is where every country hides its postcode."""
    if "@" in message.text:
        return next((word.strip(",;<>()") for word in message.text.split() if "@" in word), None)
    words = message.text.replace(",", " ").split()
    digits = [index for index, word in enumerate(words) if re.search(r"\d", word)]
    if not digits:
        return None
    last = digits[-1] + 1
    if last < len(words) and re.fullmatch(r"[A-Z]{2}", words[last]):  # 1234 AB
        last += 1
    return " ".join(words[digits[0] : last]).strip(".!?")


def _country(message: Message, slots: Slots) -> str | None:
    order_country = (slots.get("order") or {}).get("country")
    if message.hint == "affirm" and order_country:
        return order_country
    named = [found.get("code") for found in message.entities if found.get("entity") == "country"]
    return named[-1] if named else None


def _earlier_claim(message: Message, _slots: Slots) -> str | None:
    return "none" if message.hint == "deny" else None


def _serial(message: Message, _slots: Slots) -> str | None:
    return NOT_FOUND if message.hint in ("deny", "not_sure") else None


def _description(message: Message, _slots: Slots) -> str | None:
    text = message.text.strip()
    return text if len(text) >= MIN_DESCRIPTION else None


def _request(message: Message, slots: Slots) -> str | None:
    """Yes to the one way that was offered; which way, when several were, has to be said."""
    offered = slots.get("offered") or []
    return offered[0] if message.hint == "affirm" and len(offered) == 1 else None


def _cause(message: Message, _slots: Slots) -> str | None:
    """ "Did anything happen to it?" "No.\""""
    return "none" if message.hint == "deny" else None


def _confirm(message: Message, _slots: Slots) -> str | None:
    return {"affirm": "yes", "deny": "no"}.get(message.hint)


READERS: dict[str, Callable[[Message, Slots], Any]] = {
    "request": _request,
    "claim.damage_cause": _cause,
    "order.number": _order_number,
    "order.email": _email_or_postcode,
    "claim.item_country": _country,
    "claim.issued_on": _earlier_claim,
    "evidence.serial_number": _serial,
    "evidence.defect_description": _description,
    "confirm": _confirm,
}
