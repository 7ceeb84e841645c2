"""Whether the five hundredth turn of a conversation costs more than the fifth.

Run:  python -m benchmarks.long_conversation [turns]

One customer asks about the policy in the middle of a request, answers, changes their mind and asks again. Prints the
CPU time a turn of each process for every tenth of the conversation, and the last tenth's as a multiple of the first's.
"""

from __future__ import annotations

import sys
import tempfile
from itertools import cycle, islice
from pathlib import Path

from benchmarks.customers import cpu_ms
from support.run.stack import running_stack
from tests.conversations.customer import Customer
from tests.customers.__main__ import WITHOUT_LIMITS

TURNS = 500
LINES = (
    "I want to return my toothbrush, order SC10234",
    "How long does a refund take?",
    "farah@example.com",
    "Who pays the shipping?",
    "I changed my mind",
    "Why do you need to know that?",
    "it was never opened",
    "forget it",
    "thanks",
    "What does the warranty cover?",
)


def main(turns: int) -> None:
    """Talks and prints."""
    with tempfile.TemporaryDirectory() as var, running_stack(Path(var), **WITHOUT_LIMITS) as stack:
        warm = Customer(stack.base_url)
        for line in LINES:
            warm.say(line)
        customer, lines, tenth = Customer(stack.base_url), cycle(LINES), max(turns // 10, 1)
        spent: list[dict[str, float]] = []
        for part in range(10):
            before = cpu_ms(stack)
            for line in islice(lines, tenth):
                customer.say(line)
            spent.append({name: (used - before[name]) / tenth for name, used in cpu_ms(stack).items()})
            each = ", ".join(f"{name} {ms:.1f}" for name, ms in spent[-1].items())
            print(f"turns {part * tenth + 1:>4} to {(part + 1) * tenth:>4}: CPU ms a turn: {each}", flush=True)
        grown = ", ".join(f"{name} {spent[-1][name] / ms:.2f}" for name, ms in spent[0].items())
        print(f"the last tenth as a multiple of the first: {grown}")


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else TURNS)
