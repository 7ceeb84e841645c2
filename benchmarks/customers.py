"""How long people wait for an answer while eight of them talk to the assistant, without pauses and at a human pace.

Run:  python -m benchmarks.customers [seconds between messages, such as 2] [how many customers]

The customers are those of tests/customers. An answer's time is from the customer's message in the log to the last of
the answer in the log. Prints the median and the 95th percentile for both paces, and what a turn costs each process in
CPU time, which does not depend on what else the machine does (Linux only).
"""

from __future__ import annotations

import os
import statistics
import sys
import tempfile
import time
from collections.abc import Sequence
from pathlib import Path

from support.run.stack import Stack, running_stack
from tests.customers.__main__ import WITHOUT_LIMITS
from tests.customers.run import ALL, Pair, bring_orders, let_all_talk, now

PAUSE_S = 2.0
CUSTOMERS = 96


def main(pause_s: float, customers: int) -> None:
    """Both paces, each with customers of their own, spread over all goals and manners."""
    step = len(ALL) // (2 * customers) or 1
    chosen = ALL[::step]
    with (
        tempfile.TemporaryDirectory() as var,
        running_stack(Path(var), SUPPORT_DEMO_ORDERS="0", **WITHOUT_LIMITS) as stack,
    ):
        at = now()
        bring_orders(stack, chosen, Path(var) / "customers.jsonl", at)
        for pairs, pause in ((chosen[::2], 0.0), (chosen[1::2], pause_s)):
            began, used = time.monotonic(), cpu_ms(stack)
            results = list(let_all_talk(stack, pairs, at, pause))
            took_s, now_used = time.monotonic() - began, cpu_ms(stack)
            ms = sorted(took for result in results for took in result.answer_ms)
            print(_line(pairs, pause, ms, took_s), flush=True)
            each = {name: (now_used[name] - before) / len(ms) for name, before in used.items()}
            print("    CPU ms a turn: " + ", ".join(f"{name} {spent:.1f}" for name, spent in each.items()), flush=True)


def cpu_ms(stack: Stack) -> dict[str, float]:
    """What each process has computed so far; empty where there is no /proc. customers: this process."""
    if not Path("/proc/self/stat").exists():
        return {}
    ids = {name: stack.pid(name) for name in ("web", "rasa", "actions")} | {"customers": os.getpid()}
    return {name: cpu_ms_of(process) for name, process in ids.items() if process}


def cpu_ms_of(process: int) -> float:
    fields = Path(f"/proc/{process}/stat").read_text().rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) * 1000 / os.sysconf("SC_CLK_TCK")


def _line(pairs: Sequence[Pair], pause_s: float, ms: Sequence[float], took_s: float) -> str:
    p95 = ms[int(len(ms) * 0.95)]
    pace = f"{pause_s:g} s between messages" if pause_s else "no pauses"
    rate = f"{len(ms) / took_s:.1f} answers a second"
    return (
        f"{len(pairs)} customers, 8 at a time, {pace}: median {statistics.median(ms):.0f} ms, p95 {p95:.0f} ms, {rate}"
    )


if __name__ == "__main__":
    given = sys.argv[1:]
    main(float(given[0]) if given else PAUSE_S, int(given[1]) if len(given) > 1 else CUSTOMERS)
