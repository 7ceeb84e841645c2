"""deploy/compose.yml as its processes see it: who has which command, environment and health check."""

from __future__ import annotations

import re
import subprocess
import sys
from functools import cache
from importlib.metadata import distributions
from pathlib import Path
from typing import Any

import yaml

from support.run.environment import ROOT

DEPLOY = ROOT / "deploy"
FILLED = re.compile(r"\$\{(\w+)(?::\?|:-([^}]*))\}")
OURS = ("web-1", "web-2", "rasa-1", "rasa-2", "actions", "mailroom", "prepare")
SECRETS = {
    name: name.lower().replace("_", "0") + 32 * "7"
    for name in (
        "POSTGRES_PASSWORD",
        "RASA_PASSWORD",
        "RABBITMQ_PASSWORD",
        "SUPPORT_SECRET_KEY",
        "SUPPORT_INTERNAL_TOKEN",
    )
}


@cache
def composition() -> dict[str, Any]:
    """The file, anchors put in, with the environment of example.env."""
    return filled_in(yaml.safe_load((DEPLOY / "compose.yml").read_text()))


def example_env() -> dict[str, str]:
    """example.env, with secrets where it wants some."""
    lines = [line for line in (DEPLOY / "example.env").read_text().splitlines() if line and not line.startswith("#")]
    return dict(line.split("=", 1) for line in lines) | SECRETS


def filled_in(part: Any) -> Any:
    """With every ${…} replaced, as Compose does it. A name that must be given and is not: KeyError."""
    if isinstance(part, dict):
        return {key: filled_in(value) for key, value in part.items()}
    if isinstance(part, list):
        return [filled_in(value) for value in part]
    if isinstance(part, str):
        given = example_env()
        return FILLED.sub(lambda found: given.get(found[1], found[2]) or given[found[1]], part)
    return part


def image_env() -> dict[str, str]:
    """What the image's last stage puts into the environment."""
    last = (DEPLOY / "Containerfile").read_text().rpartition("\nFROM ")[2].replace("\\\n", " ")
    pairs = (pair.split("=", 1) for line in re.findall(r"^ENV (.*)$", last, re.MULTILINE) for pair in line.split())
    return dict(pairs)


def environment_of(service: str) -> dict[str, str]:
    """All that a process of this service finds in its environment."""
    described = composition()["services"][service]
    from_file = example_env() if described.get("env_file") == [".env"] else {}
    return image_env() | from_file | described.get("environment", {})


def settings_of(service: str) -> dict[str, str]:
    return {name: value for name, value in environment_of(service).items() if name.startswith("SUPPORT_")}


@cache
def runtime_lock() -> str:
    """The lock that the image is made from."""
    command = [sys.executable, str(DEPLOY / "runtime_lock.py")]
    return subprocess.run(command, capture_output=True, text=True, check=True).stdout


@cache
def not_in_the_image() -> tuple[str, ...]:
    """The top-level modules that are installed here for developers alone, or that nothing of ours loads."""
    kept = set(re.findall(r"^([a-z0-9][a-z0-9.-]*)==", runtime_lock(), re.MULTILINE))
    modules: dict[bool, set[str]] = {True: set(), False: set()}
    for package in distributions():
        is_kept = re.sub(r"[-_.]+", "-", package.metadata["Name"]).lower() in kept
        modules[is_kept].update(
            file.parts[0].removesuffix(".py") for file in package.files or () if file.suffix == ".py"
        )
    return tuple(sorted(modules[False] - modules[True]))


def command_of(service: str) -> list[str]:
    return composition()["services"][service]["command"]


def host_file(path: str) -> Path:
    """A file of ours that the compose file lays into a container."""
    return DEPLOY / path
