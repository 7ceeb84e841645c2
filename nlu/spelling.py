"""Repairs typing errors towards the words of our own training lines, for the classifier only."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable

from rapidfuzz import process
from rapidfuzz.distance import OSA

from nlu.wordpiece import read_vocabulary

_WORD = re.compile(r"[a-z]+(?:'[a-z]+)?")
SHORTEST_WORD = 4
TWO_EDITS_FROM = 7


class Speller:
    """Knows the words of the training lines; every other English word is left alone."""

    def __init__(self, known: Iterable[str]) -> None:
        """known: the words a repair may lead to, the most frequent first."""
        self.known = list(known)
        self._seen = set(self.known)
        self._targets: dict[int, list[str]] = {}
        for word in self.known:
            if len(word) >= SHORTEST_WORD:
                self._targets.setdefault(len(word), []).append(word)

    @classmethod
    def learn(cls, lines: Iterable[str], rarest: int = 2) -> Speller:
        """A speller whose repairs lead to the words that stand in at least rarest of these lines."""
        counts = Counter(word for line in lines for word in set(_WORD.findall(line.lower())))
        return cls(word for word, count in counts.most_common() if count >= rarest)

    def correct(self, text: str) -> str:
        """The text with unknown words of four letters or more replaced by the nearest known one, if near enough."""
        return _WORD.sub(lambda match: self._repair(match.group()), text.lower())

    def _repair(self, word: str) -> str:
        if len(word) < SHORTEST_WORD or word in self._seen or word in read_vocabulary():
            return word
        edits = 2 if len(word) >= TWO_EDITS_FROM else 1
        near = [
            known for size in range(len(word) - edits, len(word) + edits + 1) for known in self._targets.get(size, ())
        ]
        best = process.extractOne(word, near, scorer=OSA.distance, score_cutoff=edits)
        return best[0] if best else word
