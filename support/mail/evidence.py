"""Which files of a letter are photos a customer sends as evidence, and why others are not."""

from __future__ import annotations

import io
from dataclasses import dataclass

from PIL import Image

from support.conversations.photos import (
    MAX_BYTES,
    Broken,
    Developed,
    PhotoRefused,
    TooBig,
    TooManyPixels,
    WrongKind,
    develop,
)
from support.mail.html_text import quoted_images
from support.mail.letter import Letter
from support.mail.letter_parts import Part

MAX_MAIL_BYTES = 25 * 1024 * 1024
MAX_PHOTOS = 10
DECORATION_BYTES = 5 * 1024
DECORATION_SIDE_PX = 64
REASONS: dict[type[PhotoRefused], str] = {
    WrongKind: "kind",
    Broken: "broken",
    TooBig: "size",
    TooManyPixels: "pixels",
}


@dataclass(frozen=True)
class Evidence:
    """A photo that was decoded whole: the file as it came and what is shown of it."""

    name: str
    original: bytes
    developed: Developed


@dataclass(frozen=True)
class Refused:
    """A file that is not taken. reason: kind, broken, size, pixels or count."""

    name: str
    reason: str


def photos_of(letter: Letter) -> tuple[list[Evidence], list[Refused]]:
    """The photos of this letter, and the files a customer should know were not taken.

    What only decorates a letter (logos, icons, pictures of quoted letters) is neither.
    """
    taken: list[Evidence] = []
    refused: list[Refused] = []
    quoted = quoted_images(letter.html) if letter.html and any(part.content_id for part in letter.files) else set()
    seen: set[bytes] = set()
    for part in letter.files:
        if _decorates(part, quoted) or part.content in seen:
            continue
        seen.add(part.content)
        if not part.is_image:
            if not part.is_inline and not part.kind.startswith(("text/", "message/", "multipart/", "application/pgp")):
                refused.append(Refused(part.name, "kind"))
        elif len(taken) == MAX_PHOTOS:
            refused.append(Refused(part.name, "count"))
        else:
            try:
                taken.append(Evidence(part.name, part.content, develop(part.content)))
            except PhotoRefused as error:
                refused.append(Refused(part.name, REASONS[type(error)]))
    return taken, refused


def _decorates(part: Part, quoted: set[str]) -> bool:
    """An inline picture that is tiny, or that stands only in what the letter quotes."""
    if not part.is_inline or not part.is_image:
        return False
    if part.content_id in quoted or len(part.content) < DECORATION_BYTES:
        return True
    if len(part.content) > MAX_BYTES:
        return False
    try:
        with Image.open(io.BytesIO(part.content)) as image:
            return min(image.size) < DECORATION_SIDE_PX
    except Exception:  # not decodable: judged, and refused by name, like any photo
        return False
