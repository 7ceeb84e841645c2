"""Erasing a conversation over the chat API, whatever runs, hangs or dies meanwhile."""

import signal

import httpx
from test_chat_api import error_of
from test_live_events import Stream
from test_photo_api import picture
from web_server import Customer

from tests.servers.own_database import rows_of
from tests.servers.programs import until


def erase(customer: Customer) -> httpx.Response:
    return customer.http.delete(customer.path)


def stored(web) -> bytes:
    """Everything that is stored, in whatever file or table."""
    files = b"".join(file.read_bytes() for file in web.folder.rglob("*") if file.is_file())
    if web.database.startswith("sqlite"):
        return files
    tables = rows_of(web.database, "SELECT table_name FROM information_schema.tables WHERE table_schema = 'public'")
    rows = (row for table in tables for row in rows_of(web.database, f'SELECT * FROM "{table["table_name"]}"'))
    return files + repr(list(rows)).encode()


def ended(web) -> int:
    ended = "SELECT count(*) AS count FROM conversations_conversation WHERE erasure_ended_at IS NOT NULL"
    return rows_of(web.database, ended)[0]["count"]


def test_an_erased_conversation_is_gone_at_once(customer, rasa, web):
    photo = customer.upload(picture()).json()["photo"]
    customer.post(photos=[photo], text="a secret word: quetzalcoatl")
    customer.settled()
    response = erase(customer)
    assert (response.status_code, response.content) == (204, b"")
    assert customer.id in rasa.forgotten
    assert not list((web.folder / "photos").rglob(f"{photo}*"))
    for call in (
        customer.http.get(f"{customer.path}/messages"),
        customer.http.get(f"{customer.path}/events"),
        customer.http.get(f"{customer.path}/photos/{photo}"),
        customer.upload(picture()),
        customer.post(text="still there?"),
    ):
        assert error_of(call) == (401, "unauthorized", None)


def test_erasing_again_is_answered_alike(customer):
    assert [erase(customer).status_code for _ in range(3)] == [204, 204, 204]


def test_only_the_conversations_own_token_erases_it(customer, web):
    customer.say("hello")
    other = Customer(web.url)
    assert error_of(other.http.delete(customer.path)) == (404, "not_found", None)
    assert error_of(httpx.delete(f"{web.url}/chat/api{customer.path}")) == (401, "unauthorized", None)
    assert len(customer.read()["messages"]) == 2


def test_open_streams_of_an_erased_conversation_end(customer):
    stream = Stream(customer)
    until(lambda: len(stream.states) == 2)
    erase(customer)
    stream.thread.join(5)
    assert not stream.thread.is_alive()


def test_erased_in_the_middle_of_a_turn_nothing_comes_back(own):
    rasa, make = own
    rasa.start()
    web = make(SUPPORT_TURN_TIMEOUT_S="1", SUPPORT_TURN_LEASE_S="1")
    customer = Customer(web.url)
    customer.post(text="slow 0.5 quetzalcoatl")
    customer.post(text="second")
    until(lambda: rasa.now_running)
    assert erase(customer).status_code == 204
    until(lambda: not rasa.now_running)
    assert error_of(customer.http.get(f"{customer.path}/messages"))[0] == 401
    assert [call["text"] for call in rasa.calls] == ["slow 0.5 quetzalcoatl"]
    assert "Traceback" not in web.log()
    assert ended(web) == 0


def test_what_a_killed_process_left_is_ended_by_the_next(own):
    """Rasa is away, so the erasure cannot end; then the process dies; the next one ends it once Rasa is back."""
    rasa, make = own
    settings = {"SUPPORT_TURN_TIMEOUT_S": "0.1", "SUPPORT_TURN_LEASE_S": "0.1", "SUPPORT_TURN_PATIENCE_S": "0.2"}
    web = make(**settings)
    customer = Customer(web.url)
    photo = customer.upload(picture()).json()["photo"]
    customer.post(photos=[photo], text="a secret word: quetzalcoatl")
    customer.settled()
    assert erase(customer).status_code == 204
    assert ended(web) == 0
    web.stop(signal.SIGKILL)
    rasa.start()
    again = make(**settings)
    until(lambda: ended(again) == 1)
    assert rasa.forgotten == [customer.id]
    again.stop()
    assert b"quetzalcoatl" not in stored(again)
