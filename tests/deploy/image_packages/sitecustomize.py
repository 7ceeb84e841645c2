"""On PYTHONPATH this hides from Python the modules that the variable NOT_IN_THE_IMAGE names."""

import os
import sys
from importlib.abc import MetaPathFinder


class NotInTheImage(MetaPathFinder):
    """Refuses what is named before anybody else can find it."""

    def __init__(self, modules: list[str]) -> None:
        self._modules = frozenset(modules)

    def find_spec(self, name: str, *_: object) -> None:
        if name.partition(".")[0] in self._modules:
            raise ModuleNotFoundError(f"No module named {name!r} in the image", name=name)


sys.meta_path.insert(0, NotInTheImage(os.environ.get("NOT_IN_THE_IMAGE", "").split()))
