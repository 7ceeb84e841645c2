"""How the customer liked it: asked once, as a choice at the end."""

import datetime

from support.conversations.models import Conversation, Message, Rating

CHOICE = "rating="  # how the payload of each of these choices begins; domain.yml has them


def may_ask(conversation: Conversation, now: datetime.datetime) -> bool:
    """True the first time, and then never again in this conversation."""
    return Rating.objects.get_or_create(conversation=conversation, defaults={"asked_at": now})[1]


def take(message: Message) -> bool:
    """Whether this message is a rating; then it is kept, the last one if there are several."""
    value = message.choice.removeprefix(CHOICE)
    if not message.choice.startswith(CHOICE) or not value.isdigit():
        return False
    Rating.objects.update_or_create(
        conversation=message.conversation,
        defaults={"value": int(value)},
        create_defaults={"value": int(value), "asked_at": message.at},
    )
    return True
