"""A message cut into clauses, and what in them is only asked, supposed or denied."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

_BORDER = re.compile(
    r"[.!?;\n]+|, | - | – |\bbut(?! (?:in|other|another|a different|different)\b)"
    r"|\b(?:however|although|though|because|since then|so|then)\b"
    r"|\band (?=(?:i|it|its|it's|the|my|we|he|she|they|now|never|then|also|there)\b)"
)
_ASKING = re.compile(
    r"^\W*(?:(?:and|so|or|also|ok|hi|hello|please|btw)\W+)*"
    r"(?:can|could|may|do|does|did|is|are|am|was|were|what|when|where|which|who|why|how|will|would|should|shall|has|have|had)"
    r"(?:n't)?\s+(?:i|it|you|we|the|a|an|my|your|this|that|there|they|he|she|someone|if|about|happens|happened|much|many|long|pays|to)\b"
)
_SUPPOSING = re.compile(
    r"\b(?:if|whether|unless|in case|would have|should have|what about|how about|suppose|assuming)\b"
)
_DENYING = re.compile(
    r"\b(?:not|never|no|nobody|none|neither|nor|without|nothing|cannot|hardly|no one|nahi)\b|n't\b"
    r"|\b(?:dont|didnt|doesnt|isnt|wasnt|havent|hasnt|arent|cant|wont)\b"
)


@dataclass(frozen=True)
class Clause:
    """A piece of a message, in lower case, and where it starts in it; asked: part of a question."""

    text: str
    start: int
    asked: bool

    @property
    def tells(self) -> bool:
        """It states something, rather than asks or supposes it."""
        return not (self.asked or _SUPPOSING.search(self.text))


def cut(text: str) -> Iterator[Clause]:
    """The clauses of a text that is in lower case already."""
    start = 0
    for border in [*_BORDER.finditer(text), None]:
        end = border.start() if border else len(text)
        piece = text[start:end]
        if piece.strip():
            yield Clause(piece, start, bool(_ASKING.match(piece)))
        start = border.end() if border else end


def denied(clause: Clause, position: int, reach: int = 30) -> bool:
    """A word of denial stands in the few words before this position of the clause."""
    return bool(_DENYING.search(clause.text[max(0, position - reach) : position]))
