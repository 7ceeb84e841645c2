"""Replays real opening messages against the whole running assistant: what it understood, what it asked first.

Run:  python -m benchmarks.openings [../shared/data/openings.jsonl]

One JSON object a line: {"text", "label", "also": [labels that are right as well]}. Prints a table and the shares.
"""

from __future__ import annotations

import json
import sys
import tempfile
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import httpx

from support.run.stack import Stack, running_stack
from tests.conversations.customer import Customer

OPENINGS = Path("../shared/data/openings.jsonl")
SHOWN = 60


def main(file: Path) -> None:
    """Print one line an opening, and what they come to."""
    openings = [json.loads(line) for line in file.read_text(encoding="utf-8").splitlines() if line.strip()]
    counted: Counter[str] = Counter()
    print(f"{'':2} {'label':24} {'understood':24} {'sure':6} {'asked or said first':40} text")
    with tempfile.TemporaryDirectory() as var, running_stack(Path(var)) as stack:
        for opening, understood, first in replayed(stack, openings):
            verdict = judged(opening, understood)
            counted[verdict] += 1
            counted[f"{verdict} {'out of scope' if opening['label'] == 'out_of_scope' else 'in scope'}"] += 1
            name, zone = understood["intent"]["name"], understood["intent"].get("zone", "")
            text = opening["text"].replace("\n", " ")[:SHOWN]
            print(f"{MARKS[verdict]:2} {opening['label']:24} {name or '-':24} {zone:6} {first[:40]:40} {text}")
    print_shares(counted)


MARKS = {"right": "✓", "offered": "≈", "not understood": "?", "wrong": "✗"}


def replayed(stack: Stack, openings: list[dict[str, Any]]) -> Iterator[tuple[dict[str, Any], dict[str, Any], str]]:
    """Each opening with its parse and with what the assistant asked (a fact), or else said, first."""
    for opening in openings:
        parsed = httpx.post(
            f"{stack.rasa_url}/model/parse", params={"token": stack.token}, json={"text": opening["text"]}, timeout=30
        ).json()
        customer = Customer(stack.base_url)
        said = customer.say(opening["text"])
        yield opening, parsed, customer.question() or (said[0]["text"] if said else f"(owner: {customer.owner})")


def judged(opening: dict[str, Any], understood: dict[str, Any]) -> str:
    """right: acted on, and rightly. offered: asked back with the right one among three. wrong: acted on wrongly."""
    rights = {opening["label"], *opening["also"]}
    intent, zone = understood["intent"]["name"], understood["intent"].get("zone", "accept")
    if zone == "accept":
        return "right" if intent in rights else "wrong"
    ranked = [found["name"] for found in understood["intent_ranking"][:3]]
    return "offered" if zone == "ask" and rights & set(ranked) else "not understood"


def print_shares(counted: Counter[str]) -> None:
    """The share of each verdict, in scope and out of it."""
    for scope in ("in scope", "out of scope"):
        total = sum(counted[f"{verdict} {scope}"] for verdict in MARKS)
        shares = ", ".join(f"{verdict} {counted[f'{verdict} {scope}'] / total:.0%}" for verdict in MARKS)
        print(f"{scope} ({total}): {shares}")


if __name__ == "__main__":
    main(Path(sys.argv[1]) if len(sys.argv) > 1 else OPENINGS)
