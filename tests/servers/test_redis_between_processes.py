"""What one process changes the others hear at once; limits are counted together; without Redis everything goes on."""

import asyncio
import contextlib
import json
import signal
import statistics
import threading
import time
from collections.abc import Callable, Iterator
from types import SimpleNamespace

import httpx
import pytest
from redis import Redis

from support.conversations import far_bell
from support.conversations.far_bell import FarBell
from support.conversations.lookout import LOOK_EVERY_S
from support.conversations.moment import LOOK, Ring
from support.run.stack import Stack
from support.widget.limits import Limit, Shared
from tests.servers.own_database import change
from tests.servers.programs import until
from tests.servers.redis_server import RedisServer, running_redis
from tests.servers.roaming import Roaming
from tests.servers.server_profile import Servers
from tests.support.desk.live_desk import Desk, make_people


class Stream:
    """What an open event stream of a conversation brought, and when; and who had it."""

    def __init__(self, base_url: str, customer: Roaming) -> None:
        self.came: dict[int, float] = {}
        self.owners: list[str] = []
        url = f"{base_url}/chat/api/conversations/{customer.id}/events"
        headers = {"Authorization": customer.http.headers["Authorization"]}
        threading.Thread(target=self._read, args=(url, headers), daemon=True).start()
        self.open = threading.Event()
        assert self.open.wait(10)

    def _read(self, url: str, headers: dict[str, str]) -> None:
        ended = contextlib.suppress(httpx.HTTPError)
        with ended, httpx.stream("GET", url, headers=headers, timeout=60) as response:
            for line in response.iter_lines():
                if line.startswith("event: working"):
                    self.open.set()
                data = json.loads(line[6:]) if line.startswith("data: ") else {}
                if "seq" in data:
                    self.came[data["seq"]] = time.monotonic()
                self.owners += [data["owner"]] if "owner" in data else []


def waits_s(stack: Stack, customer: Roaming, stream: Stream, times: int) -> list[float]:
    """How long after a message was taken by the second web process a stream of the first one had it."""
    waits = []
    for number in range(times):
        customer.http.base_url = stack.base_urls[1]
        posted = super(Roaming, customer).post(text=f"hello {number}")
        taken, seq = time.monotonic(), posted.json()["seq"]
        until(lambda seq=seq: seq in stream.came)
        waits.append(stream.came[seq] - taken)
        customer.everything()
    return waits


def test_what_one_web_process_takes_the_other_shows_at_once(replicas: Stack) -> None:
    customer = Roaming(replicas)
    stream = Stream(replicas.base_urls[0], customer)
    waits = waits_s(replicas, customer, stream, 7)
    print("push between web processes, ms:", sorted(round(1000 * wait, 1) for wait in waits))
    assert statistics.median(waits) < 0.2


@pytest.fixture(scope="module")
def first(replicas: Stack, servers: Servers) -> SimpleNamespace:
    """The first web process, with people at the desk."""
    web = SimpleNamespace(url=replicas.base_urls[0], database=servers.settings["SUPPORT_DATABASE_URL"])
    make_people(web)
    return web


def test_an_open_page_of_the_desk_shows_at_once_what_the_other_takes(replicas: Stack, first: SimpleNamespace) -> None:
    customer, ada = Roaming(replicas), Desk(first, "ada")
    ada.listens(customer.id)
    revision = ada.heard("said")[-1]
    customer.http.base_url = replicas.base_urls[1]
    super(Roaming, customer).post(text="hello")
    until(lambda: ada.heard("said")[-1] > revision, 3)
    customer.everything()


def test_what_redis_lost_is_found_by_looking(replicas: Stack, first: SimpleNamespace) -> None:
    customer, ada = Roaming(replicas), Desk(first, "ada")
    stream = Stream(first.url, customer)
    ada.listens(customer.id)
    waits = "owner = 'waiting', waiting_since = changed_at, revision = revision + 1"
    change(first.database, f"UPDATE conversations_conversation SET {waits} WHERE id = ?", customer.id)
    until(lambda: stream.owners[-1] == "waiting", LOOK_EVERY_S + 5)
    until(lambda: ada.heard("owner")[-1] == "waiting ", LOOK_EVERY_S + 5)


