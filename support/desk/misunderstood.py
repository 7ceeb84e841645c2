"""Messages that were not understood, from Rasa's memory, and what people propose to learn from them."""

import json
import re
from collections import Counter
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from pathlib import Path

import yaml
from django.conf import settings
from sqlalchemy import create_engine, text
from sqlalchemy.engine import Engine
from sqlalchemy.exc import SQLAlchemyError

MOST = 40
PROPOSALS = "training-proposals.yml"
LOOKED_AT = 20_000  # events, the newest
ADDRESS = re.compile(r"[\w.+-]+@[\w-]+\.[\w.-]+")
NUMBER = re.compile(r"\b[A-Za-z]{0,6}[-#]?\d{4,}\b")
ASKED = text(
    "SELECT data FROM events WHERE type_name = 'user' AND timestamp >= :since AND timestamp < :until"
    " AND data LIKE '%nlu_fallback%' ORDER BY id DESC LIMIT :most"
)


@dataclass(frozen=True)
class Misunderstood:
    """What customers typed, e-mail addresses and numbers masked, how often, and what it was nearest to."""

    text: str
    count: int
    nearest: str


def most_misunderstood(since: datetime, until: datetime) -> list[Misunderstood] | None:
    """The most frequent first; None when Rasa's memory cannot be read."""
    times = {"since": since.timestamp(), "until": until.timestamp(), "most": LOOKED_AT}
    try:
        with _tracker().connect() as connection:
            found = [json.loads(row[0]) for row in connection.execute(ASKED, times)]
    except (SQLAlchemyError, ValueError):
        return None
    counted: Counter[str] = Counter()
    nearest: dict[str, str] = {}
    for event in found:
        intent = (event.get("parse_data") or {}).get("intent") or {}
        words = masked(event.get("text") or "").strip()
        if intent.get("name") == "nlu_fallback" and words and not words.startswith("/"):
            counted[words] += 1
            nearest.setdefault(words, intent.get("best") or "")
    return [Misunderstood(words, count, nearest[words]) for words, count in counted.most_common(MOST)]


@cache
def intents() -> tuple[str, ...]:
    """What the assistant can understand, by the domain."""
    domain = yaml.safe_load(settings.DOMAIN_FILE.read_text(encoding="utf-8"))
    return tuple(sorted(str(intent) for intent in domain["intents"]))


def propose(words: str, intent: str, by: str) -> None:
    """One more line in SUPPORT_VAR/training-proposals.yml, for whoever trains next. Raises ValueError, OSError."""
    line = " ".join(masked(words).split())
    if intent not in intents() or not line or len(line) > 500:
        raise ValueError(intent)
    with proposals_file().open("a", encoding="utf-8") as file:
        yaml.safe_dump([{"intent": intent, "text": line, "by": by}], file, allow_unicode=True, width=1000)


def proposals_file() -> Path:
    return Path(settings.VAR_DIR) / PROPOSALS


def masked(words: str) -> str:
    """Without what names somebody: it is shown beside the conversation it comes from, and may be trained from."""
    return NUMBER.sub("…", ADDRESS.sub("…@…", words))


@cache
def _tracker() -> Engine:
    return create_engine(settings.TRACKER_URL)
