"""The everyday requests of the chat API go straight from the server to their view: no thread, no signal.

For every request Django starts a thread and ends it again, to call signal receivers and middleware that are not async:
half of what a message costs the web process, and an event stream keeps its thread for as long as it is open. None of
them has anything to do with these requests, whose database work has threads of its own. Everything else takes Django's
way, and so does a request that is not quite right.
"""

from __future__ import annotations

import asyncio
import re
from contextlib import aclosing
from functools import lru_cache
from io import BytesIO
from typing import Any

from django.core.exceptions import SuspiciousOperation
from django.core.handlers.asgi import ASGIRequest
from django.http import HttpRequest
from django.http.response import HttpResponseBase, StreamingHttpResponse
from django.middleware.common import CommonMiddleware
from django.middleware.security import SecurityMiddleware
from django.urls import resolve

from support.widget.middleware import headers

PATHS_KNOWN = 1000  # those of a conversation are asked for again and again
EVERYDAY = re.compile(r"/chat/api/conversations(?:/[0-9A-Za-z]+/(?:messages|events))?")


def straight(django: Any) -> Any:
    """The ASGI application that takes the short way where there is one, else Django's."""
    answer = headers(_answer)

    async def application(scope: dict[str, Any], receive: Any, send: Any) -> None:
        if not EVERYDAY.fullmatch(scope["path"]):
            await django(scope, receive, send)
            return
        body = await _body(receive)
        if body is None:
            return
        request = ASGIRequest(scope, BytesIO(body))
        try:
            request.get_host()
        except SuspiciousOperation:
            await django(scope, _again(body, receive), send)
            return
        response = await answer(request)
        if isinstance(response, StreamingHttpResponse):
            await _stream(response, receive, send)
        else:
            await _send(response, send)

    return application


async def _answer(request: HttpRequest) -> HttpResponseBase:
    """The view's response, as it comes out of the middleware of Django that the settings name."""
    if early := _SECURITY.process_request(request) or _COMMON.process_request(request):
        return early
    found = _resolved(request.path_info)
    response = await found.func(request, *found.args, **found.kwargs)
    return _SECURITY.process_response(request, _COMMON.process_response(request, response))


def _none(_request: HttpRequest) -> HttpResponseBase:
    raise NotImplementedError("only the two hooks of each middleware are called here")


_resolved = lru_cache(PATHS_KNOWN)(resolve)
_SECURITY, _COMMON = SecurityMiddleware(_none), CommonMiddleware(_none)


async def _body(receive: Any) -> bytes | None:
    """The whole body, or None when the client has gone."""
    parts = []
    while True:
        message = await receive()
        if message["type"] == "http.disconnect":
            return None
        parts.append(message.get("body", b""))
        if not message.get("more_body", False):
            return b"".join(parts)


def _again(body: bytes, receive: Any) -> Any:
    """A receive that begins with this body."""
    given = False

    async def receive_again() -> Any:
        nonlocal given
        if given:
            return await receive()
        given = True
        return {"type": "http.request", "body": body, "more_body": False}

    return receive_again


async def _send(response: Any, send: Any) -> None:
    await _begin(response, send)
    await send({"type": "http.response.body", "body": response.content})


async def _begin(response: HttpResponseBase, send: Any) -> None:
    given = [(name.encode("ascii"), value.encode("latin1")) for name, value in response.items()]
    await send({"type": "http.response.start", "status": response.status_code, "headers": given})


async def _stream(response: StreamingHttpResponse, receive: Any, send: Any) -> None:
    """Each part as soon as there is one, until the stream ends or the client has gone."""
    sending = asyncio.create_task(_send_parts(response, send))
    left = asyncio.create_task(_left(receive))
    try:
        await asyncio.wait((sending, left), return_when=asyncio.FIRST_COMPLETED)
    finally:
        left.cancel()
        sending.cancel()
        await asyncio.gather(sending, left, return_exceptions=True)
    if not sending.cancelled():
        sending.result()


async def _send_parts(response: StreamingHttpResponse, send: Any) -> None:
    await _begin(response, send)
    async with aclosing(response.streaming_content) as parts:
        async for part in parts:
            await send({"type": "http.response.body", "body": part, "more_body": True})
    await send({"type": "http.response.body"})


async def _left(receive: Any) -> None:
    """Returns when the client has closed the connection."""
    while (await receive())["type"] != "http.disconnect":
        pass
