"""Which thing of an order the words of a message mean, and which they rule out: "not the pink one, the flosser"."""

from __future__ import annotations

import re
from dataclasses import dataclass

from actions.message import Message

NOT_IT = re.compile(
    r"\b(?:not|isn'?t|wasn'?t|aren'?t|instead of|rather than)(?: about| for)? (?:the|my|that|this)\s+(?:\w+\s+)?$"
)
THE_OTHER = re.compile(r"\bthe other (?:one|item|thing|product)\b|\bthe wrong (?:one|item) (?:here|of the two)\b")
CORRECTS = re.compile(
    r"\b(?:sorry|oops|meant|i mean|actually|instead|rather|not the|the other|no,|wait|my mistake|i was wrong)\b"
)
KINDS = ("product", "colour")


@dataclass(frozen=True)
class Mentions:
    """Words for goods. others: everything but the current thing is meant."""

    meant: tuple[str, ...]
    ruled_out: tuple[str, ...]
    others: bool

    @classmethod
    def of(cls, message: Message, kinds: tuple[str, ...] = KINDS) -> Mentions:
        """What this message names; after a "not" it is ruled out."""
        text = message.text.casefold().replace("\u2019", "'")
        meant, ruled_out = [], []
        for found in message.entities:
            if found.get("entity") in kinds:
                denied = NOT_IT.search(text[: found.get("start", 0)])
                (ruled_out if denied else meant).append(str(found["value"]))
        return cls(tuple(meant), tuple(ruled_out), bool(THE_OTHER.search(text)))


def corrects(message: Message) -> bool:
    """Whether it is worded as a correction, whatever it was understood as."""
    return message.intent == "correct_answer" or bool(CORRECTS.search(message.text.casefold()))
