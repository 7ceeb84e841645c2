"""What a message names of the goods: product, colour, quantity, country."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import lru_cache

from rapidfuzz import fuzz, process

from nlu.found import Found, lower

MODELS = ("X1", "X3", "X3U", "X5", "EX3", "V1", "V2", "D2", "D3", "W1", "W3", "NEOS")
_THINGS = {
    "toothbrush": r"(?:electric |sonic )?tooth\s?-?brush(?:es)?|brush(?:es)?(?! ?heads?)",
    "flosser": r"(?:water |oral |dental )?flosser?s?|water ?-?pick|oral irrigator|water ?jet",
    "brush head": r"(?:tooth)?brush ?-?heads?|replacement heads?",
    "charger": r"chargers?|charging (?:base|stand|station|dock)|charging cable|usb cable|power adapt[eo]rs?",
    "nozzle": r"(?:jet )?nozzles?|flosser tips?",
    "travel case": r"travel (?:case|box|bag)|travell?ing case",
    "water tank": r"water (?:tank|reservoir)",
}
_THING = {name: re.compile(rf"\b(?:{pattern})\b") for name, pattern in _THINGS.items()}
_FUZZY = {
    "toothbrush": "toothbrush",
    "toothbrushes": "toothbrush",
    "flosser": "flosser",
    "charger": "charger",
    "nozzle": "nozzle",
}
_FUZZY_MEANT_OTHERWISE = frozenset(
    {"charge", "charged", "charges", "charging", "larger", "flossed", "nozzles", "chargers"}
)
_COLOURS = (
    "white black pink blue green grey gray gold silver purple violet red yellow orange mint navy beige brown turquoise"
)
_COLOUR = re.compile(rf"\brose[ -]?gold\b|\b(?:{'|'.join(_COLOURS.split())})\b(?! ?friday)")
_NUMBERS = {
    word: str(i)
    for i, word in enumerate(["one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten"], start=1)
}
_NUMBER = rf"(?P<number>(?<![\w.,/-])\d{{1,2}}(?![\w.,/-]*\d)|both|{'|'.join(_NUMBERS)})"
_COUNTED = (
    r"(?:tooth ?)?(?:brush(?:es)?|flossers?|heads?|chargers?|nozzles?|pieces?|pcs|units?|items?|products?|sets?|cases?|"
    r"e?x\d\w?|[vwd]\d)"
)
_QUANTITIES = (
    re.compile(rf"\b{_NUMBER} (?:of (?:them|these|those)\b|(?:[a-z]+ )?(?:[a-z]\d\w? )?{_COUNTED}\b)"),
    re.compile(r"\b(?:qty|quantity|amount)\b[ :=]*(?:is |of |to )?(?P<number>\d{1,2})\b"),
    re.compile(rf"^\W*(?:just |only )?{_NUMBER}(?: please| pls)?\W*$"),
)
_NEAR = 88


@lru_cache(maxsize=8)
def _model_pattern(models: Sequence[str]) -> re.Pattern[str]:
    spelled = [
        re.sub(r"(?<=[A-Z])(?=\d)|(?<=\d)(?=[A-Z])", r"[ -]?", model) for model in sorted(models, key=len, reverse=True)
    ]
    return re.compile(rf"(?<![\w-])(?:{'|'.join(spelled)})(?:'s|s)?(?![\w-])", re.IGNORECASE)


def find_products(text: str, models: Sequence[str] = MODELS) -> Iterator[Found]:
    """Model codes exactly as we know them, in capitals; things by name, small typing errors allowed in long words."""
    for match in _model_pattern(tuple(models)).finditer(text):
        code = re.sub(r"'?s$", "", match.group(), flags=re.IGNORECASE)
        yield Found("product", re.sub(r"[\s-]", "", code).upper(), match.start(), match.end())
    low = lower(text)
    taken: list[tuple[int, int]] = []
    for name in ("brush head", "travel case", "water tank", "nozzle", "charger", "flosser", "toothbrush"):
        for match in _THING[name].finditer(low):
            if not any(start < match.end() and match.start() < end for start, end in taken):
                taken.append(match.span())
                yield Found("product", name, match.start(), match.end())
    for match in re.finditer(r"\b[a-z]{6,14}\b", low):
        if not any(start <= match.start() < end for start, end in taken) and (name := _misspelt(match.group())):
            yield Found("product", name, match.start(), match.end())


def find_colours(text: str) -> Iterator[Found]:
    """Colours in lower case; grey is always spelled so."""
    for match in _COLOUR.finditer(lower(text)):
        value = re.sub(r"rose[ -]?gold", "rose gold", match.group()).replace("gray", "grey")
        yield Found("colour", value, match.start(), match.end())


def find_quantities(text: str) -> Iterator[Found]:
    """How many pieces, as digits: '2 brush heads', 'both of them', or nothing but a number up to 99."""
    taken: set[int] = set()
    for pattern in _QUANTITIES:
        for match in pattern.finditer(lower(text)):
            start, end = match.span("number")
            word = match["number"]
            if start not in taken and word != "0":
                taken.add(start)
                yield Found(
                    "quantity", "2" if word == "both" else _NUMBERS.get(word, word.lstrip("0") or "0"), start, end
                )


def _misspelt(word: str) -> str | None:
    if word in _FUZZY_MEANT_OTHERWISE:
        return None
    best = process.extractOne(word, list(_FUZZY), scorer=fuzz.ratio, score_cutoff=_NEAR)
    return _FUZZY[best[0]] if best else None
