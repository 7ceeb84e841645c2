"""Rasa's memory of the conversations, in its own SQL table, without reading and counting it all again every turn.

The last conversations stay in memory as they were stored. Whether one is still the newest is asked of the database
each time (another Rasa may have gone on with it), which costs one look at an index. The events of a turn are stored
by one statement in one transaction, in a thread, since a disk makes one wait; and only if nobody else has stored any
since the turn began, so that two that ran at once, whatever became of their lock, cannot both have happened.
"""

import asyncio
import json
import sqlite3
from collections import OrderedDict
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing, contextmanager
from dataclasses import dataclass
from itertools import islice
from typing import Any

import sqlalchemy as sa
from rasa.core.tracker_store import SQLTrackerStore
from rasa.shared.core.constants import ACTION_LISTEN_NAME
from rasa.shared.core.domain import Domain
from rasa.shared.core.events import ActionExecuted
from rasa.shared.core.trackers import DialogueStateTracker
from sqlalchemy.dialects import sqlite
from sqlalchemy.exc import DBAPIError

from channels.recent import keep_recent

KEPT_CONVERSATIONS = 100
WRITERS = 8  # on SQLite one: it waits for itself anyway


class Overtaken(Exception):
    """Another Rasa has gone on with this conversation since its tracker was retrieved: nothing was stored."""


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
        self._writer = ThreadPoolExecutor(1 if self._is_file else WRITERS, "tracker-write")
        if self._is_file:
            self._keep_files_open()

    @property
    def domain(self) -> Domain:
        return self._domain

    @domain.setter
    def domain(self, domain: Domain | None) -> None:
        """Another model has other slots: what was kept is read anew."""
        self._domain = domain or Domain.empty()
        self._kept.clear()

    def _keep_files_open(self) -> None:
        """One write to the disk instead of three for each turn, and a connection that is opened once a thread."""
        url = self.engine.url
        self.engine.dispose()
        self.engine = sa.create_engine(url, poolclass=sa.pool.SingletonThreadPool)

        @sa.event.listens_for(self.engine, "connect")
        def prepare(connection: Any, _record: Any) -> None:
            connection.execute("PRAGMA journal_mode=WAL")
            connection.execute("PRAGMA synchronous=FULL")
            connection.execute("PRAGMA busy_timeout=20000")
            connection.execute("PRAGMA secure_delete=ON")

        self.sessionmaker = sa.orm.session.sessionmaker(bind=self.engine)

    async def retrieve(self, sender_id: str) -> DialogueStateTracker | None:
        """The conversation as it was saved last, whoever saved it; of a long one what is needed to go on."""
        kept, newest = self._kept.pop(sender_id, None), self._newest(sender_id)
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
        rows = [_row(tracker.sender_id, event) for event in events]
        loop = asyncio.get_running_loop()
        newest = await loop.run_in_executor(self._writer, self._insert, tracker.sender_id, rows, known)
        if self.event_broker:
            await self._stream_new_events(self.event_broker, events, tracker.sender_id)
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

    def _newest(self, sender_id: str) -> int | None:
        if self._is_file:
            with self._in_file() as file:
                return _newest_in(file, sender_id)
        with self.engine.connect() as connection:
            return connection.execute(_NEWEST, {"sender": sender_id}).scalar()

    def _insert(self, sender_id: str, rows: list[dict[str, Any]], known: int | None) -> int:
        """Stores these rows behind the one that is known to be the newest (None: whichever is); the newest now."""
        if self._is_file:
            return self._insert_in_file(sender_id, rows, known)
        sender = {"sender": sender_id}
        with self.engine.begin() as connection:
            connection.execute(_LOCK, sender)
            if known is not None and known != (connection.execute(_NEWEST, sender).scalar() or 0):
                raise Overtaken(sender_id)
            if rows:
                connection.execute(_EVENTS.insert(), rows)
            return int(connection.execute(_NEWEST, sender).scalar() or 0)

    def _insert_in_file(self, sender_id: str, rows: list[dict[str, Any]], known: int | None) -> int:
        with self._in_file() as file:
            file.execute("BEGIN IMMEDIATE")  # the driver would begin only with the first change
            if known is not None and known != (_newest_in(file, sender_id) or 0):
                raise Overtaken(sender_id)
            file.executemany(_INSERT, rows)
            return _newest_in(file, sender_id) or 0

    @contextmanager
    def _in_file(self) -> Iterator[sqlite3.Connection]:
        """A transaction of SQLite's own: for the few statements of a turn SQLAlchemy takes longer than they do.

        Raises DBAPIError, as SQLAlchemy does.
        """
        with closing(self.engine.raw_connection()) as borrowed:
            try:
                with borrowed.connection as file:
                    yield file
            except sqlite3.Error as error:
                raise DBAPIError(None, None, error) from error


_EVENTS = SQLTrackerStore.SQLEvent.__table__
_COLUMNS = ("sender_id", "type_name", "timestamp", "intent_name", "action_name", "data")
_INSERT = str(_EVENTS.insert().compile(dialect=sqlite.dialect(paramstyle="named"), column_keys=_COLUMNS))
_LOCK = sa.text("SELECT pg_advisory_xact_lock(hashtextextended(:sender, 0))")
_NEWEST = sa.text("SELECT max(id) FROM events WHERE sender_id = :sender")


def _newest_in(file: sqlite3.Connection, sender_id: str) -> int | None:
    newest: int | None = file.execute(_NEWEST.text, {"sender": sender_id}).fetchone()[0]
    return newest


def _row(sender_id: str, event: Any) -> dict[str, Any]:
    """The event as Rasa's own store writes it."""
    data = event.as_dict()
    return {
        "sender_id": sender_id,
        "type_name": event.type_name,
        "timestamp": data.get("timestamp"),
        "intent_name": data.get("parse_data", {}).get("intent", {}).get("name"),
        "action_name": data.get("name"),
        "data": json.dumps(data),
    }
