"""A letter that is safe becomes what it is: a message of a conversation, a bounce, or something for a person."""

from __future__ import annotations

import datetime
import logging
import uuid

from django.db import OperationalError, transaction
from django.db.models import F

from support.conversations import log
from support.conversations.log import Inbound
from support.conversations.models import Message
from support.conversations.photo_files import PhotosAway
from support.conversations.question import ChoiceExpired, ChoiceNeverOffered
from support.mail import bounces
from support.mail.beginning import begin, storable
from support.mail.choosing import (
    chosen_by_letters,
    chosen_by_number,
    with_answers_in_the_quote,
    with_quoted_numbers,
)
from support.mail.durable import raw_path
from support.mail.evidence import MAX_MAIL_BYTES, Evidence, photos_of
from support.mail.kinds import Kind, kind_of
from support.mail.letter import Letter, authentication_results, read_letter
from support.mail.models import IncomingLetter, OutgoingLetter
from support.mail.owed import owe_notice
from support.mail.spoken import spoken
from support.mail.threads import Thread, thread_of

logger = logging.getLogger(__name__)

State = IncomingLetter.State
MOST_ATTEMPTS = 3
RETRY_S = 20


def due(now: datetime.datetime, limit: int = 20) -> list[int]:
    """The letters to deal with now, in the order in which they came."""
    waiting = IncomingLetter.objects.filter(state=State.RECEIVED, try_at__lte=now).order_by("id")
    return list(waiting.values_list("pk", flat=True)[:limit])


def deal_with(letter_id: int, now: datetime.datetime, authority: str = "") -> State:
    """Deals with one letter; one that cannot be dealt with is tried again and then parked, so the next ones go on."""
    row = IncomingLetter.objects.get(pk=letter_id)
    if row.state != State.RECEIVED:
        return State(row.state)
    if row.attempts >= MOST_ATTEMPTS:
        return _park(row, row.reason or "it stopped the mailroom each time it was read")
    _attempted(row, now)
    try:
        letter = read_letter(raw_path(row.key).read_bytes())
        _sort(row, letter, now, authority)
    except (OperationalError, PhotosAway):  # the database or the photos' store is away: no fault of the letter
        IncomingLetter.objects.filter(pk=row.pk).update(attempts=F("attempts") - 1)
        raise
    except Exception as error:  # the door of this channel: a letter nobody foresaw goes to a person, the rest go on
        logger.exception("letter %s cannot be dealt with (attempt %s)", row.pk, row.attempts)
        reason = f"{type(error).__name__}: {error}"[:2000]
        IncomingLetter.objects.filter(pk=row.pk).update(reason=reason)
        row.reason = reason
        return _park(row, reason) if row.attempts >= MOST_ATTEMPTS else State.RECEIVED
    return State(row.state)


def try_again(letter_id: int, now: datetime.datetime) -> bool:
    """Puts a parked or held letter back into the queue: a held one because a person says that it is all right."""
    held = IncomingLetter.objects.filter(pk=letter_id, state=State.HELD)
    held.update(released_at=now)
    again = IncomingLetter.objects.filter(pk=letter_id, state__in=(State.PARKED, State.HELD))
    return bool(again.update(state=State.RECEIVED, attempts=0, try_at=now))


def _attempted(row: IncomingLetter, now: datetime.datetime) -> None:
    """Counted and committed before the letter is read: one that kills this process is parked as well."""
    row.attempts += 1
    row.try_at = now + datetime.timedelta(seconds=RETRY_S * row.attempts)
    row.save(update_fields=["attempts", "try_at"])


def _park(row: IncomingLetter, reason: str) -> State:
    IncomingLetter.objects.filter(pk=row.pk, state=State.RECEIVED).update(state=State.PARKED, reason=reason)
    return State.PARKED


