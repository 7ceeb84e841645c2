"""What stands in for Rasa in the chat API's tests answers as the real channel does."""

import uuid

import httpx
import pytest

from support.run.free_ports import free_port
from tests.support.widget.rasa_double import TOKEN, RasaDouble


@pytest.fixture(scope="module", params=["the real one", "the double"])
def door(request):
    if request.param == "the real one":
        yield request.getfixturevalue("rasa").url
        return
    double = RasaDouble(free_port())
    double.start()
    yield f"http://127.0.0.1:{double.port}/webhooks/conversation"
    double.stop()


def ask(door: str, token: str = TOKEN, **fields) -> httpx.Response:
    turn = {"conversation": "c" * 32, "message": uuid.uuid4().hex, "text": "hello", "answer": None, "photos": []}
    turn |= fields
    return httpx.post(f"{door}/turn", json=turn, headers={"Authorization": f"Bearer {token}"}, verify=False)


def test_without_the_token_it_is_401(door):
    assert ask(door, token="wrong").status_code == 401


def test_what_is_remembered_can_be_forgotten_again_and_again(door):
    address = f"{door}/trackers/{'d' * 32}"
    assert httpx.delete(address, headers={"Authorization": "Bearer wrong"}).status_code == 401
    ask(door, conversation="d" * 32)
    headers = {"Authorization": f"Bearer {TOKEN}"}
    assert [httpx.delete(address, headers=headers).status_code for _ in range(2)] == [204, 204]


def test_messages_have_the_contracts_fields(door):
    for message in ask(door).json()["messages"]:
        assert set(message) == {"text", "choices", "asks", "citations", "case"}
        assert isinstance(message["text"], str)


def test_the_same_message_again_has_the_same_answer(door):
    message = uuid.uuid4().hex
    first, again = (ask(door, message=message, attempt=attempt).json()["messages"] for attempt in (1, 2))
    assert first == again != []
