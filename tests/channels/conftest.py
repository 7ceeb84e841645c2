"""One small assistant for all tests of the channel."""

import uuid

import httpx
import pytest
from small_assistant import TOKEN, ActionServer, RasaServer, train


@pytest.fixture(scope="session")
def model(tmp_path_factory):
    return train(tmp_path_factory.mktemp("small"))


@pytest.fixture(scope="session")
def action_server():
    server = ActionServer()
    server.start()
    yield server
    server.stop()


@pytest.fixture(scope="session")
def rasa(model, action_server, tmp_path_factory):
    server = RasaServer(model, tmp_path_factory.mktemp("tracker") / "rasa.sqlite3", action_server.port)
    server.start()
    yield server
    server.stop()


@pytest.fixture
def actions(action_server):
    action_server.behave = "well"
    action_server.calls.clear()
    yield action_server
    action_server.behave = "well"


@pytest.fixture
def ask(rasa):
    """Posts one turn of this test's conversation; fields not given are as the runner sends them."""
    conversation = uuid.uuid4().hex

    def post(text: str | None = None, token: str = TOKEN, **fields) -> httpx.Response:
        turn = {
            "conversation": conversation,
            "message": uuid.uuid4().hex,
            "text": text,
            "answer": None,
            "photos": [],
            "timezone": "America/New_York",
            "today": "2026-11-22",
            "now": "2026-11-22T10:00:00+00:00",
            "locale": "en",
            "channel": "mail",
            "address": "farah@example.com",
            **fields,
        }
        return httpx.post(
            f"{rasa.url}/turn", json=turn, headers={"Authorization": f"Bearer {token}"}, timeout=20, verify=False
        )

    post.conversation = conversation
    return post
