"""Headers of a mail as people read them. Raw 8-bit bytes, wrong charsets and broken encoded words are no error."""

from __future__ import annotations

import base64
import binascii
import quopri
import re
from email.message import Message
from email.utils import getaddresses

from support.mail.charsets import decode

ENCODED = re.compile(r"=\?([^?\s]{1,60})\?([bBqQ])\?([^?]*)\?=")
BETWEEN_ENCODED = re.compile(r"(\?=)[ \t\r\n]+(?==\?)")
MESSAGE_ID = re.compile(r"<[^<>\s]{1,500}>")
LONGEST = 5_000


def header(message: Message, name: str) -> str:
    """The first header of this name, decoded, on one line; empty if there is none."""
    return next(iter(headers(message, name)), "")


def headers(message: Message, name: str) -> list[str]:
    """All headers of this name, decoded, in their order."""
    wanted = name.lower()
    return [decoded(value) for key, value in message.raw_items() if key.lower() == wanted]


def decoded(raw: object) -> str:
    """A header's value with its encoded words read."""
    text = decode(str(raw)[:LONGEST].encode("utf-8", "surrogateescape"), None)
    text = BETWEEN_ENCODED.sub(r"\1", text)
    return " ".join(ENCODED.sub(_word, text).split())


def _word(found: re.Match[str]) -> str:
    charset, how, content = found[1].split("*")[0], found[2].lower(), found[3]
    try:
        if how == "b":
            plain = base64.b64decode(content + "=" * (-len(content) % 4))
        else:
            plain = quopri.decodestring(content.encode("utf-8", "replace"), header=True)
    except (binascii.Error, ValueError):
        return found[0]
    return decode(plain, charset)


def addresses(message: Message, name: str) -> list[tuple[str, str]]:
    """(display name, address in lower case) of every address in these headers."""
    try:
        found = getaddresses(headers(message, name))
    except RecursionError:  # thousands of opening brackets
        return []
    return [(shown.strip(), address.strip().lower()) for shown, address in found if "@" in address]


def message_ids(message: Message, name: str) -> list[str]:
    """Every <id> of these headers, in their order."""
    return [found for value in headers(message, name) for found in MESSAGE_ID.findall(value)]
