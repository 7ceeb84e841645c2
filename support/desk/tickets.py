"""Handovers carried to a helpdesk, and its answers brought back: each thing once, whatever breaks in between.

The row of a ticket says before each call what is about to happen. Where an earlier try may have reached it there
although we did not hear of it, the helpdesk is asked what it has: a ticket by its title, remarks by their marks.
An answer's number there makes its message id here, so that it is said once. No transaction is open during a call.
"""

import datetime
import logging
import uuid

from django.contrib.auth.hashers import make_password
from django.contrib.auth.models import User
from django.db import transaction
from django.db.models import Max, QuerySet

from support.conversations import ownership, photos
from support.conversations.models import Conversation, Message, OwnerChange
from support.conversations.ownership import NotTheOwner
from support.desk import audit
from support.desk.helpdesk import CLOSED, OPEN, Answer, Helpdesk, HelpdeskRefuses, Ticket, TicketGone
from support.desk.models import HelpdeskTicket
from support.desk.ticket_text import opening, remark

logger = logging.getLogger(__name__)

Owner = Conversation.Owner
LOOK_EVERY = datetime.timedelta(seconds=3)
WHILE_AWAY = datetime.timedelta(seconds=30)
WHEN_REFUSED = datetime.timedelta(minutes=10)
JOB = "helpdesk"
ACCOUNT = "helpdesk-{}"  # of an agent there; nobody signs in at the desk with it


def is_anything_due(now: datetime.datetime) -> bool:
    """Whether `take_up` and `step` would find something."""
    return _due(now).exists() or _without_ticket().exists() or _to_forget().exists()


def take_up(now: datetime.datetime) -> None:
    """A row for each conversation that waits and has no ticket for it; those of erased ones are open once more."""
    for conversation in _without_ticket():
        handover = OwnerChange.objects.filter(conversation=conversation, owner=Owner.WAITING).last()
        if handover is not None:
            HelpdeskTicket.objects.get_or_create(
                handover=handover.pk, defaults={"conversation": conversation.pk, "not_before": now}
            )
    _to_forget().update(ended_at=None, not_before=now)


def _due(now: datetime.datetime) -> QuerySet[HelpdeskTicket]:
    return HelpdeskTicket.objects.filter(ended_at=None, not_before__lte=now).order_by("not_before")


def _without_ticket() -> QuerySet[Conversation]:
    open_ones = HelpdeskTicket.objects.filter(ended_at=None).values("conversation")
    return Conversation.objects.filter(owner=Owner.WAITING, erased_at=None).exclude(pk__in=open_ones)


def _to_forget() -> QuerySet[HelpdeskTicket]:
    erased = Conversation.objects.filter(erased_at__isnull=False).values("pk")
    return HelpdeskTicket.objects.filter(conversation__in=erased, ended_at__isnull=False)


def step(helpdesk: Helpdesk, now: datetime.datetime) -> bool:
    """Does what there is to do for the ticket whose turn it is; False: none has one now.

    Raises HelpdeskAway: this ticket's turn comes again later, the others' before it.
    """
    row = _due(now).first()
    if row is None:
        return False
    wait = WHILE_AWAY
    try:
        _carry(row, helpdesk, now)
        wait = LOOK_EVERY
    except TicketGone:
        _end(row, now)
    except HelpdeskRefuses:
        logger.exception("Ticket %s of conversation %s does not go on", row.ticket or "(new)", row.conversation)
        wait = WHEN_REFUSED
    finally:
        HelpdeskTicket.objects.filter(handover=row.handover).update(not_before=now + wait)
    return True


def _carry(row: HelpdeskTicket, helpdesk: Helpdesk, now: datetime.datetime) -> None:
    conversation = Conversation.objects.get(pk=row.conversation)
    if row.tried_at and not row.ticket:
        row.ticket = helpdesk.find_ticket(_reference(row), row.newest_then)
        row.save(update_fields=["ticket"])
    if conversation.erased_at:
        _forget(row, helpdesk)
        return
    if not row.ticket:
        if conversation.owner != Owner.WAITING:
            _end(row, now)
            return
        _open(row, conversation, helpdesk, now)
    ticket = helpdesk.read(row.ticket)
    for answer in ticket.answers:
        if answer.id not in row.brought:
            _bring(row, answer, now)
    _tell(row, ticket, helpdesk)
    _go_on(row, ticket, helpdesk, now)


def _open(row: HelpdeskTicket, conversation: Conversation, helpdesk: Helpdesk, now: datetime.datetime) -> None:
    title, text, urgent = opening(conversation, _reference(row), now)
    if not row.tried_at:
        row.newest_then = HelpdeskTicket.objects.aggregate(newest=Max("ticket"))["newest"] or 0
    row.tried_at, row.opened_seq = now, conversation.last_seq
    row.save()
    row.ticket = helpdesk.open_ticket(title, text, urgent)
    row.save(update_fields=["ticket"])
    audit.record_job(JOB, "opened a ticket", row.conversation, str(row.ticket))