def test_without_redis_it_is_found_by_looking_and_with_it_again_heard(replicas: Stack, servers: Servers) -> None:
    customer = Roaming(replicas)
    stream = Stream(replicas.base_urls[0], customer)
    servers.redis.stop()
    try:
        assert max(waits_s(replicas, customer, stream, 2)) < 3
        assert "Redis is away" in until(lambda: "Redis is away" in replicas.log and replicas.log)
    finally:
        servers.redis.start()
    until(lambda: min(waits_s(replicas, customer, stream, 1)) < 0.1)
    log = customer.everything()
    assert sorted(stream.came) == [message["seq"] for message in log] == list(range(1, len(log) + 1))


@pytest.fixture
def redis() -> Iterator[RedisServer]:
    with running_redis() as server:
        yield server


def heard_while(happens: Callable[[FarBell, list[Ring]], None]) -> list[Ring]:
    """What a process has heard, in an event loop of its own, when that has happened."""
    rings: list[Ring] = []
    bell = FarBell(rings.append, health_s=0.2)

    async def run() -> None:
        await bell.start()
        await asyncio.to_thread(until, bell.is_heard)
        await asyncio.to_thread(happens, bell, rings)
        await bell.stop()

    asyncio.run(run())
    return rings


def test_a_process_hears_the_others_and_not_itself(redis: RedisServer, settings) -> None:
    settings.REDIS_URL = redis.url

    def happens(_bell: FarBell, rings: list[Ring]) -> None:
        far_bell.send(Ring("one of its own", False))
        until(lambda: published(redis) == 1)
        far_bell.Sender(redis.url).send(Ring("another's", True))
        until(lambda: len(rings) == 2)

    assert heard_while(happens) == [LOOK, Ring("another's", True)]


def test_a_redis_that_says_nothing_any_more_is_noticed(redis: RedisServer, settings) -> None:
    settings.REDIS_URL = redis.url

    def happens(bell: FarBell, _rings: list[Ring]) -> None:
        redis.process.send_signal(signal.SIGSTOP)
        until(lambda: not bell.is_heard())
        redis.process.send_signal(signal.SIGCONT)
        until(bell.is_heard)

    assert heard_while(happens) == [LOOK, LOOK]


def published(redis: RedisServer) -> int:
    """How many rings have been published."""
    return int(Redis.from_url(redis.url).info("commandstats").get("cmdstat_publish", {}).get("calls", 0))


def test_several_processes_count_a_limit_together(redis: RedisServer) -> None:
    async def run() -> list[float]:
        processes = [Shared(redis.url) for _ in range(3)]
        return [await processes[n % 3].wait_s("messages", Limit("5/60"), "someone") for n in range(7)]

    waits = asyncio.run(run())
    assert waits[:5] == [0] * 5
    assert [round(wait) for wait in waits[5:]] == [12, 12]  # a twelfth of a minute for each


def test_a_limit_gives_room_again_as_it_does_in_one_process(redis: RedisServer) -> None:
    async def run() -> tuple[float, float]:
        shared, limit = Shared(redis.url), Limit("2/1")
        for _ in range(2):
            assert await shared.wait_s("messages", limit, "someone") == 0
        wait_s = await shared.wait_s("messages", limit, "someone")
        await asyncio.sleep(wait_s + 0.01)
        return wait_s, await shared.wait_s("messages", limit, "someone")

    wait_s, afterwards = asyncio.run(run())
    assert 0.3 < wait_s <= 0.5
    assert afterwards == 0


def test_keys_and_limits_do_not_touch_each_other(redis: RedisServer) -> None:
    async def run() -> list[float]:
        shared, limit = Shared(redis.url), Limit("1/60")
        asked = (("messages", "a"), ("messages", "b"), ("photos", "a"))
        return [await shared.wait_s(name, limit, key) for name, key in asked]

    assert asyncio.run(run()) == [0, 0, 0]


def test_while_redis_is_away_each_process_counts_for_itself_and_says_so_once(redis: RedisServer, caplog) -> None:
    async def run() -> list[float | None]:
        shared, limit = Shared(redis.url), Limit("1/60")
        redis.stop()
        return [await shared.wait_s("messages", limit, "someone") for _ in range(5)]

    began = time.monotonic()
    assert asyncio.run(run()) == [None] * 5
    assert time.monotonic() - began < 2
    assert caplog.text.count("limits are counted in each process") == 1
