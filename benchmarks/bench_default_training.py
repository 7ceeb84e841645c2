"""Trains this assistant with Rasa's default configuration: python -m benchmarks.bench_default_training FOLDER EPOCHS

Writes default.tar.gz and training.json into the folder: {"seconds", "epochs": {model: seconds of each of its epochs}}.
A process of its own: TensorFlow keeps its memory. Nothing of the default is changed but the number of epochs.
"""

from __future__ import annotations

import json
import logging
import sys
import time
from collections import defaultdict
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import yaml

ROOT = Path(__file__).resolve().parents[1]
MODEL, FIGURES = "default.tar.gz", "training.json"


def configuration(epochs: int) -> dict[str, Any]:
    """Rasa's own default configuration, with so many epochs wherever it names a number of them."""
    import rasa.engine.recipes.config_files as files

    path = Path(next(iter(files.__path__))) / "default_config.yml"
    config = dict(yaml.safe_load(path.read_text(encoding="utf-8")))
    for component in (*config["pipeline"], *config["policies"]):
        if "epochs" in component:
            component["epochs"] = epochs
    return config


@contextmanager
def epochs_timed() -> Iterator[dict[str, list[float]]]:
    """How long each epoch of each model of Rasa's takes, in seconds, by the model's class."""
    from rasa.utils.tensorflow.models import RasaModel
    from tensorflow.keras.callbacks import Callback

    took: dict[str, list[float]] = defaultdict(list)
    fit = RasaModel.fit

    class Watch(Callback):
        def __init__(self, seconds: list[float]) -> None:
            super().__init__()
            self.seconds = seconds

        def on_epoch_begin(self, epoch: int, logs: Any = None) -> None:
            self.began = time.perf_counter()

        def on_epoch_end(self, epoch: int, logs: Any = None) -> None:
            self.seconds.append(time.perf_counter() - self.began)

    def watched(self: Any, *arguments: Any, callbacks: Any = None, **settings: Any) -> Any:
        watch = Watch(took[type(self).__name__])
        return fit(self, *arguments, callbacks=[*(callbacks or ()), watch], **settings)

    RasaModel.fit = watched
    try:
        yield took
    finally:
        RasaModel.fit = fit


def main(folder: Path, epochs: int) -> None:
    """Trains, writes."""
    import rasa.model_training
    from rasa.utils.log_utils import configure_structlog

    configure_structlog(logging.WARNING)
    config = folder / "config.yml"
    config.write_text(yaml.safe_dump(configuration(epochs), sort_keys=False), encoding="utf-8")
    began = time.perf_counter()
    with epochs_timed() as took:
        trained = rasa.model_training.train(
            domain=str(ROOT / "domain.yml"),
            config=str(config),
            training_files=[str(ROOT / "data")],
            output=str(folder),
            fixed_model_name=MODEL,
        )
    if not trained.model:
        raise SystemExit(f"Rasa's default was not trained: code {trained.code}")
    figures = {"seconds": time.perf_counter() - began, "epochs": took}
    (folder / FIGURES).write_text(json.dumps(figures), encoding="utf-8")


if __name__ == "__main__":
    main(Path(sys.argv[1]), int(sys.argv[2]))
