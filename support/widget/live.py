"""Live push: wakes the open event streams of a conversation when it changed, here or in another process.

A change of this process comes with what is new in it, so that a stream need not ask the database.
"""

import asyncio
import logging
from collections import defaultdict
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from itertools import count

from support.conversations import bell
from support.conversations.bell import Ring
from support.conversations.database import reading
from support.conversations.history import revisions
from support.conversations.moment import Moment

logger = logging.getLogger(__name__)

LOOK_EVERY_S = 1.0
LOOKS_SPARED = 5  # one look of so many is enough while other processes are heard
ASK_AT_ONCE = 500


class Stream:
    """One open event stream: whether there is something new, and what, as far as that is known."""

    def __init__(self) -> None:
        self.changed = asyncio.Event()
        self.news: list[Moment] = []
        self.has_to_look = False

    def wake(self, moment: Moment | None = None) -> None:
        """moment: what is new, if that is known."""
        if moment:
            self.news.append(moment)
        else:
            self.has_to_look = True
        self.changed.set()

    def take(self, shown: Moment | None) -> Moment | None:
        """What is new after what was shown, one change after the other; None when the database has to be asked."""
        while self.news and shown and not self.has_to_look:
            moment = self.news.pop(0)
            if moment.revision <= shown.revision:
                continue
            if [message["seq"] for message in moment.messages] != list(range(shown.last_seq + 1, moment.last_seq + 1)):
                break
            if not self.news:
                self.changed.clear()
            return moment
        self.news, self.has_to_look = [], False
        self.changed.clear()
        return None


class Live:
    """One for each web process. hears_others: whether other processes tell it what they change."""

    def __init__(self, hears_others: Callable[[], bool] = lambda: False) -> None:
        self.hears_others = hears_others
        self.streams: dict[str, set[Stream]] = defaultdict(set)
        self.seen: dict[str, int] = {}
        self.stopping = False

    async def start(self) -> None:
        loop = asyncio.get_running_loop()
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
                self.seen.pop(conversation, None)

    def open_streams(self, conversation: str) -> int:
        return len(self.streams.get(conversation, ()))

    def count(self) -> int:
        """How many streams are open."""
        return sum(map(len, self.streams.values()))

    def heard(self, ring: Ring) -> None:
        """A change of this process: looking for it later is not needed."""
        if ring.conversation in self.streams:
            if ring.moment:
                self.seen[ring.conversation] = max(ring.moment.revision, self.seen.get(ring.conversation, 0))
            for stream in self.streams[ring.conversation]:
                stream.wake(ring.moment)

    def wake(self, conversation: str) -> None:
        for stream in self.streams.get(conversation, ()):
            stream.wake()

    async def _look(self) -> None:
        """Finds what other processes changed and did not tell: agents, actions, mails, replicas."""
        heard = False
        for tick in count():
            await asyncio.sleep(LOOK_EVERY_S)
            heard_before, heard = heard, self.hears_others()
            if heard and heard_before and tick % LOOKS_SPARED:
                continue
            try:
                await self._look_once()
            except Exception:
                logger.exception("Looking for changes failed; trying again")

    async def _look_once(self) -> None:
        open_ones = list(self.streams)
        for start in range(0, len(open_ones), ASK_AT_ONCE):
            found = await reading(revisions, open_ones[start : start + ASK_AT_ONCE])
            for conversation, revision in found.items():
                if self.seen.get(conversation) != revision and conversation in self.streams:
                    self.seen[conversation] = revision
                    self.wake(conversation)
