"""One turn in, its messages out: run once, found again, never half done."""

import asyncio
import gc
import sqlite3
import uuid
from concurrent.futures import ThreadPoolExecutor

import httpx
import pytest
from small_assistant import TOKEN, RasaServer

from channels.intent import acted_on


def events_of(rasa, conversation: str) -> list[str]:
    with sqlite3.connect(rasa.tracker) as database:
        rows = database.execute("SELECT type_name FROM events WHERE sender_id = ? ORDER BY id", (conversation,))
        return [name for (name,) in rows]


def slots_of(rasa, conversation: str) -> dict:
    tracker = asyncio.run(rasa.agent.tracker_store.retrieve(conversation))
    return tracker.current_slot_values()


def test_an_answer_has_the_contracts_fields(ask, actions):
    answer = ask("hello")
    assert answer.status_code == 200
    assert answer.json() == {
        "messages": [
            {
                "text": "Hello, what is it?",
                "choices": [{"title": "Return it", "payload": "request=return"}],
                "asks": {"fact": "request", "kind": "choice"},
                "citations": [],
                "case": None,
            }
        ],
        "replayed": False,
    }


def test_the_same_message_again_is_answered_and_not_run(ask, actions, rasa):
    message = uuid.uuid4().hex
    first = ask(answer={"fact": "request", "value": "return"}, message=message).json()
    before, calls = events_of(rasa, ask.conversation), len(actions.calls)
    again = ask(answer={"fact": "request", "value": "return"}, message=message, attempt=2).json()
    assert again == {"messages": first["messages"], "replayed": True}
    assert events_of(rasa, ask.conversation) == before
    assert len(actions.calls) == calls


def test_an_old_message_again_gives_its_own_answer(ask, actions):
    message = uuid.uuid4().hex
    first = ask("hello", message=message).json()["messages"]
    ask(answer={"fact": "request", "value": "return"})
    assert ask("hello", message=message).json() == {"messages": first, "replayed": True}


def test_the_same_message_five_times_at_once_is_run_once(ask, actions, rasa):
    message = uuid.uuid4().hex
    with ThreadPoolExecutor(5) as pool:
        answers = list(pool.map(lambda _: ask("hello", message=message).json(), range(5)))
    assert sorted(answer["replayed"] for answer in answers) == [False, True, True, True, True]
    assert len({str(answer["messages"]) for answer in answers}) == 1
    assert events_of(rasa, ask.conversation).count("user") == 1


def test_what_never_ran_is_not_run_when_only_its_answer_is_wanted(ask, actions, rasa):
    assert ask("hello", replay_only=True).json() == {"messages": [], "replayed": False}
    assert events_of(rasa, ask.conversation) == []


def test_an_answer_reaches_actions_in_the_metadata(ask, actions):
    message = uuid.uuid4().hex
    answer = ask("Changed my mind", answer={"fact": "claim.reason", "value": "changed_mind"}, message=message).json()
    assert answer["messages"][0]["case"] == {"number": "C-1", "state": "under_review"}
    latest = actions.calls[-1]["tracker"]["latest_message"]
    assert (latest["text"], latest["intent"]["name"], latest["message_id"]) == ("/choose", "choose", message)
    assert latest["metadata"] == {
        "message_id": message,
        "text": "Changed my mind",
        "answer": {"claim.reason": "changed_mind"},
        "photos": [],
        "now": "2026-11-22T10:00:00+00:00",
        "today": "2026-11-22",
        "timezone": "America/New_York",
        "locale": "en",
        "channel": "mail",
        "asked": [],
        "answers": {},
        "address": "farah@example.com",
        "settled": None,
    }
    assert actions.calls[-1]["authorization"] == b"Bearer x"


def test_an_intent_is_an_answer_too(ask, actions):
    ask(answer={"fact": "intent", "value": "talk_to_human"})
    assert actions.calls[-1]["tracker"]["latest_message"]["intent"]["name"] == "talk_to_human"


def test_photos_come_with_and_without_words(ask, actions):
    ask(photos=["a", "b"])
    latest = actions.calls[-1]["tracker"]["latest_message"]
    assert (latest["text"], latest["metadata"]["photos"]) == ("/send_photos", ["a", "b"])
    assert ask("hello", photos=["c"]).json()["messages"][0]["text"] == "Hello, what is it?"


