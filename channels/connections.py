"""POSTs over connections that stay open. aiohttp's client does much more than a call of our action server needs."""

from __future__ import annotations

import asyncio
import ssl
from collections.abc import Mapping
from typing import cast
from urllib.parse import urlsplit

from httptools import HttpParserError, HttpResponseParser

WITHIN_S = 60
IDLE_S = 30  # shorter than the action server keeps an idle connection


class Connections:
    """Those to one address, http or https. A call has one to itself, the one that was used last."""

    def __init__(self, url: str, headers: Mapping[str, str], within_s: float = WITHIN_S) -> None:
        place = urlsplit(url)
        self._host, self._port = place.hostname or "", place.port or (443 if place.scheme == "https" else 80)
        self._secure = ssl.create_default_context() if place.scheme == "https" else None
        lines = [f"POST {place.path or '/'} HTTP/1.1", f"Host: {place.netloc}", *_lines(headers)]
        self._head = "".join(f"{line}\r\n" for line in lines)
        self._within_s = within_s
        self._idle: list[Connection] = []

    async def post(self, body: bytes, headers: Mapping[str, str]) -> tuple[int, bytes]:
        """Status and body of the answer. Raises ConnectionError (Unreachable: nothing was sent), TimeoutError."""
        own = "".join(f"{line}\r\n" for line in (*_lines(headers), f"Content-Length: {len(body)}"))
        connection = await self._free()
        answer = await connection.exchange(f"{self._head}{own}\r\n".encode() + body, self._within_s)
        if connection.is_open:
            self._idle.append(connection)
        return answer

    async def _free(self) -> Connection:
        loop = asyncio.get_running_loop()
        while self._idle:
            connection = self._idle.pop()
            if connection.is_open and loop.time() - connection.used_at < IDLE_S:
                return connection
            connection.close()
        try:
            opening = loop.create_connection(Connection, self._host, self._port, ssl=self._secure)
            return (await asyncio.wait_for(opening, self._within_s))[1]
        except OSError as error:
            raise Unreachable(f"{self._host}:{self._port}: {error}") from error


class Unreachable(ConnectionError):
    """There is nobody at this address; nothing was sent."""


class Connection(asyncio.Protocol):
    """One call after the other. It is closed by whatever is not an answer to the end."""

    def __init__(self) -> None:
        self.is_open, self.used_at = False, 0.0
        self._answer: asyncio.Future[tuple[int, bytes]] | None = None

    async def exchange(self, call: bytes, within_s: float) -> tuple[int, bytes]:
        loop = asyncio.get_running_loop()
        self._parser, self._body, self._answer = HttpResponseParser(self), bytearray(), loop.create_future()
        too_long = loop.call_later(within_s, self._fail, asyncio.TimeoutError())
        self._transport.write(call)
        try:
            return await self._answer
        finally:
            too_long.cancel()
            self.used_at = loop.time()
            if self._answer.cancelled():
                self.close()

    def close(self) -> None:
        self.is_open = False
        self._transport.abort()

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        self._transport, self.is_open = cast(asyncio.Transport, transport), True

    def data_received(self, data: bytes) -> None:
        try:
            if self._answer is None or self._answer.done():
                raise HttpParserError("nothing was asked")
            self._parser.feed_data(data)
        except HttpParserError as error:
            self._fail(ConnectionError(f"no answer in HTTP: {error}"))

    def on_body(self, part: bytes) -> None:
        self._body += part

    def on_message_complete(self) -> None:
        assert self._answer
        if not self._parser.should_keep_alive():
            self.close()
        if not self._answer.done():
            self._answer.set_result((self._parser.get_status_code(), bytes(self._body)))

    def connection_lost(self, error: Exception | None) -> None:
        self._fail(ConnectionResetError("closed before it answered"))

    def _fail(self, error: Exception) -> None:
        self.close()
        if self._answer and not self._answer.done():
            self._answer.set_exception(error)


def _lines(headers: Mapping[str, str]) -> list[str]:
    """Raises ValueError where a value would be more than one line."""
    if any("\r" in value or "\n" in value for value in headers.values()):
        raise ValueError("a header of more than one line")
    return [f"{name}: {value}" for name, value in headers.items()]
