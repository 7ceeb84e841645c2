"""Rasa's memory of the conversations, in its own SQL table, without reading and counting it all again every turn.

The last conversations stay in memory as they were stored. Whether one is still the newest is asked of the database
each time (another Rasa may have gone on with it), which costs one look at an index. The events of a turn are stored
in one transaction, in a thread, since a disk makes one wait; and only if nobody else has stored any
since the turn began, so that two that ran at once, whatever became of their lock, cannot both have happened.
"""

import asyncio
import json
from collections import OrderedDict
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from itertools import islice
from typing import Any

from rasa.core.tracker_store import SQLTrackerStore
from rasa.shared.core.constants import ACTION_LISTEN_NAME
from rasa.shared.core.domain import Domain
from rasa.shared.core.events import ActionExecuted, Event
from rasa.shared.core.trackers import DialogueStateTracker
from sqlalchemy.orm import sessionmaker

from channels.event_table import PostgreSQLEvents, Row, SQLiteEvents
from channels.recent import keep_recent

KEPT_CONVERSATIONS = 100


@dataclass(frozen=True)
class Kept:
    """A tracker whose events are stored up to this event's id."""

    tracker: DialogueStateTracker
    newest: int


class ConversationTrackerStore(SQLTrackerStore):
    """A tracker belongs to who retrieved it until it is saved; if that never happens, the database has the truth."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._kept: OrderedDict[str, Kept] = OrderedDict()
        self._is_file = self.engine.dialect.name == "sqlite"
        self.engine.dispose()
        self._table = (SQLiteEvents if self._is_file else PostgreSQLEvents)(self.engine.url)
        self.engine = self._table.engine
        self.sessionmaker = sessionmaker(bind=self.engine)
        self._writer = ThreadPoolExecutor(self._table.writers, "tracker-write")

    @property
    def domain(self) -> Domain:
        return self._domain

    @domain.setter
    def domain(self, domain: Domain | None) -> None:
        """Another model has other slots: what was kept is read anew."""
        self._domain = domain or Domain.empty()
        self._kept.clear()

    def newest(self, sender_id: str) -> int | None:
        """The number of its newest event, as the database has it."""
        return self._table.newest(sender_id)

    async def retrieve(self, sender_id: str) -> DialogueStateTracker | None:
        """The conversation as it was saved last, whoever saved it; of a long one what is needed to go on."""
        kept, newest = self._kept.pop(sender_id, None), self.newest(sender_id)
        if newest is None:
            return None
        tracker = kept.tracker if kept and kept.newest == newest else await super().retrieve(sender_id)
        if tracker:
            keep_recent(tracker, self.domain.slots)
            tracker.stored, tracker.newest = len(tracker.events), newest
        return tracker

    async def create_tracker(self, sender_id: str, append_action_listen: bool = True) -> DialogueStateTracker:
        """A new conversation. It is stored when its first turn ends."""
        tracker = self.init_tracker(sender_id)
        if append_action_listen:
            tracker.update(ActionExecuted(ACTION_LISTEN_NAME))
        tracker.stored, tracker.newest = 0, 0
        return tracker

    async def save(self, tracker: DialogueStateTracker) -> None:
        """Store what is new of it, tell the event broker, keep it for its next message. Raises Overtaken."""
        stored, known = getattr(tracker, "stored", None), getattr(tracker, "newest", None)
        events = list(islice(tracker.events, await self._count(tracker) if stored is None else stored, None))
        data = [event.as_dict() for event in events]
        rows = [_row(tracker.sender_id, event, told) for event, told in zip(events, data, strict=True)]
        loop = asyncio.get_running_loop()
        newest = await loop.run_in_executor(self._writer, self._table.insert, tracker.sender_id, rows, known)
        if self.event_broker:
            for told in data:
                self.event_broker.publish({"sender_id": tracker.sender_id, **told})
        tracker.stored, tracker.newest = len(tracker.events), newest
        self._kept[tracker.sender_id] = Kept(tracker, newest)
        if len(self._kept) > KEPT_CONVERSATIONS:
            self._kept.popitem(last=False)

    async def forget(self, sender_id: str) -> None:
        """Delete every event of this conversation; on SQLite its bytes, too, in the file and in its log of changes."""
        self._kept.pop(sender_id, None)
        await asyncio.get_running_loop().run_in_executor(self._writer, self._delete, sender_id)

    def _delete(self, sender_id: str) -> None:
        with self.engine.begin() as connection:
            connection.execute(_EVENTS.delete().where(_EVENTS.c.sender_id == sender_id))
        if self._is_file:
            with self.engine.connect() as connection:
                connection.exec_driver_sql("PRAGMA wal_checkpoint(TRUNCATE)")

    async def _count(self, tracker: DialogueStateTracker) -> int:
        """How many of its events are stored, where the tracker is not from here."""
        with self.session_scope() as session:
            return int(self._event_query(session, tracker.sender_id, fetch_events_from_all_sessions=False).count())


_EVENTS = SQLTrackerStore.SQLEvent.__table__


def _row(sender_id: str, event: Event, data: dict[str, Any]) -> Row:
    """The event, with its data, as Rasa's own store writes it."""
    intent = data.get("parse_data", {}).get("intent", {}).get("name")
    return sender_id, event.type_name, data.get("timestamp"), intent, data.get("name"), json.dumps(data)
