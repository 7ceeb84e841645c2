"""Which things of an order a customer means."""

from __future__ import annotations

from typing import Any

from support.orders.services import ShopLine, ShopOrder

Chosen = list[list[int]]  # [[line, how many], …]


def whole_order(order: ShopOrder) -> Chosen:
    """Every line with every piece of it."""
    return [[line.id, line.quantity] for line in order.lines]


def left_over(order: ShopOrder, items: list[dict[str, Any]]) -> Chosen:
    """What of the order is in none of these items, and in no case, yet."""
    taken = {line.id: line.in_cases for line in order.lines}
    for item in items:
        for line, quantity in item["lines"]:
            taken[line] += quantity
    return [[line.id, line.quantity - taken[line.id]] for line in order.lines if line.quantity > taken[line.id]]


def named(order: ShopOrder, open_lines: Chosen, mentions: list[str]) -> Chosen:
    """The open lines these words name: those that the most of the words fit, none when no word fits any."""
    by_id = {line.id: line for line in order.lines}
    scores = [(sum(_fits(word, by_id[chosen[0]]) for word in mentions), chosen) for chosen in open_lines]
    best = max((score for score, _ in scores), default=0)
    return [chosen for score, chosen in scores if score == best and best > 0]


def each_named(order: ShopOrder, open_lines: Chosen, mentions: list[str]) -> Chosen:
    """Several open lines of which each has a word of its own here: "the toothbrush and the flosser"; else none."""
    by_word = [named(order, open_lines, [word]) for word in mentions]
    own = [fitting[0] for fitting in by_word if len(fitting) == 1]
    every = [line for line in open_lines if line in own]
    return every if len(every) > 1 else []


def all_of(open_lines: Chosen, both: bool) -> Chosen:
    """All of them, where they were meant; "both" means all only of two things, or of two pieces of one."""
    pieces = sum(quantity for _, quantity in open_lines)
    return open_lines if not both or 2 in (len(open_lines), pieces) else []


def name_of(order: ShopOrder, chosen: Chosen) -> str:
    """The chosen things as the customer knows them: names, colours and how many."""
    by_id = {line.id: line for line in order.lines}
    return " + ".join(_name(by_id[line], quantity) for line, quantity in chosen)


def _name(line: ShopLine, quantity: int) -> str:
    name = f"{line.name} ({line.colour})" if line.colour else line.name
    return f"{quantity} × {name}" if quantity > 1 else name


def _fits(word: str, line: ShopLine) -> bool:
    text = f"{line.sku} {line.name} {line.colour or ''}".casefold()
    words = text.replace("-", " ").split()
    wanted = word.casefold()
    return wanted in words or (len(wanted) > 3 and " " in wanted and wanted in text) or wanted.rstrip("s") in words
