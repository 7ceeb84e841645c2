"""How long `support train` takes from nothing, for `make bench`."""

from __future__ import annotations

import os
import time
from pathlib import Path

from support.run import environment, model


def training_s(folder: Path) -> float:
    """Seconds of a training in a new folder that has the sources, and neither a model nor a cache. Raises Problem."""
    folder.mkdir()
    for path in environment.ROOT.iterdir():
        if path.name not in ("models", "var", ".rasa"):
            (folder / path.name).symlink_to(path)
    began = time.monotonic()
    _train(folder, force=True)
    return time.monotonic() - began


def have_a_model() -> None:
    """The repository's own is trained, unless it is there: no start that is measured may train. Raises Problem."""
    _train(environment.ROOT)


def _train(root: Path, force: bool = False) -> None:
    ours = {name: value for name, value in os.environ.items() if not name.startswith("SUPPORT_")}
    environ = environment.for_children(ours, environment.read_settings({"SUPPORT_VAR": str(root / "var")}))
    model.train(root, environ, lambda line: None, force)
