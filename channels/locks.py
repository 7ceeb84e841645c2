"""One turn of a conversation at a time: within this Rasa, and through Redis among several.

Rasa's own Redis store reads a lock, changes it and writes it back, which two Rasas may do at once; and what a killed
one held stays held for a minute. Here Redis decides in one step, and a lock ends seconds after its holder.
While Redis is away each Rasa locks for itself: the runner sends a turn to one at a time, and of two that ran at once
the tracker store takes one (trackers.py).
"""

from __future__ import annotations

import asyncio
import logging
import time
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack, asynccontextmanager, suppress
from typing import Any

from rasa.core.lock_store import LOCK_LIFETIME, InMemoryLockStore, LockError
from rasa.utils.endpoints import EndpointConfig
from redis.asyncio import Redis
from redis.asyncio.lock import Lock
from redis.exceptions import LockError as NotHeld
from redis.exceptions import RedisError

logger = logging.getLogger(__name__)

HELD_S, RENEW_S = 5.0, 1.5
WAIT_AT_MOST_S = 20.0  # the runner gives a call up after thirty
ANSWERS_WITHIN_S = 1.0
ASKED_AGAIN_S = 2.0  # after it was away
PREFIX = "support:turn:"


class ConversationLockStore(InMemoryLockStore):
    """Rasa's lock store. endpoint_config.url: redis://…; empty: within this process."""

    def __init__(self, endpoint_config: EndpointConfig | None = None) -> None:
        super().__init__()
        url = (endpoint_config and endpoint_config.url) or ""
        within = {"socket_timeout": ANSWERS_WITHIN_S, "socket_connect_timeout": ANSWERS_WITHIN_S}
        self._redis = Redis.from_url(url, **within) if url else None
        self._away_until = 0.0

    @asynccontextmanager
    async def lock(
        self, conversation_id: str, lock_lifetime: float = LOCK_LIFETIME, wait_time_in_seconds: float = 1
    ) -> AsyncIterator[Any]:
        """Holds the conversation. Raises LockError when another turn holds it for too long."""
        async with AsyncExitStack() as held:
            await held.enter_async_context(super().lock(conversation_id, lock_lifetime, wait_time_in_seconds))
            if self._redis and time.monotonic() >= self._away_until:
                shared = Lock(self._redis, PREFIX + conversation_id, HELD_S, wait_time_in_seconds, thread_local=False)
                if await self._acquired(shared):
                    await held.enter_async_context(self._renewed(shared))
            yield

    async def _acquired(self, shared: Lock) -> bool:
        """True: it is ours. False: Redis is away. Raises LockError."""
        try:
            if not await shared.acquire(blocking_timeout=WAIT_AT_MOST_S):
                raise LockError(f"{shared.name}: held by another turn for {WAIT_AT_MOST_S:g} s")
        except (RedisError, OSError) as error:
            self._away_until = time.monotonic() + ASKED_AGAIN_S
            logger.error("Redis is away, turns are locked within this Rasa only: %s", error)
            return False
        return True

    @asynccontextmanager
    async def _renewed(self, shared: Lock) -> AsyncIterator[None]:
        """Keeps it while the turn runs, and gives it back."""

        async def renew() -> None:
            while True:
                await asyncio.sleep(RENEW_S)
                with suppress(RedisError, OSError):
                    await shared.reacquire()

        renewing = asyncio.create_task(renew())
        try:
            yield
        finally:
            renewing.cancel()
            with suppress(NotHeld, RedisError, OSError):  # it ends by itself
                await shared.release()
