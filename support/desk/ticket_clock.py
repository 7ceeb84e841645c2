"""Inside the web process: carries handovers to the helpdesk and answers back, if one is set. One process at a time."""

import asyncio
import datetime
import logging
import uuid

from django.db import DatabaseError
from django.utils import timezone

from support.cases import lease
from support.conversations.database import reading, writing
from support.desk.django_helpdesk import from_settings
from support.desk.helpdesk import HelpdeskAway
from support.desk.tickets import is_anything_due, step, take_up

logger = logging.getLogger(__name__)

LOOK_EVERY_S = 1.0
LEASE = datetime.timedelta(seconds=5)  # kept up while a call takes longer
NAME = "helpdesk"


class TicketClock:
    """One for each web process. Any number of them can share a database."""

    async def start(self) -> None:
        self.helpdesk, self.holder, self.is_away = from_settings(), uuid.uuid4().hex, False
        self.is_calling = False
        self.looking = asyncio.create_task(self._look()) if self.helpdesk else None

    async def stop(self) -> None:
        """The next process begins at once, unless a call is under way: then when the lease has ended."""
        if self.looking is None:
            return
        self.looking.cancel()
        await asyncio.gather(self.looking, return_exceptions=True)
        if self.is_calling:
            return
        try:
            await writing(lease.give_back, NAME, self.holder)
        except DatabaseError:
            logger.exception("The lease on the helpdesk was not given back; it ends by itself")

    async def _look(self) -> None:
        while True:
            try:
                if await reading(self._anything_due) and await writing(self._mine):
                    await writing(take_up, timezone.now())
                    while await writing(self._mine) and await self._step():
                        self.is_away = False
            except HelpdeskAway as away:
                if not self.is_away:
                    logger.warning("The helpdesk is not there (%s); nothing is lost, trying again", away)
                self.is_away = True
            except Exception:
                logger.exception("Tickets could not be carried; trying again")
            await asyncio.sleep(LOOK_EVERY_S)

    async def _step(self) -> bool:
        """One step in a thread of its own, the lease kept up meanwhile."""
        call = asyncio.ensure_future(reading(self._call))
        while not call.done():
            await asyncio.wait({call}, timeout=LOOK_EVERY_S)
            await writing(self._mine)
        return call.result()

    def _call(self) -> bool:
        self.is_calling = True
        try:
            return step(self.helpdesk, timezone.now())
        finally:
            self.is_calling = False

    def _anything_due(self) -> bool:
        return is_anything_due(timezone.now())

    def _mine(self) -> bool:
        return lease.take(NAME, self.holder, timezone.now(), LEASE)
