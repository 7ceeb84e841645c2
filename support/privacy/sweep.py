"""Inside the web process: ends every erasure that was begun, and clears away what has been kept long enough."""

import asyncio
import datetime
import logging

from django.conf import settings
from django.utils import timezone

from support.conversations import erasure as of_conversations
from support.conversations.database import compact, reading
from support.conversations.tracker import RasaAway, forget_tracker
from support.conversations.unsent_photos import clear_away
from support.privacy.erasure import carry_on
from support.privacy.keeping import keep_no_longer

logger = logging.getLogger(__name__)

LOOK_EVERY_S = 20.0
CLEAR_EVERY_S = 3600.0


class Sweep:
    """One for each web process. Any number of them can share a database: everything it does may be done twice."""

    async def start(self) -> None:
        # A turn that ran when its conversation was erased may still write into Rasa's memory for so long.
        self.settled_after = datetime.timedelta(seconds=settings.TURN_TIMEOUT_S + settings.TURN_LEASE_S)
        self.tasks = [
            asyncio.create_task(self._again_and_again(self._end_erasures, LOOK_EVERY_S)),
            asyncio.create_task(self._again_and_again(self._clear_away, CLEAR_EVERY_S)),
        ]

    async def stop(self) -> None:
        for task in self.tasks:
            task.cancel()
        await asyncio.gather(*self.tasks, return_exceptions=True)

    async def finish(self, conversation_id: str) -> None:
        """Does what can be done now of an erasure that was begun; what cannot is done at a later look."""
        try:
            await reading(carry_on, conversation_id)
            await forget_tracker(conversation_id)
        except RasaAway as away:
            logger.warning("Rasa still remembers the erased conversation %s (%s); trying again", conversation_id, away)
        except Exception:
            logger.exception("Erasing conversation %s is not finished; trying again", conversation_id)

    async def _end_erasures(self) -> None:
        """Once more for each, and a last time when no turn can write any more."""
        for conversation, erased_at in await reading(of_conversations.unfinished):
            now = timezone.now()
            await reading(carry_on, conversation)
            await forget_tracker(conversation)
            if now >= erased_at + self.settled_after:
                await reading(of_conversations.end, conversation, now)
                await reading(compact)

    async def _clear_away(self) -> None:
        for conversation in await reading(of_conversations.with_held_photos):
            await reading(carry_on, conversation)
        await reading(keep_no_longer, timezone.now())
        await reading(clear_away, timezone.now() - datetime.timedelta(hours=settings.KEEP_UNSENT_PHOTOS_HOURS))

    async def _again_and_again(self, sweep, every_s: float) -> None:
        while True:
            try:
                await sweep()
            except RasaAway as away:
                logger.warning("Rasa still remembers erased conversations (%s); trying again", away)
            except Exception:
                logger.exception("Clearing away is not finished; trying again")
            await asyncio.sleep(every_s)
