"""Whether the five hundredth turn of a conversation costs more than the fifth.

Run:  python -m benchmarks.long_conversation [turns]

One customer asks about the policy in the middle of a request, again and again. Prints the CPU time a turn of each
process for every tenth of the conversation, and the last tenth's as a multiple of the first's. The customer's own does
not depend on the length: what it grows by is the machine.
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
OPENING = ("I want to return my toothbrush, order SC10236", "farah@example.com", "I changed my mind")
LINES = (
    "How long does a refund take?",
    "Who pays the shipping?",
    "Why do you need to know that?",
    "What does the warranty cover?",
    "Can I swap it for another colour?",
    "When are you open?",
    "How do I know that mine is genuine?",
    "I'm not sure",
    "thanks",
)


def main(turns: int) -> None:
    """Talks and prints."""
    with (
        tempfile.TemporaryDirectory() as var,
        running_stack(Path(var), SUPPORT_LIMIT_MESSAGES="0", **WITHOUT_LIMITS) as stack,
    ):
        for _time in ("to warm up", "to measure"):
            customer = Customer(stack.base_url)
            for line in (*OPENING, *LINES):
                customer.say(line)
        lines, tenth = cycle(LINES), max(turns // 10, 1)
        spent: list[dict[str, float]] = []
        for part in range(10):
            before = cpu_ms(stack)
            for line in islice(lines, tenth):
                customer.say(line)
            spent.append({name: (used - before[name]) / tenth for name, used in cpu_ms(stack).items()})
            each = ", ".join(f"{name} {ms:.1f}" for name, ms in spent[-1].items())
            print(f"turns {part * tenth + 1:>4} to {(part + 1) * tenth:>4}: CPU ms a turn: {each}", flush=True)
        assert customer.owner == "bot", customer.transcript()
        grown = ", ".join(f"{name} {spent[-1][name] / ms:.2f}" for name, ms in spent[0].items())
        print(f"the last tenth as a multiple of the first: {grown}")


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else TURNS)
