"""The name of a country as fingers in a hurry write it: "cnaada", "untied states", "netherlnds"."""

from __future__ import annotations

import difflib
import re
from functools import cache

from babel import Locale

SHORTEST = 5
LONGEST_WORDS = 3
ALIKE = 0.83


def mistyped_country(text: str) -> str | None:
    """The code of the one country that words of this text are nearly the name of; None where there is none.

    Only for a text that answers where something is: elsewhere too many words look like a country.
    """
    words = re.findall(r"[a-z]+", text.casefold())
    runs = (words[at : at + length] for length in range(LONGEST_WORDS, 0, -1) for at in range(len(words)))
    for run in runs:
        name = " ".join(run)
        if len(name) >= SHORTEST and (alike := difflib.get_close_matches(name, _names(), 1, ALIKE)):
            return _names()[alike[0]]
    return None


@cache
def _names() -> dict[str, str]:
    known = Locale("en").territories
    return {
        name.casefold(): code
        for code, name in known.items()
        if re.fullmatch("[A-Z]{2}", code) and code not in ("EU", "UN", "ZZ", "XA", "XB")
    }
