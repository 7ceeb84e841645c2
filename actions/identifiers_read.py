"""Order number, proof and serial number, each kept from being taken for another."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from actions.message import Message

Slots = Mapping[str, Any]
PROOF_QUESTIONS = ("order.number", "order.email")
ZIP = re.compile(r"(?<![\w.])\d{5}(?![\w.]*\w)")  # unasked, only what can hardly be anything else
PRINTED = re.compile(r"[A-Z]{2,}")
NAMED_POSTCODE = re.compile(
    r"\b(?:zip|post(?:al)?\s?code|plz)(?:\s?code)?\W{0,3}(?:is|was)?\W{0,3}[\w-]*\d[\w-]*", re.IGNORECASE
)

LACKS_NUMBER = re.compile(
    r"\b(?:(?:do not|don'?t|can'?t|cannot|no longer|couldn'?t|didn'?t) (?:have|find|know|remember|keep|get|see)"
    r"|lost|deleted|forgot(?:ten)?|threw away|without|no)\b(?:(?! but ).){0,30}"
    r"\b(?:number|e?-?mails?|confirmation|receipt|invoice|paperwork)\b"
    r"|\b(?:look|search|find)\b.{0,20}\b(?:by|with|under|using|from) my (?:full )?(?:name|e?-?mail|address|phone)\b"
)


def lacks_number(message: Message) -> bool:
    """Whether the customer says that there is no order number at hand."""
    return bool(LACKS_NUMBER.search(message.text.casefold().replace("\u2019", "'")))


def read_identifiers(message: Message, slots: Slots, asked: str | None) -> dict[str, Any]:
    """order_number, order_email and evidence_serial_number, as far as this message names them.

    While a serial number or a proof is asked for, only a number with the shop's letters is an order's. An e-mail that
    comes alone after a mismatch goes with the number that was tried.
    """
    told: dict[str, Any] = {}
    serials = message.values("serial_number")
    if serials and asked not in PROOF_QUESTIONS:
        told["evidence_serial_number"] = serials[-1]
    number = _order_number(message, asked)
    if number:
        told["order_number"] = number
    proof = _proof(message, asked, number or _unproven(slots))
    if proof:
        told["order_email"] = proof
        if asked == "order.number" and not number and slots.get("tried_number"):
            told["order_number"] = slots["tried_number"]
    return told


def _order_number(message: Message, asked: str | None) -> str | None:
    named = [str(value) for value in message.values("order_number")]
    printed = [number for number in named if PRINTED.match(number)]
    if printed:
        return printed[0]
    if asked == "order.number":
        numbers = NAMED_POSTCODE.sub(" ", message.text)
        found = re.search(r"(?<![A-Za-z\d])[A-Za-z]{0,2}[\s#-]{0,2}\d[\d-]{3,}(?![\d@])", numbers)
        return named[0] if named else found.group().strip(" #-") if found else None
    return named[0] if named and asked in (None, "request") else None


def _unproven(slots: Slots) -> str | None:
    """The number that was told before, while nothing shows yet whose order it is."""
    return None if slots.get("order") or slots.get("order_email") else slots.get("order_number")


def _proof(message: Message, asked: str | None, number: str | None) -> str | None:
    """The e-mail address wherever one is named; a postcode only where one is asked for, beside the number or after."""
    emails = message.values("email")
    if emails:
        return str(emails[-1])
    rest = _without(message, "order_number", number)
    if asked in (None, "request") and number and PRINTED.match(number):
        zips = ZIP.findall(rest)
        return zips[0] if len(zips) == 1 else None
    if asked not in PROOF_QUESTIONS or (asked == "order.number" and not number):
        return None
    return _postcode(rest)


def _without(message: Message, entity: str, value: str | None) -> str:
    """The text without this entity, or without the digits of this value."""
    text = message.text
    spans = [(e["start"], e["end"]) for e in message.entities if e.get("entity") == entity and e.get("value") == value]
    for start, end in spans:
        text = text[:start] + " " * (end - start) + text[end:]
    return text if spans or not value else text.replace(value, " ")


def _postcode(text: str) -> str | None:
    """The words with a digit in them, which is where every country hides its postcode."""
    words = [word.strip(".,;:!?()#") for word in text.split()]
    digits = [index for index, word in enumerate(words) if re.search(r"\d", word)]
    if not digits:
        return None
    last = digits[-1] + 1
    if last < len(words) and re.fullmatch(r"[A-Z]{2}", words[last]):  # 1234 AB
        last += 1
    return " ".join(words[digits[0] : last])
