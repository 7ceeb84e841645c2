"""Wakes the open pages of the desk when any conversation changed, here or in another process."""

import asyncio
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

from django.db.models import Max

from support.conversations import bell
from support.conversations.database import reading
from support.conversations.models import Conversation
from support.conversations.moment import Ring
from support.conversations.waiting import waiting_line


@dataclass(frozen=True)
class Talk:
    """The conversation on a page. owned_by: "agent 3", "bot "."""

    revision: int
    owned_by: str


@dataclass(frozen=True)
class Lines:
    """All lists. newest: when anything changed last."""

    newest: Any
    waiting: int


def talk(conversation_id: str) -> Talk:
    row = Conversation.objects.filter(pk=conversation_id).values("revision", "owner", "agent").first()
    return Talk(row["revision"], f"{row['owner']} {row['agent'] or ''}") if row else Talk(0, "")


def lines() -> Lines:
    newest = Conversation.objects.aggregate(newest=Max("changed_at"))["newest"]
    return Lines(newest, waiting_line().count())


class Page:
    """An open page: what of it may have changed since it was looked up."""

    def __init__(self, conversation: str) -> None:
        self.conversation, self.woken = conversation, asyncio.Event()
        self.talk_is_old = self.lines_are_old = True

    def hear(self, ring: Ring) -> None:
        self.lines_are_old = True
        self.talk_is_old = self.talk_is_old or ring.conversation in ("", self.conversation)
        self.woken.set()


class Changes:
    """One for each web process: what stands on every page is looked up once for all of them."""

    def __init__(self) -> None:
        self.pages: set[Page] = set()
        self._end_listening: Callable[[], None] = lambda: None
        self._rung = 0
        self._found: tuple[int, Lines] | None = None

    @contextmanager
    def subscribed(self, conversation: str) -> Iterator[Page]:
        """A page with this conversation, which hears of whatever changes."""
        page = Page(conversation)
        if not self.pages:
            loop = asyncio.get_running_loop()
            self._asking = asyncio.Lock()
            self._end_listening = bell.listen(lambda ring: loop.call_soon_threadsafe(self._heard, ring))
            self._rung += 1  # nobody has listened until now
        self.pages.add(page)
        try:
            yield page
        finally:
            self.pages.discard(page)
            if not self.pages:
                self._end_listening()

    async def lines(self) -> Lines:
        """As they are after the last ring."""
        async with self._asking:
            rung = self._rung
            if self._found is None or self._found[0] != rung:
                self._found = rung, await reading(lines)
            return self._found[1]

    def _heard(self, ring: Ring) -> None:
        self._rung += 1
        for page in self.pages:
            page.hear(ring)


changes = Changes()
