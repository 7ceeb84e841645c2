"""What a letter tells of a thing whose turn comes later: kept by its line of the order until then.

A question about such a thing asks for "claim.unused@2": that fact, of line 2.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from actions.fact_slots import ITEM_SLOTS, slot_of
from actions.order_lines import named, whole_order
from support.orders.services import ShopOrder

Slots = Mapping[str, Any]
Ahead = dict[str, dict[str, Any]]  # {line, or a word for the thing: {slot: value}}


def of_line(name: str, line: list[int]) -> str:
    """This fact, or the payload of a choice of it, of the thing of this line: [line, how many]."""
    fact, is_payload, value = name.partition("=")
    return f"{fact}@{line[0]}{is_payload}{value}"


def line_of(fact: str) -> tuple[str, str]:
    """(fact, line); the line is empty for a fact of the current thing."""
    plain, _, line = fact.partition("@")
    return plain, line


def begun(slots: Slots, line: list[int]) -> dict[str, Any]:
    """The slots when the turn of this line comes: nothing of the thing before, all that was told ahead."""
    return {**slots, **dict.fromkeys(ITEM_SLOTS), "mentions": None, **told_ahead(slots, line), "order_lines": [line]}


def told_ahead(slots: Slots, line: list[int]) -> dict[str, Any]:
    """What was told of this line: by its number, and by a word that means it alone in this order."""
    order = ShopOrder.from_json(slots["order"])
    known: dict[str, Any] = {}
    for name, facts in (slots.get("ahead") or {}).items():
        means = [[int(name), 0]] if name.isdigit() else named(order, whole_order(order), [name])
        if [found for found, _ in means] == [line[0]]:
            known |= facts
    return known


def merged(known: Ahead | None, told: Ahead) -> Ahead:
    """What is known ahead once this was told, too."""
    before = known or {}
    return {**before, **{line: {**(before.get(line) or {}), **facts} for line, facts in told.items()}}


def photos_ahead(asked: tuple[str, ...], photos: tuple[str, ...]) -> Ahead:
    """Photos of a letter that was asked for photos of several things may show any of them."""
    lines = [line for fact, line in map(line_of, asked) if fact == "evidence.photos" and line]
    return {line: {slot_of("evidence.photos"): list(photos)} for line in lines} if photos else {}