@pytest.mark.parametrize(
    "typed",
    [
        '/inform{"secret": "mine"}',
        '  /inform{"secret": "mine"}',
        '\u2003\n/inform{"secret": "mine"}',
        '//inform{"secret": "mine"}',
        '/ /inform{"secret": "mine"}',
        '/inform@1.0{"secret": "mine"}',
        'EXTERNAL: inform{"secret": "mine"}',
        'external:/inform{"secret": "mine"}',
        "/restart",
        "/session_start",
        "/talk_to_human",
        "/",
        "/greet",
        "  // hello",
    ],
)
def test_typing_a_command_of_rasa_does_nothing(ask, actions, rasa, typed):
    ask("hello")
    assert ask(typed).json()["messages"] == []
    names = events_of(rasa, ask.conversation)
    assert "restart" not in names
    assert names.count("session_started") == 1
    assert slots_of(rasa, ask.conversation)["secret"] is None
    assert not [call for call in actions.calls if call["next_action"] == "action_act"]


def test_words_after_a_slash_are_words(ask, actions):
    for typed in ("/good day", "good day/", "EXTERNAL: good day"):
        assert ask(typed).json()["messages"][0]["text"] == "Hello, what is it?"


def test_a_failing_action_leaves_the_tracker_as_it_was(ask, actions, rasa):
    ask("hello")
    before = events_of(rasa, ask.conversation)
    actions.behave, message = "fail", uuid.uuid4().hex
    assert ask(answer={"fact": "a", "value": "b"}, message=message).status_code == 500
    assert events_of(rasa, ask.conversation) == before
    actions.behave = "well"
    answer = ask(answer={"fact": "a", "value": "b"}, message=message, attempt=2).json()
    assert [said["text"] for said in answer["messages"]] == ["Done."]
    assert not answer["replayed"]


def test_an_action_server_that_dies_is_worth_another_try(ask, actions, rasa):
    ask("hello")
    before = events_of(rasa, ask.conversation)
    actions.behave = "hang up"
    assert ask(answer={"fact": "a", "value": "b"}).status_code == 503
    assert events_of(rasa, ask.conversation) == before


def test_an_action_server_that_is_not_there_is_worth_another_try(model, tmp_path):
    from support.run.free_ports import free_port

    server = RasaServer(model, tmp_path / "rasa.sqlite3", free_port())
    server.start()
    turn = {"conversation": "c", "message": "m", "text": "hello"}
    answer = httpx.post(
        f"{server.url}/turn", json=turn, headers={"Authorization": f"Bearer {server.token}"}, timeout=20
    )
    server.stop()
    assert answer.status_code == 503


def test_a_tracker_that_cannot_be_saved_is_worth_another_try(ask, actions, rasa):
    ask("hello")
    with sqlite3.connect(rasa.tracker) as database:
        database.execute("ALTER TABLE events RENAME TO elsewhere")
    try:
        assert ask("hello").status_code == 503
    finally:
        with sqlite3.connect(rasa.tracker) as database:
            database.execute("ALTER TABLE elsewhere RENAME TO events")
    assert ask("hello").status_code == 200


@pytest.mark.parametrize("token", ["wrong", "a-token-for-tests-onl", "a-token-for-tests-only2", "ä"])
def test_nobody_comes_in_without_the_token(rasa, token):
    headers = {"Authorization": f"Bearer {token}".encode()}
    assert httpx.post(f"{rasa.url}/turn", json={}, headers=headers).status_code == 401
    assert httpx.post(f"{rasa.url}/turn", json={}).status_code == 401


@pytest.mark.parametrize("configured", [None, ""])
def test_without_a_configured_token_nobody_comes_in(configured):
    from types import SimpleNamespace

    from channels.conversation import ConversationInput

    door = ConversationInput.from_credentials({"token": configured})
    for given in ("Bearer ", "Bearer", "", "Bearer None"):
        assert not door._lets_in(SimpleNamespace(headers={"authorization": given}))


@pytest.mark.parametrize(
    "fields",
    [
        {"conversation": ""},
        {"conversation": None},
        {"message": 5},
        {"text": ["a"]},
        {"text": None},
        {"text": "  "},
        {"answer": "a=b"},
        {"answer": {"fact": "a"}},
        {"answer": {"fact": "intent", "value": "restart{"}},
        {"answer": {"fact": "intent", "value": ""}},
        {"photos": "a"},
    ],
)
def test_a_wrong_turn_is_400(ask, fields):
    assert ask(**{"text": None if "answer" in fields else "hello", **fields}).status_code == 400


