"""Customers for `make bench`: the same conversation again and again, over the chat API or straight at Rasa."""

from __future__ import annotations

import asyncio
import contextlib
import itertools
import json
import time
import uuid
from collections.abc import AsyncIterator, Awaitable, Callable, Sequence
from datetime import datetime, timezone

import aiohttp

SCRIPT = (  # three of eight are everyday texts, which Rasa remembers: of those of the scripted customers 3 in 10 are
    "Hi, my toothbrush from order SC10236 stopped charging, farah@example.com",
    "a new one please",
    "nothing happened to it in those 2 weeks",
    "I've used it for 14 days",
    "who pays the shipping?",
    "yes",
    "how long does a refund take, is it more than 10 days?",
    "can I return a toothbrush that I opened 2 weeks ago?",
)
PATIENCE_S = 300
Turn = Callable[[str], Awaitable[bool]]  # whether anything was answered
Conversation = Callable[[], contextlib.AbstractAsyncContextManager[Turn]]


async def talk(conversations: Sequence[Conversation], seconds: float) -> tuple[list[float], int]:
    """What each turn took in milliseconds, all customers talking without a pause; how many turns got no answer.

    For so long, and until each has held one whole conversation: so the slowest assistant is measured by the same turns.
    """
    took: list[float] = []
    unanswered = 0
    ends = time.monotonic() + seconds

    async def one(conversation: Conversation) -> None:
        nonlocal unanswered
        for held in itertools.count():
            async with conversation() as say:
                for words in SCRIPT:
                    began = time.perf_counter()
                    answered = await asyncio.wait_for(say(words), PATIENCE_S)
                    took.append(1000 * (time.perf_counter() - began))
                    unanswered += not answered
                    if held and time.monotonic() >= ends:
                        return
            if time.monotonic() >= ends:
                return

    await asyncio.gather(*map(one, conversations))
    return took, unanswered


def over_the_chat_api(http: aiohttp.ClientSession, url: str) -> Conversation:
    """Messages by POST, answers by the event stream; a turn ends when the assistant has said all of it."""

    @contextlib.asynccontextmanager
    async def conversation() -> AsyncIterator[Turn]:
        opened = await _opened(http, url)
        path, key = f"{url}/chat/api/conversations/{opened['id']}", {"Authorization": f"Bearer {opened['token']}"}
        async with http.get(f"{path}/events", headers=key) as stream:
            heard = Heard(stream)

            async def say(words: str) -> bool:
                body = {"client_id": str(uuid.uuid4()), "text": words}
                async with http.post(f"{path}/messages", json=body, headers=key) as answer:
                    answer.raise_for_status()
                    seq = (await answer.json())["seq"]
                await heard.until_answered(seq)
                return True

            yield say

    return conversation


class Heard:
    """An event stream, read as far as somebody waits for it."""

    def __init__(self, stream: aiohttp.ClientResponse) -> None:
        self._stream, self._bot_seq, self._is_working = stream, 0, False

    async def until_answered(self, seq: int) -> None:
        while self._bot_seq <= seq or self._is_working:
            line = await self._stream.content.readline()
            if not line:
                raise ConnectionError("the event stream ended")
            if line.startswith(b"data:"):
                told = json.loads(line[5:])
                self._is_working = told.get("working", self._is_working)
                if told.get("from") == "bot":
                    self._bot_seq = told["seq"]


def straight_at_rasa(http: aiohttp.ClientSession, web: str, rasas: Sequence[str], token: str) -> Conversation:
    """Turns as the web process sends them, each conversation to a Rasa of its own."""
    key, places = {"Authorization": f"Bearer {token}"}, itertools.cycle(rasas)

    @contextlib.asynccontextmanager
    async def conversation() -> AsyncIterator[Turn]:
        opened, rasa = await _opened(http, web), next(places)

        async def say(words: str) -> bool:
            turn = {"conversation": opened["id"], "message": uuid.uuid4().hex, "text": words} | _today()
            async with http.post(f"{rasa}/webhooks/conversation/turn", json=turn, headers=key) as answer:
                answer.raise_for_status()
                return bool((await answer.json())["messages"])

        yield say

    return conversation


def at_the_rest_door(http: aiohttp.ClientSession, web: str, rasa: str) -> Conversation:
    """Turns posted to Rasa's own REST channel, with what our actions need to know of the day."""

    @contextlib.asynccontextmanager
    async def conversation() -> AsyncIterator[Turn]:
        opened = await _opened(http, web)

        async def say(words: str) -> bool:
            known = _today() | {"message_id": uuid.uuid4().hex, "text": words}
            turn = {"sender": opened["id"], "message": words, "metadata": known}
            async with http.post(f"{rasa}/webhooks/rest/webhook", json=turn) as answer:
                answer.raise_for_status()
                return bool(await answer.json())

        yield say

    return conversation


async def _opened(http: aiohttp.ClientSession, url: str) -> dict[str, str]:
    async with http.post(f"{url}/chat/api/conversations", json={"timezone": "America/New_York"}) as answer:
        answer.raise_for_status()
        return dict(await answer.json())


def _today() -> dict[str, object]:
    now = datetime.now(timezone.utc)
    known = {"now": now.isoformat(), "today": now.date().isoformat(), "timezone": "America/New_York", "locale": "en"}
    nothing = {"answer": None, "photos": [], "settled": None, "address": None, "answers": [], "asked": []}
    return {**known, **nothing, "channel": "chat", "attempt": 1, "replay_only": False}
