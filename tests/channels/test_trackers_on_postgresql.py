"""The memory of conversations on PostgreSQL, where several Rasas share it."""

import asyncio
import uuid
from collections.abc import Iterator

import pytest
from rasa.core.tracker_store import SQLTrackerStore
from rasa.shared.core.domain import Domain
from rasa.shared.core.events import BotUttered, UserUttered
from rasa.shared.core.trackers import DialogueStateTracker
from sqlalchemy.engine import make_url
from sqlalchemy.exc import DBAPIError

from channels.event_table import Overtaken, PostgreSQLEvents
from channels.trackers import ConversationTrackerStore
from tests.servers.postgresql import PostgreSQL, running_postgresql

DOMAIN = Domain.from_dict({})


@pytest.fixture(scope="module")
def server() -> Iterator[PostgreSQL]:
    with running_postgresql() as running:
        yield running


@pytest.fixture
def address(server: PostgreSQL) -> str:
    return server.address()


def opened(address: str, kind: type[SQLTrackerStore] = ConversationTrackerStore) -> SQLTrackerStore:
    return kind(DOMAIN, host=address)


def said(tracker: DialogueStateTracker) -> list[str]:
    return [event.message_id for event in tracker.events if isinstance(event, UserUttered)]


async def begin(store: SQLTrackerStore, sender: str, message: str) -> DialogueStateTracker:
    tracker = await store.get_or_create_tracker(sender)
    tracker.update(UserUttered("hello", message_id=message))
    tracker.update(BotUttered("hello"))
    return tracker


def test_rasas_own_store_reads_what_was_written(address: str) -> None:
    async def run() -> None:
        store, sender = opened(address), uuid.uuid4().hex
        for message in ("a", "b"):
            await store.save(await begin(store, sender, message))
        assert said(await opened(address, SQLTrackerStore).retrieve(sender)) == ["a", "b"]

    asyncio.run(run())


def test_what_another_rasa_did_meanwhile_is_seen(address: str) -> None:
    async def run() -> None:
        one, other, sender = opened(address), opened(address), uuid.uuid4().hex
        for store, message in ((one, "a"), (other, "b"), (one, "c")):
            await store.save(await begin(store, sender, message))
        assert said(await other.retrieve(sender)) == ["a", "b", "c"]

    asyncio.run(run())


@pytest.mark.parametrize("at_first", [True, False])
def test_of_two_turns_that_ran_at_once_one_is_stored(address: str, at_first: bool) -> None:
    async def run() -> None:
        stores, sender = [opened(address) for _ in range(8)], uuid.uuid4().hex
        if not at_first:
            await stores[0].save(await begin(stores[0], sender, "before"))
        begun = [await begin(store, sender, f"m{place}") for place, store in enumerate(stores)]
        ended = await asyncio.gather(*map(lambda s, t: s.save(t), stores, begun), return_exceptions=True)
        assert [type(end) for end in ended if end] == [Overtaken] * 7
        assert len(said(await opened(address).retrieve(sender))) == (1 if at_first else 2)
        assert len(said(await stores[3].retrieve(sender))) == (1 if at_first else 2)

    asyncio.run(run())


def test_nothing_is_left_of_a_forgotten_conversation(address: str) -> None:
    async def run() -> None:
        store, sender = opened(address), uuid.uuid4().hex
        await store.save(await begin(store, sender, "a"))
        await store.forget(sender)
        assert await opened(address, SQLTrackerStore).retrieve(sender) is None

    asyncio.run(run())


def test_of_a_turn_that_cannot_be_stored_whole_nothing_is_stored(address: str) -> None:
    table, sender = PostgreSQLEvents(make_url(address)), uuid.uuid4().hex
    good = (sender, "bot", 1.5, None, None, "{}")
    stored = table.insert(sender, [good], 0)
    with pytest.raises(DBAPIError):
        table.insert(sender, [good, (sender, "x" * 256, 2.5, None, None, "{}")], stored)
    assert table.newest(sender) == stored
    assert table.insert(sender, [good, good], stored) == table.newest(sender) > stored  # and nobody holds the lock


def test_a_time_is_stored_to_the_last_digit(address: str) -> None:
    table, sender, at = PostgreSQLEvents(make_url(address)), uuid.uuid4().hex, 1764181234.1234567
    table.insert(sender, [(sender, "bot", at, None, None, "{}"), (sender, "bot", None, None, None, "{}")], None)
    with table.engine.connect() as connection:
        found = connection.exec_driver_sql("SELECT timestamp FROM events WHERE sender_id = %s ORDER BY id", (sender,))
        assert [row.timestamp for row in found] == [at, None]


def test_after_a_restart_of_the_database_one_turn_fails_and_no_other(server: PostgreSQL) -> None:
    table, sender = opened(server.address())._table, uuid.uuid4().hex
    pool = [table.engine.connect() for _ in range(3)]
    for connection in pool:
        connection.close()
    server.stop()
    server.start()
    with pytest.raises(DBAPIError):
        table.newest(sender)
    for _ in range(3):
        assert table.newest(sender) is None
