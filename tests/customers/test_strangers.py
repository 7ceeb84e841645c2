"""Answers that nobody had in mind while the assistant was taught: how many are read as they are meant."""

from __future__ import annotations

import random
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import httpx
import pytest
import yaml

from actions.fact_slots import slot_of
from actions.message import Message
from actions.reading import read
from channels.intent import acted_on
from support.run.stack import Stack
from tests.customers.wordings import typed_in_a_hurry

STRANGERS = Path(__file__).with_name("strangers.yml")
ORDER = {"number": "SC70001", "country": "US", "purchased_on": "2026-10-01", "lines": []}
ABOUT_A_CLAIM = ("claim.item_country", "claim.issued_on", "claim.troubleshooting_done", "evidence.serial_number")
MEANT = {"true": True, "false": False}
SEEN, UNSEEN = 0, 1  # the lines that were looked at while mending, and the others
READ_LEAST = {(SEEN, False): 0.97, (UNSEEN, False): 0.92, (SEEN, True): 0.92, (UNSEEN, True): 0.87}
MISTAKEN_MOST = 0.03


def lines(half: int) -> Iterator[tuple[str, Any, str]]:
    """Question, what is meant, and the words."""
    for fact, answers in yaml.safe_load(STRANGERS.read_text(encoding="utf-8")).items():
        for value, said in answers.items():
            yield from ((fact, MEANT.get(value, value), text) for text in said[half::2])


@pytest.mark.parametrize("hurried", [False, True], ids=["carefully typed", "typed in a hurry"])
@pytest.mark.parametrize("half", [SEEN, UNSEEN], ids=["seen", "unseen"])
def test_what_strangers_answer_is_read_as_it_is_meant(stack: Stack, half: int, hurried: bool) -> None:
    results = []
    for fact, value, text in lines(half):
        typed = typed_in_a_hurry(text, random.Random(text)) if hurried else text
        told = read(understood(stack, typed), slots_at(fact), fact)
        slot, due = due_slot(fact, value)
        results.append((slot in told and (due is None or told[slot] == due), slot in told, fact, typed, told))
    missed = [result for result in results if not result[0]]
    mistaken = [result for result in missed if result[1]]
    shown = missed if half == SEEN else []  # the other half stays unseen
    report = "\n".join(f"{fact:26} {typed!r}  {told}" for _, _, fact, typed, told in shown)
    print(f"{len(results) - len(missed)} of {len(results)} read, {len(mistaken)} mistaken\n{report}")
    assert 1 - len(missed) / len(results) >= READ_LEAST[half, hurried]
    assert len(mistaken) / len(results) <= MISTAKEN_MOST


def understood(stack: Stack, text: str) -> Message:
    """The message as actions get it."""
    parsed = _parsed(stack.rasa_url, stack.token, text)
    parsed = {**parsed, "intent": acted_on(parsed), "text": text}
    metadata = {"message_id": "m", "now": "2026-11-22T18:00:00+00:00", "today": "2026-11-22"}
    return Message.of(SimpleNamespace(latest_message=parsed | {"metadata": metadata}))


@cache
def _parsed(url: str, token: str, text: str) -> dict[str, Any]:
    address, known = f"{url}/model/parse", {"token": token}
    return httpx.post(address, params=known, json={"text": text}, timeout=30, verify=False).json()


def slots_at(fact: str) -> dict[str, Any]:
    """What is known when this is asked."""
    if fact in ("order.number", "order.channel"):
        return {"request": "return", "order_channel": "elsewhere" if fact == "order.channel" else None}
    claims = fact in ABOUT_A_CLAIM or fact in ("request", "claim.damage_cause")
    request = "warranty" if fact in ABOUT_A_CLAIM else "exchange" if fact == "claim.exchange_for" else "return"
    return {
        "request": None if fact == "request" else request,
        "claim_reason": None if fact == "claim.reason" else "quality_problem" if claims else "changed_mind",
        "order": ORDER,
        "requested_slot": slot_of(fact),
    }


def due_slot(fact: str, value: Any) -> tuple[str, Any]:
    """The slot that has to be set, and to what; None: to anything."""
    if fact == "order.number":
        return "order_channel", None
    if fact == "claim.item_country" and value == "same":
        return "claim_item_country", "US"
    return slot_of(fact), value
