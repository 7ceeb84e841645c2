"""A mail as it came: who, when, about what, its own words, its files. Reading one never fails."""

from __future__ import annotations

import datetime
import hashlib
import re
from dataclasses import dataclass
from email.message import Message
from email.parser import BytesFeedParser, BytesHeaderParser
from email.policy import Policy
from email.utils import parsedate_to_datetime

from support.mail.cutting import Cut, cut
from support.mail.headers import addresses, header, headers, message_ids
from support.mail.html_text import text_of
from support.mail.letter_parts import MAX_PARTS, Part, read_parts

FORWARD = re.compile(r"\s*(?:fwd?|wg|tr|rv|i|enc)\s*:", re.IGNORECASE)
ANSWER_PREFIXES = re.compile(r"\s*(?:(?:re|aw|sv|antw|fwd?|wg|tr|rv)\s*(?:\[\d+\])?\s*:\s*)+", re.IGNORECASE)
CHUNK_BYTES = 8192


@dataclass(frozen=True)
class Letter:
    """One incoming mail, read. message: parsed, for headers; sender: in lower case, empty if it names none."""

    message: Message
    message_id: str
    sender: str
    sender_name: str
    recipients: tuple[str, ...]
    subject: str
    sent_at: datetime.datetime | None
    references: tuple[str, ...]
    text: str
    html: str
    words: Cut
    files: tuple[Part, ...]
    key: str

    @property
    def topic(self) -> str:
        """The subject without Re: and Fwd:."""
        return ANSWER_PREFIXES.sub("", self.subject, count=1).strip()


def read_letter(raw: bytes) -> Letter:
    """Reads any bytes that claim to be a mail."""
    message = _parsed(raw)
    body = read_parts(message)
    subject = header(message, "Subject")
    text = body.plain if body.plain.strip() else text_of(body.html) if body.html else ""
    from_names = addresses(message, "From") or addresses(message, "Sender")
    name, sender = from_names[0] if from_names else ("", "")
    recipients = [
        address for name in ("To", "Cc", "Delivered-To", "X-Original-To") for _, address in addresses(message, name)
    ]
    ids = message_ids(message, "Message-ID")
    in_reply_to = message_ids(message, "In-Reply-To")
    return Letter(
        message=message,
        message_id=ids[0] if ids else "",
        sender=sender,
        sender_name=name,
        recipients=tuple(dict.fromkeys(recipients)),
        subject=subject,
        sent_at=_instant(header(message, "Date")),
        references=tuple(dict.fromkeys([*in_reply_to, *reversed(message_ids(message, "References"))])),
        text=text,
        html=body.html,
        words=cut(text, is_forward=bool(FORWARD.match(subject))),
        files=body.files,
        key=_key(raw, message, sender, ids),
    )


def _parsed(raw: bytes) -> Message:
    """A mail with its parts, multiparts too; once there are twice as many as are read, the rest is not parsed."""
    made = 0

    def part(policy: Policy) -> Message:
        nonlocal made
        made += 1
        return Message(policy)

    parser = BytesFeedParser(part)
    try:
        for begin in range(0, len(raw), CHUNK_BYTES):
            if made > 2 * MAX_PARTS:
                break
            parser.feed(raw[begin : begin + CHUNK_BYTES])
        return parser.close()
    except RecursionError:  # a thousand mails in each other: the outermost says who and what about
        return BytesHeaderParser().parsebytes(raw)


def _key(raw: bytes, message: Message, sender: str, ids: list[str]) -> str:
    """What makes a second copy of the same mail the same: its id and sender; without an id, what it says."""
    if ids:
        parts = [ids[0].encode("utf-8", "replace"), sender.encode("utf-8", "replace")]
    else:
        body = raw.partition(b"\r\n\r\n")[2] or raw.partition(b"\n\n")[2]
        parts = [body, header(message, "Date").encode("utf-8", "replace"), sender.encode("utf-8", "replace")]
    return hashlib.sha256(b"\0".join(parts)).hexdigest()


def _instant(written: str) -> datetime.datetime | None:
    try:
        read = parsedate_to_datetime(written)
    except (ValueError, TypeError, IndexError, OverflowError):
        return None
    return read if read.tzinfo else read.replace(tzinfo=datetime.timezone.utc)


def authentication_results(letter: Letter, authority: str) -> list[str]:
    """What our own mail exchanger (its name: authority) found out about the sender; others' claims are no proof."""
    if not authority:
        return []
    written = headers(letter.message, "Authentication-Results")
    return [value.partition(";")[2].strip() for value in written if value.split(";")[0].split(" ")[0] == authority]
