"""How customers put things: wordings.yml with its gaps filled, and what typing in a hurry does to words."""

from __future__ import annotations

import random
from collections.abc import Mapping
from datetime import date
from functools import lru_cache
from pathlib import Path
from typing import Any

import yaml
from babel import Locale

from tests.customers.goals import Thing
from tests.customers.persona import Persona

WORDINGS = Path(__file__).with_name("wordings.yml")
SHORT_NAMES = {"X3U": "toothbrush", "W3": "flosser", "H2": "brush heads"}
DAY_FACTS = ("order.delivered_on", "claim.issued_on")
TYPED_WRONG_MIN = 5


@lru_cache(maxsize=1)
def wordings() -> dict[str, Any]:
    """The whole page."""
    return yaml.safe_load(WORDINGS.read_text(encoding="utf-8"))


def put(fact: str, value: Any, kind: str, persona: Persona, thing: Thing, dice: random.Random) -> str | None:
    """One of the wordings of this kind (says, replies, words) for this value; None when there is none."""
    known = wordings().get(fact, {}).get(_key(fact, value, persona, thing, dice), {}).get(kind)
    return gaps_filled(dice.choice(known), persona, thing, value, dice) if known else None


def gaps_filled(template: str, persona: Persona, thing: Thing, value: Any, dice: random.Random) -> str:
    """The template with this customer's own order, thing, address and dates in it."""
    gaps = {
        "thing": short_name(persona, thing),
        "colour": persona.bought.lines[thing.line]["colour"] if persona.bought else "pink",
        "number": persona.number,
        "email": persona.email,
        "postcode": persona.postcode,
        "serial": persona.serial,
        "country": _country(value),
        "day": _day(value, dice),
        "says": "",
    }
    return template.format(**gaps)


def short_name(persona: Persona, thing: Thing) -> str:
    """What people call it."""
    if persona.bought is None:
        return "toothbrush"
    return SHORT_NAMES[persona.bought.lines[thing.line]["sku"].split("-")[0]]


def typed_in_a_hurry(text: str, dice: random.Random) -> str:
    """The text with a slip or two in its longer words; numbers, addresses and names of models stay as they are."""
    words = text.split(" ")
    long = [place for place, word in enumerate(words) if word.isalpha() and len(word) >= TYPED_WRONG_MIN]
    for place in dice.sample(long, min(len(long), 1 + len(long) // 5)):
        words[place] = _slipped(words[place], dice)
    return " ".join(words).lower()


def _slipped(word: str, dice: random.Random) -> str:
    at = dice.randrange(1, len(word) - 2)
    kind = dice.choice(("swapped", "dropped", "doubled"))
    if kind == "swapped":
        return word[:at] + word[at + 1] + word[at] + word[at + 2 :]
    return word[:at] + word[at + 1 :] if kind == "dropped" else word[:at] + word[at] + word[at:]


def _key(fact: str, value: Any, persona: Persona, thing: Thing, dice: random.Random) -> str:
    if fact == "order.number":
        return "known" if persona.bought else "elsewhere"
    if fact == "order.email":
        return dice.choice(("email", "postcode"))
    if fact == "order.lines":
        return _lines_key(persona, thing)
    if fact == "claim.item_country" and value != "unsure":
        return "same" if value == persona.country else "other"
    if fact in DAY_FACTS and value not in ("none", "unsure"):
        return "day"
    if fact.startswith("evidence."):
        return "none" if value == "none" else "known"
    return {True: "true", False: "false"}.get(value, value)


def _lines_key(persona: Persona, thing: Thing) -> str:
    if len(persona.goal.things) > 1:
        return "all"
    if persona.bought.lines[thing.line].get("quantity", 1) == 1:
        return "one"
    return "both" if thing.pieces > 1 else "one_of_two"


def _country(value: Any) -> str:
    names: Mapping[str, str] = Locale.parse("en").territories
    return names.get(value, "") if isinstance(value, str) else ""


def _day(value: Any, dice: random.Random) -> str:
    """A date as people write it."""
    try:
        day = date.fromisoformat(value)
    except (TypeError, ValueError):
        return ""
    return dice.choice((f"{day:%B} {day.day}", f"{day.day} {day:%B}", f"{day:%b} {day.day}, {day.year}", f"{day}"))
