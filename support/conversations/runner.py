"""Runs the turns the bot owes, inside the web process: at once when a message comes, and what others left behind."""

import asyncio
import datetime
import json
import logging
import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

import aiohttp
from django.conf import settings
from django.db import DatabaseError
from django.utils import timezone

from support.conversations import bell, turns
from support.conversations.bell import Ring
from support.conversations.database import reading, writing
from support.conversations.models import Conversation
from support.conversations.rasa_addresses import address_for
from support.conversations.turns import Claim
from support.telemetry import logs, metrics

logger = logging.getLogger(__name__)

LOOK_EVERY_S = 1.0
LONGEST_PAUSE_S = 5.0
FAILED_TRIES = 2
STOP_WITHIN_S = 5.0
CONNECT_WITHIN_S = 2.0
STUCK_AFTER_S = 30.0
IDLE_S = 4.0  # shorter than Rasa keeps an idle connection


class AssistantAway(Exception):
    """No answer now. costs_s: how much of the turn's patience this used beyond the time that passed."""

    def __init__(self, why: str, costs_s: float = 0) -> None:
        super().__init__(why)
        self.costs_s = costs_s


class Runner:
    """One for each web process. Any number of them can share a database."""

    def __init__(self) -> None:
        self.lease = datetime.timedelta(seconds=settings.TURN_LEASE_S)
        self.patience_s = settings.TURN_PATIENCE_S
        self.serving: dict[str, asyncio.Task[None]] = {}
        self.rung_again: set[str] = set()
        self.handed_over: dict[str, Claim] = {}  # claimed while the conversation's last turn was just ending
        self.tried_at = time.monotonic()

    async def start(self) -> None:
        self.loop = asyncio.get_running_loop()
        self.calls = asyncio.Semaphore(settings.TURNS_AT_ONCE)
        self.http = aiohttp.ClientSession(
            headers={"Authorization": f"Bearer {settings.INTERNAL_TOKEN}"},
            timeout=aiohttp.ClientTimeout(settings.TURN_TIMEOUT_S, sock_connect=CONNECT_WITHIN_S),
            connector=aiohttp.TCPConnector(limit=settings.TURNS_AT_ONCE, keepalive_timeout=IDLE_S),
        )
        self.end_listening = bell.listen(self._heard)
        self.looking = asyncio.create_task(self._look())

    async def stop(self) -> None:
        """Takes nothing new, lets the turns that run end, gives back what does not end in time."""
        self.end_listening()
        self.looking.cancel()
        await asyncio.gather(self.looking, return_exceptions=True)
        if self.serving:
            await asyncio.wait(self.serving.values(), timeout=STOP_WITHIN_S)
        for task in list(self.serving.values()):
            task.cancel()
        await asyncio.gather(*self.serving.values(), return_exceptions=True)
        await self.http.close()

    def is_alive(self) -> bool:
        """True while it looks for turns, or tries to: a database that is away is nothing it would be ill of."""
        return not self.looking.done() and time.monotonic() - self.tried_at < STUCK_AFTER_S

    def _heard(self, ring: Ring) -> None:
        if ring.owes_turn:
            self.loop.call_soon_threadsafe(self._serve, ring.conversation)

    def run(self, claim: Claim) -> None:
        """Runs a turn that was claimed as its message came in, and what is owed after it."""
        self._serve(claim.conversation, claim)

    async def _look(self) -> None:
        while True:
            self.tried_at = time.monotonic()
            try:
                for conversation in await reading(turns.due, timezone.now(), 1000):
                    self._serve(conversation)
            except Exception:
                logger.exception("Looking for turns failed; trying again")
            await asyncio.sleep(LOOK_EVERY_S)

    def _serve(self, conversation: str, claim: Claim | None = None) -> None:
        if conversation not in self.serving:
            self.serving[conversation] = asyncio.create_task(self._run_all(conversation, claim))
            return
        self.rung_again.add(conversation)
        if claim:
            self.handed_over[conversation] = claim

    async def _run_all(self, conversation: str, claim: Claim | None) -> None:
        """Every open turn of one conversation, one after the other."""
        with logs.about(conversation):
            await self._run_each(conversation, claim)

    async def _run_each(self, conversation: str, claim: Claim | None) -> None:
        try:
            while True:
                self.rung_again.discard(conversation)
                claim = claim or self.handed_over.pop(conversation, None)
                claim = claim or await writing(turns.claim, conversation, timezone.now(), self.lease)
                while claim:
                    claim = await self._run(claim)
                if conversation not in self.rung_again:
                    return
        except Conversation.DoesNotExist:
            logger.info("conversation %s was erased while its turn ran", conversation)
        except Exception:
            logger.exception("The turns of conversation %s stopped; they are taken up again", conversation)
        finally:
            del self.serving[conversation]
            self.handed_over.pop(conversation, None)  # its lease ends by itself

    async def _run(self, claim: Claim) -> Claim | None:
        """Runs one turn to its end; the next turn, already claimed."""
        with logs.about(claim.conversation, claim.turn):
            began = time.monotonic()
            outcome, following = await self._run_to_its_end(claim)
            took_s = time.monotonic() - began
            metrics.TURNS.labels(outcome).observe(took_s)
            logger.info("the turn ended", extra={"outcome": outcome, "ms": round(1000 * took_s, 1)})
            return following

    async def _run_to_its_end(self, claim: Claim) -> tuple[str, Claim | None]:
        """How it ended (answered, failed), and the next turn."""
        async with self._lease_renewed(claim):
            while True:
                began = time.monotonic()
                try:
                    messages = await self._ask(claim.request)
                    break
                except AssistantAway as away:
                    pause_s = min(0.1 * 2 ** min(claim.attempt, 10), LONGEST_PAUSE_S)
                    used_s = claim.patience_used_s + time.monotonic() - began + pause_s + away.costs_s
                    if used_s >= self.patience_s:
                        await writing(turns.fail, claim, str(away), timezone.now())
                        return "failed", None
                    logger.warning("turn %s, attempt %s: %s", claim.turn, claim.attempt, away)
                    await asyncio.sleep(pause_s)
                    claim = await writing(turns.try_again, claim, used_s, str(away))
        return "answered", await writing(turns.finish, claim, messages, timezone.now(), self.lease)

    async def _ask(self, request: dict[str, Any]) -> list[dict[str, Any]]:
        """The bot's messages. Raises AssistantAway."""
        try:
            url = f"{address_for(request['conversation'], request['attempt'])}/webhooks/conversation/turn"
            async with self.calls, self.http.post(url, json=request) as reply:
                text = await reply.text()
        except (aiohttp.ClientError, asyncio.TimeoutError, OSError) as error:
            raise AssistantAway(f"{type(error).__name__}: {error}") from error
        if reply.status == 200:
            try:
                return _messages(json.loads(text))
            except (ValueError, TypeError, KeyError, AttributeError) as error:
                raise AssistantAway(f"an answer that is none: {text[:200]}", self.patience_s) from error
        if reply.status == 503:
            raise AssistantAway(f"503: {text[:500]}")
        raise AssistantAway(f"{reply.status}: {text[:500]}", self.patience_s / FAILED_TRIES)

    @asynccontextmanager
    async def _lease_renewed(self, claim: Claim) -> AsyncIterator[None]:
        """Keeps the lease while the turn runs; gives it back if the turn is broken off."""

        async def renew() -> None:
            while True:
                await asyncio.sleep(self.lease.total_seconds() / 3)
                try:
                    await writing(turns.renew, claim, timezone.now() + self.lease)
                except DatabaseError:
                    logger.exception("turn %s: its lease could not be renewed; trying again", claim.turn)

        renewing = asyncio.create_task(renew())
        try:
            yield
        except BaseException:
            await asyncio.shield(writing(turns.release, claim))
            raise
        finally:
            renewing.cancel()


def _messages(answer: Any) -> list[dict[str, Any]]:
    """The messages of the channel's answer, if they are what we store."""
    messages = answer["messages"]
    for message in messages:
        if not isinstance(message["text"], str):
            raise TypeError("text")
        for choice in message.get("choices") or []:
            choice["title"].strip(), choice["payload"].strip()
    return list(messages)
