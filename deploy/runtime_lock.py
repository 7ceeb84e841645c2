"""`python deploy/runtime_lock.py`: what of requirements.lock is needed to run, not to develop; with its hashes.

The lock says of each package what wanted it ("via"). Needed is what pyproject.toml names outside its dev list, and on,
but for TensorFlow and what only it wants: nothing of ours loads it (support/run/rasa.py), and it is half of an image.
"""

from __future__ import annotations

import re
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
OURS = "soocas-support"
NEVER_LOADED = re.compile(r"tensorflow\b|keras$|tensorboard\b")


def needed(lock: str, project: str) -> str:
    """The part of the lock's text."""
    every = {_name(block): block for block in re.split(r"\n(?=[a-z0-9])", lock.strip()) if not block.startswith("#")}
    blocks = {name: block for name, block in every.items() if not NEVER_LOADED.match(name)}
    named = {_name(wish) for wish in re.findall(r'"([^"]+)"', _dependencies(project))}
    kept = named & blocks.keys()
    while more := {name for name, block in blocks.items() if name not in kept and _wanted_by(block) & kept}:
        kept |= more
    return "\n".join(block for name, block in blocks.items() if name in kept) + "\n"


def _dependencies(project: str) -> str:
    found = re.search(r"^dependencies = \[$(.*?)^\]$", project, re.MULTILINE | re.DOTALL)
    assert found, "pyproject.toml has no list of dependencies"
    return re.sub(r"\s#.*", "", found[1])


def _name(wish: str) -> str:
    return re.split(r"[^a-z0-9.-]", wish.lower(), maxsplit=1)[0].replace(".", "-")


def _wanted_by(block: str) -> set[str]:
    via = block.partition("# via")[2]
    return {_name(line.strip(" #")) for line in via.splitlines() if line.strip(" #")} - {OURS}


if __name__ == "__main__":
    sys.stdout.write(needed((ROOT / "requirements.lock").read_text(), (ROOT / "pyproject.toml").read_text()))
