"""What people do with a conversation: the only ways to take one, answer in it, give it on or end it.

Each is one transaction on the locked conversation, with its audit row (OwnerChange) where the owner changes.
"""

import datetime
import uuid
from collections.abc import Mapping
from typing import Any

from django.contrib.auth.models import AbstractBaseUser

from support.conversations import rating
from support.conversations.log import Log, Owner, Sender, open_log
from support.conversations.models import Conversation, Message, Note, Turn
from support.conversations.words import ASK_RATING, HANDED_BACK

Agent = AbstractBaseUser


class NotTheOwner(Exception):
    """Somebody else has the conversation. owner: bot, waiting, agent or closed; agent: who, if it is an agent."""

    def __init__(self, conversation: Conversation) -> None:
        self.owner, self.agent = conversation.owner, conversation.agent
        super().__init__(f"{conversation.pk} belongs to {self.agent or self.owner}")


def take(conversation_id: str, agent: Agent, now: datetime.datetime) -> None:
    """The agent has the conversation now, whether it waited, was the bot's or was closed. Twice is once.

    Of two agents who take it at the same moment one gets NotTheOwner.
    """
    with open_log(conversation_id, now) as log:
        conversation = log.conversation
        if conversation.owner == Owner.AGENT and conversation.agent_id != agent.pk:
            raise NotTheOwner(conversation)
        reason = "reopened" if conversation.owner == Owner.CLOSED else "taken"
        log.give_to(Owner.AGENT, reason, agent.get_username(), agent)


def answer(conversation_id: str, agent: Agent, text: str, client_id: uuid.UUID, now: datetime.datetime) -> int:
    """What the agent says to the customer, once a client_id; its seq. Raises NotTheOwner."""
    with open_log(conversation_id, now) as log:
        known = Message.objects.filter(conversation=conversation_id, client_id=client_id)
        if seq := known.values_list("seq", flat=True).first():
            return seq
        _check_owner(log, agent)
        return log.append(Sender.AGENT, text, name=shown_name(agent), client_id=client_id).seq


def note(conversation_id: str, author: str, text: str, now: datetime.datetime) -> None:
    """A note that only people at SOOCAS see, by anybody of them at any time. author: a user name."""
    with open_log(conversation_id, now) as log:
        Note.objects.create(conversation=log.conversation, author=author, text=text, at=now)


def transfer(conversation_id: str, by: Agent, to: Agent | None, reason: str, now: datetime.datetime) -> None:
    """From the agent who has it to a colleague, or (None) back into the waiting line. Raises NotTheOwner."""
    with open_log(conversation_id, now) as log:
        _check_owner(log, by)
        log.give_to(Owner.AGENT if to else Owner.WAITING, reason or "passed on", by.get_username(), to)


def release(conversation_id: str, by: Agent, now: datetime.datetime) -> None:
    """Out of the hands of whichever agent has it, into the waiting line: for leads, when somebody went home."""
    with open_log(conversation_id, now) as log:
        if log.conversation.owner != Owner.AGENT:
            raise NotTheOwner(log.conversation)
        log.give_to(Owner.WAITING, "put back into the line", by.get_username())


def hand_back(conversation_id: str, agent: Agent, settled: Mapping[str, Any], now: datetime.datetime) -> None:
    """To the bot, which says so and goes on where it was. Raises NotTheOwner.

    settled: facts of the decision contract that the agent put right; they become facts with the source `agent`.
    """
    with open_log(conversation_id, now) as log:
        _check_owner(log, agent)
        log.give_to(Owner.BOT, "handed back", agent.get_username())
        spoken = log.say(HANDED_BACK, name=shown_name(agent))
        Turn.objects.create(conversation=log.conversation, message=spoken, seq=spoken.seq, settled=dict(settled))
        log.owes_turn = True


def close(conversation_id: str, agent: Agent, now: datetime.datetime) -> None:
    """Nothing more to do; the customer is asked once how it was, and may write again. Raises NotTheOwner."""
    with open_log(conversation_id, now) as log:
        _check_owner(log, agent)
        log.give_to(Owner.CLOSED, "closed", agent.get_username())
        if rating.may_ask(log.conversation, now):
            log.say(ASK_RATING)


def shown_name(agent: Agent) -> str:
    """The name the customer sees."""
    return agent.get_short_name() or agent.get_username()


def _check_owner(log: Log, agent: Agent) -> None:
    if log.conversation.owner != Owner.AGENT or log.conversation.agent_id != agent.pk:
        raise NotTheOwner(log.conversation)
