"""Rasa's default pipeline (DIET and all) trained on given lines: python benchmarks/nlu_default.py in.json out.json

in.json: {"lines": [[text, intent], …], "texts": [text, …], "minutes"}. out.json: {"rankings", "accepted"}, one each a
text, and what it cost: {"seconds", "cpu", "milliseconds" (of CPU, the median), "memory_mb", "epochs"}. Rasa trains 100
epochs; the first epoch that ends after so many minutes is the last. A process of its own: TensorFlow keeps its memory.
"""

from __future__ import annotations

import asyncio
import json
import logging
import statistics
import sys
import tempfile
import time
from collections import defaultdict
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import yaml

sys.path.insert(0, str(Path(__file__).parent.parent))

from benchmarks.nlu_cost import memory_mb

FALLBACK = "nlu_fallback"


def default_pipeline() -> dict[str, Any]:
    """Rasa's own default configuration, word for word, without the dialogue policies."""
    import rasa.engine.recipes.config_files as files

    path = Path(next(iter(files.__path__))) / "default_config.yml"
    config = yaml.safe_load(path.read_text(encoding="utf-8"))
    return {key: config[key] for key in ("recipe", "assistant_id", "language", "pipeline")}


def write_lines(lines: list[list[str]], path: Path) -> None:
    """Training data as Rasa reads it; a line keeps its brackets out of the entity syntax."""
    by_intent = defaultdict(list)
    for text, intent in lines:
        by_intent[intent].append(" ".join(text.replace("[", "(").replace("]", ")").split()))
    blocks = [
        {"intent": intent, "examples": "\n".join(f"- {text}" for text in texts) + "\n"}
        for intent, texts in by_intent.items()
    ]
    path.write_text(yaml.safe_dump({"version": "3.1", "nlu": blocks}, allow_unicode=True), encoding="utf-8")


@contextmanager
def stopped_after(minutes: float) -> Iterator[list[float]]:
    """Ends the training of any model of Rasa with an epoch, once the time is over; yields when each epoch ended."""
    from rasa.utils.tensorflow.models import RasaModel
    from tensorflow.keras.callbacks import Callback

    ends: list[float] = []
    began, fit = time.perf_counter(), RasaModel.fit

    class Watch(Callback):
        def on_epoch_end(self, epoch: int, logs: Any = None) -> None:
            ends.append(time.perf_counter() - began)
            self.model.stop_training = ends[-1] >= minutes * 60

    def watched(self: Any, *arguments: Any, callbacks: Any = None, **settings: Any) -> Any:
        return fit(self, *arguments, callbacks=[*(callbacks or ()), Watch()], **settings)

    RasaModel.fit = watched
    try:
        yield ends
    finally:
        RasaModel.fit = fit


async def rank_all(model: str, texts: list[str]) -> tuple[list[Any], list[bool], float]:
    """The ranking of each text without the fallback, whether it was accepted, and the median CPU milliseconds."""
    from rasa.core.agent import Agent

    agent = Agent.load(model)
    await agent.parse_message("warm up")
    rankings, accepted, spent = [], [], []
    for text in texts:
        started = time.process_time()
        parsed = await agent.parse_message(text)
        spent.append((time.process_time() - started) * 1000)
        rankings.append(
            [[one["name"], one["confidence"]] for one in parsed["intent_ranking"] if one["name"] != FALLBACK]
            or [["out_of_scope", 1.0]]
        )
        accepted.append(parsed["intent"]["name"] not in (FALLBACK, None))
    return rankings, accepted, statistics.median(spent)


def main(given: Path, told: Path) -> None:
    """Trains, ranks, writes."""
    import rasa.model_training
    from rasa.utils.log_utils import configure_structlog

    configure_structlog(logging.WARNING)
    task = json.loads(given.read_text(encoding="utf-8"))
    with tempfile.TemporaryDirectory() as folder:
        config, lines = Path(folder) / "config.yml", Path(folder) / "nlu.yml"
        config.write_text(yaml.safe_dump(default_pipeline(), sort_keys=False), encoding="utf-8")
        write_lines(task["lines"], lines)
        began, started = time.perf_counter(), time.process_time()
        with stopped_after(task["minutes"]) as ends:
            model = rasa.model_training.train_nlu(str(config), str(lines), folder)
        seconds, cpu = time.perf_counter() - began, time.process_time() - started
        rankings, accepted, milliseconds = asyncio.run(rank_all(model, task["texts"]))
    figures = {"seconds": seconds, "cpu": cpu, "milliseconds": milliseconds, "memory_mb": memory_mb()}
    figures["epochs"] = len(ends)
    told.write_text(json.dumps({"rankings": rankings, "accepted": accepted, **figures}), encoding="utf-8")


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]))
