"""Server-Sent Events: every message once, in order, whatever happens to the connection."""

import json
import socket
import sys
import threading
import time
from datetime import datetime, timedelta, timezone
from pathlib import Path

import httpx
import pytest
from web_server import Customer

from tests.servers.own_database import change
from tests.servers.programs import until

HAND_OVER = (
    "UPDATE conversations_conversation SET owner = 'waiting', revision = revision + 1, changed_at = ? WHERE id = ?"
)


class Stream:
    """An open event stream, read in a thread."""

    def __init__(self, customer, after: int | None = None, last_event_id: int | None = None) -> None:
        self.messages: list[dict] = []
        self.states: list[tuple[str, object]] = []
        self.comments = 0
        self.headers: httpx.Headers | None = None
        headers = {"Last-Event-ID": str(last_event_id)} if last_event_id is not None else {}
        params = {"after": after} if after is not None else {}
        self.open = customer.http.stream("GET", f"{customer.path}/events", headers=headers, params=params)
        self.thread = threading.Thread(target=self._read, daemon=True)
        self.thread.start()

    def _read(self) -> None:
        event: dict[str, str] = {}
        try:
            with self.open as response:
                self.headers, self.response = response.headers, response
                for line in response.iter_lines():
                    if line.startswith(":"):
                        self.comments += 1
                    elif line:
                        name, _, value = line.partition(": ")
                        event[name] = value
                    else:
                        self._take(event)
                        event = {}
        except (httpx.HTTPError, httpx.StreamError, OSError):
            pass

    def _take(self, event: dict[str, str]) -> None:
        if "event" in event:
            assert "id" not in event
            self.states += json.loads(event["data"]).items()
        elif "data" in event:
            message = json.loads(event["data"])
            assert event["id"] == str(message["seq"])
            self.messages.append(message)

    def cut_off(self) -> None:
        """The connection breaks."""
        self.response.extensions["network_stream"].get_extra_info("socket").shutdown(socket.SHUT_RDWR)
        self.thread.join(5)

    def is_let_in(self) -> bool:
        return until(lambda: self.headers)["Content-Type"] == "text/event-stream"

    def seqs(self) -> list[int]:
        return [message["seq"] for message in self.messages]


def test_each_message_comes_once_as_it_is_said(customer):
    stream = Stream(customer)
    until(lambda: stream.states)
    customer.say("one")
    customer.say("two")
    until(lambda: len(stream.messages) == 4)
    assert stream.messages == customer.read()["messages"]
    assert stream.headers["Content-Type"] == "text/event-stream"


def test_working_and_owner_are_told_without_an_id(customer):
    stream = Stream(customer)
    until(lambda: len(stream.states) == 2)
    assert stream.states == [("owner", "bot"), ("working", False)]
    customer.say("slow 0.1")
    until(lambda: len(stream.states) == 4)
    assert stream.states[2:] == [("working", True), ("working", False)]
    customer.say("silence")
    until(lambda: ("owner", "waiting") in stream.states)


@pytest.mark.parametrize("how", ["after", "last_event_id"])
def test_coming_back_leaves_no_gap_and_repeats_nothing(customer, how):
    for text in "abc":
        customer.say(text)
    stream = Stream(customer, **{how: 2})
    customer.say("d")
    until(lambda: len(stream.messages) == 6)
    assert stream.seqs() == [3, 4, 5, 6, 7, 8]


def test_last_event_id_wins_over_after(customer):
    customer.say("a")
    customer.say("b")
    stream = Stream(customer, after=0, last_event_id=3)
    until(lambda: stream.messages)
    assert stream.seqs() == [4]


def test_two_streams_see_the_same(customer):
    streams = [Stream(customer), Stream(customer)]
    customer.say("a")
    for stream in streams:
        until(lambda stream=stream: len(stream.messages) == 2)
    assert streams[0].messages == streams[1].messages


def test_what_another_process_writes_comes_too(customer, web):
    stream = Stream(customer)
    until(lambda: len(stream.states) == 2)
    change(web.database, HAND_OVER, str(datetime.now(timezone.utc)), customer.id)
    until(lambda: ("owner", "waiting") in stream.states, 5)


def test_what_is_written_by_another_clock_comes_a_little_later(customer, web):
    stream = Stream(customer)
    customer.say("hello")
    until(lambda: len(stream.messages) == 2)
    change(web.database, HAND_OVER, str(datetime.now(timezone.utc) - timedelta(hours=1)), customer.id)
    until(lambda: ("owner", "waiting") in stream.states, 35)


def test_a_stream_of_a_stopped_server_ends(own):
    _, make = own
    web = make()
    customer = Customer(web.url)
    stream = Stream(customer)
    until(lambda: len(stream.states) == 2)
    began = time.monotonic()
    web.stop()
    stream.thread.join(5)
    assert not stream.thread.is_alive()
    assert time.monotonic() - began < 1.5
    assert web.log() == ""


def test_a_quiet_stream_says_that_it_is_still_there(own):
    _, make = own
    customer = Customer(make(SUPPORT_HEARTBEAT_S="0.05").url)
    stream = Stream(customer)
    until(lambda: stream.comments >= 3)
    assert stream.messages == []


def test_a_quiet_stream_asks_the_database_nothing(own):
    _, make = own
    web = make(SUPPORT_HEARTBEAT_S="0.05")
    customer = Customer(web.url)
    stream = Stream(customer)
    until(lambda: len(stream.states) == 2)
    change(web.database, "ALTER TABLE conversations_conversation RENAME TO not_there")
    comments = stream.comments
    until(lambda: stream.comments >= comments + 10)
    change(web.database, "ALTER TABLE not_there RENAME TO conversations_conversation")
    customer.post(text="hello")
    until(lambda: stream.seqs() == [1])


@pytest.mark.skipif(sys.platform != "linux", reason="counts threads in /proc")
def test_an_open_stream_keeps_no_thread(own):
    _, make = own
    web = make()
    before, streams = threads_of(web), []
    for _ in range(20):
        streams.append(Stream(Customer(web.url)))
        until(lambda: len(streams[-1].states) == 2)
    assert threads_of(web) <= before + 4  # those of the database


def threads_of(web) -> int:
    return len(list(Path(f"/proc/{web.process.pid}/task").iterdir()))


def test_nothing_between_may_hold_a_stream_back(customer):
    stream = Stream(customer)
    until(lambda: stream.states)
    assert stream.headers["X-Accel-Buffering"] == "no"
    assert stream.headers["Cache-Control"] == "no-store, no-transform"
    assert "Content-Encoding" not in stream.headers
    assert "Content-Length" not in stream.headers


def test_a_connection_that_breaks_all_the_time_leaves_no_gap(customer):
    heard: list[int] = []
    for number in range(8):
        stream = Stream(customer, last_event_id=len(heard))
        customer.post(text=f"number {number}")
        until(lambda stream=stream: stream.messages)
        stream.cut_off()
        heard += stream.seqs()
    stream = Stream(customer, last_event_id=len(heard))
    until(lambda: len(heard) + len(stream.messages) == 16)
    assert heard + stream.seqs() == list(range(1, 17))


def test_one_conversation_is_followed_in_so_many_places_at_most(customer):
    streams = [Stream(customer) for _ in range(20)]
    for stream in streams:
        until(lambda stream=stream: stream.states)
    refused = customer.http.get(f"{customer.path}/events")
    assert (refused.status_code, refused.headers["Retry-After"]) == (429, "15")
    streams[0].cut_off()
    until(lambda: Stream(customer).is_let_in())
