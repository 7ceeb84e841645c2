"""A correspondence begins: with a letter, or because somebody leaves an address in the chat."""

from __future__ import annotations

import datetime

from support.conversations import log
from support.mail.letter import Letter
from support.mail.models import Correspondence
from support.mail.spoken import language_of
from support.mail.threads import thread_of


def correspondence_for(letter: Letter, now: datetime.datetime) -> Correspondence:
    """The one this letter goes on with, else a new one with a conversation of its own. Call it in a transaction."""
    found = thread_of(letter)
    if found.correspondence and not found.doubt:
        return found.correspondence
    return begin(letter, now)


def begin(letter: Letter, now: datetime.datetime) -> Correspondence:
    """A new conversation with whoever wrote this letter. Call it in a transaction."""
    language = language_of(letter.words.reply)
    conversation, _ = log.start("", language, now)
    return Correspondence.objects.create(
        conversation=conversation,
        address=letter.sender,
        name=storable(letter.sender_name)[:200],
        topic=storable(letter.topic)[:300],
        language=language,
        began_here=True,
        created_at=now,
    )


def storable(text: str) -> str:
    """What every database takes: no zeros, no half characters."""
    return text.encode("utf-8", "replace").decode("utf-8").replace("\0", "")
