"""A letter as bytes: its headers, plain text first, HTML beside it, a calendar file if there are dates."""

from __future__ import annotations

import datetime
from dataclasses import dataclass
from email.headerregistry import Address
from email.message import EmailMessage
from email.policy import SMTP
from email.utils import format_datetime

from django.conf import settings

from support.mail.blocks import Page
from support.mail.kinds import OURS
from support.mail.models import Correspondence, IncomingLetter, OutgoingLetter
from support.mail.tokens import REPLY, message_id, our_address

MOST_REFERENCES = 12


@dataclass(frozen=True)
class Envelope:
    """To whom a letter goes and what it answers. is_automatic: no person at SOOCAS wrote it."""

    letter_id: str
    conversation_id: str
    recipient: str
    name: str
    topic: str
    is_automatic: bool = True
    references: tuple[str, ...] = ()


def write_letter(envelope: Envelope, page: Page, calendar: bytes, now: datetime.datetime) -> bytes:
    """The finished letter, with CRLF line ends."""
    message = EmailMessage(policy=SMTP.clone(max_line_length=998))
    local, _, domain = settings.MAIL_ADDRESS.partition("@")
    message["From"] = Address(settings.MAIL_NAME, local, domain)
    message["To"] = _address(envelope.name, envelope.recipient)
    message["Reply-To"] = our_address(REPLY, envelope.conversation_id)
    message["Subject"] = " ".join(envelope.topic.split())
    message["Date"] = format_datetime(now)
    message["Message-ID"] = message_id(envelope.letter_id, envelope.conversation_id)
    if envelope.references:
        message["In-Reply-To"] = envelope.references[-1]
        message["References"] = " ".join(envelope.references[-MOST_REFERENCES:])
    message["Auto-Submitted"] = "auto-replied" if envelope.is_automatic else "no"
    if envelope.is_automatic:
        message["X-Auto-Response-Suppress"] = "All"
    message[OURS] = envelope.letter_id
    message.set_content(page.plain(), cte="quoted-printable")
    message.add_alternative(page.html(), subtype="html", cte="quoted-printable")
    if calendar:
        message.add_attachment(calendar, maintype="text", subtype="calendar", filename="soocas.ics")
    return message.as_bytes()


def references_for(correspondence: Correspondence, answered: IncomingLetter | None) -> tuple[str, ...]:
    """What this letter refers to: what went to and fro before it, the letter it answers last."""
    of_this = {"conversation": correspondence.conversation_id}
    theirs = IncomingLetter.objects.filter(**of_this).exclude(header_id="").values_list("received_at", "header_id")
    ours = OutgoingLetter.objects.filter(**of_this).values_list("created_at", "header_id")
    every = [identity for _, identity in sorted([*theirs, *ours])]
    last = answered.header_id if answered and answered.header_id else (every[-1] if every else "")
    return (*(identity for identity in every if identity != last), last) if last else ()


def _address(name: str, address: str) -> Address | str:
    local, _, domain = address.rpartition("@")
    try:
        return Address(" ".join(name.split())[:60], local, domain)
    except (ValueError, IndexError, TypeError):
        return address
