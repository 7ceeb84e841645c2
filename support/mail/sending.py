"""Sending what is owed: in order, again while the server is away, parked when it is never taken."""

from __future__ import annotations

import datetime
import logging
from enum import Enum
from typing import Protocol

from django.db import transaction

from support.mail.bounces import suppress
from support.mail.models import OutgoingLetter

logger = logging.getLogger(__name__)

State = OutgoingLetter.State
MOST_TRIES = 4
FIRST_PAUSE_S, LONGEST_PAUSE_S = 30, 1800


class Fault(Enum):
    """What a refusal is about: the address, which takes nothing; this letter; or only this moment."""

    ADDRESS = "address"
    LETTER = "letter"
    NOW = "now"


class Refused(Exception):
    """The server does not take this letter."""

    def __init__(self, why: str, fault: Fault) -> None:
        super().__init__(why)
        self.fault = fault


class Away(Exception):
    """The server does not answer; it may take the letter later."""


class Sender(Protocol):
    def send(self, letter: OutgoingLetter) -> None:
        """Raises Refused, Away."""

    def was_sent(self, letter: OutgoingLetter) -> bool | None:
        """Whether it went out although we did not hear so; None: nobody knows. Raises Away."""


def due(now: datetime.datetime, limit: int = 20) -> list[str]:
    """The letters to send now, the oldest first."""
    waiting = OutgoingLetter.objects.filter(state__in=OutgoingLetter.OPEN, try_at__lte=now).order_by("created_at")
    return list(waiting.values_list("pk", flat=True)[:limit])


def send(letter_id: str, sender: Sender, now: datetime.datetime) -> State:
    """Sends one letter. That it is on its way is committed first: after a crash it is looked up before it goes again.

    Raises Away.
    """
    letter = OutgoingLetter.objects.get(pk=letter_id)
    if letter.state == State.SENDING and sender.was_sent(letter):
        return _end(letter, State.SENT, now)
    if not OutgoingLetter.objects.filter(pk=letter_id, state__in=OutgoingLetter.OPEN).update(state=State.SENDING):
        return State(OutgoingLetter.objects.get(pk=letter_id).state)
    try:
        sender.send(letter)
    except Refused as refused:
        return _refused(letter, refused, now)
    except Away:
        OutgoingLetter.objects.filter(pk=letter_id).update(state=State.QUEUED)
        raise
    return _end(letter, State.SENT, now)


def try_again(letter_id: str, now: datetime.datetime) -> bool:
    """Puts a letter that was parked or held back into the queue; somebody at the desk wants it to go."""
    stopped = OutgoingLetter.objects.filter(pk=letter_id, state__in=(State.PARKED, State.HELD, State.SUPPRESSED))
    return bool(stopped.update(state=State.QUEUED, attempts=0, error="", try_at=now))


def look_up_first() -> int:
    """After a backup was put back: what waits in it may have gone out since, and is looked up first; how many."""
    return OutgoingLetter.objects.filter(state=State.QUEUED).update(state=State.SENDING)


def _refused(letter: OutgoingLetter, refused: Refused, now: datetime.datetime) -> State:
    logger.warning("letter %s was refused: %s", letter.pk, refused)
    if refused.fault is Fault.ADDRESS:
        with transaction.atomic():
            _end(letter, State.SUPPRESSED, now, str(refused))
            suppress(letter.recipient, f"its mail server refused a letter for good: {refused}", now)
        return State.SUPPRESSED
    letter.attempts += 1
    if refused.fault is Fault.LETTER or letter.attempts >= MOST_TRIES:
        return _end(letter, State.PARKED, now, str(refused))
    letter.try_at = now + datetime.timedelta(seconds=min(FIRST_PAUSE_S * 2**letter.attempts, LONGEST_PAUSE_S))
    letter.state, letter.error = State.QUEUED, str(refused)[:2000]
    letter.save(update_fields=["attempts", "try_at", "state", "error"])
    return State.QUEUED


def _end(letter: OutgoingLetter, state: State, now: datetime.datetime, error: str = "") -> State:
    letter.state, letter.error, letter.sent_at = state, error[:2000], now if state == State.SENT else None
    letter.save(update_fields=["state", "error", "sent_at"])
    return state
