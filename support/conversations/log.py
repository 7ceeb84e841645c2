"""The log's writing side: one transaction a change, numbered without gaps, rung out after the commit."""

import datetime
import hashlib
import secrets
import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

from django.contrib.auth.models import AbstractBaseUser
from django.db import IntegrityError, transaction

from support.conversations import bell, photos, question, rating
from support.conversations.bell import Ring
from support.conversations.composed import Query, insert, update
from support.conversations.models import Conversation, Message, OtherToken, OwnerChange, Photo, Turn, new_id
from support.conversations.moment import Moment, as_json
from support.conversations.photos import Developed
from support.conversations.words import RATED, STILL_WAITING, words
from support.telemetry import metrics

Owner, Sender = Conversation.Owner, Message.Sender
ASSISTANT, CUSTOMER = "assistant", "customer"  # who changes an owner, beside agents by their user name
CHANGING = (
    "owner",
    "agent_id",
    "waiting_since",
    "waiting_explained",
    "told_opening",
    "last_seq",
    "revision",
    "changed_at",
    "lease_by",
    "lease_until",
)

_WHOLE = Query(lambda pk: Conversation.objects.select_for_update().filter(pk=pk, erased_at=None))
_COLUMNS = [field.attname for field in Conversation._meta.concrete_fields]
_OPEN_TURNS = Query(lambda pk: Turn.objects.filter(conversation=pk, state__in=Turn.OPEN).values_list("pk")[:1])


class PhotosUnknown(Exception):
    """A photo that this conversation does not have."""


class PhotosUsed(Exception):
    """A photo that was sent with an earlier message."""


NOT_TAKEN = (question.ChoiceExpired, question.ChoiceNeverOffered, PhotosUnknown, PhotosUsed)


LONGEST_LEASE = datetime.timedelta(minutes=5)  # the setting takes two


def is_leased(conversation: Conversation, now: datetime.datetime) -> bool:
    """Whether somebody runs its turns. A lease that ends later than any can was made before the clock was put back."""
    until = conversation.lease_until
    return until is not None and now <= until <= now + LONGEST_LEASE


@dataclass(frozen=True)
class Inbound:
    """What a customer sends: text, or the payload of a choice, or photos (perhaps with a text); by chat or by mail.

    answers: payloads of several choices, taken beside the text of a letter. asked: the facts that the letter it
    answers asked for, in the order of their numbers.
    """

    client_id: uuid.UUID
    text: str = ""
    choice: str = ""
    photos: tuple[str, ...] = ()
    channel: str = Message.Channel.CHAT
    answers: tuple[str, ...] = ()
    asked: tuple[str, ...] = ()


