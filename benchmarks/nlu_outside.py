"""The outside sets without their words: digests of their messages, so that a test sees when one of them is taught."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable
from pathlib import Path

DIGESTS = Path(__file__).parent.parent / "tests" / "nlu" / "outside_digests.txt"


def plain(text: str) -> str:
    """Without case and punctuation: two messages that differ in nothing else are the same."""
    return re.sub(r"[\W_]+", " ", text.lower()).strip()


def digest(text: str) -> str:
    """12 hex digits of the plain text."""
    return hashlib.sha256(plain(text).encode()).hexdigest()[:12]


def known_digests() -> set[str]:
    """Those that are kept in the project."""
    return set(DIGESTS.read_text(encoding="utf-8").split())


def check_digests(texts: Iterable[str]) -> None:
    """Raises ValueError if a message of the outside sets has no digest here: the test would not see it taught."""
    known = known_digests()
    missing = sum(digest(text) not in known for text in texts)
    if missing:
        raise ValueError(f"{missing} messages of the outside sets are missing in {DIGESTS.name}: add their digests")
