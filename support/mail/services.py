"""What the desk may know and do about letters, and how the chat goes on by mail."""

from __future__ import annotations

import datetime
from dataclasses import dataclass

from support.mail import bounces, intake, sending
from support.mail.durable import raw_path
from support.mail.left_address import NotAnAddress, TooManyLetters, leave_address
from support.mail.letter import read_letter
from support.mail.models import Correspondence, IncomingLetter, OutgoingLetter, Recipient

__all__ = [
    "NotAnAddress",
    "TooManyLetters",
    "address_of",
    "leave_address",
    "letter",
    "letters_of",
    "standing_still",
    "try_again",
    "words_as_they_came",
]

AUTHENTIC = {
    "dmarc=pass": "The sender's domain vouches for this letter (DMARC).",
    "dmarc=fail": "The sender's domain does not vouch for this letter (DMARC): it may be forged.",
    "dkim=pass": "It is signed, and unchanged since (DKIM).",
    "dkim=fail": "Its signature does not fit (DKIM): it was changed on the way, or forged.",
    "spf=pass": "It came from a server of the sender's domain (SPF).",
    "spf=fail": "It came from a server that may not send for this domain (SPF).",
}
UNCHECKED = "Our mail server found out nothing about the sender. The address alone proves nothing."


@dataclass(frozen=True)
class ShownLetter:
    """A letter for people at SOOCAS: plain words only, never a customer's HTML."""

    id: int
    state: str
    kind: str
    sender: str
    subject: str
    received_at: datetime.datetime
    conversation: str
    reply: str
    signature: str
    quoted: str
    authenticity: tuple[str, ...]
    reason: str
    refused_files: tuple[str, ...]


@dataclass(frozen=True)
class Standstill:
    """A letter that stands still. id: as `try_again` takes it."""

    id: str
    direction: str
    state: str
    address: str
    subject: str
    at: datetime.datetime
    reason: str
    conversation: str


@dataclass(frozen=True)
class LetterAddress:
    """stopped: why nothing is sent there any more, empty if it is. may_be_told: answers go there as they are."""

    address: str
    is_confirmed: bool
    may_be_told: bool
    stopped: str


def letters_of(conversation_id: str) -> list[ShownLetter]:
    """The letters of this conversation, the oldest first."""
    return [_shown(row) for row in IncomingLetter.objects.filter(conversation=conversation_id)]


def letter(letter_id: int) -> ShownLetter:
    """One letter. Raises IncomingLetter.DoesNotExist."""
    return _shown(IncomingLetter.objects.get(pk=letter_id))


def words_as_they_came(letter_id: int) -> str:
    """The whole text of the letter before anything was cut. Raises IncomingLetter.DoesNotExist, OSError."""
    row = IncomingLetter.objects.get(pk=letter_id)
    return read_letter(raw_path(row.key).read_bytes()).text


def standing_still(conversation_id: str = "") -> list[Standstill]:
    """Letters that wait for a person: in and out, the oldest first; of one conversation or, without its id, of all."""
    coming = IncomingLetter.objects.filter(state__in=(IncomingLetter.State.PARKED, IncomingLetter.State.HELD))
    stopped = (OutgoingLetter.State.PARKED, OutgoingLetter.State.HELD, OutgoingLetter.State.SUPPRESSED)
    going = OutgoingLetter.objects.filter(state__in=stopped).defer("content")
    if conversation_id:
        coming, going = (rows.filter(conversation=conversation_id) for rows in (coming, going))
    found = [
        Standstill(
            f"in:{row.pk}",
            "in",
            row.state,
            row.sender,
            row.subject,
            row.received_at,
            row.reason,
            row.conversation_id or "",
        )
        for row in coming
    ]
    found += [
        Standstill(
            f"out:{row.pk}", "out", row.state, row.recipient, "", row.created_at, row.error, row.conversation_id or ""
        )
        for row in going
    ]
    return sorted(found, key=lambda one: one.at)


def try_again(standstill_id: str, now: datetime.datetime) -> bool:
    """Whether this letter stood still and is tried again; a held one because a person says that it is all right."""
    direction, _, identity = standstill_id.partition(":")
    if direction == "in" and identity.isdigit():
        return intake.try_again(int(identity), now)
    if direction != "out":
        return False
    row = OutgoingLetter.objects.filter(pk=identity).first()
    if row and row.state == OutgoingLetter.State.SUPPRESSED:
        bounces.lift(row.recipient)
    return sending.try_again(identity, now)


def address_of(conversation_id: str) -> LetterAddress | None:
    """Where the letters of a conversation go; None if it is not held by mail."""
    found = Correspondence.objects.select_related("conversation").filter(conversation=conversation_id).first()
    if found is None:
        return None
    stopped = Recipient.objects.filter(address=found.address, suppressed_at__isnull=False).first()
    return LetterAddress(found.address, found.is_confirmed, found.may_be_told, stopped.reason if stopped else "")


def _shown(row: IncomingLetter) -> ShownLetter:
    return ShownLetter(
        id=row.pk,
        state=row.state,
        kind=row.kind,
        sender=f"{row.sender_name} <{row.sender}>" if row.sender_name else row.sender,
        subject=row.subject,
        received_at=row.received_at,
        conversation=row.conversation_id or "",
        reply=row.reply,
        signature=row.signature,
        quoted=row.quoted,
        authenticity=authenticity_in_words(row.authenticity),
        reason=row.reason,
        refused_files=tuple(file["name"] for file in row.refused_files),
    )


def authenticity_in_words(results: list[str]) -> tuple[str, ...]:
    """What our own mail exchanger found out, for people; that it found out nothing is said too."""
    found = " ".join(results).lower()
    return tuple(words for result, words in AUTHENTIC.items() if result in found) or (UNCHECKED,)
