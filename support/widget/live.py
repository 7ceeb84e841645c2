"""Live push: wakes the open event streams of a conversation when it changed, here or in another process.

A change of this process comes with what is new in it, so that a stream need not ask the database.
"""

import asyncio
import datetime
import logging
import math
import time
from collections import defaultdict
from collections.abc import Iterator
from contextlib import contextmanager

from django.utils import timezone

from support.conversations import bell
from support.conversations.bell import Ring
from support.conversations.database import reading
from support.conversations.history import changed_since, revisions
from support.conversations.moment import Moment

logger = logging.getLogger(__name__)

AGAIN_S = 1.0
ALL_EVERY_S = 15.0
ASK_AT_ONCE = 500
APART = datetime.timedelta(minutes=1)  # the clocks of two processes, and a transaction's beginning and end


class Stream:
    """One open event stream: whether there is something new, and what, as far as that is known.

    revision: of the conversation as it was shown last.
    """

    def __init__(self) -> None:
        self.news: list[Moment] = []
        self.revision = -1
        self._has_to_look = False
        self._is_woken = False
        self._waiting: asyncio.Future[None] | None = None

    async def is_woken(self, within_s: float) -> bool:
        """Whether it is woken within this time, or was before. A timer and no task: ten thousand wait at once."""
        if not self._is_woken:
            loop = asyncio.get_running_loop()
            self._waiting = loop.create_future()
            timer = loop.call_later(within_s, self._end_waiting)
            try:
                await self._waiting
            finally:
                timer.cancel()
        return self._is_woken

    def _end_waiting(self) -> None:
        if self._waiting and not self._waiting.done():
            self._waiting.set_result(None)

    def wake(self, moment: Moment | None = None) -> None:
        """moment: what is new, if that is known."""
        if moment:
            self.news.append(moment)
        else:
            self._has_to_look = True
        self._is_woken = True
        self._end_waiting()

    def take(self, shown: Moment | None) -> Moment | None:
        """What is new after what was shown, one change after the other; None when the database has to be asked."""
        while self.news and shown and not self._has_to_look:
            moment = self.news.pop(0)
            if moment.revision <= shown.revision:
                continue
            if [message["seq"] for message in moment.messages] != list(range(shown.last_seq + 1, moment.last_seq + 1)):
                break
            self._is_woken = bool(self.news)
            return moment
        self.news, self._has_to_look, self._is_woken = [], False, False
        return None


class Live:
    """One for each web process."""

    def __init__(self) -> None:
        self.streams: dict[str, set[Stream]] = defaultdict(set)
        self.stopping = False
        self._looked, self._all_looked_at = timezone.now(), -math.inf

    async def start(self) -> None:
        loop, self.told_to_look = asyncio.get_running_loop(), asyncio.Event()
        self.end_listening = bell.listen(lambda ring: loop.call_soon_threadsafe(self.heard, ring))
        self.looking = asyncio.create_task(self._look())

    async def stop(self) -> None:
        self.end_streams()
        self.end_listening()
        self.looking.cancel()
        await asyncio.gather(self.looking, return_exceptions=True)

    def end_streams(self) -> None:
        """Ends all streams; a front end comes back with its Last-Event-ID."""
        self.stopping = True
        for conversation in list(self.streams):
            self.wake(conversation)

    @contextmanager
    def subscribed(self, conversation: str) -> Iterator[Stream]:
        """A stream that is woken whenever the conversation changed."""
        stream = Stream()
        self.streams[conversation].add(stream)
        try:
            yield stream
        finally:
            self.streams[conversation].discard(stream)
            if not self.streams[conversation]:
                del self.streams[conversation]

    def open_streams(self, conversation: str) -> int:
        return len(self.streams.get(conversation, ()))

    def count(self) -> int:
        """How many streams are open."""
        return sum(map(len, self.streams.values()))

    def heard(self, ring: Ring) -> None:
        """A change, of which conversation and what, as far as that is known."""
        if not ring.conversation:
            self.told_to_look.set()
        for stream in self.streams.get(ring.conversation, ()):
            stream.wake(ring.moment)

    def wake(self, conversation: str) -> None:
        for stream in self.streams.get(conversation, ()):
            stream.wake()

    async def _look(self) -> None:
        """Whenever anything may have changed: which of the open conversations did."""
        while True:
            await self.told_to_look.wait()
            self.told_to_look.clear()
            try:
                await self._look_once()
            except Exception:
                logger.exception("Looking for changes failed; trying again")
                await asyncio.sleep(AGAIN_S)
                self.told_to_look.set()

    async def _look_once(self) -> None:
        """At what changed since the last look; at all every now and then, for clocks that are further apart."""
        began = timezone.now()
        if time.monotonic() - self._all_looked_at < ALL_EVERY_S:
            self._found(await reading(changed_since, self._looked - APART))
        else:
            self._all_looked_at = time.monotonic()
            open_ones = list(self.streams)
            for start in range(0, len(open_ones), ASK_AT_ONCE):
                self._found(await reading(revisions, open_ones[start : start + ASK_AT_ONCE]))
        self._looked = began

    def _found(self, revisions_now: dict[str, int]) -> None:
        for conversation, revision in revisions_now.items():
            for stream in self.streams.get(conversation, ()):
                if stream.revision != revision:
                    stream.wake()
