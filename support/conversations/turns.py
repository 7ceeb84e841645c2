"""The turns the bot owes: taken by one runner at a time, in order, ended once."""

import datetime
import logging
from dataclasses import dataclass, replace
from typing import Any

from django.db import transaction
from django.db.models import Q

from support.conversations.composed import change
from support.conversations.dates import customer_date
from support.conversations.hours import in_words, service_hours
from support.conversations.log import LONGEST_LEASE, Inbound, Log, Owner, Sender, is_leased, open_log, take_in
from support.conversations.models import Conversation, Message, Note, Turn, new_id
from support.conversations.question import BACK_TO_BOT, Choice
from support.conversations.words import TURN_FAILED, TURN_FAILED_AWAY

logger = logging.getLogger(__name__)


@dataclass(frozen=True)
class Claim:
    """A turn that one runner may run until its lease ends. request: what the channel takes.

    last_seq: of the conversation when this turn was taken, if it was the only one that was owed.
    """

    id: str
    conversation: str
    turn: str
    attempt: int
    patience_used_s: float
    request: dict[str, Any]
    last_seq: int | None = None


def receive(
    conversation_id: str, inbound: Inbound, now: datetime.datetime, lease: datetime.timedelta
) -> tuple[int, Claim | None]:
    """log.receive, and the turn is ours in the same transaction where it can begin at once."""
    seq, turn = take_in(conversation_id, inbound, now, now + lease)
    if turn is None:
        return seq, None
    return seq, replace(_claimed(turn.conversation, turn, list(inbound.photos)), last_seq=turn.conversation.last_seq)


def due(now: datetime.datetime, limit: int) -> list[str]:
    """Conversations with an open turn that nobody holds a lease on, the oldest change first."""
    free = Q(lease_until=None) | Q(lease_until__lt=now) | Q(lease_until__gt=now + LONGEST_LEASE)
    owed = Turn.objects.filter(state__in=Turn.OPEN).values("conversation")
    waiting = Conversation.objects.filter(free, pk__in=owed).order_by("changed_at")
    return list(waiting.values_list("pk", flat=True)[:limit])


def claim(conversation_id: str, now: datetime.datetime, lease: datetime.timedelta) -> Claim | None:
    """The next turn of this conversation, unless there is none or somebody else has it."""
    with transaction.atomic():
        conversation = Conversation.objects.select_for_update().filter(pk=conversation_id, erased_at=None).first()
        if conversation is None or is_leased(conversation, now):
            return None
        if taken := _begin_next(conversation, new_id(), now + lease):
            conversation.save(update_fields=["lease_by", "lease_until"])
            return taken
        nothing_owed = conversation.owner == Owner.BOT
    if not nothing_owed:
        with open_log(conversation_id, now) as log:
            _skip_open(log)
    return None


def finish(done: Claim, messages: list[dict[str, Any]], now: datetime.datetime, lease: datetime.timedelta):
    """Stores the bot's answer and the turn's end in one transaction, and takes the next turn if there is one.

    Stores nothing if the lease has gone to somebody else meanwhile. A bot that says nothing has failed.
    """
    with open_log(done.conversation, now) as log:
        if not messages and log.conversation.owner == Owner.BOT and (turn := _held(log.conversation, done)):
            _give_up(log, turn, "the assistant said nothing")
            return None
        if not _ended(log, done):
            logger.warning("turn %s: the lease was lost, its answer is dropped", done.turn)
            return None
        nothing_came = log.conversation.last_seq == done.last_seq
        for message in messages:
            if log.conversation.owner in (Owner.AGENT, Owner.CLOSED):
                Note.objects.create(conversation=log.conversation, text=message["text"], at=now)  # one owner speaks
            else:
                log.append(Sender.BOT, message["text"], in_reply_to_id=done.turn, **_attachments(message))
        if log.conversation.owner == Owner.WAITING:
            log.conversation.told_opening = service_hours().next_opening(now)  # what it said tells that, too
        if log.conversation.owner != Owner.BOT:
            _skip_open(log)
            return None
        taken = None if nothing_came else _begin_next(log.conversation, done.id, now + lease)
        log.working = taken is not None
        if taken is None:
            _release(log.conversation)
        return taken


def fail(failed: Claim, error: str, now: datetime.datetime) -> None:
    """The turn ends without an answer: the customer is told, and a person gets the conversation."""
    with open_log(failed.conversation, now) as log:
        turn = _held(log.conversation, failed)
        if turn:
            _give_up(log, turn, error)


def try_again(again: Claim, patience_used_s: float, error: str) -> Claim:
    """The same claim's next attempt, with what the last one cost. Raises Conversation.DoesNotExist: it was erased."""
    known = Turn.objects.filter(pk=again.turn).update(
        attempts=again.attempt + 1, patience_used_s=patience_used_s, error=error[:2000]
    )
    if not known:
        raise Conversation.DoesNotExist(again.conversation)
    request = {**again.request, "attempt": again.attempt + 1}
    return replace(again, attempt=again.attempt + 1, patience_used_s=patience_used_s, request=request)


