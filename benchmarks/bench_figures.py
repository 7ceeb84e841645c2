"""What `make bench` measures of turns: their times, what each process computed and holds, how often actions ran."""

from __future__ import annotations

import asyncio
import os
import re
import subprocess
import time
import urllib.request
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import aiohttp

from benchmarks.bench_load import Conversation, talk
from benchmarks.customers import cpu_ms_of
from support.run.child import answers
from support.run.stack import Stack
from tests.customers.__main__ import WITHOUT_LIMITS

ONE_ADDRESS = {**WITHOUT_LIMITS, "SUPPORT_LIMIT_CONVERSATIONS": "0"}  # all customers are one
START_WITHIN_S = 180
COUNTED = re.compile(rb"^support_action_seconds_count\S* (\S+)$", re.MULTILINE)


@dataclass(frozen=True)
class Row:
    """One measurement. ms: of each turn. cpu_ms: of each process, for all turns together. actions: calls of them."""

    profile: str
    door: str
    customers: int
    ms: Sequence[float]
    seconds: float
    cpu_ms: Mapping[str, float]
    failed: int
    actions: float

    @property
    def rate(self) -> float:
        """Turns a second."""
        return len(self.ms) / self.seconds

    def percentile(self, share: float) -> float:
        """Milliseconds within which this share of the turns ended."""
        return percentile(self.ms, share)

    def cpu_a_turn(self, *names: str) -> float:
        """CPU milliseconds of these processes (and those counted on: rasa, rasa-2) for one turn."""
        return sum(spent for name, spent in self.cpu_ms.items() if name.split("-")[0] in names) / len(self.ms)

    def line(self) -> str:
        p50, p95, p99 = (self.percentile(part) for part in (0.5, 0.95, 0.99))
        cpu = ", ".join(f"{name} {spent / len(self.ms):.1f}" for name, spent in self.cpu_ms.items())
        figures = f"{self.rate:.0f} | {p50:.0f} | {p95:.0f} | {p99:.0f} | {self.failed}"
        calls = self.actions / len(self.ms)
        return f"| {self.profile} | {self.door} | {self.customers} | {figures} | {calls:.1f} | {cpu} |"


@dataclass(frozen=True)
class Running:
    """A profile as it ran. memory_mb: of each process, after its measurements."""

    profile: str
    start_s: float
    first_answer_s: float
    memory_mb: Mapping[str, float]

    def memory_of(self, *names: str) -> float:
        """Megabytes of these processes together (and of those counted on: rasa, rasa-2)."""
        return sum(size for name, size in self.memory_mb.items() if name.split("-")[0] in names)

    def line(self) -> str:
        memory = ", ".join(f"{name} {size:.0f}" for name, size in self.memory_mb.items())
        total = sum(self.memory_mb.values())
        return f"| {self.profile} | {self.start_s:.1f} | {self.first_answer_s:.1f} | {total:.0f} | {memory} |"


@dataclass(frozen=True)
class Watched:
    """What is looked at beside the turns. failures: how many turns have failed so far. actions: their addresses."""

    pids: Callable[[], Mapping[str, int]]
    failures: Callable[[], int]
    actions: Sequence[str]

    def cpu_ms(self) -> dict[str, float]:
        """What each process has computed so far; customers: this one."""
        return {name: cpu_ms_of(process) for name, process in (*self.pids().items(), ("customers", os.getpid()))}

    def action_calls(self) -> float:
        """How often actions have run so far."""
        return sum(map(_action_calls, self.actions))

    def memory_mb(self) -> dict[str, float]:
        return {name: resident_mb(process) for name, process in self.pids().items()}


def watched_of(stack: Stack) -> Watched:
    """failures: turns that ended without the assistant's own answer, as the log has them."""
    actions = stack.settings["SUPPORT_ACTIONS_URL"].split()
    return Watched(lambda: _processes(stack), lambda: stack.log.count(" failed: "), actions)


def _processes(stack: Stack) -> dict[str, int]:
    found = {name: stack.pid(name) for name in stack._state()["children"]}
    return {name: process for name, process in found.items() if process}


def loaded(
    profile: str, door: str, to: Callable[[aiohttp.ClientSession], Conversation], watched: Watched,
    customers: int, seconds: float,
) -> Row:  # fmt: skip
    """So many customers talking for so long through the door that `to` opens."""
    calls, failed, before, at = watched.action_calls(), watched.failures(), watched.cpu_ms(), time.monotonic()
    ms, unanswered = asyncio.run(_talked(to, customers, seconds))
    took_s, after = time.monotonic() - at, watched.cpu_ms()
    spent = {name: after[name] - before[name] for name in after}
    failed = unanswered + watched.failures() - failed
    return Row(profile, door, customers, ms, took_s, spent, failed, watched.action_calls() - calls)


async def _talked(
    to: Callable[[aiohttp.ClientSession], Conversation], customers: int, seconds: float
) -> tuple[list[float], int]:
    connector = aiohttp.TCPConnector(limit=0)
    async with aiohttp.ClientSession(connector=connector, timeout=aiohttp.ClientTimeout(None)) as http:
        return await talk([to(http)] * customers, seconds)


def _action_calls(address: str) -> float:
    with urllib.request.urlopen(f"{address}/metrics", timeout=10) as answer:
        return sum(map(float, COUNTED.findall(answer.read())))


def percentile(figures: Sequence[float], share: float) -> float:
    """What this share of the figures does not exceed; NaN of none."""
    ordered = sorted(figures)
    return ordered[min(int(len(ordered) * share), len(ordered) - 1)] if ordered else float("nan")


def resident_mb(process: int) -> float:
    """What a process holds in memory now."""
    lines = Path(f"/proc/{process}/status").read_text().splitlines()
    return next(int(line.split()[1]) for line in lines if line.startswith("VmRSS")) / 1024


def until_open(url: str, process: subprocess.Popen[bytes]) -> None:
    """Returns when this address answers. Raises TimeoutError, also when the process has ended."""
    began = time.monotonic()
    while not answers(url):
        if process.poll() is not None or time.monotonic() - began > START_WITHIN_S:
            raise TimeoutError(f"{url} never answered; the process ended with {process.poll()}")
        time.sleep(0.1)
