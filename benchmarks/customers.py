"""How long people wait for an answer while eight of them talk to the assistant, without pauses and at a human pace.

Run:  python -m benchmarks.customers [seconds between messages, such as 2] [how many customers]

The customers are those of tests/customers. An answer's time is from the customer's message in the log to the last of
the answer in the log. Prints the median and the 95th percentile for both paces.
"""

from __future__ import annotations

import statistics
import sys
import tempfile
import time
from collections.abc import Sequence
from pathlib import Path

from support.run.stack import running_stack
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
            began = time.monotonic()
            results = list(let_all_talk(stack, pairs, at, pause))
            ms = sorted(took for result in results for took in result.answer_ms)
            print(_line(pairs, pause, ms, time.monotonic() - began), flush=True)


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
