"""Rasa's events over RabbitMQ: counted once each, whatever RabbitMQ does, and no turn waits for it."""

import asyncio
import json
import time
import uuid

import aio_pika
import pytest

from channels.events import EXCHANGE, GATHER_S, TurnEvents, reduced
from support.run.stack import Stack
from tests.servers.own_database import rows_of
from tests.servers.programs import until
from tests.servers.roaming import Roaming
from tests.servers.server_profile import Servers

EVENT = {
    "sender_id": "the conversation",
    "event": "user",
    "timestamp": 1.5,
    "text": "my address is dana@example.com",
    "metadata": {"address": "dana@example.com"},
    "parse_data": {
        "text": "my address is dana@example.com",
        "intent": {"name": "give_information", "confidence": 0.9, "zone": "accept"},
        "entities": [{"entity": "email", "value": "dana@example.com"}],
    },
}


def counted(servers: Servers, what: str, name: str) -> int:
    query = "select coalesce(sum(count), 0) as sum from desk_turncount where what = ? and name = ?"
    return int(rows_of(servers.postgresql.address("support"), query, what, name)[0]["sum"])


def test_no_words_and_no_conversation_leave_rasa() -> None:
    told = json.dumps(reduced(EVENT))
    assert all(secret not in told for secret in ("dana", "conversation", "address"))
    assert {"intent", "confidence", "zone"} <= json.loads(told).keys()
    assert reduced(EVENT) == reduced(dict(EVENT))
    assert reduced(EVENT | {"timestamp": 1.6})["id"] != reduced(EVENT)["id"]
    assert reduced({"event": "slot", "name": "email", "value": "dana@example.com"}) is None


def test_what_customers_say_is_counted_by_intent_and_policy(replicas: Stack, servers: Servers) -> None:
    before = counted(servers, "policy", "RulePolicy")
    asked = counted(servers, "intent", "ask_hours")  # nobody else here asks: what others said may be counted late
    customer = Roaming(replicas)
    customer.post(text="When are you open?")
    customer.everything()
    until(lambda: counted(servers, "intent", "ask_hours") == asked + 1)
    until(lambda: counted(servers, "policy", "RulePolicy") > before)


def meant(intent: str, number: int) -> dict:
    """An event of now, in a conversation with this number."""
    parsed = {"intent": {"name": intent, "confidence": 1.0, "zone": "accept"}}
    return EVENT | {"timestamp": time.time(), "sender_id": f"c{number}", "parse_data": parsed}


@pytest.mark.usefixtures("replicas")
def test_what_was_told_just_before_rasa_ends_is_counted(servers: Servers) -> None:
    intent = f"test {uuid.uuid4().hex}"

    async def run() -> None:
        broker = TurnEvents(servers.rabbitmq.url)
        await broker.connect()
        for number in range(3):
            broker.publish(meant(intent, number))
            await asyncio.sleep(GATHER_S)
        broker.publish(meant(intent, 3))
        await broker.close()

    asyncio.run(run())
    until(lambda: counted(servers, "intent", intent) == 4)


@pytest.mark.usefixtures("replicas")
def test_what_an_older_rasa_left_in_the_queue_is_counted_and_what_is_no_event_is_not(servers: Servers) -> None:
    intent = f"test {uuid.uuid4().hex}"

    async def run() -> None:
        async with await aio_pika.connect(servers.rabbitmq.url) as connection:
            exchange = await (await connection.channel()).get_exchange(EXCHANGE)
            for told in ("not JSON", "[1]", json.dumps(reduced(meant(intent, 0))), json.dumps({"id": "no kind"})):
                await exchange.publish(aio_pika.Message(told.encode()), "")

    asyncio.run(run())
    until(lambda: counted(servers, "intent", intent) == 1)


def test_rabbitmq_goes_and_comes_back_and_everything_is_counted_once(replicas: Stack, servers: Servers) -> None:
    intent = f"test {uuid.uuid4().hex}"

    async def run() -> None:
        broker = TurnEvents(servers.rabbitmq.url)
        await broker.connect()
        for number in range(100):
            if number == 30:
                servers.rabbitmq.stop()
            broker.publish(meant(intent, number))
            await asyncio.sleep(0.02)
        customer = Roaming(replicas)
        began = time.monotonic()
        await asyncio.to_thread(lambda: (customer.post(text="hello"), customer.everything()))
        assert time.monotonic() - began < 10  # a turn does not wait for it
        late = TurnEvents(servers.rabbitmq.url)  # a Rasa that starts meanwhile
        await late.connect()
        late.publish(meant(intent, 100))
        await asyncio.to_thread(servers.rabbitmq.start)
        await asyncio.to_thread(until, lambda: counted(servers, "intent", intent) >= 101, 60)
        again = meant(intent, 0)
        for _ in range(3):
            broker.publish(again)
        await asyncio.to_thread(until, lambda: counted(servers, "intent", intent) >= 102)
        await asyncio.gather(broker.close(), late.close())

    asyncio.run(run())
    assert counted(servers, "intent", intent) == 102
