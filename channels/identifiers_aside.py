"""A message without its order number, addresses and where it was bought: what it wants is in the rest of its words."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from typing import Any

IDENTIFIERS = ("order_number", "email", "serial_number", "case_number", "purchase_channel")
LEADS_TO_ONE = re.compile(
    r"(?:\b(?:from|of|in|for|on|with|under|my|the|your|is|was|it's|its|and|order(?:ed)?|number|no|nr|id|e-?mail|mail|"
    r"address|zip|code|post ?code|placed|serial|that i|which i|that we|which we)\b[\s:#.,()-]*|[#(])+$",
    re.IGNORECASE,
)
TIDIED = (
    (re.compile(r"\s+(?=[.,;:!?)])"), ""),
    (re.compile(r"[,;:](?=[,;:.])|(?<=[.!?])[.,;:]"), ""),
    (re.compile(r"\s{2,}"), " "),
)


def without_identifiers(text: str, entities: Iterable[Mapping[str, Any]]) -> str:
    """The words that are left, and the signs between them; "" where that is none or all of it."""
    spans = sorted(
        (found["start"], found["end"])
        for found in entities
        if found.get("entity") in IDENTIFIERS and isinstance(found.get("start"), int) and found.get("end")
    )
    if not spans:
        return ""
    kept, at = "", 0
    for start, end in spans:
        kept += f"{LEADS_TO_ONE.sub('', text[at:start])} " if start >= at else ""
        at = max(at, end)
    kept += text[at:]
    for pattern, instead in TIDIED:
        kept = pattern.sub(instead, kept)
    kept = kept.strip(" ,;:()-")
    return kept if re.search(r"[^\W\d_]{2,}", kept) else ""
