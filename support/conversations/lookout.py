"""Finds what other processes changed and did not tell: mails, actions, replicas, what Redis lost.

One question a second for the whole process, however many streams and pages are open: has anybody committed anything?
Only then those who listen to the bell look for themselves. While other processes are heard nobody asks; every now and
then everybody looks all the same.
"""

import asyncio
import logging
import time
from collections.abc import Callable
from typing import Any

from django.db import connection

from support.conversations import bell
from support.conversations.database import watching
from support.conversations.moment import LOOK

logger = logging.getLogger(__name__)

ASK_EVERY_S = 1.0
LOOK_EVERY_S = 15.0
VERSIONS = {"sqlite": "PRAGMA data_version", "postgresql": "SELECT pg_current_snapshot()::text"}


class Lookout:
    """One for each web process. hears_others: whether other processes tell it what they change."""

    def __init__(self, hears_others: Callable[[], bool]) -> None:
        self.hears_others = hears_others
        self._known: tuple[Any, Any] = (None, None)

    async def start(self) -> None:
        self.asking = asyncio.create_task(self._ask())

    async def stop(self) -> None:
        self.asking.cancel()
        await asyncio.gather(self.asking, return_exceptions=True)

    async def _ask(self) -> None:
        looked = time.monotonic()
        while True:
            await asyncio.sleep(ASK_EVERY_S)
            is_time = time.monotonic() - looked >= LOOK_EVERY_S
            try:
                if is_time or (not self.hears_others() and await watching(self._is_anything_new)):
                    looked = time.monotonic()
                    bell.hear(LOOK)
            except Exception:
                logger.exception("Looking for changes failed; trying again")

    def _is_anything_new(self) -> bool:
        """Whether anybody committed anything since this was asked last. SQLite counts for each connection."""
        with connection.cursor() as cursor:
            cursor.execute(VERSIONS[connection.vendor])
            (version,) = cursor.fetchone()
        before, self._known = self._known, (connection.connection, version)
        return before[0] is not self._known[0] or before[1] != version
