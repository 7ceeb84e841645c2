"""Every goal in every manner against the whole running assistant, eight customers at a time.

Run:  make customers        python -m tests.customers [--seed N]... [words of the name, such as "gift" or "[terse]"]

Another seed is another throw of the customers' dice: other wordings, other slips, other moments to stray.

Prints each failing conversation whole, and at the end what the run comes to. Exit 1 when a customer did not get what
the policy gives them.
"""

from __future__ import annotations

import argparse
import sys
import tempfile
import time
from pathlib import Path

from support.run.stack import running_stack
from tests.customers.report import failure, misunderstood, summary, table
from tests.customers.run import SEEDS, Result, bring_orders, let_all_talk, now, with_seed

WITHOUT_LIMITS = {"SUPPORT_LIMIT_REQUESTS": "0", "SUPPORT_LIMIT_PHOTOS_OF_ADDRESS": "0"}  # all are one address


def main(arguments: list[str]) -> int:
    """Run them and print; the exit code."""
    parser = argparse.ArgumentParser(prog="tests.customers", description="Scripted customers talk to the assistant.")
    parser.add_argument("--seed", type=int, action="append", choices=SEEDS, help="0 where none is given")
    parser.add_argument("words", nargs="*", help="that the name of a customer has to contain")
    given = parser.parse_args(arguments)
    every = [pair for seed in given.seed or [0] for pair in with_seed(seed)]
    pairs = [pair for pair in every if all(word in pair.name for word in given.words)]
    with (
        tempfile.TemporaryDirectory() as var,
        running_stack(Path(var), SUPPORT_DEMO_ORDERS="0", **WITHOUT_LIMITS) as stack,
    ):
        began, at = time.monotonic(), now()
        bring_orders(stack, pairs, Path(var) / "customers.jsonl", at)
        results = [_noted(result) for result in let_all_talk(stack, pairs, at)]
    took_s = time.monotonic() - began
    for part in (misunderstood(results), table(results), summary(results), f"{len(pairs)} customers in {took_s:.0f} s"):
        print(f"\n{part}")
    return 0 if all(result.passed for result in results) else 1


def _noted(result: Result) -> Result:
    if not result.passed:
        print(failure(result), flush=True)
    return result


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
