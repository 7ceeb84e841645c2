"""Which Rasa is asked: a conversation's own while that is there, since it remembers it, else the next one."""

import zlib

from django.conf import settings


def addresses_for(conversation_id: str) -> list[str]:
    """All addresses that SUPPORT_RASA_URL names, the one of this conversation first."""
    named = settings.RASA_URLS
    first = zlib.crc32(conversation_id.encode()) % len(named)
    return [*named[first:], *named[:first]]


def address_for(conversation_id: str, attempt: int) -> str:
    """The address to ask at this attempt, which counts from 1."""
    addresses = addresses_for(conversation_id)
    return addresses[(attempt - 1) % len(addresses)]