def renew(held: Claim, until: datetime.datetime) -> bool:
    """True if the lease is still ours, now until then."""
    mine = Conversation.objects.filter(pk=held.conversation, lease_by=held.id)
    return bool(mine.update(lease_until=until))


def release(held: Claim) -> None:
    """Gives the lease back before its end, so that another runner need not wait for it."""
    Conversation.objects.filter(pk=held.conversation, lease_by=held.id).update(lease_by="", lease_until=None)


def _begin_next(conversation: Conversation, claim_id: str, until: datetime.datetime) -> Claim | None:
    """Only the owner begins a turn; one that was begun is brought to its end whoever the owner is by now."""
    states = Turn.OPEN if conversation.owner == Owner.BOT else (Turn.State.RUNNING,)
    turn = conversation.turns.filter(state__in=states).select_related("message").order_by("seq").first()
    if turn is None:
        return None
    turn.state, turn.attempts = Turn.State.RUNNING, turn.attempts + 1
    turn.save(update_fields=["state", "attempts"])
    conversation.lease_by, conversation.lease_until = claim_id, until
    photos = turn.message.photos.order_by("position").values_list("pk", flat=True)
    return _claimed(conversation, turn, list(photos))


def _claimed(conversation: Conversation, turn: Turn, photos: list[str]) -> Claim:
    """The turn as the holder of the conversation's lease has it."""
    message, is_handed_back = turn.message, turn.settled is not None
    choice = BACK_TO_BOT if is_handed_back else message.choice
    request = {
        "conversation": conversation.pk,
        "message": turn.pk,
        "text": None if is_handed_back else message.text or None,
        "answer": Choice("", choice).as_answer() if choice else None,
        "settled": turn.settled or None,
        "photos": photos,
        "timezone": conversation.timezone or None,
        "today": customer_date(message.at, conversation.timezone).isoformat(),
        "now": message.at.isoformat(),
        "locale": conversation.locale,
        "channel": _last_channel(message) if is_handed_back else message.channel,
        "asked": message.asked,
        "answers": [Choice("", payload).as_answer() for payload in message.answers],
        "address": conversation.address or None,
        "attempt": turn.attempts,
        "replay_only": conversation.owner in (Owner.AGENT, Owner.CLOSED),
    }
    return Claim(conversation.lease_by, conversation.pk, turn.pk, turn.attempts, turn.patience_used_s, request)


def _last_channel(spoken: Message) -> str:
    """How the customer wrote last before the bot said this."""
    theirs = Message.objects.filter(conversation=spoken.conversation_id, sender=Sender.CUSTOMER, seq__lt=spoken.seq)
    return theirs.order_by("-seq").values_list("channel", flat=True).first() or spoken.channel


def _attachments(message: dict[str, Any]) -> dict[str, Any]:
    return {
        "choices": message.get("choices") or [],
        "asks": message.get("asks"),
        "citations": message.get("citations") or [],
        "case": message.get("case"),
    }


def _held(conversation: Conversation, held: Claim) -> Turn | None:
    if conversation.lease_by != held.id:
        return None
    return conversation.turns.filter(pk=held.turn, state=Turn.State.RUNNING).first()


def _ended(log: Log, held: Claim) -> bool:
    """Whether the turn was still ours and running; now it is done."""
    if log.conversation.lease_by != held.id:
        return False
    done = {"state": Turn.State.DONE, "ended_at": log.now}
    return change(Turn, held.turn, done, conversation=log.conversation.pk, state=Turn.State.RUNNING)


def _give_up(log: Log, turn: Turn, error: str) -> None:
    logger.error("turn %s of conversation %s failed: %s", turn.pk, log.conversation.pk, error)
    _end(turn, Turn.State.FAILED, log.now, error)
    if log.conversation.owner in (Owner.BOT, Owner.WAITING):
        _apologise(log, turn)
        log.give_to(Owner.WAITING, f"a turn failed: {error}")
    _skip_open(log)


def _apologise(log: Log, turn: Turn) -> None:
    """Says that a person will answer; when nobody is there, once since when somebody will be."""
    opening = service_hours().next_opening(log.now)
    if opening and opening != log.conversation.told_opening:
        log.say(TURN_FAILED_AWAY, turn, when=in_words(opening, log.conversation.timezone))
        log.conversation.told_opening = opening
    else:
        log.say(TURN_FAILED, turn)


def _end(turn: Turn, state: Turn.State, now: datetime.datetime, error: str = "") -> None:
    turn.state, turn.ended_at, turn.error = state, now, error[:2000] or turn.error
    turn.save(update_fields=["state", "ended_at", "error"])


def _skip_open(log: Log) -> None:
    """The bot is not the owner any more: what it still owed is answered by a person."""
    log.conversation.turns.filter(state__in=Turn.OPEN).update(state=Turn.State.SKIPPED, ended_at=log.now)
    log.working = False
    _release(log.conversation)


def _release(conversation: Conversation) -> None:
    conversation.lease_by, conversation.lease_until = "", None
