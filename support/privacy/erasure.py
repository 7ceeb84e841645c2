"""The one way to erase a conversation: for the customer who asks, and for whoever keeps things only for so long."""

import datetime

from support.cases import erasure as of_cases
from support.conversations import erasure as of_conversations
from support.mail import erasure as of_mail
from support.orders.services import forget_conversation


def erase(conversation_id: str, now: datetime.datetime, who: str = of_conversations.CUSTOMER) -> None:
    """Nothing that was said or sent in this conversation can be read any more.

    An open case keeps what a colleague needs to decide it: its facts and its evidence, under the order's number. Rasa's
    memory goes within the minute (support.privacy.sweep, in the web process), which also ends what we are killed in
    the middle of. Again: nothing happens. Raises Conversation.DoesNotExist, OSError (files; the sweep tries again).
    """
    of_conversations.begin(conversation_id, now, who)
    carry_on(conversation_id)


def carry_on(conversation_id: str) -> None:
    """What follows once it has begun, and what may have gone free since: evidence of a case that is closed by now."""
    of_cases.forget_conversation(conversation_id)
    of_mail.forget_conversation(conversation_id)
    of_conversations.forget_photos(conversation_id, of_cases.held_photos(conversation_id))
    forget_conversation(conversation_id)
