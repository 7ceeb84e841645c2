"""A message cut into clauses, and what in them is only asked, supposed or denied."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

_BORDER = re.compile(
    r"[.!?;\n]+|, | - | – |\bbut\b(?! (?:in|other|another|a different|different)\b)"
    r"|\b(?:however|although|though|because|since then|so|then)\b"
    r"|\band (?=(?:i|it|its|it's|the|my|we|he|she|they|now|never|then|also|there)\b)"
)
_ASKING = re.compile(
    r"^\W*(?:(?:and|so|or|also|ok|hi|hello|please|btw)\W+)*"
    r"(?:can|could|may|do|does|did|is|are|am|was|were|what|when|where|which|who|why|how|will|would|should|shall|has|have|had)"
    r"(?:n't)?\s+(?:i|it|you|we|the|a|an|my|your|this|that|there|they|he|she|someone|if|about|happens|happened|much|many|long|pays|to)\b"
)
_SUPPOSING = re.compile(
    r"\b(?:if|whether|unless|in case|in the event|would have|should have|what about|how about)\b"
    r"|\b(?:suppose|assuming|as soon as|agar)\b"
    r"|^\W*(?:once|until|before|whenever|should) (?:it|the|my|they)\b"
)
_TELLING = re.compile(
    r"^\W*(?:(?:and|so|but)\W+)?when (?:i|we|it|they|the \w+|my \w+) "
    r"(?:opened|unpacked|received|got|arrived|came|dropped|took|tried|started|plugged|turned|switched|used)\b"
)
_DENYING = re.compile(
    r"\b(?:not|never|no|nobody|none|neither|nor|without|nothing|cannot|hardly|no one|nahi)\b|n't\b"
    r"|\b(?:dont|didnt|doesnt|isnt|wasnt|havent|hasnt|arent|cant|wont)\b"
)


@dataclass(frozen=True)
class Clause:
    """A piece of a message, in lower case, and where it starts in it.

    asked: part of a question; supposed: told of as something that may be.
    """

    text: str
    start: int
    asked: bool
    supposed: bool = False

    @property
    def tells(self) -> bool:
        """It states something, rather than asks or supposes it."""
        return not (self.asked or self.supposed)


def cut(text: str) -> Iterator[Clause]:
    """The clauses of a text that is in lower case already; what is supposed goes on after 'and'."""
    start, supposed, joined = 0, False, False
    for border in [*_BORDER.finditer(text), None]:
        end = border.start() if border else len(text)
        mark = border.group() if border else ""
        piece = text[start:end]
        if piece.strip():
            supposed = bool(_SUPPOSING.search(piece)) or (supposed and joined)
            yield Clause(
                piece, start, "?" in mark or (bool(_ASKING.match(piece)) and not _TELLING.match(piece)), supposed
            )
        joined = mark.startswith("and ")
        start = border.end() if border else end


def denied(clause: Clause, position: int, reach: int = 30) -> bool:
    """A word of denial stands in the few words before this position of the clause."""
    return bool(_DENYING.search(clause.text[max(0, position - reach) : position]))
