"""What understanding costs inside Rasa: python benchmarks/nlu_cost.py [model, default the newest of models/] [--json]

Prints CPU time of a message (median, 95th percentile), the share of each component, and the memory of the process that
has the model loaded. The messages are our own training lines, 300 of them drawn once and for all.
"""

from __future__ import annotations

import asyncio
import json
import logging
import random
import statistics
import sys
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import Any

ROOT = Path(__file__).parent.parent
sys.path.insert(0, str(ROOT))

import benchmarks.nlu as nlu  # noqa: E402
from nlu.classifier import HybridIntentClassifier  # noqa: E402
from nlu.encoder import SentenceEncoder  # noqa: E402
from nlu.entities import EntityMatcher  # noqa: E402
from nlu.speller import SpellingCorrector  # noqa: E402
from nlu.zones import ZoneMarker  # noqa: E402

COMPONENTS = (SpellingCorrector, SentenceEncoder, HybridIntentClassifier, ZoneMarker, EntityMatcher)


def memory_mb(what: str = "VmRSS") -> float:
    """Resident memory of this process now, or at its highest (VmHWM)."""
    status = Path("/proc/self/status").read_text()
    return next(int(line.split()[1]) for line in status.splitlines() if line.startswith(what)) / 1024


@contextmanager
def timed(component: type, spent: dict[str, list[float]]) -> Iterator[None]:
    """Adds the CPU milliseconds of every call of component.process."""
    process = component.process

    def measured(self: Any, messages: Any) -> Any:
        started = time.process_time()
        result = process(self, messages)
        spent.setdefault(component.__name__, []).append((time.process_time() - started) * 1000)
        return result

    component.process = measured
    try:
        yield
    finally:
        component.process = process


def draw_messages(count: int = 300) -> list[str]:
    """The same lines every time."""
    lines = [text for text, _ in nlu.our_lines()]
    return random.Random(0).sample(lines, min(count, len(lines)))


async def measure(model: Path, texts: list[str]) -> dict[str, float]:
    """Median and 95th percentile of the CPU milliseconds of a parse, by component, and the memory in MB."""
    from rasa.core.agent import Agent
    from rasa.utils.log_utils import configure_structlog

    configure_structlog(logging.WARNING)  # a parse is logged in full otherwise, and that takes time too
    spent: dict[str, list[float]] = {}
    with ExitStack() as stack:
        for component in COMPONENTS:
            stack.enter_context(timed(component, spent))
        agent = Agent.load(model)
        for text in texts[:20]:
            await agent.parse_message(text)
        spent.clear()
        loaded = memory_mb()
        for text in texts:
            started = time.process_time()
            await agent.parse_message(text)
            spent.setdefault("all", []).append((time.process_time() - started) * 1000)
    figures = {name: statistics.median(times) for name, times in spent.items()}
    figures["all, 95th percentile"] = statistics.quantiles(spent["all"], n=20)[-1]
    return {**figures, "memory_mb": loaded, "memory_after_mb": memory_mb()}


def main(arguments: list[str]) -> None:
    """Prints the figures, for people or with --json in one line."""
    named = [Path(argument) for argument in arguments if argument != "--json"]
    models = named or sorted((ROOT / "models").glob("*.tar.gz"), key=lambda path: path.stat().st_mtime)
    if not models:
        sys.exit("There is no model yet: make train")
    figures = asyncio.run(measure(models[-1], draw_messages()))
    if "--json" in arguments:
        print(json.dumps(figures))
        return
    for name, figure in figures.items():
        print(f"{name:<26} {figure:8.2f} {'MB' if 'memory' in name else 'ms of CPU'}")


if __name__ == "__main__":
    main(sys.argv[1:])
