"""What is lost or doubled, and what customers notice, when things go wrong under load.

    python -m benchmarks.faults [MINUTES [embedded|servers]]

Kills each process at random for MINUTES, and lets one thing after the other go wrong: on the embedded profile, and on
PostgreSQL, Redis and RabbitMQ of its own with two processes of each kind. Prints a table; ends with 1 if anything was
lost or doubled. Wants Debian's libfaketime for the clock, root for a full disk (a small tmpfs), and the servers'
programs; says what it leaves out for want of these.
"""

from __future__ import annotations

import glob
import os
import sys
import tempfile
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

from support.run.stack import Stack, running_stack
from tests.faults.crowd import Crowd, Customer, Visit
from tests.faults.disk import full_disk_row, small_disk
from tests.faults.faults import (
    Fault,
    empty_redis,
    hang,
    jump_clock,
    kill_at_random,
    lock_postgresql,
    lock_sqlite,
    restart,
)
from tests.faults.judgement import HEADER, answers_of, judge
from tests.faults.till import bring_in
from tests.servers.server_profile import running_servers

CUSTOMERS = 6
BEFORE, AFTER = 8, 12  # answers
OPEN = dict.fromkeys(("SUPPORT_LIMIT_CONVERSATIONS", "SUPPORT_LIMIT_REQUESTS", "SUPPORT_LIMIT_PHOTOS"), "0")
SOON = {"SUPPORT_TURN_TIMEOUT_S": "5", "SUPPORT_TURN_PATIENCE_S": "10"}
TWO = {f"SUPPORT_{kind}_PROCESSES": "2" for kind in ("WEB", "RASA", "ACTIONS")}
FAKETIME = next(iter(glob.glob("/usr/lib/*/faketime/libfaketime.so.1")), "")


def main(minutes: float, which: str) -> int:
    print(HEADER, flush=True)
    with tempfile.TemporaryDirectory(prefix="faults-") as name:
        folder = Path(name)
        good = embedded(folder, minutes) if which != "servers" else True
        return 0 if (good and (on_servers(folder, minutes) if which != "embedded" else True)) else 1


def embedded(folder: Path, minutes: float) -> bool:
    with (
        small_disk(folder / "disk") as disk,
        running_stack(folder / "a", **OPEN, SUPPORT_PHOTOS_DIR=str(disk)) as stack,
    ):
        killed = {f"kill -9 of each process at random, {minutes:g} min": kill_at_random(minutes * 60)}
        killed |= {"our database locked, 2 × 5 s": lock_sqlite("SUPPORT_DATABASE_URL")}
        killed |= {"Rasa's memory locked, 2 × 5 s": lock_sqlite("SUPPORT_TRACKER_URL")}
        good = try_all(stack, folder, killed, int(500 + 900 * minutes))
        good &= full_disk_row(stack, disk)
    clock = folder / "clock"
    with other_clock(clock), running_stack(folder / "b", **OPEN, **SOON) as stack:
        late = {"rasa hangs for 4 s": hang("rasa", 4), "rasa hangs for 25 s (a person after 10 s)": hang("rasa", 25)}
        if FAKETIME:
            late |= {"clock two hours on": jump_clock(clock, 2), "clock back by two": jump_clock(clock, 0)}
        good &= try_all(stack, folder, late, 600)
    return good


def on_servers(folder: Path, minutes: float) -> bool:
    with running_servers() as servers, running_stack(folder / "c", **servers.settings, **OPEN, **TWO) as stack:
        faults: dict[str, Fault] = {
            f"kill -9 of each of two processes at random, {minutes:g} min": kill_at_random(minutes * 60),
            "PostgreSQL killed, away for 3 s": restart(servers.postgresql, 3),
            "conversations locked for 5 s": lock_postgresql(servers.postgresql, "conversations_conversation"),
            "Redis emptied, ten times": empty_redis(servers.redis),
            "Redis killed, away for 3 s, then empty": restart(servers.redis, 3),
            "RabbitMQ killed, away for 10 s": restart(servers.rabbitmq, 10),
        }
        return try_all(stack, folder, faults, int(900 + 900 * minutes))


def try_all(stack: Stack, folder: Path, faults: Mapping[str, Fault], orders: int) -> bool:
    """One fault after the other, each with a crowd of its own; a row of the table for each."""
    numbers, good = bring_in(stack, folder, 90_000_001, orders), True
    usual = Visit(next(numbers))
    Customer(stack.base_urls, usual).talk()
    for name, fault in faults.items():
        with Crowd(stack, CUSTOMERS, numbers) as crowd:
            crowd.await_answers(BEFORE)
            fault(stack, crowd)
            crowd.await_answers(AFTER)
        found = judge(stack, crowd.visits, answers_of(usual))
        print(found.line(name), *found.lost[:5], *found.doubled[:5], sep="\n", flush=True)
        good &= found.is_good
    return good


@contextmanager
def other_clock(file: Path) -> Iterator[None]:
    """What is started meanwhile has a clock that is as far off as the file says."""
    if not FAKETIME:
        print("the clock is left out: no libfaketime (apt-get install libfaketime)")
        yield
        return
    file.write_text("+0h\n")
    preloaded = {"LD_PRELOAD": FAKETIME, "FAKETIME_TIMESTAMP_FILE": str(file), "FAKETIME_CACHE_DURATION": "1"}
    os.environ.update(preloaded, DONT_FAKE_MONOTONIC="1", FAKETIME_DONT_RESET="1")
    try:
        yield
    finally:
        for name in preloaded:
            del os.environ[name]


if __name__ == "__main__":
    sys.exit(main(float(sys.argv[1]) if len(sys.argv) > 1 else 10, sys.argv[2] if len(sys.argv) > 2 else "all"))
