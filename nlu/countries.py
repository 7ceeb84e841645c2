"""Countries by their English names and usual short forms."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache

from babel import Locale

from nlu.found import Found

_SHORT = {
    "usa": "US",
    "u.s.a.": "US",
    "u.s.": "US",
    "the us": "US",
    "the states": "US",
    "united states of america": "US",
    "america": "US",
    "uk": "GB",
    "u.k.": "GB",
    "great britain": "GB",
    "britain": "GB",
    "england": "GB",
    "scotland": "GB",
    "wales": "GB",
    "holland": "NL",
    "the netherlands": "NL",
    "uae": "AE",
    "czech republic": "CZ",
    "south korea": "KR",
    "korea": "KR",
    "hong kong": "HK",
    "taiwan": "TW",
    "macau": "MO",
    "turkey": "TR",
    "ivory coast": "CI",
    "russia": "RU",
    "vietnam": "VN",
    "laos": "LA",
}
_CAPITALS_ONLY = {"US": "US", "USA": "US", "UK": "GB"}
_ALSO_WORDS = frozenset(
    {"turkey", "jordan", "chad", "china", "georgia", "guinea", "cuba", "mali", "niger", "togo", "oman"}
)
_PLACE = re.compile(r"\b(?:in|from|to|at|of|country|live|living|now|is|it's|resident)\b\W*$", re.IGNORECASE)


def find_countries(text: str) -> Iterator[Found]:
    """Countries with the English name as value and the ISO 3166 alpha-2 code as extra key `code`.

    'us' counts only as US or as 'the us'; names that are words too need a capital or a place before them.
    """
    names, pattern = _names()
    for match in pattern.finditer(text):
        word = match.group()
        code = _CAPITALS_ONLY.get(word) or names.get(" ".join(word.lower().split()))
        if code is None or (word.lower() in _ALSO_WORDS and not _is_place(text, match)):
            continue
        yield Found("country", Locale("en").territories[code], match.start(), match.end(), {"code": code})


def _is_place(text: str, match: re.Match[str]) -> bool:
    alone = text.strip(" .!") == match.group()
    return alone or match.group()[0].isupper() or bool(_PLACE.search(text[: match.start()]))


@lru_cache(maxsize=1)
def _names() -> tuple[dict[str, str], re.Pattern[str]]:
    territories = {code: name for code, name in Locale("en").territories.items() if re.fullmatch("[A-Z]{2}", code)}
    names = {
        name.lower(): code for code, name in territories.items() if code not in ("EU", "UN", "ZZ", "XA", "XB")
    } | _SHORT
    spelled = "|".join(re.escape(name) for name in sorted(names, key=len, reverse=True))
    capitals = "|".join(_CAPITALS_ONLY)
    return names, re.compile(
        rf"(?<!\w)(?<!south )(?<!latin )(?<!north )(?<!central )(?:(?i:{spelled})|{capitals})(?!\w)"
    )
