"""Live push: wakes the open event streams of a conversation when it changed, here or in another process."""

import asyncio
import logging
from collections import defaultdict
from collections.abc import Iterator
from contextlib import contextmanager

from support.conversations import bell
from support.conversations.database import reading
from support.conversations.history import revisions

logger = logging.getLogger(__name__)

LOOK_EVERY_S = 1.0
ASK_AT_ONCE = 500


class Live:
    """One for each web process."""

    def __init__(self) -> None:
        self.streams: dict[str, set[asyncio.Event]] = defaultdict(set)
        self.seen: dict[str, int] = {}
        self.stopping = False

    async def start(self) -> None:
        loop = asyncio.get_running_loop()
        self.end_listening = bell.listen(
            lambda conversation, _owes_turn: loop.call_soon_threadsafe(self.wake, conversation)
        )
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
    def subscribed(self, conversation: str) -> Iterator[asyncio.Event]:
        """An event that is set whenever the conversation changed."""
        changed = asyncio.Event()
        self.streams[conversation].add(changed)
        try:
            yield changed
        finally:
            self.streams[conversation].discard(changed)
            if not self.streams[conversation]:
                del self.streams[conversation]
                self.seen.pop(conversation, None)

    def open_streams(self, conversation: str) -> int:
        return len(self.streams.get(conversation, ()))

    def wake(self, conversation: str) -> None:
        for changed in self.streams.get(conversation, ()):
            changed.set()

    async def _look(self) -> None:
        """Finds what other processes changed: agents, actions, mails, replicas."""
        while True:
            await asyncio.sleep(LOOK_EVERY_S)
            open_ones = list(self.streams)
            for start in range(0, len(open_ones), ASK_AT_ONCE):
                try:
                    found = await reading(revisions, open_ones[start : start + ASK_AT_ONCE])
                except Exception:
                    logger.exception("Looking for changes failed; trying again")
                    break
                for conversation, revision in found.items():
                    if self.seen.get(conversation) != revision and conversation in self.streams:
                        self.seen[conversation] = revision
                        self.wake(conversation)
