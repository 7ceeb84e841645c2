"""The memory of conversations: kept as it is stored, and never older than the database."""

import asyncio
import sqlite3
from pathlib import Path
from types import SimpleNamespace

import pytest
import yaml
from rasa.core.tracker_store import SQLTrackerStore
from rasa.shared.core.domain import Domain
from rasa.shared.core.events import ActionExecuted, BotUttered, SlotSet, UserUttered
from rasa.shared.core.trackers import DialogueStateTracker, EventVerbosity
from rasa.shared.utils.common import class_from_module_path
from sqlalchemy.exc import DBAPIError

from channels.event_table import SQLiteEvents
from channels.recent import KEPT_MESSAGES, MOST_MESSAGES
from channels.trackers import KEPT_CONVERSATIONS, ConversationTrackerStore

ENDPOINTS = Path(__file__).parents[2] / "endpoints.yml"
DOMAIN = Domain.from_dict({"slots": {"order": {"type": "any", "mappings": [{"type": "custom"}]}}})
PARSED = {"intent": {"name": "greet", "confidence": 1.0}, "entities": [], "text": "hello"}


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tmp_path / "rasa.sqlite3"


def opened(file: Path, kind: type[SQLTrackerStore] = ConversationTrackerStore) -> SQLTrackerStore:
    return kind(DOMAIN, host=f"sqlite:///{file}")


def talk(store: SQLTrackerStore, times: int, sender: str = "someone") -> DialogueStateTracker:
    """So many turns, each retrieved and saved as the channel does."""

    async def turns() -> DialogueStateTracker:
        for number in range(times):
            tracker = await store.get_or_create_tracker(sender)
            tracker.update(UserUttered("hello", PARSED["intent"], [], PARSED, message_id=f"m{number}"))
            tracker.update(SlotSet("order", {"number": number, "lines": [[0, 1]]}))
            tracker.update(BotUttered("hello", {"buttons": [], "custom": {"asks": None}}))
            tracker.update(ActionExecuted("action_listen"))
            await store.save(tracker)
        return tracker

    return asyncio.run(turns())


def state(tracker: DialogueStateTracker) -> dict:
    return tracker.current_state(EventVerbosity.ALL)


def test_what_is_kept_is_what_is_stored(file: Path) -> None:
    store = opened(file)
    talk(store, 3)
    kept = asyncio.run(store.retrieve("someone"))
    stored = asyncio.run(opened(file).retrieve("someone"))
    assert state(kept) == state(stored)
    assert kept.events == stored.events


def test_rasas_own_store_reads_it_and_writes_the_same(file: Path, tmp_path: Path) -> None:
    talk(opened(file), 3)
    theirs = tmp_path / "theirs.sqlite3"
    talk(opened(theirs, SQLTrackerStore), 3)
    columns = "sender_id, type_name, intent_name, action_name"
    rows = [
        sqlite3.connect(path).execute(f"SELECT {columns} FROM events ORDER BY id").fetchall() for path in (file, theirs)
    ]
    assert rows[0] == rows[1]
    assert len(asyncio.run(opened(file, SQLTrackerStore).retrieve("someone")).events) == len(rows[0])


def test_it_is_not_read_again_while_nobody_else_writes(file: Path) -> None:
    store = opened(file)
    tracker = talk(store, 2)
    assert asyncio.run(store.retrieve("someone")) is tracker


def test_what_another_rasa_did_meanwhile_is_seen(file: Path) -> None:
    store = opened(file)
    talk(store, 1)
    talk(opened(file), 2)
    assert len([e for e in talk(store, 1).events if isinstance(e, UserUttered)]) == 4
    assert state(asyncio.run(store.retrieve("someone"))) == state(asyncio.run(opened(file).retrieve("someone")))


