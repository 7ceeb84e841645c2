"""A customer leaves an address in the chat: once the link sent to it was pressed, answers come there as well."""

from __future__ import annotations

import datetime
import uuid

from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.db import transaction

from support.conversations.models import Conversation
from support.mail import brakes
from support.mail.blocks import Paragraph
from support.mail.draft import Draft
from support.mail.models import Correspondence, OutgoingLetter
from support.mail.wording import text

MOST_LETTERS, WITHIN = 5, datetime.timedelta(days=1)  # of one conversation, to whatever addresses


class NotAnAddress(ValueError):
    """Nobody can be written to there."""


class TooManyLetters(Exception):
    """Enough letters went to this address, or out of this conversation, for now."""


def leave_address(conversation_id: str, address: object, now: datetime.datetime) -> str:
    """From now on this conversation is held with this address, too; a letter asks to confirm it. In lower case.

    Raises NotAnAddress, TooManyLetters, Conversation.DoesNotExist.
    """
    wanted = _valid(address)
    with transaction.atomic():
        conversation = Conversation.objects.select_for_update().get(pk=conversation_id, erased_at=None)
        asked = OutgoingLetter.objects.filter(conversation=conversation, key__startswith="left:")
        if brakes.holds(wanted, now) or asked.filter(created_at__gt=now - WITHIN).count() >= MOST_LETTERS:
            raise TooManyLetters
        correspondence, is_new = Correspondence.objects.get_or_create(
            conversation=conversation,
            defaults={
                "address": wanted,
                "language": conversation.locale[:2],
                "began_here": False,
                "told_seq": conversation.last_seq,
                "created_at": now,
            },
        )
        if not is_new and correspondence.address != wanted:
            correspondence.address, correspondence.began_here = wanted, False
            correspondence.save(update_fields=["address", "began_here"])
        draft = Draft(correspondence, now)
        said = text(draft.language, "left_address")
        draft.body = [Paragraph(said), *draft.to_confirm()]
        draft.store(f"left:{uuid.uuid4().hex}", None, said)
    return wanted


def _valid(address: object) -> str:
    if not isinstance(address, str) or len(address) > 254:
        raise NotAnAddress
    try:
        validate_email(address.strip())
    except ValidationError as error:
        raise NotAnAddress from error
    return address.strip().lower()