class Log:
    """One conversation, locked, to write in. Made by `open_log` only.

    working: whether a turn is open after this change, where that is known. claimed: the turn that the caller runs.
    stored: the conversation as it was found.
    """

    def __init__(self, conversation: Conversation, now: datetime.datetime) -> None:
        self.conversation, self.now, self.owes_turn = conversation, now, False
        self.working: bool | None = None
        self.claimed: Turn | None = None
        self.said: list[tuple[Message, tuple[str, ...]]] = []
        self.stored = {name: getattr(conversation, name) for name in CHANGING}

    def append(self, sender: Sender, text: str, photos: tuple[str, ...] = (), **fields: Any) -> Message:
        """The next message. fields: name, choice, choices, asks, citations, case, client_id, in_reply_to."""
        self.conversation.last_seq += 1
        message = Message(
            conversation=self.conversation,
            seq=self.conversation.last_seq,
            sender=sender,
            text=text,
            at=self.now,
            **fields,
        )
        insert(message)
        self.said.append((message, photos))
        return message

    def say(self, response: str, turn: Turn | None = None, **gaps: str) -> Message:
        """The bot says one of our own responses of domain.yml, its gaps filled."""
        spoken = words(response)
        text = spoken.text.format(**gaps) if gaps else spoken.text
        return self.append(Sender.BOT, text, choices=list(spoken.choices), asks=spoken.asks, in_reply_to=turn)

    def give_to(self, owner: Owner, reason: str, who: str = ASSISTANT, agent: AbstractBaseUser | None = None) -> None:
        """A new owner (agent: which, for Owner.AGENT); nothing happens if it has the conversation already."""
        conversation = self.conversation
        if (conversation.owner, conversation.agent_id) == (owner, agent.pk if agent else None):
            return
        OwnerChange.objects.create(
            conversation=conversation,
            previous=conversation.owner,
            owner=owner,
            agent=agent.get_username() if agent else "",
            who=who,
            reason=reason[:500],
            at=self.now,
        )
        if owner == Owner.WAITING:
            transaction.on_commit(lambda: metrics.count_handoff(reason))
        conversation.owner, conversation.agent = owner, agent
        conversation.waiting_since = self.now if owner == Owner.WAITING else None
        conversation.waiting_explained = False
        if owner in (Owner.AGENT, Owner.CLOSED):
            conversation.turns.filter(state=Turn.State.QUEUED).update(state=Turn.State.SKIPPED, ended_at=self.now)

    def receive(self, inbound: Inbound, claim_until: datetime.datetime | None = None) -> Message:
        """The customer's message, and with it the turn that the bot owes for it.

        claim_until: the caller runs that turn, holding the lease until then, if nobody else runs or owes one.

        Raises ChoiceExpired, ChoiceNeverOffered, PhotosUnknown, PhotosUsed.
        """
        conversation = self.conversation
        choice = (
            question.taken(conversation, inbound.choice)
            if inbound.choice
            else None
            if inbound.photos or len(inbound.asked) > 1  # a bare number is no answer to several questions
            else question.meant(conversation, inbound.text)
        )
        unsent = self._unsent(inbound.photos)
        message = self.append(
            Sender.CUSTOMER,
            inbound.text or (choice.title if choice else ""),
            tuple(photo.pk for photo in unsent),
            choice=choice.payload if choice else "",
            client_id=inbound.client_id,
            channel=inbound.channel,
            answers=list(inbound.answers),
            asked=list(inbound.asked),
        )
        for position, photo in enumerate(unsent):
            photo.message, photo.position = message, position
            photo.save(update_fields=["message", "position"])
        self._see_to(message, claim_until)
        return message

    def _see_to(self, message: Message, claim_until: datetime.datetime | None) -> None:
        """Whose the answer is: a turn of the bot, a word about the wait, or nobody's but the agent's."""
        conversation = self.conversation
        if rating.take(message):
            if conversation.owner in (Owner.BOT, Owner.CLOSED):
                self.say(RATED)
            return
        if conversation.owner == Owner.CLOSED:
            self.give_to(Owner.BOT, "the customer wrote again", CUSTOMER)
        if message.choice == question.BACK_TO_BOT and conversation.owner == Owner.WAITING:
            self.give_to(Owner.BOT, "the customer chose to go back to the assistant", CUSTOMER)
        if conversation.owner == Owner.BOT:
            self._owe(Turn(conversation=conversation, message=message, seq=message.seq), claim_until)
        elif conversation.owner == Owner.WAITING and not conversation.waiting_explained:
            self.say(STILL_WAITING)
            conversation.waiting_explained = True

    def _owe(self, turn: Turn, claim_until: datetime.datetime | None) -> None:
        conversation = self.conversation
        leased = is_leased(conversation, self.now)
        if claim_until and not leased and not any(_OPEN_TURNS.rows(conversation.pk)):
            turn.state, turn.attempts = Turn.State.RUNNING, 1
            conversation.lease_by, conversation.lease_until = new_id(), claim_until
            self.claimed = turn
        insert(turn)
        self.working, self.owes_turn = True, self.claimed is None

    def _unsent(self, ids: tuple[str, ...]) -> list[Photo]:
        found = {photo.pk: photo for photo in self.conversation.photos.filter(pk__in=ids)} if ids else {}
        if unknown := [photo for photo in ids if photo not in found]:
            raise PhotosUnknown(unknown[0])
        if used := [photo for photo in ids if found[photo].message_id]:
            raise PhotosUsed(used[0])
        return [found[photo] for photo in dict.fromkeys(ids)]


