"""Server-Sent Events for an open page of the desk. They say what changed; the page then asks for that part."""

import asyncio
import json
import time
from collections.abc import AsyncIterator
from contextlib import suppress

from asgiref.sync import sync_to_async
from django.contrib.auth import HASH_SESSION_KEY, get_user
from django.http import HttpRequest, HttpResponseNotAllowed, StreamingHttpResponse
from django.http.response import HttpResponseBase
from django.utils.crypto import constant_time_compare

from support.conversations import bell
from support.conversations.database import reading
from support.desk.changes import Talk, changes, talk
from support.desk.doors import refused
from support.desk.roles import LOOK, may

LINE_EVERY_S = 1.0  # the lists at most so often; the conversation on the page at once
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
    with changes.subscribed(conversation_id) as page:
        said, lists, lists_sent, checked = Talk(-1, ""), None, 0.0, time.monotonic()
        while not bell.is_closing():
            page.woken.clear()
            if page.talk_is_old:
                page.talk_is_old = False
                before, said = said, await reading(talk, conversation_id)
                if said.revision != before.revision:
                    yield _event("said", said.revision)
                if said.owned_by != before.owned_by or before.revision < 0:
                    yield _event("owner", said.owned_by)
            if page.lines_are_old and time.monotonic() >= lists_sent + LINE_EVERY_S:
                page.lines_are_old = False
                shown, lists = lists, await changes.lines()
                if lists != shown:
                    lists_sent = time.monotonic()
                    yield _event("line", lists.waiting)
            due = lists_sent + LINE_EVERY_S if page.lines_are_old else checked + HEARTBEAT_S
            with suppress(asyncio.TimeoutError):
                await asyncio.wait_for(page.woken.wait(), max(due - time.monotonic(), 0.01))
            if time.monotonic() >= checked + HEARTBEAT_S:
                if not await reading(_is_still_signed_in, request):
                    return
                checked = time.monotonic()
                yield b": still here\n\n"


def _event(name: str, data: object) -> bytes:
    return f"event: {name}\ndata: {json.dumps(data)}\n\n".encode()


def _is_still_signed_in(request: HttpRequest) -> bool:
    """False once the session ended, the password changed or the account was switched off."""
    if not request.session.exists(request.session.session_key):
        return False
    user = get_user(request)
    given = request.session.get(HASH_SESSION_KEY, "")
    return may(user, LOOK) and constant_time_compare(given, user.get_session_auth_hash())
