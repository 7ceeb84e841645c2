"""What a front end may send, field by field."""

import re
import uuid
from typing import Any

from django.http import HttpRequest

from support.conversations.dates import is_timezone
from support.conversations.log import Inbound
from support.widget.errors import ApiError, bad

UUID = re.compile(r"[0-9a-f]{8}-?([0-9a-f]{4}-?){3}[0-9a-f]{12}", re.IGNORECASE)
LOCALE = re.compile(r"[A-Za-z]{2,8}([-_][A-Za-z0-9]{1,8})*")
UNPRINTABLE = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f]")
TEXT_CHARACTERS = 10_000
CHOICE_CHARACTERS = 500
PHOTOS_AT_ONCE = 10


def read_start(body: dict[str, Any]) -> tuple[str, str]:
    """timezone ("": unknown) and locale. Raises ApiError 400."""
    timezone, locale = body.get("timezone"), body.get("locale")
    if timezone is not None and not (isinstance(timezone, str) and len(timezone) <= 64 and is_timezone(timezone)):
        raise bad("timezone", "timezone takes an IANA name such as America/New_York.")
    if locale is not None and not (isinstance(locale, str) and len(locale) <= 35 and LOCALE.fullmatch(locale)):
        raise bad("locale", "locale takes a language tag such as en or de-AT.")
    return timezone or "", locale or "en"


def read_inbound(body: dict[str, Any]) -> Inbound:
    """A customer's message. Raises ApiError 400, 413."""
    client_id, choice, photos = body.get("client_id"), body.get("choice"), body.get("photos")
    if not isinstance(client_id, str) or not UUID.fullmatch(client_id):
        raise bad("client_id", "client_id takes a UUID that this message keeps when it is sent again.")
    text = _text(body.get("text"))
    if choice is not None and not (isinstance(choice, str) and 0 < len(choice) <= CHOICE_CHARACTERS):
        raise bad("choice", "choice takes the payload of an offered choice.")
    if photos is not None and not _are_photos(photos):
        raise bad("photos", f"photos takes a list of up to {PHOTOS_AT_ONCE} different ids of uploaded photos.")
    if choice and (text or photos):
        raise bad("choice", "A message has a choice, or a text, or photos with or without a text.")
    if not (choice or text or photos):
        raise bad("text", "The message is empty: it takes a text, a choice or photos.")
    return Inbound(uuid.UUID(client_id), text, choice or "", tuple(photos or ()))


def read_after(request: HttpRequest) -> int:
    """The last seq the front end has: Last-Event-ID, else ?after=, else 0. Raises ApiError 400."""
    asked = request.GET.getlist("after") or ["0"]
    given = request.headers.get("Last-Event-ID") or asked[0]
    if len(asked) > 1 or not (given.isascii() and given.isdigit()) or len(given) > 9:
        raise bad("after", "after takes the seq of the last message you have, or 0.")
    return int(given)


def _text(given: Any) -> str:
    """The words without what no keyboard types; half characters are replaced. Raises ApiError 400, 413."""
    if given is None:
        return ""
    if not isinstance(given, str):
        raise bad("text", "text takes text.")
    if len(given) > TEXT_CHARACTERS:
        raise ApiError(413, "text_too_long", f"Please send at most {TEXT_CHARACTERS:,} characters at once.", "text")
    whole = given.encode("utf-8", "surrogatepass").decode("utf-8", "replace")
    return UNPRINTABLE.sub("", whole).strip()


def _are_photos(photos: Any) -> bool:
    return (
        isinstance(photos, list)
        and len(photos) <= PHOTOS_AT_ONCE
        and all(isinstance(photo, str) and re.fullmatch(r"[0-9a-f]{32}", photo) for photo in photos)
        and len(set(photos)) == len(photos)
    )
