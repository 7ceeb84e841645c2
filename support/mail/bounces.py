"""What mail servers and readers say about our letters: never a turn; who takes none gets no more."""

from __future__ import annotations

import datetime
import re
from email.message import Message

from django.db import transaction
from flufl.bounce import all_failures

from support.conversations.log import open_log
from support.conversations.models import Conversation
from support.mail.kinds import Kind
from support.mail.letter import Letter
from support.mail.models import Correspondence, OutgoingLetter, Recipient
from support.mail.tokens import BOUNCE, named_in

SOFT_BOUNCES = 3
STATUS = re.compile(r"\b([245])\.\d{1,3}\.\d{1,3}\b")
REPLY_CODE = re.compile(r"\b([45])\d\d[ -]")


def take_note(letter: Letter, kind: Kind, now: datetime.datetime) -> None:
    """Counts a bounce or complaint for the address it is about; anything else says nothing about an address."""
    if kind is Kind.COMPLAINT:
        for address in _complained_about(letter):
            suppress(address, "it was reported as unwanted", now)
    elif kind is Kind.BOUNCE:
        for address, severity in _failed(letter).items():
            if severity == "5":
                suppress(address, f"its mail server refused a letter for good: {_why(letter)}", now)
            elif severity == "4":
                _count_soft(address, _why(letter), now)


def is_suppressed(address: str) -> bool:
    return Recipient.objects.filter(address=address, suppressed_at__isnull=False).exists()


def lift(address: str) -> bool:
    """Writes to this address again: somebody at the desk knows better."""
    return bool(Recipient.objects.filter(address=address).update(suppressed_at=None, soft_bounces=0, reason=""))


def _failed(letter: Letter) -> dict[str, str]:
    """Failed addresses that we wrote to, each with the class of its failure: 5 for good, 4 for now.

    Our own envelope sender names the letter; without it only the addresses the report names count.
    """
    temporary, permanent = all_failures(letter.message)
    found = {_text(address): "4" for address in temporary} | {_text(address): "5" for address in permanent}
    by_token = _bounced_letter(letter)
    if by_token is not None:
        found.setdefault(by_token.recipient, _severity(letter))
    statuses = _severity(letter)
    ours = OutgoingLetter.objects.filter(recipient__in=found).values_list("recipient", flat=True)
    known = set(ours.distinct())
    return {address: (found[address] if found[address] == "4" else statuses or "5") for address in known}


def _bounced_letter(letter: Letter) -> OutgoingLetter | None:
    named = [named_in(BOUNCE, address)[0] for address in letter.recipients]
    identity = next((found for found in named if found), None)
    return OutgoingLetter.objects.filter(pk=identity).first() if identity else None


def _severity(letter: Letter) -> str:
    """The worst class that the report's own fields name, else its text."""
    text = "\n".join(_report_fields(letter.message)) or letter.text[:20_000]
    classes = STATUS.findall(text) or REPLY_CODE.findall(text)
    return "5" if "5" in classes else "4" if "4" in classes else ""


def _report_fields(message: Message) -> list[str]:
    fields: list[str] = []
    for part in message.walk():
        if part.get_content_type() == "message/delivery-status" and part.is_multipart():
            for block in part.get_payload():
                if isinstance(block, Message):
                    fields += [
                        f"{name}: {value}" for name, value in block.items() if name.lower() in ("status", "action")
                    ]
    return fields


def _complained_about(letter: Letter) -> set[str]:
    """The addresses of a feedback report (RFC 5965), as far as we wrote to them."""
    named = set()
    for part in letter.message.walk():
        payload = part.get_payload()
        text = str(payload[0] if isinstance(payload, list) and payload else payload)[:20_000]
        if part.get_content_type() in ("message/feedback-report", "message/rfc822"):
            named |= {found.lower() for found in re.findall(r"[\w.+-]{1,64}@[\w.-]{1,100}\w", text)}
    return set(OutgoingLetter.objects.filter(recipient__in=named).values_list("recipient", flat=True))


def _why(letter: Letter) -> str:
    line = next((line for line in letter.text.split("\n") if STATUS.search(line) or REPLY_CODE.search(line)), "")
    return (line.strip() or letter.subject)[:300]


def _count_soft(address: str, why: str, now: datetime.datetime) -> None:
    recipient, _ = Recipient.objects.get_or_create(address=address)
    recipient.soft_bounces += 1
    recipient.reason = why
    recipient.save()
    if recipient.soft_bounces >= SOFT_BOUNCES and not recipient.suppressed_at:
        suppress(address, f"{SOFT_BOUNCES} letters could not be delivered: {why}", now)


@transaction.atomic
def suppress(address: str, reason: str, now: datetime.datetime) -> None:
    """No more letters to this address; its conversations go to a person, who is told why."""
    Recipient.objects.update_or_create(address=address, defaults={"suppressed_at": now, "reason": reason})
    OutgoingLetter.objects.filter(recipient=address, state__in=OutgoingLetter.OPEN).update(
        state=OutgoingLetter.State.SUPPRESSED, error=reason
    )
    for correspondence in Correspondence.objects.filter(address=address, conversation__erased_at=None):
        with open_log(correspondence.conversation_id, now) as log:
            if log.conversation.owner == Conversation.Owner.BOT:
                log.give_to(Conversation.Owner.WAITING, f"letters to {address} do not arrive: {reason}")


def _text(address: bytes | str) -> str:
    return (address.decode("utf-8", "replace") if isinstance(address, bytes) else address).strip().lower()
