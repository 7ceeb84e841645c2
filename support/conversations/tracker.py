"""Rasa's memory of a conversation, seen from outside: it can only be forgotten."""

import httpx
from django.conf import settings

from support.conversations.rasa_addresses import addresses_for

WITHIN_S = 10.0


class RasaAway(Exception):
    """Rasa did not do it now; asking again later makes sense."""


async def forget_tracker(conversation_id: str) -> None:
    """Deletes what every Rasa remembers; a turn that runs ends first. Again: nothing happens. Raises RasaAway."""
    headers = {"Authorization": f"Bearer {settings.INTERNAL_TOKEN}"}
    for address in addresses_for(conversation_id):
        try:
            async with httpx.AsyncClient(base_url=address, headers=headers, timeout=WITHIN_S, trust_env=False) as rasa:
                reply = await rasa.delete(f"/webhooks/conversation/trackers/{conversation_id}")
        except httpx.HTTPError as error:
            raise RasaAway(f"{type(error).__name__}: {error}") from error
        if reply.status_code != 204:
            raise RasaAway(f"{reply.status_code}: {reply.text[:200]}")
