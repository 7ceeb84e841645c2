"""Wakes the open pages of the desk when any conversation changed, here or in another process."""

import asyncio
import logging
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

from django.db.models import Max

from support.conversations import bell
from support.conversations.database import reading
from support.conversations.models import Conversation
from support.conversations.waiting import waiting_line

logger = logging.getLogger(__name__)
LOOK_EVERY_S = 1.0


@dataclass(frozen=True)
class Moment:
    """newest: when anything changed last. revision, owned_by ("agent 3", "bot "): of the conversation on the page."""

    newest: Any
    waiting: int
    revision: int
    owned_by: str


def moment(conversation_id: str) -> Moment:
    row = Conversation.objects.filter(pk=conversation_id).values("revision", "owner", "agent").first()
    revision, owned_by = (row["revision"], f"{row['owner']} {row['agent'] or ''}") if row else (0, "")
    return Moment(_newest(), waiting_line().count(), revision, owned_by)


class Changes:
    """One for each web process; looks in the database only while a page is open."""

    def __init__(self) -> None:
        self.pages: set[asyncio.Event] = set()
        self.looking: asyncio.Task[None] | None = None
        self.newest: Any = None

    @contextmanager
    def subscribed(self) -> Iterator[asyncio.Event]:
        """An event that is set whenever a conversation changed."""
        changed, loop = asyncio.Event(), asyncio.get_running_loop()
        end_listening = bell.listen(lambda *_: loop.call_soon_threadsafe(changed.set))
        self.pages.add(changed)
        if self.looking is None or self.looking.done():
            self.looking = loop.create_task(self._look())
        try:
            yield changed
        finally:
            end_listening()
            self.pages.discard(changed)

    async def _look(self) -> None:
        while self.pages:
            await asyncio.sleep(LOOK_EVERY_S)
            try:
                found = await reading(_newest)
            except Exception:
                logger.exception("Looking for changes failed; trying again")
                continue
            if found != self.newest:
                self.newest = found
                for changed in self.pages:
                    changed.set()


def _newest() -> Any:
    return Conversation.objects.aggregate(newest=Max("changed_at"))["newest"]


changes = Changes()
