"""What the rest of the house may do with conversations. Actions call these from their own process."""

import datetime

from support.conversations.log import open_log
from support.conversations.models import Conversation, Photo
from support.conversations.photos import display_path, original_path

Owner = Conversation.Owner

__all__ = ["conversation_photos", "display_path", "hand_over", "original_path", "photos_of_message"]


def hand_over(conversation_id: str, reason: str, now: datetime.datetime) -> None:
    """Puts the conversation into the waiting line, with an audit row; nothing happens if a person is coming already.

    What the bot says in the running turn still reaches the customer. Raises Conversation.DoesNotExist.
    """
    if Conversation.objects.values_list("owner", flat=True).get(pk=conversation_id) in (Owner.WAITING, Owner.AGENT):
        return
    with open_log(conversation_id, now) as log:
        if log.conversation.owner not in (Owner.WAITING, Owner.AGENT):
            log.give_to(Owner.WAITING, reason)


def conversation_photos(conversation_id: str) -> list[Photo]:
    """All photos that were sent with a message, in the order they were sent."""
    return list(
        Photo.objects.filter(conversation=conversation_id, message__isnull=False).order_by("message__seq", "position")
    )


def photos_of_message(turn_message: str) -> list[Photo]:
    """The photos of one inbound message, by the `message` id of its turn (metadata `message_id`)."""
    return list(Photo.objects.filter(message__turn=turn_message).order_by("position"))
