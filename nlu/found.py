"""One thing found in a text."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

_APOSTROPHES = str.maketrans(dict.fromkeys("\u2018\u2019`", "'"))


@dataclass(frozen=True)
class Found:
    """What it is, its value, and text[start:end] where it stands; extra: further keys of the entity."""

    entity: str
    value: str
    start: int
    end: int
    extra: dict[str, Any] = field(default_factory=dict)


def lower(text: str) -> str:
    """The text in lower case and with straight apostrophes, every character still in its place."""
    if text.isascii():  # most are, and then no character becomes two
        lowered = text.lower()
    else:
        lowered = "".join(char.lower() if len(char.lower()) == 1 else char for char in text)
    return lowered.translate(_APOSTROPHES)
