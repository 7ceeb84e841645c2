"""What the rest of the house may do with conversations. Actions call these from their own process."""

import datetime

from support.conversations import rating
from support.conversations.hours import in_words, service_hours
from support.conversations.log import open_log
from support.conversations.models import Conversation, Message, Photo
from support.conversations.readiness import database_state

Owner = Conversation.Owner

__all__ = [
    "conversation_photos",
    "database_state",
    "hand_over",
    "hours_in_words",
    "may_ask_rating",
    "photos_of_message",
    "when_somebody_is_there",
]


def hand_over(conversation_id: str, reason: str, now: datetime.datetime) -> None:
    """Puts the conversation into the waiting line, with an audit row; nothing happens if a person is coming already.

    What the bot says in the running turn still reaches the customer. Raises Conversation.DoesNotExist.
    """
    if Conversation.objects.values_list("owner", flat=True).get(pk=conversation_id) in (Owner.WAITING, Owner.AGENT):
        return
    with open_log(conversation_id, now) as log:
        if log.conversation.owner not in (Owner.WAITING, Owner.AGENT):
            log.give_to(Owner.WAITING, reason)


def when_somebody_is_there(conversation_id: str, now: datetime.datetime) -> str | None:
    """When people are there again, on the customer's wall clock; "" if they were told; None: somebody is there now.

    Raises Conversation.DoesNotExist.
    """
    opening = service_hours().next_opening(now)
    if opening is None:
        return None
    told, timezone = Conversation.objects.values_list("told_opening", "timezone").get(pk=conversation_id)
    return "" if told == opening else in_words(opening, timezone)


def hours_in_words() -> dict[str, str]:
    """opens, closes and zone of the service hours, for the gaps of an answer."""
    return service_hours().words()


def may_ask_rating(conversation_id: str, is_goodbye: bool, now: datetime.datetime) -> bool:
    """Whether it is the end, and the first: a goodbye after anything was told, or thanks after a case was opened.

    Who is told True has to ask: it is True once in a conversation. Raises Conversation.DoesNotExist.
    """
    conversation = Conversation.objects.get(pk=conversation_id, erased_at=None)
    said = conversation.messages.filter(sender=Message.Sender.BOT)
    told = said.exclude(case__isnull=True, citations=[]) if is_goodbye else said.filter(case__isnull=False)
    return conversation.owner == Owner.BOT and told.exists() and rating.may_ask(conversation, now)


def conversation_photos(conversation_id: str) -> list[Photo]:
    """All photos that were sent with a message, in the order they were sent."""
    return list(
        Photo.objects.filter(conversation=conversation_id, message__isnull=False).order_by("message__seq", "position")
    )


def photos_of_message(turn_message: str) -> list[Photo]:
    """The photos of one inbound message, by the `message` id of its turn (metadata `message_id`)."""
    return list(Photo.objects.filter(message__turn=turn_message).order_by("position"))
