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
    ours = {name: value for name, value in os.environ.items() if not name.startswith("SUPPORT_")}
    environ = environment.for_children(ours, environment.read_settings({"SUPPORT_VAR": str(folder / "var")}))
    began = time.monotonic()
    model.train(folder, environ, lambda line: None, force=True)
    return time.monotonic() - began
