"""Inside the web process: looks every few seconds whether a date has something to say. One process at a time does."""

import asyncio
import datetime
import logging
import uuid

from django.db import DatabaseError
from django.utils import timezone

from support.cases import lease
from support.cases.reminding import is_anything_due, step
from support.conversations.database import reading, writing

logger = logging.getLogger(__name__)

LOOK_EVERY_S = 2.0
LEASE = datetime.timedelta(seconds=10)
NAME = "case dates"


class CaseClock:
    """One for each web process. Any number of them can share a database."""

    def __init__(self, now=timezone.now) -> None:
        self.now, self.holder = now, uuid.uuid4().hex

    async def start(self) -> None:
        self.looking = asyncio.create_task(self._look())

    async def stop(self) -> None:
        """Ends between two steps and lets the next process begin at once."""
        self.looking.cancel()
        await asyncio.gather(self.looking, return_exceptions=True)
        try:
            await writing(lease.give_back, NAME, self.holder)
        except DatabaseError:
            logger.exception("The lease on the dates of cases was not given back; it ends by itself")

    async def _look(self) -> None:
        while True:
            try:
                while await reading(self._anything_due) and await writing(self._mine):
                    await writing(step, self.now())
            except Exception:
                logger.exception("The dates of cases could not be looked at; trying again")
            await asyncio.sleep(LOOK_EVERY_S)

    def _anything_due(self) -> bool:
        return is_anything_due(self.now())

    def _mine(self) -> bool:
        return lease.take(NAME, self.holder, self.now(), LEASE)