def _bring(row: HelpdeskTicket, answer: Answer, now: datetime.datetime) -> None:
    """Into the conversation, under the agent's name; beside it as a note if one of the desk has it."""
    agent = _account(answer)
    with transaction.atomic():
        try:
            _let_have(row.conversation, agent, now)
            ownership.answer(row.conversation, agent, answer.text, _message_id(row, answer.id), now)
        except NotTheOwner:
            ownership.note(row.conversation, agent.get_username(), answer.text, now)
        audit.record_job(agent.get_username(), "answered in the helpdesk", row.conversation, str(row.ticket))
        row.brought = [*row.brought, answer.id]
        row.save(update_fields=["brought"])


def _let_have(conversation_id: str, agent: User, now: datetime.datetime) -> None:
    """The conversation, from whoever has it but an agent of the desk. Raises NotTheOwner."""
    holder = Conversation.objects.select_related("agent").get(pk=conversation_id).agent
    if holder is not None and holder != agent and _is_of_the_helpdesk(holder):
        ownership.transfer(conversation_id, holder, agent, "answers in the helpdesk", now)
    else:
        ownership.take(conversation_id, agent, now)


def _tell(row: HelpdeskTicket, ticket: Ticket, helpdesk: Helpdesk) -> None:
    """What was said since, and the photos, which an opening cannot have."""
    ours = [_message_id(row, answer) for answer in row.brought]
    said = Message.objects.filter(conversation=row.conversation, seq__gt=row.carried_seq).prefetch_related("photos")
    for message in said.exclude(client_id__in=ours):
        sent = [(f"photo-{message.seq}-{n}.jpg", photo) for n, photo in enumerate(message.photos.all(), 1)]
        if message.seq not in ticket.marks and (sent or message.seq > row.opened_seq):
            files = [(name, shown) for name, photo in sent if (shown := _shown(photo.pk))]
            helpdesk.remark(row.ticket, message.seq, remark(message, len(sent)), files)
        row.carried_seq = message.seq
        row.save(update_fields=["carried_seq"])


def _shown(photo_id: str) -> bytes:
    """Nothing where the photo was erased meanwhile. Raises OSError."""
    try:
        return photos.shown(photo_id)
    except FileNotFoundError:
        return b""


def _go_on(row: HelpdeskTicket, ticket: Ticket, helpdesk: Helpdesk, now: datetime.datetime) -> None:
    """Solved there: back to the assistant. Closed there: closed. Gone on without it here: closed there."""
    conversation = Conversation.objects.select_related("agent").get(pk=row.conversation)
    theirs = conversation.owner == Owner.WAITING or _is_of_the_helpdesk(conversation.agent)
    if ticket.status == OPEN:
        if conversation.owner in (Owner.BOT, Owner.CLOSED):
            who = "The assistant has it again" if conversation.owner == Owner.BOT else "It was closed at the desk"
            helpdesk.close(row.ticket, f"{who}.")
            _end(row, now)
        return
    with transaction.atomic():
        if theirs:
            agent = conversation.agent or _account(ticket.ended_by or Answer("", "", "", ""))
            ownership.take(row.conversation, agent, now)
            if ticket.status == CLOSED:
                ownership.close(row.conversation, agent, now)
            else:
                ownership.hand_back(row.conversation, agent, {}, now)
        _end(row, now)


def _forget(row: HelpdeskTicket, helpdesk: Helpdesk) -> None:
    if row.ticket:
        helpdesk.delete(row.ticket)
        audit.record_job(JOB, "deleted a ticket", row.conversation, str(row.ticket))
    row.delete()


def _end(row: HelpdeskTicket, now: datetime.datetime) -> None:
    row.ended_at = now
    row.save(update_fields=["ended_at"])


def _account(answer: Answer) -> User:
    """What stands for an agent of the helpdesk in our tables: it has a name, and opens nothing."""
    defaults = {"first_name": answer.name[:150], "is_active": False, "password": make_password(None)}
    name = ACCOUNT.format(answer.agent or "somebody")
    user, created = User.objects.get_or_create(username=name, defaults=defaults)
    if not created and answer.name and user.first_name != answer.name:
        user.first_name = answer.name[:150]
        user.save(update_fields=["first_name"])
    return user


def _is_of_the_helpdesk(agent: User | None) -> bool:
    return agent is not None and agent.get_username().startswith(ACCOUNT.format(""))


def _reference(row: HelpdeskTicket) -> str:
    return f"{row.conversation}/{row.handover}"


def _message_id(row: HelpdeskTicket, answer: str) -> uuid.UUID:
    return uuid.uuid5(uuid.NAMESPACE_URL, f"helpdesk:{row.ticket}:{answer}")
