"""How fast the whole assistant is, with 1, 8 and 64 customers at a time: python -m benchmarks.bench [seconds].

Profiles: embedded, server (PostgreSQL, Redis, RabbitMQ of this run's own), server with two Rasas. Prints a table and
writes docs/performance.md with a plot. Linux only (/proc).
"""

from __future__ import annotations

import asyncio
import os
import sys
import tempfile
import time
from collections.abc import Iterator, Mapping
from contextlib import ExitStack, contextmanager
from pathlib import Path

import aiohttp

from benchmarks.bench_load import milliseconds, over_the_chat_api, straight_at_rasa
from benchmarks.bench_report import Row, Running, write
from benchmarks.customers import cpu_ms_of
from support.run.stack import Stack, running_stack
from tests.customers.__main__ import WITHOUT_LIMITS
from tests.servers.postgresql import running_postgresql
from tests.servers.rabbitmq import running_rabbitmq
from tests.servers.redis_server import running_redis

CUSTOMERS = (1, 8, 64)
SECONDS = 20.0
TWO = {"SUPPORT_RASA_PROCESSES": "2", "SUPPORT_ACTIONS_PROCESSES": "2"}


def main(seconds: float) -> None:
    rows: list[Row] = []
    ran: list[Running] = []
    load = os.getloadavg()[0]
    with servers() as settings:
        for profile, given in (("embedded", {}), ("server", settings), ("server, 2 rasas", {**settings, **TWO})):
            for row in _profile(profile, given, seconds, ran):
                rows.append(row)
                print(row.line(), flush=True)
    print("\n" + write(rows, ran, seconds, load))


@contextmanager
def servers() -> Iterator[dict[str, str]]:
    """The settings of the server profile, for servers that run as long as this lasts."""
    with ExitStack() as running:
        postgresql, redis, rabbitmq = (
            running.enter_context(start()) for start in (running_postgresql, running_redis, running_rabbitmq)
        )
        addresses = {"SUPPORT_REDIS_URL": redis.url, "SUPPORT_BROKER_URL": rabbitmq.url}
        addresses["SUPPORT_DATABASE_URL"] = postgresql.create("support")
        addresses["SUPPORT_TRACKER_URL"] = postgresql.create("rasa")
        yield addresses


def _profile(profile: str, given: Mapping[str, str], seconds: float, ran: list[Running]) -> Iterator[Row]:
    began = time.monotonic()
    with (
        tempfile.TemporaryDirectory() as var,
        running_stack(Path(var), **{**WITHOUT_LIMITS, **given}) as stack,
    ):
        started_s = time.monotonic() - began
        asyncio.run(_measured(stack, "chat", 1, 0.001))
        answered_s = time.monotonic() - began
        for door in ("chat", "rasa"):
            for customers in CUSTOMERS:
                before, failed, at = cpu_ms(stack), failures(stack), time.monotonic()
                took = asyncio.run(_measured(stack, door, customers, seconds))
                took_s, after = time.monotonic() - at, cpu_ms(stack)
                spent = {name: after[name] - before[name] for name in after}
                yield Row(profile, door, customers, took, took_s, spent, failures(stack) - failed)
        ran.append(Running(profile, started_s, answered_s, memory_mb(stack)))


async def _measured(stack: Stack, door: str, customers: int, seconds: float) -> list[float]:
    connector = aiohttp.TCPConnector(limit=0)
    async with aiohttp.ClientSession(connector=connector, timeout=aiohttp.ClientTimeout(None)) as http:
        conversation = over_the_chat_api(http, stack.base_url)
        if door == "rasa":
            rasas = stack.settings["SUPPORT_RASA_URL"].split()
            conversation = straight_at_rasa(http, stack.base_url, rasas, stack.token)
        return await milliseconds([conversation] * customers, seconds)


def failures(stack: Stack) -> int:
    """Turns that ended without the assistant's own answer, as the log has them."""
    return stack.log.count(" failed: ")


def processes(stack: Stack) -> dict[str, int]:
    found = {name: stack.pid(name) for name in stack._state()["children"]}
    return {name: process for name, process in found.items() if process}


def cpu_ms(stack: Stack) -> dict[str, float]:
    """What each process has computed so far; customers: this one."""
    return {name: cpu_ms_of(process) for name, process in (processes(stack) | {"customers": os.getpid()}).items()}


def memory_mb(stack: Stack) -> dict[str, float]:
    """What each process holds in memory now."""
    return {name: _resident_mb(process) for name, process in processes(stack).items()}


def _resident_mb(process: int) -> float:
    lines = Path(f"/proc/{process}/status").read_text().splitlines()
    return next(int(line.split()[1]) for line in lines if line.startswith("VmRSS")) / 1024


if __name__ == "__main__":
    main(float(sys.argv[1]) if len(sys.argv) > 1 else SECONDS)
