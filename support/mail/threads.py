"""Which conversation a letter belongs to: by what we signed, never by its subject alone."""

from __future__ import annotations

from dataclasses import dataclass

from support.mail.letter import Letter
from support.mail.models import Correspondence, IncomingLetter, OutgoingLetter
from support.mail.tokens import REPLY, conversation_in, named_in

MOST_REFERENCES = 50


@dataclass(frozen=True)
class Thread:
    """correspondence: None for a new one. doubt: why a person has to look, empty if nobody has to."""

    correspondence: Correspondence | None = None
    answered: OutgoingLetter | None = None
    doubt: str = ""


def thread_of(letter: Letter) -> Thread:
    """The correspondence this letter goes on with, and the letter of ours that it answers."""
    references = letter.references[:MOST_REFERENCES]
    named = [named_in(REPLY, address) for address in letter.recipients] + [conversation_in(one) for one in references]
    conversation = next((found for found, _ in named if found), None)
    if conversation is None and any(altered for _, altered in named):
        return Thread(doubt="its token is not one of ours: altered, or made up")
    correspondence = (
        Correspondence.objects.select_related("conversation").filter(conversation=conversation).first()
        if conversation
        else _by_own_letter(letter)
    )
    if correspondence is None or correspondence.conversation.erased_at:
        return Thread()
    if letter.sender != correspondence.address:
        return Thread(correspondence, doubt="it answers a conversation of another address")
    answered = OutgoingLetter.objects.filter(header_id__in=references, conversation=correspondence.conversation)
    return Thread(correspondence, answered.order_by("-created_at").first())


def _by_own_letter(letter: Letter) -> Correspondence | None:
    """The conversation of an earlier letter of the same sender that this one refers to."""
    earlier = IncomingLetter.objects.filter(
        header_id__in=letter.references[:MOST_REFERENCES], sender=letter.sender, conversation__isnull=False
    ).first()
    if earlier is None:
        return None
    return Correspondence.objects.select_related("conversation").filter(conversation=earlier.conversation_id).first()
