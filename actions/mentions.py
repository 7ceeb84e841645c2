"""Which thing of an order the words of a message mean, and which they rule out: "not the pink one, the flosser"."""

from __future__ import annotations

import re
from dataclasses import dataclass

from actions.message import Message
from actions.slips import mended

NOT_IT = re.compile(
    r"\b(?:not|isn'?t|wasn'?t|aren'?t|instead of|rather than)(?: about| for)? (?:the|my|that|this)\s+(?:\w+\s+)?$"
)
KEEPS = re.compile(r"(?<!not )(?<!n't )(?<!to )\bkeep(?:ing)?\b(?! (?:me|us|you|waiting|in mind))")
SENTENCE_ENDS = re.compile(r"[.!?;\n]")
THE_OTHER = re.compile(r"\bthe other (?:one|item|thing|product)\b|\bthe wrong (?:one|item) (?:here|of the two)\b")
CORRECTS = re.compile(
    r"\b(?:sorry|oops|meant|i mean|actually|instead|rather|not the|the other|no,|wait|my mistake|i was wrong)\b"
)
KINDS = ("product", "colour")
THINGS = re.compile(r"\b(toothbrush|flosser)(?:e?s)?\b")
BOTH, EVERYTHING = "both", "everything"  # of the order; no words for one of its things
_BACK = r"return|refund|exchange|swap|replace|send(?:ing)? back|give back|bring back|take back|money back|get rid of"
_ALL = r"both|everything|it all|all of (?:it|them)|all (?:two|three|four)|the (?:whole|entire|complete) order"
EVERY_ONE = re.compile(
    rf"\b(?:{_BACK})(?:ing)? (?:for )?(?:{_ALL})\b"
    rf"|\b(?:{_ALL})(?: of (?:them|these|those))?(?: (?:things|items|products|pieces))?"
    r" (?:(?:to|should|can|must) (?:be|go) |go |sent |taken |given )?"
    r"(?:back|returned|refunded|exchanged|swapped|replaced)\b"
)
BUT = re.compile(r"\b(?:not|except|but|without)\b|n't\b")
CLAUSE_ENDS = re.compile(r"[.!?;\n]|,(?!\s*(?:but|except|without|not)\b)")


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
        named = [(text[: one.get("start", 0)], str(one["value"])) for one in message.entities if one["entity"] in kinds]
        if not message.values("product"):  # NLU knows "tothbrush", not "flsoser"
            text = mended(text)
            named += [(text[: found.start()], found[1]) for found in THINGS.finditer(text)]
        meant, ruled_out = [], []
        for before, word in named:
            is_out = NOT_IT.search(before) or _is_kept(text, len(before), [len(other) for other, _ in named])
            (ruled_out if is_out else meant).append(word)
        every = EVERY_ONE.search(text)
        if every and not named and not BUT.search(_clause_of(text, every)):
            meant = [BOTH if BOTH in every[0] else EVERYTHING]
        return cls(tuple(meant), tuple(ruled_out), bool(THE_OTHER.search(text)))


def _is_kept(text: str, start: int, starts: list[int]) -> bool:
    """ "The toothbrush is great, we keep that": said in a sentence that names nothing else."""
    begins, stops = _around(text, SENTENCE_ENDS, start, start + 1)
    return bool(KEEPS.search(text[begins:stops])) and sum(begins <= other < stops for other in starts) == 1


def _clause_of(text: str, found: re.Match[str]) -> str:
    """The clause in which this was found, with a "but" that follows: "return both, I don't like them" means both."""
    begins, stops = _around(text, CLAUSE_ENDS, *found.span())
    return text[begins:stops]


def _around(text: str, ends_at: re.Pattern[str], start: int, end: int) -> tuple[int, int]:
    """Where the piece begins and stops in which this stands."""
    ends = [found.end() for found in ends_at.finditer(text)]
    return max((one for one in ends if one <= start), default=0), min(
        (one for one in ends if one >= end), default=len(text)
    )


def corrects(message: Message) -> bool:
    """Whether it is worded as a correction, whatever it was understood as."""
    return message.intent == "correct_answer" or bool(CORRECTS.search(message.text.casefold()))
