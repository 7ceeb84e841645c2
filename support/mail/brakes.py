"""Loops stop: so many answers to one address, and then a person looks."""

from __future__ import annotations

import datetime

from support.conversations.log import open_log
from support.conversations.models import Conversation
from support.mail.bounces import is_suppressed
from support.mail.models import Correspondence, OutgoingLetter

LIMITS = (
    (datetime.timedelta(minutes=10), 5),
    (datetime.timedelta(hours=1), 20),
    (datetime.timedelta(days=1), 40),
)


def holds(address: str, now: datetime.datetime) -> str:
    """Why no more automatic letters go to this address for now; empty if they do."""
    sent = OutgoingLetter.objects.filter(recipient=address, is_automatic=True)
    sent = sent.exclude(state=OutgoingLetter.State.HELD)
    for span, most in LIMITS:
        if sent.filter(created_at__gt=now - span).count() >= most:
            return f"{most} answers to this address within {_spoken(span)}: this may be a loop"
    return ""


def state_for(address: str, braked: str) -> str:
    """In which state a new letter to this address begins."""
    if braked:
        return OutgoingLetter.State.HELD
    return OutgoingLetter.State.SUPPRESSED if is_suppressed(address) else OutgoingLetter.State.QUEUED


def hand_over(correspondence: Correspondence, why: str, now: datetime.datetime) -> None:
    """A person takes the conversation, so that no further turn answers by itself."""
    with open_log(correspondence.conversation_id, now) as log:
        if log.conversation.owner == Conversation.Owner.BOT:
            log.give_to(Conversation.Owner.WAITING, why)
            log.conversation.waiting_explained = True  # the word about the wait would be one more letter


def _spoken(span: datetime.timedelta) -> str:
    minutes = int(span.total_seconds() // 60)
    return f"{minutes} minutes" if minutes < 60 else f"{minutes // 60} h"