@contextmanager
def open_log(conversation_id: str, now: datetime.datetime) -> Iterator[Log]:
    """The conversation, locked for one change, stored and told at the end. Raises DoesNotExist (erased, too)."""
    with transaction.atomic():
        log = _locked(conversation_id, now)
        yield log
        _store(log)


def _locked(conversation_id: str, now: datetime.datetime) -> Log:
    row = next(_WHOLE.rows(conversation_id), None)
    if row is None:
        raise Conversation.DoesNotExist(conversation_id)
    return Log(Conversation.from_db("default", _COLUMNS, row), now)


def _store(log: Log) -> None:
    conversation = log.conversation
    conversation.revision += 1
    conversation.changed_at = log.now
    update(conversation, *(name for name in CHANGING if getattr(conversation, name) != log.stored[name]))
    change = Ring(conversation.pk, log.owes_turn, _moment(log))
    transaction.on_commit(lambda: bell.ring(change))


def _moment(log: Log) -> Moment | None:
    """What this change adds to what a front end shows."""
    if log.working is None:
        return None
    conversation, messages = log.conversation, [as_json(message, photos) for message, photos in log.said]
    return Moment(messages, conversation.owner, log.working, conversation.last_seq, conversation.revision)


def start(timezone: str, locale: str, now: datetime.datetime) -> tuple[Conversation, str]:
    """A new conversation and the token that opens it, which only the customer keeps."""
    token = secrets.token_urlsafe(32)
    conversation = Conversation.objects.create(
        token_digest=digest(token), timezone=timezone, locale=locale, created_at=now, changed_at=now
    )
    return conversation, token


def another_token(conversation_id: str, now: datetime.datetime) -> str:
    """One more token that opens this conversation, for another device of the customer."""
    token = secrets.token_urlsafe(32)
    OtherToken.objects.create(conversation_id=conversation_id, token_digest=digest(token), made_at=now)
    return token


def digest(token: str) -> str:
    return hashlib.sha256(token.encode("utf-8", "replace")).hexdigest()


def receive(conversation_id: str, inbound: Inbound, now: datetime.datetime) -> int:
    """Stores what the customer sent, once a client_id; its seq. Raises as Log.receive, Conversation.DoesNotExist."""
    return take_in(conversation_id, inbound, now)[0]


def take_in(
    conversation_id: str, inbound: Inbound, now: datetime.datetime, claim_until: datetime.datetime | None = None
) -> tuple[int, Turn | None]:
    """The same; and the turn, if the caller has claimed it with this (see Log.receive)."""
    try:
        with open_log(conversation_id, now) as log:
            seq = log.receive(inbound, claim_until).seq
    except (*NOT_TAKEN, IntegrityError):  # a second delivery is one of these, and the only one that is rare
        known = Message.objects.filter(conversation=conversation_id, client_id=inbound.client_id)
        if seq := known.values_list("seq", flat=True).first():
            return seq, None
        raise
    return seq, log.claimed


def add_photo(conversation_id: str, original: bytes, developed: Developed, now: datetime.datetime) -> Photo:
    """Keeps the photo for a message to come. Raises OSError when the disk does not take it."""
    photo = Photo(
        conversation_id=conversation_id,
        kind=developed.kind,
        width=developed.width,
        height=developed.height,
        size_bytes=len(original),
        sha256=photos.fingerprint(original),
        at=now,
    )
    photos.keep(photo.pk, original, developed)
    photo.save(force_insert=True)
    return photo
