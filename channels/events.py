"""What Rasa alone knows of a turn, for the numbers of the desk: how a message was understood, which policy acted.

Rasa's own broker for RabbitMQ, but: no words of customers and no conversation leave this process, only what is counted;
RabbitMQ may be away when Rasa starts; what it did not take is kept and sent when it is back. All events of
half a second are one message: a message costs Rasa, and who counts it, half a millisecond each, whatever is in it.
"""

from __future__ import annotations

import asyncio
import hashlib
import json
import logging
from contextlib import suppress
from typing import Any

import aio_pika
from rasa.core.brokers.pika import PikaEventBroker
from rasa.shared.core.constants import ACTION_EXTRACT_SLOTS, ACTION_LISTEN_NAME
from rasa.utils.endpoints import EndpointConfig

logger = logging.getLogger(__name__)

QUEUE, EXCHANGE = "support.turns", "support.turns"
OF_EVERY_TURN = (ACTION_LISTEN_NAME, ACTION_EXTRACT_SLOTS)
KEPT_AT_MOST = 100_000
IN_ONE_MESSAGE = 50  # of those that were kept
CONNECT_AGAIN_S = 2.0
GATHER_S = 0.5
WAIT_AT_END_S = 1.0


class TurnEvents(PikaEventBroker):
    """Rasa's event broker. url: amqp://USER:PASSWORD@HOST:PORT/VHOST."""

    def __init__(self, url: str) -> None:
        super().__init__(url, "", "", queues=[QUEUE], exchange_name=EXCHANGE)
        self._url = url
        self._connecting: asyncio.Task[None] | None = None
        self._gathered: list[dict[str, Any]] = []

    @classmethod
    async def from_endpoint_config(
        cls, broker_config: EndpointConfig | None, event_loop: Any = None
    ) -> TurnEvents | None:
        """Rasa starts whether RabbitMQ is there or not; without an address there is no broker."""
        if broker_config is None or not broker_config.url:
            return None
        broker = cls(broker_config.url)
        await broker.connect()
        return broker

    async def connect(self) -> None:
        """Begins to connect; what is published until then is kept."""
        self._loop = asyncio.get_running_loop()
        self._connecting = self._loop.create_task(self._stay_connected())

    async def _stay_connected(self) -> None:
        """A new connection whenever one ends: aio_pika's own way back dies of what a server says while it starts."""
        is_away = False
        while True:
            try:
                async with await aio_pika.connect(self._url) as connection:
                    is_away = False
                    await self._send_over(connection)
            except Exception as error:  # whatever a server does while it starts or ends
                if not is_away:
                    logger.warning("RabbitMQ is away, events wait: %s", type(error).__name__)
                is_away = True
            await asyncio.sleep(CONNECT_AGAIN_S)

    async def _send_over(self, connection: aio_pika.abc.AbstractConnection) -> None:
        """What waits and what comes, until the connection ends."""
        ended = asyncio.Event()
        connection.close_callbacks.add(lambda *_: ended.set())
        self._exchange = await self._set_up_exchange(await connection.channel())
        try:
            while not ended.is_set():
                self._publish_unpublished_messages()
                with suppress(asyncio.TimeoutError):
                    await asyncio.wait_for(ended.wait(), CONNECT_AGAIN_S)
        finally:
            self._exchange = None

    def is_ready(self) -> bool:
        """Always: without RabbitMQ everything but the counting goes on."""
        return True

    def publish(self, event: dict[str, Any], headers: dict[str, str] | None = None) -> None:
        """Sends what is counted of this event soon, later if need be. Never raises, never waits."""
        if counted := reduced(event):
            if not self._gathered:
                self._loop.call_later(GATHER_S, self._send_gathered)
            self._gathered.append(counted)

    def _send_gathered(self) -> None:
        events, self._gathered = self._gathered, []
        if events:
            super().publish(events)

    def _publish_unpublished_messages(self, *_: Any, **__: Any) -> None:
        while kept := self._unpublished_events:
            super().publish([kept.popleft() for _ in range(min(IN_ONE_MESSAGE, len(kept)))])

    async def _publish(self, events: list[dict[str, Any]], headers: dict[str, str] | None = None) -> None:
        try:
            if self._exchange is None:
                raise ConnectionError("not connected yet")
            await self._exchange.publish(self._message(events, headers), "")
        except (Exception, asyncio.CancelledError):  # a connection that ends cancels who waits for its answer
            self._unpublished_events.extend(events)
            while len(self._unpublished_events) > KEPT_AT_MOST:
                self._unpublished_events.popleft()

    async def close(self) -> None:
        """What is on its way gets a moment; what is not sent then is not counted, and the log says how much."""
        self._send_gathered()
        if self._background_tasks:
            await asyncio.wait(self._background_tasks, timeout=WAIT_AT_END_S)
        if self._connecting:
            self._connecting.cancel()
            await asyncio.gather(self._connecting, return_exceptions=True)
        if self._unpublished_events:
            logger.error("RabbitMQ is away: %s events are not counted", len(self._unpublished_events))


def reduced(event: dict[str, Any]) -> dict[str, Any] | None:
    """What is counted of an event of Rasa; None: nothing. id: the same for the same event, and tells nobody which."""
    kind = event.get("event")
    if kind == "user":
        intent = (event.get("parse_data") or {}).get("intent") or {}
        told = {"intent": intent.get("name"), "confidence": intent.get("confidence"), "zone": intent.get("zone")}
        told["best"] = intent.get("best")
    elif kind == "action" and event.get("name") not in OF_EVERY_TURN:
        told = {"action": event.get("name"), "policy": event.get("policy"), "confidence": event.get("confidence")}
    else:
        return None
    which = json.dumps([event.get("sender_id"), kind, event.get("timestamp"), event.get("name")])
    return {"id": hashlib.sha256(which.encode()).hexdigest()[:40], "at": event.get("timestamp"), "kind": kind, **told}
