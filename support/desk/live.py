"""Server-Sent Events for an open page of the desk. They say what changed; the page then asks for that part."""

import asyncio
import json
import time
from collections.abc import AsyncIterator

from asgiref.sync import sync_to_async
from django.contrib.auth import HASH_SESSION_KEY, get_user
from django.http import HttpRequest, HttpResponseNotAllowed, StreamingHttpResponse
from django.http.response import HttpResponseBase
from django.utils.crypto import constant_time_compare

from support.conversations import bell
from support.conversations.database import reading
from support.desk.changes import Moment, changes, moment
from support.desk.doors import refused
from support.desk.roles import LOOK, may

LINE_EVERY_S = 0.25  # the lists at most so often; the conversation on the page at once
HEARTBEAT_S = 10
KIND = "text/event-stream"


async def live(request: HttpRequest) -> HttpResponseBase:
    """Events: `said` (the conversation on the page changed), `owner` (it has another one), `line` (a list may have)."""
    if request.method != "GET":
        return HttpResponseNotAllowed(["GET"])
    if refusal := await sync_to_async(refused)(request, LOOK):
        return refusal
    response = StreamingHttpResponse(_stream(request, request.GET.get("conversation", "")), content_type=KIND)
    response["X-Accel-Buffering"] = "no"
    return response


async def _stream(request: HttpRequest, conversation_id: str) -> AsyncIterator[bytes]:
    """Begins with all three; a page that has them already takes no notice."""
    yield b"retry: 1000\n\n"
    with changes.subscribed() as changed:
        known: Moment | None = None
        line_sent, line_pending = 0.0, False
        while not bell.is_closing():
            now = await reading(moment, conversation_id)
            if known is None or now.revision != known.revision:
                yield _event("said", now.revision)
            if known is None or now.owned_by != known.owned_by:
                yield _event("owner", now.owned_by)
            line_pending = line_pending or known is None or (now.newest, now.waiting) != (known.newest, known.waiting)
            known, line_due_s = now, line_sent + LINE_EVERY_S - time.monotonic()
            if line_pending and line_due_s <= 0:
                line_sent, line_pending = time.monotonic(), False
                yield _event("line", now.waiting)
            try:
                await asyncio.wait_for(changed.wait(), max(line_due_s, 0.01) if line_pending else HEARTBEAT_S)
            except asyncio.TimeoutError:
                if not line_pending and not await reading(_is_still_signed_in, request):
                    return
                yield b": still here\n\n"
            changed.clear()


def _event(name: str, data: object) -> bytes:
    return f"event: {name}\ndata: {json.dumps(data)}\n\n".encode()


def _is_still_signed_in(request: HttpRequest) -> bool:
    """False once the session ended, the password changed or the account was switched off."""
    if not request.session.exists(request.session.session_key):
        return False
    user = get_user(request)
    given = request.session.get(HASH_SESSION_KEY, "")
    return may(user, LOOK) and constant_time_compare(given, user.get_session_auth_hash())
