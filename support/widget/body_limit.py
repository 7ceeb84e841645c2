"""Refuses a request body that is too long before it fills memory or disk. Django would read all of it first."""

import re
from typing import Any

from support.conversations.photos import MAX_BYTES

TOO_LONG = "support.body_too_long"
JSON_BYTES = 128 * 1024
PHOTO_BYTES = MAX_BYTES + 64 * 1024  # the file, and the multipart form around it
PHOTOS_PATH = re.compile(r"/chat/api/conversations/[^/]+/photos/?")
DRAIN_BYTES = 64 * 1024 * 1024


class BodyTooLong(Exception):
    pass


def limited(application: Any) -> Any:
    """The ASGI application behind the limit: a longer request reaches it without body, its scope marked TOO_LONG."""

    async def guarded(scope: dict[str, Any], receive: Any, send: Any) -> None:
        limit = limit_for(scope["path"])
        length = dict(scope["headers"]).get(b"content-length", b"")
        read = 0

        async def counted() -> dict[str, Any]:
            nonlocal read
            message = await receive()
            read += len(message.get("body", b""))
            if read > limit:
                raise BodyTooLong
            return message

        try:
            if length.isdigit() and int(length) > limit:
                raise BodyTooLong
            await application(scope, counted, send)
        except BodyTooLong:
            await _drain(receive, DRAIN_BYTES - read)
            await application({**scope, TOO_LONG: limit}, _without_body(receive), send)

    return guarded


def limit_for(path: str) -> int:
    """How many bytes a body may have here."""
    return JSON_BYTES if path.startswith("/chat/api/") and not PHOTOS_PATH.fullmatch(path) else PHOTO_BYTES


async def _drain(receive: Any, limit: int) -> None:
    """Hears out a client that still sends, for a while: it reads the answer only after its last byte."""
    more = True
    while more and limit > 0:
        message = await receive()
        limit -= len(message.get("body", b""))
        more = message["type"] == "http.request" and message.get("more_body", False)


def _without_body(receive: Any) -> Any:
    given = False

    async def receive_nothing() -> dict[str, Any]:
        nonlocal given
        if not given:
            given = True
            return {"type": "http.request", "body": b"", "more_body": False}
        while (message := await receive())["type"] != "http.disconnect":
            pass
        return dict(message)

    return receive_nothing