def test_of_a_long_conversation_the_latest_is_kept_and_all_is_stored(file: Path) -> None:
    store = opened(file)
    tracker = talk(store, 60)
    said = [event.message_id for event in tracker.events if isinstance(event, UserUttered)]
    assert KEPT_MESSAGES <= len(said) <= MOST_MESSAGES + 1
    assert said[-1] == "m59"
    whole = asyncio.run(store.retrieve_full_tracker("someone"))
    assert [e.message_id for e in whole.events if isinstance(e, UserUttered)] == [f"m{n}" for n in range(60)]
    assert sqlite3.connect(file).execute("SELECT count(*) FROM events").fetchone() == (len(whole.events),)
    assert tracker.current_slot_values() == whole.current_slot_values()
    replayed = DialogueStateTracker.from_events("someone", tracker.events, DOMAIN.slots)
    assert replayed.current_slot_values() == whole.current_slot_values()


def test_what_happened_is_published_once(file: Path) -> None:
    store, published = opened(file), []
    store.event_broker = SimpleNamespace(publish=published.append)
    tracker = talk(store, 30)
    whole = asyncio.run(store.retrieve_full_tracker(tracker.sender_id))
    assert [body["event"] for body in published] == [event.type_name for event in whole.events]


def test_a_turn_that_was_broken_off_leaves_nothing(file: Path) -> None:
    store = opened(file)
    before = state(talk(store, 1))
    broken = asyncio.run(store.retrieve("someone"))
    broken.update(SlotSet("order", "half done"))
    assert state(asyncio.run(store.retrieve("someone"))) == before


def test_what_could_not_be_stored_is_not_kept(file: Path) -> None:
    store = opened(file)
    before = state(talk(store, 1))

    async def fail() -> None:
        tracker = await store.retrieve("someone")
        tracker.update(SlotSet("order", object()))  # no JSON
        with pytest.raises(TypeError):
            await store.save(tracker)

    asyncio.run(fail())
    assert state(asyncio.run(store.retrieve("someone"))) == before


def test_a_file_that_cannot_be_written_is_told_as_sqlalchemy_tells_it(file: Path) -> None:
    store = opened(file)
    talk(store, 1)
    with sqlite3.connect(file) as other:
        other.execute("ALTER TABLE events RENAME TO elsewhere")
    with pytest.raises(DBAPIError, match="no such table"):
        asyncio.run(store.retrieve("someone"))
    with pytest.raises(DBAPIError, match="no such table"):
        SQLiteEvents(store.engine.url).insert("someone", [], None)
    with sqlite3.connect(file) as other:
        other.execute("ALTER TABLE elsewhere RENAME TO events")
    talk(store, 1)
    assert len(asyncio.run(opened(file).retrieve("someone")).events) > 4


def test_only_so_many_are_kept(file: Path) -> None:
    store = opened(file)
    for number in range(KEPT_CONVERSATIONS + 5):
        talk(store, 1, f"customer {number}")
    assert len(store._kept) == KEPT_CONVERSATIONS
    assert len(asyncio.run(store.retrieve("customer 0")).events) == 5


def test_another_model_gives_what_was_kept_its_own_slots(file: Path) -> None:
    store = opened(file)
    talk(store, 1)
    store.domain = Domain.from_dict({"slots": {"new": {"type": "any", "mappings": [{"type": "custom"}]}}})
    assert "new" in asyncio.run(store.retrieve("someone")).slots


def test_a_turn_is_on_the_disk_when_it_is_saved(file: Path) -> None:
    store = opened(file)
    with store.engine.connect() as connection:
        assert connection.exec_driver_sql("PRAGMA journal_mode").scalar() == "wal"
        assert connection.exec_driver_sql("PRAGMA synchronous").scalar() == 2


def test_the_store_that_endpoints_yml_names_is_there() -> None:
    """Rasa would take one in memory instead, with no more than a warning."""
    named = yaml.safe_load(ENDPOINTS.read_text())["tracker_store"]["type"]
    assert class_from_module_path(named) is ConversationTrackerStore


def test_what_is_forgotten_is_in_no_file_and_not_kept(file: Path) -> None:
    store = opened(file)
    talk(store, 2)
    talk(store, 1, "someone else")
    asyncio.run(store.forget("someone"))
    files = file.parent.glob(file.name + "*")
    assert not any(b'"someone"' in one.read_bytes() or b"m1" in one.read_bytes() for one in files)
    assert asyncio.run(store.retrieve("someone")) is None
    assert asyncio.run(store.retrieve("someone else"))
