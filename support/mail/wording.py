"""The words around the assistant's in a letter, in the customer's language."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import Any

import yaml

STRINGS = Path(__file__).with_name("strings.yml")
SPOKEN_HERE = "en"


def text(language: str, name: str, /, **gaps: Any) -> str:
    """This string in this language, in English if we do not have the language. Raises KeyError."""
    strings = _strings()
    return str((strings.get(language) or strings[SPOKEN_HERE])[name]).format(**gaps)


@cache
def _strings() -> dict[str, dict[str, str]]:
    return dict(yaml.safe_load(STRINGS.read_text(encoding="utf-8")))
