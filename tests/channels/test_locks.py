"""One turn of a conversation at a time, among several Rasas too; a killed one or a Redis that is away stops nobody."""

import asyncio
import time
from collections.abc import Iterator

import pytest
from rasa.core.lock_store import LockStore
from rasa.utils.endpoints import EndpointConfig

from channels import locks
from channels.locks import ConversationLockStore
from tests.servers.redis_server import RedisServer, running_redis


@pytest.fixture
def redis() -> Iterator[RedisServer]:
    with running_redis() as server:
        yield server


def opened(url: str) -> LockStore:
    return LockStore.create(EndpointConfig(url, type="channels.locks.ConversationLockStore"))


async def most_at_once(stores: list[LockStore], turns: int = 40) -> int:
    """How many of so many turns were within the lock of one conversation at the same time, at most."""
    inside = most = 0

    async def turn(store: LockStore) -> None:
        nonlocal inside, most
        async with store.lock("someone", wait_time_in_seconds=0.002):
            inside, most = inside + 1, max(most, inside + 1)
            await asyncio.sleep(0.002)
            inside -= 1

    await asyncio.gather(*(turn(stores[number % len(stores)]) for number in range(turns)))
    return most


def test_without_redis_one_rasa_locks_within_itself() -> None:
    assert asyncio.run(most_at_once([opened("")])) == 1


def test_several_rasas_lock_each_other_out(redis: RedisServer) -> None:
    assert asyncio.run(most_at_once([opened(redis.url) for _ in range(4)])) == 1


def test_other_conversations_do_not_wait(redis: RedisServer) -> None:
    async def run() -> None:
        one, other = opened(redis.url), opened(redis.url)
        async with one.lock("someone"), other.lock("somebody else"):
            pass

    asyncio.run(asyncio.wait_for(run(), 2))


def test_what_a_killed_rasa_held_is_free_after_seconds(redis: RedisServer) -> None:
    async def run() -> float:
        killed, other = opened(redis.url), opened(redis.url)
        await killed._redis.set(f"{locks.PREFIX}someone", "whoever was killed", px=int(locks.HELD_S * 1000))
        began = time.monotonic()
        async with other.lock("someone", wait_time_in_seconds=0.02):
            return time.monotonic() - began

    waited_s = asyncio.run(run())
    assert locks.HELD_S - 0.5 < waited_s < locks.HELD_S + 2


def test_while_redis_is_away_turns_go_on_and_afterwards_they_lock_each_other_again(redis: RedisServer, caplog) -> None:
    async def run() -> None:
        stores = [opened(redis.url) for _ in range(2)]
        redis.stop()
        began = time.monotonic()
        async with stores[0].lock("someone"):
            assert time.monotonic() - began < 2
        assert "Redis is away" in caplog.text
        redis.start()
        await asyncio.sleep(locks.ASKED_AGAIN_S)
        assert await most_at_once(stores) == 1

    asyncio.run(run())


def test_a_lock_that_redis_forgot_is_given_back_without_a_word(redis: RedisServer) -> None:
    async def run() -> None:
        store = opened(redis.url)
        async with store.lock("someone"):
            redis.stop()
            redis.start()

    asyncio.run(run())


def test_the_class_that_the_endpoints_name_is_this_one(monkeypatch) -> None:
    from rasa.core.utils import AvailableEndpoints

    for name in ("REDIS_URL", "BROKER_URL", "TRACKER_URL", "ACTIONS_URL", "INTERNAL_TOKEN"):
        monkeypatch.setenv(f"SUPPORT_{name}", "")
    endpoints = AvailableEndpoints.read_endpoints("endpoints.yml")
    store = LockStore.create(endpoints.lock_store)
    assert isinstance(store, ConversationLockStore)
    assert store._redis is None
