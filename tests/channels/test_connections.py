"""Calls over connections that stay open, against a server that answers as it is told."""

import asyncio
import socket
from collections.abc import Awaitable, Callable
from functools import partial
from typing import Any

import pytest
import uvloop

from channels.connections import IDLE_S, Connections, Unreachable

FINE = b"HTTP/1.1 200 OK\r\nContent-Length: 4\r\n\r\nfine"
CHUNKED = b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n2\r\nfi\r\n2\r\nne\r\n0\r\n\r\n"
LAST = b"HTTP/1.1 200 OK\r\nConnection: close\r\nContent-Length: 4\r\n\r\nfine"
HANG_UP = b""
WAIT = None
Talk = Callable[["Server", Connections], Awaitable[None]]
Run = Callable[..., "Server"]


class Server:
    """Answers each call with the next of what it is told: bytes, to hang up after some of them, or nothing ever."""

    def __init__(self, *answers: bytes | None) -> None:
        self.answers, self.heads, self.bodies, self.opened = list(answers), [], [], 0

    async def __aenter__(self) -> "Server":
        self.server = await asyncio.start_server(self._talk, "127.0.0.1", 0)
        self.url = f"http://127.0.0.1:{self.server.sockets[0].getsockname()[1]}/webhook"
        return self

    async def __aexit__(self, *_: object) -> None:
        self.server.close()

    async def _talk(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        self.opened += 1
        try:
            while True:
                self.heads.append((await reader.readuntil(b"\r\n\r\n")).decode())
                length = self.heads[-1].split("Content-Length: ")[1].split("\r\n")[0]
                self.bodies.append(await reader.readexactly(int(length)))
                if (answer := self.answers.pop(0)) is not None:
                    for byte in answer:  # in as many pieces as there can be
                        writer.write(bytes([byte]))
                        await writer.drain()
                    if answer in (HANG_UP, LAST, FINE[:-1]):
                        return
        except asyncio.IncompleteReadError:
            pass
        finally:
            writer.close()


@pytest.fixture(params=[asyncio.new_event_loop, uvloop.new_event_loop], ids=["asyncio", "uvloop"])
def run(request: pytest.FixtureRequest) -> Run:
    return partial(talked, request.param)


def talked(new_loop: Callable[[], Any], answers: list[bytes | None], talk: Talk, **given: Any) -> Server:
    async def session() -> Server:
        async with Server(*answers) as server:
            await talk(server, Connections(server.url, {"Authorization": "Bearer x"}, **given))
            return server

    loop = new_loop()
    try:
        return loop.run_until_complete(asyncio.wait_for(session(), 20))
    finally:
        left = asyncio.all_tasks(loop)
        for task in left:
            task.cancel()
        if left:
            loop.run_until_complete(asyncio.wait(left))
        loop.close()


@pytest.mark.parametrize("answer", [FINE, CHUNKED])
def test_one_call_after_the_other_goes_over_one_connection(run: Run, answer: bytes) -> None:
    async def talk(_: Server, connections: Connections) -> None:
        for number in range(3):
            assert await connections.post(b"call %d" % number, {"X-Turn": str(number)}) == (200, b"fine")

    server = run(3 * [answer], talk)
    assert server.opened == 1
    assert server.bodies == [b"call 0", b"call 1", b"call 2"]
    assert server.heads[2].startswith("POST /webhook HTTP/1.1\r\nHost: 127.0.0.1:")
    assert "\r\nAuthorization: Bearer x\r\nX-Turn: 2\r\n" in server.heads[2]


def test_calls_at_once_have_a_connection_each(run: Run) -> None:
    async def talk(_: Server, connections: Connections) -> None:
        assert await asyncio.gather(*(connections.post(b"", {}) for _ in range(3))) == 3 * [(200, b"fine")]

    assert run(3 * [FINE], talk).opened == 3


def test_a_connection_that_the_server_gives_up_is_not_used_again(run: Run) -> None:
    async def talk(_: Server, connections: Connections) -> None:
        for _ in range(2):
            assert await connections.post(b"", {}) == (200, b"fine")

    assert run([LAST, FINE], talk).opened == 2


def test_one_that_was_idle_for_long_is_not_used_again(run: Run) -> None:
    async def talk(_: Server, connections: Connections) -> None:
        await connections.post(b"", {})
        connections._idle[0].used_at -= IDLE_S
        await connections.post(b"", {})

    assert run([FINE, FINE], talk).opened == 2


@pytest.mark.parametrize("answer", [HANG_UP, FINE[:-1], b"no HTTP", FINE + b"and more than was asked for"])
def test_what_is_no_whole_answer_ends_the_connection(run: Run, answer: bytes) -> None:
    async def talk(_: Server, connections: Connections) -> None:
        if answer.startswith(FINE):
            assert await connections.post(b"", {}) == (200, b"fine")
        else:
            with pytest.raises(ConnectionError):
                await connections.post(b"", {})
        while any(connection.is_open for connection in connections._idle):
            await asyncio.sleep(0)
        assert await connections.post(b"", {}) == (200, b"fine")

    assert run([answer, FINE], talk).opened == 2


def test_an_error_is_an_answer(run: Run) -> None:
    async def talk(_: Server, connections: Connections) -> None:
        assert await connections.post(b"", {}) == (500, b"no")

    run([b"HTTP/1.1 500 Oh\r\nContent-Length: 2\r\n\r\nno"], talk)


def test_where_nobody_listens_nothing_was_sent(run: Run) -> None:
    with socket.create_server(("127.0.0.1", 0)) as closed:
        port = closed.getsockname()[1]

    async def talk(_: Server, __: Connections) -> None:
        with pytest.raises(Unreachable):
            await Connections(f"http://127.0.0.1:{port}", {}).post(b"", {})

    run([], talk)


def test_no_answer_is_waited_for_for_ever(run: Run) -> None:
    async def talk(_: Server, connections: Connections) -> None:
        with pytest.raises(asyncio.TimeoutError):
            await connections.post(b"", {})
        assert not connections._idle

    run([WAIT], talk, within_s=0.05)


def test_the_answer_to_a_call_that_was_given_up_is_nobody_elses(run: Run) -> None:
    async def talk(server: Server, connections: Connections) -> None:
        call = asyncio.create_task(connections.post(b"given up", {}))
        while not server.bodies:
            await asyncio.sleep(0)
        call.cancel()
        assert await connections.post(b"", {}) == (200, b"fine")
        assert call.cancelled()

    assert run([WAIT, FINE], talk).opened == 2


@pytest.mark.parametrize("value", ["a\r\nX-Other: b", "a\nb"])
def test_a_header_is_one_line(run: Run, value: str) -> None:
    async def talk(_: Server, connections: Connections) -> None:
        with pytest.raises(ValueError, match="one line"):
            await connections.post(b"", {"X-Turn": value})

    assert run([], talk).opened == 0
