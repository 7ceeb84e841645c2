"""Repairs typing errors towards the words of our own training lines, for the classifier only."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable
from typing import Any

from rapidfuzz import process
from rapidfuzz.distance import OSA

from nlu.wordpiece import read_vocabulary

_WORD = re.compile(r"[a-z]+(?:'[a-z]+)?")
SHORTEST_WORD = 4
TWO_EDITS_FROM = 7
_SURELY = 4
_ONE_EDIT: dict[str, Any] = {"scorer": OSA.distance, "score_cutoff": 1}


class Speller:
    """Knows the words of the training lines; every other English word is left alone."""

    def __init__(self, known: Iterable[str], slips: Iterable[str] = ()) -> None:
        """known: the words that are left alone, the most frequent first; a repair leads to those that are no slips."""
        self.known, self.slips = list(known), sorted(slips)
        self._rank = {word: rank for rank, word in enumerate(self.known)}
        self._targets: dict[int, list[str]] = {}
        for word in self.known:
            if len(word) >= SHORTEST_WORD and word not in self.slips:
                self._targets.setdefault(len(word), []).append(word)

    @classmethod
    def learn(cls, lines: Iterable[str], rarest: int = 2) -> Speller:
        """A speller that knows the words that stand in at least rarest of these lines.

        Of two that stand in equally many, the one that came first is the more frequent. A rare one that is not English
        and one edit from one four times as frequent as that is a slip of its author.
        """
        counts = Counter(word for line in lines for word in dict.fromkeys(_WORD.findall(line.lower())))
        known = [word for word, count in counts.most_common() if count >= rarest]
        frequent = [word for word in known if counts[word] >= _SURELY * rarest and len(word) >= SHORTEST_WORD]
        rare = (word for word in known if counts[word] < _SURELY * rarest and word not in read_vocabulary())
        return cls(known, (word for word in rare if process.extractOne(word, frequent, **_ONE_EDIT)))

    def correct(self, text: str) -> str:
        """The text with unknown words of four letters or more replaced by the nearest known one, if near enough."""
        return _WORD.sub(lambda match: self._repair(match.group()), text.lower())

    def _repair(self, word: str) -> str:
        if len(word) < SHORTEST_WORD or word in self._rank or word in read_vocabulary():
            return word
        edits = 2 if len(word) >= TWO_EDITS_FROM else 1
        sizes = range(len(word) - edits, len(word) + edits + 1)
        near = sorted((known for size in sizes for known in self._targets.get(size, ())), key=self._rank.__getitem__)
        best = process.extractOne(word, near, scorer=OSA.distance, score_cutoff=edits)
        return best[0] if best else word
