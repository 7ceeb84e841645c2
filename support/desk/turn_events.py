"""Inside the web process: counts what Rasa tells over RabbitMQ. Any number of processes share the queue."""

import asyncio
import json
import logging
import time
from collections.abc import Mapping, Sequence
from contextlib import suppress
from typing import Any

from django.conf import settings
from django.utils import timezone

from support.conversations.database import writing
from support.desk.turn_counts import count, forget_counted

logger = logging.getLogger(__name__)

QUEUE = "support.turns"  # channels/events.py writes there
AT_ONCE = 50
GATHER_S, LOOK_S = 2.0, 0.2
AGAIN_S = 2.0
FORGET_EVERY_S = 3600.0


class TurnEvents:
    """One for each web process. A message is acknowledged once its count is committed."""

    def __init__(self) -> None:
        self.tasks: list[asyncio.Task[None]] = []
        self.is_away = False

    async def start(self) -> None:
        if settings.BROKER_URL:
            self.tasks = [asyncio.create_task(self._take_all()), asyncio.create_task(self._forget())]

    async def stop(self) -> None:
        for task in self.tasks:
            task.cancel()
        await asyncio.gather(*self.tasks, return_exceptions=True)

    async def _take_all(self) -> None:
        while True:
            try:
                await self._take()
            except Exception as error:  # RabbitMQ or the database is away: what was not counted comes again
                if not self.is_away:
                    logger.warning("What Rasa tells is not counted now, it waits: %s: %s", type(error).__name__, error)
                self.is_away = True
            await asyncio.sleep(AGAIN_S)

    async def _take(self) -> None:
        """Until the connection ends. Raises what the libraries raise."""
        import aio_pika

        inbox: asyncio.Queue[Any] = asyncio.Queue()
        async with await aio_pika.connect(settings.BROKER_URL) as connection:
            connection.close_callbacks.add(lambda *_: inbox.put_nowait(None))
            channel = await connection.channel()
            await channel.set_qos(prefetch_count=AT_ONCE)
            queue = await channel.declare_queue(QUEUE, durable=True)
            await queue.consume(inbox.put_nowait)
            while None not in (taken := await _gathered(inbox)):
                await writing(count, _events(taken))
                self.is_away = False
                await taken[-1].ack(multiple=True)

    async def _forget(self) -> None:
        while True:
            with suppress(Exception):
                await writing(forget_counted, timezone.now())
            await asyncio.sleep(FORGET_EVERY_S)


async def _gathered(inbox: "asyncio.Queue[Any]") -> list[Any]:
    """What comes until nothing more may, or for so long; None where the connection has ended."""
    taken = [await inbox.get()]
    until = time.monotonic() + GATHER_S
    while None not in taken and len(taken) + inbox.qsize() < AT_ONCE and time.monotonic() < until:
        await asyncio.sleep(LOOK_S)
    return taken + [inbox.get_nowait() for _ in range(inbox.qsize())]


def _events(messages: Sequence[Any]) -> list[Mapping[str, Any]]:
    """What can be counted; what cannot is said once and never comes again.

    A message has a list of events; one that an older Rasa left is a single event.
    """
    events: list[Mapping[str, Any]] = []
    for message in messages:
        try:
            found = json.loads(message.body)
            told = found if isinstance(found, list) else [found]
            for event in told:
                str(event["id"]), float(event["at"]), str(event["kind"])
            events += told
        except (ValueError, TypeError, KeyError):
            logger.error("A message of %s bytes in the queue %s is no event of Rasa", len(message.body), QUEUE)
    return events
