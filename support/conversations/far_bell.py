"""The bell across processes: what one process changes is heard at once by all others, through Redis.

It carries only that a conversation changed; what changed is read from the database. A ring that is lost costs time and
nothing else: who loses the connection looks when it is there again, who could not send tells the others to look, and
everybody looks now and then as well. So nothing here waits, and nothing fails because Redis is away.
"""

import asyncio
import json
import logging
import os
import queue
import threading
import time
import uuid
from collections.abc import Callable
from contextlib import suppress
from functools import cache
from typing import Any

from django.conf import settings
from redis import Redis
from redis.asyncio import Redis as AsyncRedis
from redis.exceptions import RedisError

from support.conversations.moment import LOOK, Ring

logger = logging.getLogger(__name__)

CHANNEL = "support:changed"
WITHIN_S = 1.0
AGAIN_S = 1.0
WAITING_AT_MOST = 10_000
HEALTH_S = 5.0  # a connection that is dead without a word is noticed within twice this


def send(ring: Ring) -> None:
    """Tells all other processes, if there is a Redis to do it by. Returns at once."""
    if settings.REDIS_URL and ring.conversation:
        _sender(settings.REDIS_URL, os.getpid()).send(ring)


@cache
def _sender(url: str, _pid: int) -> "Sender":
    return Sender(url)


class Sender:
    """Sends rings from a thread of its own. One for each process."""

    def __init__(self, url: str) -> None:
        self.me, self._url = uuid.uuid4().hex, url
        self._waiting: queue.Queue[Ring] = queue.Queue(WAITING_AT_MOST)
        threading.Thread(target=self._send_all, name="far-bell", daemon=True).start()

    def send(self, ring: Ring) -> None:
        with suppress(queue.Full):
            self._waiting.put_nowait(ring)

    def _send_all(self) -> None:
        redis = Redis.from_url(self._url, socket_timeout=WITHIN_S, socket_connect_timeout=WITHIN_S)
        is_away = False
        while True:
            ring = self._waiting.get()
            told = {"conversation": ring.conversation, "owes_turn": ring.owes_turn, "from": self.me}
            try:
                redis.publish(CHANNEL, json.dumps(told))
                is_away = False
            except (RedisError, OSError) as error:
                if not is_away:
                    logger.error("Redis is away, other processes find changes by looking: %s", error)
                is_away = True
                time.sleep(AGAIN_S)
                with suppress(queue.Empty):
                    while True:
                        self._waiting.get_nowait()
                self.send(LOOK)  # for all that was lost, once Redis is back


class FarBell:
    """Hears the other processes. One for each web process. heard: is called in the event loop."""

    def __init__(self, heard: Callable[[Ring], None], health_s: float = HEALTH_S) -> None:
        self._heard, self._health_s = heard, health_s
        self.is_listening = False
        self.listening: asyncio.Task[None] | None = None

    async def start(self) -> None:
        if settings.REDIS_URL:
            self.listening = asyncio.create_task(self._listen())

    def is_heard(self) -> bool:
        """Whether it listens now."""
        return self.is_listening

    async def stop(self) -> None:
        if self.listening:
            self.listening.cancel()
            await asyncio.gather(self.listening, return_exceptions=True)

    async def _listen(self) -> None:
        while True:
            try:
                await self._hear_all()
            except (RedisError, OSError, asyncio.TimeoutError) as error:
                if self.is_listening:
                    logger.error("Redis is away, changes of other processes are looked for: %s", error)
            self.is_listening = False
            await asyncio.sleep(AGAIN_S)

    async def _hear_all(self) -> None:
        redis = AsyncRedis.from_url(settings.REDIS_URL, socket_connect_timeout=WITHIN_S)
        async with redis, redis.pubsub() as channel:
            await channel.subscribe(CHANNEL)
            is_asked = False
            while True:
                message = await channel.get_message(timeout=self._health_s)
                if message:
                    self._take(message)
                elif is_asked:
                    raise asyncio.TimeoutError("no answer")
                else:
                    await channel.ping()
                is_asked = not message

    def _take(self, message: dict[str, Any]) -> None:
        if message["type"] == "subscribe":
            self.is_listening = True
            self._heard(LOOK)  # for what was rung until now
        elif message["type"] == "message":
            told = json.loads(message["data"])
            if told["from"] != _sender(settings.REDIS_URL, os.getpid()).me:
                self._heard(Ring(told["conversation"], told["owes_turn"]))
