"""The secrets nobody has to think of: made on the first run, kept in SUPPORT_VAR/secrets.

A process alone makes none: the others could not know it.
"""

from __future__ import annotations

import os
import secrets
from collections.abc import Mapping
from pathlib import Path

from support.run.problem import Problem

FILES = {"SUPPORT_SECRET_KEY": "django-key", "SUPPORT_INTERNAL_TOKEN": "internal-token"}

ENOUGH_FOR_RASA = ("SUPPORT_INTERNAL_TOKEN",)


def check_keys(values: Mapping[str, str], kind: str) -> None:
    """Raises Problem for the first secret that this kind of process needs and was not given."""
    for name in ENOUGH_FOR_RASA if kind == "rasa" else FILES:
        if not values[name]:
            raise Problem(f"{name} is not set: a process alone does not make it up, all of them share one")


def fill_in_keys(values: dict[str, str]) -> dict[str, str]:
    """The settings with every secret in place; one that is not set is read from its file, made if missing.

    Raises Problem: a file that cannot be read or made.
    """
    folder = Path(values["SUPPORT_VAR"], "secrets")
    try:
        return values | {name: values[name] or _kept(folder / file) for name, file in FILES.items()}
    except OSError as error:
        raise Problem(f"cannot use {error.filename} ({error.strerror}): SUPPORT_VAR sets the folder") from error


def _kept(file: Path) -> str:
    file.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    try:
        descriptor = os.open(file, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    except FileExistsError:
        return file.read_text().strip() or _replaced(file)
    with os.fdopen(descriptor, "w") as out:
        key = secrets.token_hex(32)  # no - at its start: it is an argument of Rasa's
        out.write(key)
    return key


def _replaced(file: Path) -> str:
    """A file left empty by a full disk is made anew."""
    file.unlink()
    return _kept(file)
