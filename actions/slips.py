"""Slips of the fingers in the few words an answer hangs on: "neevr used", "all coplete", "sotlen".

A slip is one letter left out, doubled, or changed with its neighbour, never the first. What could be two words, or is
one of its own, is left as it was typed.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

WORDS = tuple(
    """
    never unused unopened untouched sealed using haven't hasn't didn't doesn't wasn't don't already anymore
    complete everything nothing missing packaging original accessories charger manual intact parts there
    still arrived received waiting delivered united states home same different another model product
    dropped threw thrown soaked water inside normal happened repaired repair technician stopped stepped chewed moisture
    stolen stole lost broken faulty defective damaged cracked wrong colour color reason other changed mind need
    amazon dealer dealers store someone somebody online seller elsewhere bought website somewhere else
    first time before reported refund return returning money exchange warranty keep keeping again
    tried helped difference please leave open right black white pink dunno throw recycling recycled working
    flosser flossers toothbrush toothbrushes
    """.split()  # noqa: SIM905 (a list of ninety strings reads worse)
)
OWN = frozenset(
    """
    ever son tie tied tired need heard wrote here's were there three hear mid mined sated bough back lot lots mode part
    state charge change damage broke fault arrive receive min sam sore
    """.split()  # noqa: SIM905
)
WORD = re.compile(r"[a-z]+(?:'[a-z]+)?")
ARE_THERE = re.compile(r"(?<!\bthere )\b(are|still) three(?=\W*$)")  # "they are three"; "there are three" are three
SHORTEST = 4


def mended(text: str) -> str:
    """The text in lower case with these slips put right."""
    said = ARE_THERE.sub(r"\1 there", text.casefold().replace("\u2019", "'"))
    return WORD.sub(lambda found: _slips().get(found.group(), found.group()), said)


@cache
def _slips() -> dict[str, str]:
    """By slip the word that was meant, where that is only one."""
    meant: dict[str, set[str]] = {}
    for word in WORDS:
        if len(word) >= SHORTEST:
            for slip in _of(word):
                meant.setdefault(slip, set()).add(word)
    known = {*WORDS, *OWN}
    return {slip: next(iter(words)) for slip, words in meant.items() if len(words) == 1 and slip not in known}


def _of(word: str) -> Iterator[str]:
    for at in range(1, len(word)):
        yield word[:at] + word[at + 1 :]
        yield word[:at] + word[at] + word[at:]
        if at + 1 < len(word):
            yield word[:at] + word[at + 1] + word[at] + word[at + 2 :]
