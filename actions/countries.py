"""Countries by the names people give them."""

from __future__ import annotations

from functools import lru_cache

from babel import Locale

SHORT = {"usa": "US", "us": "US", "u.s.": "US", "america": "US", "uk": "GB", "england": "GB", "holland": "NL"}
LANGUAGES = ("en", "de", "es", "fr")


def country_code(name: str) -> str | None:
    """The ISO 3166 alpha-2 code of a country named in English, German, Spanish or French, or by its code."""
    wanted = name.strip(" .!").casefold()
    return SHORT.get(wanted) or _codes().get(wanted)


def country_name(code: str, language: str = "en") -> str:
    """The country's name as customers write it; the code itself when it has none."""
    return Locale.parse(language).territories.get(code, code)


@lru_cache(maxsize=1)
def _codes() -> dict[str, str]:
    codes = {}
    for language in LANGUAGES:
        for code, name in Locale.parse(language).territories.items():
            if len(code) == 2 and code.isalpha():
                codes[name.casefold()] = code
    return codes | {code.casefold(): code for code in codes.values() if code not in ("IN", "NO", "IT", "IS", "SO")}
