"""What the bot says when Rasa does not speak. Like all its words, these are responses in domain.yml."""

from dataclasses import dataclass
from functools import cache
from typing import Any

import yaml
from django.conf import settings

TURN_FAILED = "utter_turn_failed"
TURN_FAILED_AWAY = "utter_turn_failed_away"
STILL_WAITING = "utter_still_waiting"
HANDED_BACK = "utter_handed_back"
ASK_RATING = "utter_ask_rating"
RATED = "utter_rated"
PHOTO_WRONG_KIND = "utter_photo_refused_kind"
PHOTO_BROKEN = "utter_photo_refused_broken"
PHOTO_TOO_BIG = "utter_photo_refused_size"
PHOTO_TOO_MANY_PIXELS = "utter_photo_refused_pixels"
NEEDED = (
    TURN_FAILED,
    TURN_FAILED_AWAY,
    STILL_WAITING,
    HANDED_BACK,
    ASK_RATING,
    RATED,
    PHOTO_WRONG_KIND,
    PHOTO_BROKEN,
    PHOTO_TOO_BIG,
    PHOTO_TOO_MANY_PIXELS,
)


class WordsMissing(Exception):
    """domain.yml does not say what we must be able to say."""


@dataclass(frozen=True)
class Words:
    text: str
    choices: tuple[dict[str, str], ...] = ()
    asks: dict[str, str] | None = None


def words(response: str) -> Words:
    """The first variation of this response. Raises WordsMissing."""
    try:
        return responses()[response]
    except KeyError:
        raise WordsMissing(f"{settings.DOMAIN_FILE} has no response {response}") from None


def title_of(payload: str) -> str | None:
    """What the domain writes on a button with this payload. Raises WordsMissing."""
    choices = (choice for spoken in responses().values() for choice in spoken.choices)
    return next((choice["title"] for choice in choices if choice["payload"] == payload), None)


@cache
def responses() -> dict[str, Words]:
    """All responses of the domain that have a text. Raises WordsMissing: no file, not YAML, a needed one is absent."""
    try:
        with open(settings.DOMAIN_FILE, encoding="utf-8") as file:
            domain = yaml.load(file, getattr(yaml, "CSafeLoader", yaml.SafeLoader))
    except (OSError, yaml.YAMLError) as error:
        raise WordsMissing(f"{settings.DOMAIN_FILE} cannot be read: {error}") from error
    found = {
        name: _words(variations[0]) for name, variations in (domain or {}).get("responses", {}).items() if variations
    }
    missing = [name for name in NEEDED if name not in found]
    if missing:
        raise WordsMissing(f"{settings.DOMAIN_FILE} has no response {', '.join(missing)}")
    return found


def _words(variation: dict[str, Any]) -> Words:
    choices = tuple(
        {"title": button["title"], "payload": button["payload"]} for button in variation.get("buttons") or []
    )
    asks = (variation.get("custom") or {}).get("asks")
    return Words((variation.get("text") or "").strip(), choices, asks)
