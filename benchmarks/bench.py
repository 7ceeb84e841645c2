"""How fast the whole assistant is, with 1, 8 and 64 customers at a time: python -m benchmarks.bench [seconds].

Profiles: embedded, server (PostgreSQL, Redis, RabbitMQ of this run's own), server with two Rasas. Beside them in the
same run: the same assistant on Rasa's default pipeline. Then where a turn's time goes, 10,000 open conversations, and a
desk with 100,000 cases. Prints tables and writes docs/performance.md with a plot. Linux only (/proc).
"""

from __future__ import annotations

import os
import sys
import tempfile
import time
from collections.abc import Iterator, Mapping
from functools import partial
from pathlib import Path

from benchmarks import bench_default, bench_lists, bench_parts, bench_streams
from benchmarks.bench_figures import ONE_ADDRESS, Row, Running, loaded, watched_of
from benchmarks.bench_load import over_the_chat_api, straight_at_rasa
from benchmarks.bench_measured import Measured
from benchmarks.bench_report import write
from benchmarks.bench_training import have_a_model, training_s
from support.run.stack import Stack, running_stack
from tests.servers.server_profile import running_servers

CUSTOMERS = (1, 8, 64)
SECONDS = 20.0
ONCE_S = 0.001
PARTS_S = 10.0
TWO = {"SUPPORT_RASA_PROCESSES": "2", "SUPPORT_ACTIONS_PROCESSES": "2"}


def main(seconds: float) -> None:
    measured = Measured(seconds, os.getloadavg()[0])
    with tempfile.TemporaryDirectory() as name, running_servers() as servers:
        folder = Path(name)
        say("training: ours from nothing, some epochs of Rasa's default")
        measured.training_s = training_s(folder / "ours")
        have_a_model()
        measured.default_training = bench_default.train(folder)
        say("turns")
        for found in _profile("embedded", {}, seconds, folder):
            measured.take(found)
        for profile, given in (("server", servers.settings), ("server, 2 rasas", {**servers.settings, **TWO})):
            for found in _profile(profile, given, seconds):
                measured.take(found)
        say("where their time goes")
        profiles = {"embedded": {}, "server": servers.settings}
        for profile, given in profiles.items():
            measured.parts[profile] = bench_parts.measured(max(seconds, PARTS_S), given)
        say(f"{bench_streams.CONVERSATIONS} open conversations")
        for profile, given in profiles.items():
            measured.streams[profile] = bench_streams.measured(given)
    say(f"{bench_lists.CASES} cases")
    measured.lists_ms = bench_lists.on_both_databases()
    print("\n" + write(measured))


def say(what: str) -> None:
    print(f"{time.strftime('%H:%M:%S')} {what}", flush=True)


def _profile(
    profile: str, given: Mapping[str, str], seconds: float, default: Path | None = None
) -> Iterator[Row | Running]:
    """What this profile does, and beside it Rasa's default that was trained into that folder."""
    began = time.monotonic()
    with (
        tempfile.TemporaryDirectory() as var,
        running_stack(Path(var), **{**ONE_ADDRESS, **given}) as stack,
    ):
        started_s, watched, doors = time.monotonic() - began, watched_of(stack), _doors(stack)
        loaded(profile, "chat", doors["chat"], watched, 1, ONCE_S)
        answered_s = time.monotonic() - began
        for door, to in doors.items():
            for customers in CUSTOMERS:
                yield loaded(profile, door, to, watched, customers, seconds)
        yield Running(profile, started_s, answered_s, watched.memory_mb())
        if default:
            yield from bench_default.measured(stack, default, CUSTOMERS, seconds)


def _doors(stack: Stack) -> dict[str, partial]:
    rasas = stack.settings["SUPPORT_RASA_URL"].split()
    return {
        "chat": partial(over_the_chat_api, url=stack.base_url),
        "rasa": partial(straight_at_rasa, web=stack.base_url, rasas=rasas, token=stack.token),
    }


if __name__ == "__main__":
    main(float(sys.argv[1]) if len(sys.argv) > 1 else SECONDS)