def _sort(row: IncomingLetter, letter: Letter, now: datetime.datetime, authority: str) -> None:
    kind = kind_of(letter)
    row.kind, row.authenticity = kind.value, authentication_results(letter, authority)
    row.reply, row.signature, row.quoted = (storable(part) for part in _parts(letter))
    if kind is not Kind.PERSON:
        with transaction.atomic():
            bounces.take_note(letter, kind, now)
            _end(row, State.STORED)
    elif not letter.sender:
        _end(row, State.HELD, "it does not say who wrote it")
    elif row.size_bytes > MAX_MAIL_BYTES:
        with transaction.atomic():
            owe_notice(f"size:{row.key}", letter, row, "too_large", now)
            _end(row, State.REFUSED, "larger than 25 MB")
    else:
        thread = thread_of(letter)
        if thread.doubt and not row.released_at:
            row.conversation = thread.correspondence.conversation if thread.correspondence else None
            _end(row, State.HELD, thread.doubt)
        else:
            _take(row, letter, thread, now)


def _take(row: IncomingLetter, letter: Letter, thread: Thread, now: datetime.datetime) -> None:
    """The letter becomes one message of its conversation, with its photos: the turn follows by itself."""
    photos, refused = photos_of(letter)
    row.refused_files = [{"name": file.name, "reason": file.reason} for file in refused]
    with transaction.atomic():
        correspondence = thread.correspondence or begin(letter, now)
        conversation = correspondence.conversation
        ids = tuple(_kept(conversation.pk, photo, now) for photo in photos)
        inbound = _inbound(row, letter, thread, ids)
        try:
            seq = log.receive(conversation.pk, inbound, now)
        except (ChoiceExpired, ChoiceNeverOffered):
            seq = log.receive(conversation.pk, _in_words(inbound, thread), now)
        row.conversation = conversation
        row.message = Message.objects.get(conversation=conversation, seq=seq)
        _end(row, State.TAKEN)


def _kept(conversation_id: str, photo: Evidence, now: datetime.datetime) -> str:
    return log.add_photo(conversation_id, photo.original, photo.developed, now).pk


def _inbound(row: IncomingLetter, letter: Letter, thread: Thread, photos: tuple[str, ...]) -> Inbound:
    client_id, mail, answered = uuid.UUID(row.key[:32]), Message.Channel.MAIL, thread.answered
    if answered is None:
        topic = storable(letter.topic) if thread.correspondence is None else ""
        return Inbound(client_id, spoken(row.reply, topic) or ("" if photos else "…"), "", photos, mail)
    chosen = chosen_by_number(row.reply, answered)
    if chosen and not photos:
        return Inbound(client_id, "", chosen["payload"], (), mail)
    reply = _with_all_answers(row, letter, answered) if len(answered.asked) > 1 else row.reply
    text = spoken(reply) or ("" if photos else "…")
    return Inbound(client_id, text, "", photos, mail, chosen_by_letters(reply, answered), tuple(answered.asked))


def _with_all_answers(row: IncomingLetter, letter: Letter, answered: OutgoingLetter) -> str:
    """The reply with what stands between and inside the questions that it quotes."""
    reply = with_quoted_numbers(row.reply, letter.text)
    return with_answers_in_the_quote(reply, row.quoted, read_letter(bytes(answered.content)))


def _in_words(inbound: Inbound, thread: Thread) -> Inbound:
    """A choice of a letter that the conversation has gone on from: a fact of the claim is one all the same.

    A yes or no to an old summary says nothing about what is asked now.
    """
    titles = {choice["payload"]: choice["title"] for choice in thread.answered.choices} if thread.answered else {}
    if inbound.choice.startswith("claim."):
        title = titles.get(inbound.choice, "…")
        return Inbound(inbound.client_id, title, "", inbound.photos, inbound.channel, (inbound.choice,))
    is_goal = inbound.choice.startswith(("intent=", "request="))
    words = titles.get(inbound.choice, "…") if is_goal else "…"
    return Inbound(inbound.client_id, words, "", inbound.photos, inbound.channel)


def _parts(letter: Letter) -> tuple[str, str, str]:
    """Reply, signature and cut part; a letter that is all quote says nothing of its own."""
    words = letter.words
    if words.is_whole and letter.references:
        return "", "", words.reply
    return words.reply, words.signature, words.quoted


def _end(row: IncomingLetter, state: State, reason: str = "") -> None:
    row.state, row.reason = state, reason
    row.save()
