"""The parts of a mail: its text, and what is attached to it or shown inside it."""

from __future__ import annotations

from dataclasses import dataclass
from email.message import Message

from support.mail.charsets import decode
from support.mail.headers import decoded
from support.mail.wrapping import unflowed

MAX_PARTS = 200
MAX_DEPTH = 20


@dataclass(frozen=True)
class Part:
    """One attached or inline file. content_id: without its angle brackets, empty if it has none."""

    name: str
    kind: str
    content: bytes
    is_inline: bool
    content_id: str

    @property
    def is_image(self) -> bool:
        return self.kind.startswith("image/") or self.name.lower().endswith(
            (".jpg", ".jpeg", ".png", ".webp", ".heic", ".heif")
        )


@dataclass(frozen=True)
class Body:
    """What a mail carries: plain text, HTML (either may be empty), files in their order."""

    plain: str
    html: str
    files: tuple[Part, ...]


def read_parts(message: Message) -> Body:
    """The body of a parsed mail. An attached mail is a file; its words are not this mail's."""
    plain: list[str] = []
    html: list[str] = []
    files: list[Part] = []
    for part in _leaves(message):
        kind, name = part.get_content_type(), _name(part)
        disposition = (part.get_content_disposition() or "").lower()
        content = _content(part)
        is_text = kind in ("text/plain", "text/html") and disposition != "attachment" and not name
        if is_text:
            (plain if kind == "text/plain" else html).append(_text(part, content))
        elif content.strip() or name:
            identity = str(part.get("Content-ID") or "").strip().strip("<>")
            files.append(
                Part(name, kind, content, disposition != "attachment" and bool(identity or disposition), identity)
            )
    return Body("\n".join(text for text in plain if text.strip()), "\n".join(html), tuple(files))


def content_types(message: Message) -> set[str]:
    """The media types of all parts, those of attached mails among them."""
    found: set[str] = set()
    waiting = [(message, 0)]
    while waiting and len(waiting) < MAX_PARTS:
        part, depth = waiting.pop()
        found.add(part.get_content_type())
        if part.is_multipart() and depth < MAX_DEPTH:
            waiting += [(child, depth + 1) for child in part.get_payload() if isinstance(child, Message)]
    return found


def _leaves(message: Message) -> list[Message]:
    """Parts that are no multiparts, in their order; bounded, whatever the mail claims."""
    found: list[Message] = []
    waiting = [(message, 0)]
    while waiting and len(found) < MAX_PARTS:
        part, depth = waiting.pop(0)
        if part.get_content_maintype() == "multipart" and part.is_multipart() and depth < MAX_DEPTH:
            waiting = [(child, depth + 1) for child in part.get_payload() if isinstance(child, Message)] + waiting
        else:
            found.append(part)
    return found


def _content(part: Message) -> bytes:
    if part.is_multipart():  # an attached mail
        inner = part.get_payload()
        try:
            return inner[0].as_bytes() if isinstance(inner, list) and inner else b""
        except Exception:  # the standard library cannot write every mail that it could read, deeply nested ones neither
            return b""
    try:
        content = part.get_payload(decode=True)
    except (ValueError, LookupError, AssertionError):
        content = str(part.get_payload()).encode("utf-8", "surrogateescape")
    return content if isinstance(content, bytes) else b""


def _text(part: Message, content: bytes) -> str:
    """The part's words, in lines as they were written."""
    text = decode(content, _charset(part))
    is_flowed = _parameter(part, "format") == "flowed" and part.get_content_type() == "text/plain"
    return unflowed(text, joins_without_space=_parameter(part, "delsp") == "yes") if is_flowed else text


def _parameter(part: Message, name: str) -> str:
    try:
        return str(part.get_param(name) or "").lower()
    except (ValueError, LookupError, TypeError):
        return ""


def _charset(part: Message) -> str | None:
    try:
        return part.get_content_charset()
    except (LookupError, ValueError, UnicodeError):
        return None


def _name(part: Message) -> str:
    try:
        name = part.get_filename()
    except (ValueError, LookupError, TypeError, AssertionError):
        return ""
    plain = decoded(name or "").replace("\\", "/").rsplit("/", 1)[-1]
    return "".join(character for character in plain if character.isprintable())[:200]