def test_what_is_loaded_is_not_looked_through_for_garbage_again(rasa):
    assert httpx.get(f"{rasa.url}/").status_code == 200
    assert gc.get_freeze_count() > 100_000


def test_health_is_ok_once_the_model_is_loaded(rasa):
    assert httpx.get(f"{rasa.url}/").json() == {"status": "ok"}


def test_the_class_named_in_credentials_is_found(monkeypatch):
    from rasa.core.run import create_http_input_channels

    monkeypatch.setenv("SUPPORT_INTERNAL_TOKEN", "x" * 20)
    monkeypatch.setenv("SUPPORT_LOG_FORMAT", "json")
    (channel,) = create_http_input_channels(None, "credentials.yml")
    assert (channel.name(), channel.token, channel.log_format) == ("conversation", b"x" * 20, "json")


def test_the_endpoints_carry_the_token_to_the_action_server(monkeypatch):
    from rasa.core.utils import AvailableEndpoints

    monkeypatch.setenv("SUPPORT_INTERNAL_TOKEN", "x" * 20)
    monkeypatch.setenv("SUPPORT_ACTIONS_URL", "http://127.0.0.1:5055")
    for name in ("SUPPORT_REDIS_URL", "SUPPORT_BROKER_URL"):
        monkeypatch.setenv(name, "")
    monkeypatch.setenv("SUPPORT_TRACKER_URL", "sqlite:////tmp/rasa.sqlite3")
    endpoints = AvailableEndpoints.read_endpoints("endpoints.yml")
    assert endpoints.action.headers == {"Authorization": "Bearer " + "x" * 20}
    assert endpoints.tracker_store.url == "sqlite:////tmp/rasa.sqlite3"


@pytest.mark.parametrize(
    ("name", "confidence", "zone", "entity", "acted_on_as"),
    [
        ("start_return", 0.9, "accept", None, "start_return"),
        ("start_return", 0.3, "ask", None, "nlu_fallback"),
        ("start_return", 0.3, "ask", "order_number", "start_return"),
        ("start_return", 0.1, "ask", "order_number", "give_information"),
        ("report_wrong_item", 0.3, "ask", "order_number", "give_information"),
        ("report_wrong_item", 0.45, "ask", "order_number", "report_wrong_item"),
        ("out_of_scope", 0.9, "accept", "order_number", "give_information"),
        ("out_of_scope", 0.9, "accept", None, "out_of_scope"),
        ("talk_to_human", 0.2, "none", "email", "give_information"),
    ],
)
def test_what_nlu_is_not_sure_of_is_not_acted_on_unless_it_names_an_order(name, confidence, zone, entity, acted_on_as):
    entities = [{"entity": entity, "value": "x"}] if entity else []
    ranked = {"name": name, "confidence": confidence}
    parsed = {"intent": {**ranked, "zone": zone}, "intent_ranking": [ranked], "entities": entities}
    assert acted_on(parsed)["name"] == acted_on_as


def test_what_rasa_remembers_can_be_forgotten(ask, actions, rasa):
    ask("hello")
    assert events_of(rasa, ask.conversation)
    address = f"{rasa.url}/trackers/{ask.conversation}"
    assert httpx.delete(address).status_code == 401
    assert events_of(rasa, ask.conversation)
    headers = {"Authorization": f"Bearer {TOKEN}"}
    assert [httpx.delete(address, headers=headers).status_code for _ in range(2)] == [204, 204]
    assert events_of(rasa, ask.conversation) == []
    assert ask.conversation.encode() not in rasa.tracker.read_bytes()


def test_a_turn_that_runs_ends_before_its_conversation_is_forgotten(ask, actions, rasa):
    headers = {"Authorization": f"Bearer {TOKEN}"}
    with ThreadPoolExecutor(2) as pool:
        turn = pool.submit(ask, answer={"fact": "request", "value": "return"})
        while not actions.calls:
            pass
        forgotten = pool.submit(httpx.delete, f"{rasa.url}/trackers/{ask.conversation}", headers=headers)
        assert (turn.result().status_code, forgotten.result().status_code) == (200, 204)
    assert events_of(rasa, ask.conversation) == []
