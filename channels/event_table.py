"""Rasa's own table of events, for the few statements of a turn: by the driver, since SQLAlchemy takes longer around
them than they do. On SQLite one transaction of its own; on PostgreSQL one message there and one back."""

import sqlite3
from abc import ABC, abstractmethod
from collections.abc import Iterator, Sequence
from contextlib import closing, contextmanager
from itertools import chain
from typing import Any

import sqlalchemy as sa
from rasa.core.tracker_store import create_engine_kwargs
from sqlalchemy.engine import Engine
from sqlalchemy.exc import DBAPIError

COLUMNS = "sender_id, type_name, timestamp, intent_name, action_name, data"
Row = tuple[str, str, float | None, str | None, str | None, str]


class Overtaken(Exception):
    """Another Rasa has gone on with this conversation since its tracker was retrieved: nothing was stored."""


class EventTable(ABC):
    """writers: how many threads may insert at once. Everything here raises DBAPIError."""

    NEWEST: str
    writers: int

    def __init__(self, engine: Engine) -> None:
        self.engine = engine

    @abstractmethod
    def insert(self, sender_id: str, rows: Sequence[Row], known: int | None) -> int:
        """Stores these rows behind the one that is known to be the newest (None: whichever is); the newest now.

        Raises Overtaken.
        """

    def newest(self, sender_id: str) -> int | None:
        """The id of the event that was stored last."""
        with self._connection() as connection:
            return self._newest(connection, sender_id)

    def _newest(self, connection: Any, sender_id: str) -> int | None:
        with closing(connection.cursor()) as cursor:
            cursor.execute(self.NEWEST, (sender_id,))
            newest: int | None = cursor.fetchone()[0]
            return newest

    def _unless_overtaken(self, connection: Any, sender_id: str, known: int | None) -> int:
        """The newest now, if it is the one that is known."""
        newest = self._newest(connection, sender_id) or 0
        if known not in (None, newest):
            raise Overtaken(sender_id)
        return newest

    @contextmanager
    def _connection(self) -> Iterator[Any]:
        """The driver's, from the engine's pool. When the server has gone, all others in the pool have ended, too."""
        dialect = self.engine.dialect
        with closing(self.engine.raw_connection()) as borrowed:
            try:
                yield borrowed.connection
            except dialect.dbapi.Error as error:
                if dialect.is_disconnect(error, borrowed.connection, None):
                    borrowed.invalidate(error)
                    self.engine.dispose()
                raise DBAPIError(None, None, error) from error


class SQLiteEvents(EventTable):
    """One write to the disk instead of three for each turn, and a connection that is opened once a thread."""

    NEWEST = "SELECT max(id) FROM events WHERE sender_id = ?"
    INSERT = f"INSERT INTO events ({COLUMNS}) VALUES (?, ?, ?, ?, ?, ?)"
    writers = 1  # it waits for itself anyway

    def __init__(self, url: Any) -> None:
        super().__init__(sa.create_engine(url, poolclass=sa.pool.SingletonThreadPool))
        sa.event.listen(self.engine, "connect", _prepare)

    def insert(self, sender_id: str, rows: Sequence[Row], known: int | None) -> int:
        with self._connection() as file, file:
            file.execute("BEGIN IMMEDIATE")  # the driver would begin only with the first change
            self._unless_overtaken(file, sender_id, known)
            file.executemany(self.INSERT, rows)
            return self._newest(file, sender_id) or 0


def _prepare(file: sqlite3.Connection, _record: Any) -> None:
    file.execute("PRAGMA journal_mode=WAL")
    file.execute("PRAGMA synchronous=FULL")
    file.execute("PRAGMA busy_timeout=20000")
    file.execute("PRAGMA secure_delete=ON")


class PostgreSQLEvents(EventTable):
    """Each call is a transaction. The two statements of an insert travel as one, which makes them one."""

    NEWEST = "SELECT max(id) FROM events WHERE sender_id = %s"
    LOCK = "SELECT pg_advisory_xact_lock(hashtextextended(%s, 0))"
    INSERT = (
        f"INSERT INTO events ({COLUMNS}) SELECT * FROM (VALUES {{rows}}) AS new"
        " WHERE coalesce(%s = (SELECT coalesce(max(id), 0) FROM events WHERE sender_id = %s), true) RETURNING id"
    )
    ROW = "(%s, %s, %s::double precision, %s, %s, %s)"
    writers = 8

    def __init__(self, url: Any) -> None:
        super().__init__(sa.create_engine(url, isolation_level="AUTOCOMMIT", **create_engine_kwargs(url)))

    def insert(self, sender_id: str, rows: Sequence[Row], known: int | None) -> int:
        with self._connection() as connection:
            if not rows:
                return self._unless_overtaken(connection, sender_id, known)
            insert = self.INSERT.format(rows=", ".join([self.ROW] * len(rows)))
            with closing(connection.cursor()) as cursor:
                cursor.execute(f"{self.LOCK}; {insert}", (sender_id, *chain.from_iterable(rows), known, sender_id))
                stored = cursor.fetchall()
        if not stored:
            raise Overtaken(sender_id)
        return max(stored)[0]
