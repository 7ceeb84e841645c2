"""The memory of conversations on PostgreSQL, where several Rasas share it."""

import asyncio
import uuid
from collections.abc import Iterator

import pytest
from rasa.core.tracker_store import SQLTrackerStore
from rasa.shared.core.domain import Domain
from rasa.shared.core.events import BotUttered, UserUttered
from rasa.shared.core.trackers import DialogueStateTracker

from channels.trackers import ConversationTrackerStore, Overtaken
from tests.servers.postgresql import running_postgresql

DOMAIN = Domain.from_dict({})


@pytest.fixture(scope="module")
def address() -> Iterator[str]:
    with running_postgresql() as server:
        yield server.address()


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
