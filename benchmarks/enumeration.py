"""Can one find out by the clock which orders there are? Run:  python -m benchmarks.enumeration [SAMPLES]

One customer after the other asks the running assistant over the chat API, each in a conversation of their own and each
kind in turn: an order that exists, with a stranger's e-mail; one that does not exist; something that is no number
of an order. The time is from sending to the whole answer. Prints medians, Mann-Whitney's p against the first kind, and
how often a sample takes longer than one of the first kind (0.5: the clock says nothing).
"""

from __future__ import annotations

import json
import os
import random
import statistics
import subprocess
import sys
import tempfile
import time
import uuid
from pathlib import Path

import httpx
from scipy.stats import mannwhitneyu
from tqdm import tqdm

from benchmarks.orders import orders
from support.run.stack import Stack, running_stack

SAMPLES = 2000
ORDERS = 500
KINDS = {"known": "SC{known}", "unknown": "SC{unknown}", "malformed": "SC{known}-A7"}
KNOWN, UNKNOWN = 1_000_000, 2_000_000  # where the numbers of benchmarks.orders begin, and where nobody's do
NO_LIMITS = dict.fromkeys(("SUPPORT_LIMIT_CONVERSATIONS", "SUPPORT_LIMIT_REQUESTS"), "0")


def main(samples: int) -> None:
    with tempfile.TemporaryDirectory() as folder, running_stack(Path(folder), **NO_LIMITS) as stack:
        bring_in_orders(stack, Path(folder) / "orders.jsonl")
        times: dict[str, list[float]] = {kind: [] for kind in KINDS}
        words: dict[str, set[str]] = {kind: set() for kind in KINDS}
        with httpx.Client(base_url=f"{stack.base_url}/chat/api", timeout=60) as http:
            for turn in tqdm(range(-20, samples), disable=None):  # the first ones warm up
                for kind in random.sample(list(KINDS), len(KINDS)):
                    numbers = {"known": KNOWN + turn % ORDERS, "unknown": UNKNOWN + turn % ORDERS}
                    took, said = ask(http, KINDS[kind].format(**numbers))
                    if turn >= 0:
                        times[kind].append(took * 1000)
                        words[kind].add(said)
    print(f"{'':12}{'samples':>9}{'median':>11}{'p95':>11}{'p (MWU)':>10}{'longer':>9}")
    for kind, taken in times.items():
        test = mannwhitneyu(taken, times["known"])
        longer = test.statistic / len(taken) / len(times["known"])
        p95 = statistics.quantiles(taken, n=20)[-1]
        line = f"{kind:12}{len(taken):>9}{statistics.median(taken):>8.2f} ms{p95:>8.2f} ms"
        print(line + ("" if kind == "known" else f"{test.pvalue:>10.3f}{longer:>9.3f}"))
    print(f"the words of known and unknown are {'the same' if words['known'] == words['unknown'] else 'NOT the same'}")


def ask(http: httpx.Client, number: str) -> tuple[float, str]:
    """One new customer: the seconds to the whole answer, and the answer."""
    opened = http.post("/conversations", json={}).json()
    path, headers = f"/conversations/{opened['id']}/messages", {"Authorization": f"Bearer {opened['token']}"}
    text = f"I want to return order {number}, nobody@example.com"
    began = time.perf_counter()
    http.post(path, json={"client_id": str(uuid.uuid4()), "text": text}, headers=headers).raise_for_status()
    while (moment := http.get(path, params={"after": 1}, headers=headers).json())["working"]:
        pass
    return time.perf_counter() - began, " / ".join(message["text"] for message in moment["messages"])


def bring_in_orders(stack: Stack, file: Path) -> None:
    file.write_text("".join(json.dumps(order) + "\n" for order in orders(ORDERS)), encoding="utf-8")
    command = [sys.executable, "-m", "support.cli", "orders", "import", str(file)]
    subprocess.run(command, check=True, env=os.environ | stack.settings, capture_output=True)


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else SAMPLES)
