"""How many open conversations with live push one web process carries, for `make bench`. Alone:

python -m benchmarks.bench_streams [conversations] [--server]
"""

from __future__ import annotations

import argparse
import asyncio
import resource
import tempfile
import time
from collections.abc import Mapping, Sequence
from contextlib import AsyncExitStack, nullcontext
from dataclasses import dataclass
from pathlib import Path

import aiohttp

from benchmarks.bench_figures import ONE_ADDRESS, percentile, resident_mb
from benchmarks.bench_load import SCRIPT, Conversation, Turn, over_the_chat_api
from benchmarks.customers import cpu_ms_of
from support.run.stack import Stack, running_stack
from tests.servers.server_profile import running_servers

CONVERSATIONS = 10_000
OPENED_AT_ONCE = 50
ANSWERED = 200
TALKING_AT_ONCE = 8
QUIET_S = 16.0  # each stream has had a sign of life within it
ASKED_EVERY_S = 0.2
SPARE_DESCRIPTORS = 500


@dataclass(frozen=True)
class Streams:
    """asked_for, opened: conversations. quiet_cpu: of a core, while nobody says anything. longest_wait_ms: of a request
    beside them in that time. ms: of some turns in them.
    """

    asked_for: int
    opened: int
    opened_s: float
    before_mb: float
    memory_mb: float
    quiet_cpu: float
    longest_wait_ms: float
    ms: Sequence[float]

    def line(self) -> str:
        each = 1024 * (self.memory_mb - self.before_mb) / self.opened
        p50, p95 = (percentile(self.ms, share) for share in (0.5, 0.95))
        short = "" if self.opened == self.asked_for else f" (of {self.asked_for}: the limit of open files ends there)"
        return (
            f"{self.opened} open conversations{short}, opened in {self.opened_s:.0f} s: web held"
            f" {self.before_mb:.0f} MB before and {self.memory_mb:.0f} MB with them, {each:.0f} kB each."
            f" While nobody says anything they cost {100 * self.quiet_cpu:.0f} % of a core,"
            f" and a request beside them waits {self.longest_wait_ms:.0f} ms at most."
            f" Messages to {len(self.ms)} of them, {TALKING_AT_ONCE} at a time, were answered on their streams"
            f" within {p50:.0f} ms (median) and {p95:.0f} ms (p95)."
        )


def measured(settings: Mapping[str, str], wanted: int = CONVERSATIONS) -> Streams:
    """In a stack of its own with these settings; as many as the limit of open files allows."""
    _, most = resource.getrlimit(resource.RLIMIT_NOFILE)
    resource.setrlimit(resource.RLIMIT_NOFILE, (most, most))  # what we start has the same
    count = wanted if most == resource.RLIM_INFINITY else min(wanted, most - SPARE_DESCRIPTORS)
    with tempfile.TemporaryDirectory() as var, running_stack(Path(var), **ONE_ADDRESS, **settings) as stack:
        return asyncio.run(_measured(stack, wanted, count))


async def _measured(stack: Stack, wanted: int, count: int) -> Streams:
    web = stack.pid("web") or 0
    connector, patient = aiohttp.TCPConnector(limit=0), aiohttp.ClientTimeout(None)
    async with aiohttp.ClientSession(connector=connector, timeout=patient) as http, AsyncExitStack() as opened:
        conversation = over_the_chat_api(http, stack.base_url)
        async with conversation() as say:
            await say(SCRIPT[0])
        before_mb, began = resident_mb(web), time.monotonic()
        customers = await _opened(opened, conversation, count)
        opened_s, spent, quiet = time.monotonic() - began, cpu_ms_of(web), time.monotonic()
        longest_wait_ms = await _longest_wait_ms(http, f"{stack.base_url}/health", quiet + QUIET_S)
        quiet_cpu = (cpu_ms_of(web) - spent) / 1000 / (time.monotonic() - quiet)
        ms = await _answered(customers[:: max(1, count // ANSWERED)][:ANSWERED])
        memory_mb = resident_mb(web)
        return Streams(wanted, len(customers), opened_s, before_mb, memory_mb, quiet_cpu, longest_wait_ms, ms)


async def _opened(opened: AsyncExitStack, conversation: Conversation, count: int) -> list[Turn]:
    free = asyncio.Semaphore(OPENED_AT_ONCE)

    async def one() -> Turn:
        async with free:
            return await opened.enter_async_context(conversation())

    return list(await asyncio.gather(*(one() for _ in range(count))))


async def _longest_wait_ms(http: aiohttp.ClientSession, url: str, until: float) -> float:
    """Of requests to this address, a few a second until then."""
    longest = 0.0
    while (began := time.monotonic()) < until:
        async with http.get(url) as answer:
            await answer.read()
        longest = max(longest, time.monotonic() - began)
        await asyncio.sleep(ASKED_EVERY_S)
    return 1000 * longest


async def _answered(customers: Sequence[Turn]) -> list[float]:
    """Milliseconds from each message to the last of its answer on the stream."""
    free = asyncio.Semaphore(TALKING_AT_ONCE)

    async def one(say: Turn) -> float:
        async with free:
            began = time.perf_counter()
            await say(SCRIPT[0])
            return 1000 * (time.perf_counter() - began)

    return list(await asyncio.gather(*map(one, customers)))


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("conversations", type=int, nargs="?", default=CONVERSATIONS)
    parser.add_argument("--server", action="store_true", help="on PostgreSQL, Redis and RabbitMQ of its own")
    asked = parser.parse_args()
    with running_servers() if asked.server else nullcontext() as servers:
        print(measured(servers.settings if servers else {}, asked.conversations).line())


if __name__ == "__main__":
    main()
