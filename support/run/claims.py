"""What must be free before anything is started: the ports, the folder for data, and room for open connections."""

from __future__ import annotations

import fcntl
import json
import os
import resource
import socket
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

from support.run.environment import PORTS, ports_of
from support.run.problem import Problem

OPEN_FILES = 65_536
NEEDED_FILES = ("config.yml", "domain.yml", "credentials.yml", "endpoints.yml", "data", "requirements.lock")


def check_files(root: Path) -> None:
    """Raises Problem for the first file the processes cannot do without."""
    for name in NEEDED_FILES:
        if not (root / name).exists():
            raise Problem(f"{name} is missing in {root}: `git restore {name}` brings it back")


def check_ports(values: Mapping[str, str], settings: Iterable[str] = PORTS) -> None:
    """Raises Problem for the first of these ports that cannot be listened on."""
    for setting in settings:
        where = "SUPPORT_WEB_HOST" if setting == "SUPPORT_WEB_PORT" else "SUPPORT_INNER_HOST"
        for port in ports_of(values, setting):
            _check_port(where, values[where], port, setting)


def allow_open_files() -> None:
    """As many open files for us and what we start as the system lets us have, up to OPEN_FILES: a stream each is one.

    Shells often start programs with 1,024, which a web process would have used up at as many open chats.
    """
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    wanted = OPEN_FILES if hard == resource.RLIM_INFINITY else min(OPEN_FILES, hard)
    if soft != resource.RLIM_INFINITY and soft < wanted:
        resource.setrlimit(resource.RLIMIT_NOFILE, (wanted, hard))


def _check_port(where: str, host: str, port: int, setting: str) -> None:
    try:
        found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM, flags=socket.AI_PASSIVE)[0]
    except socket.gaierror as error:
        raise Problem(f"{where} is {host!r}: no address of this machine ({error.strerror})") from error
    with socket.socket(found[0], socket.SOCK_STREAM) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind(found[4])
        except PermissionError as error:
            raise Problem(f"port {port} on {host} needs more rights: set {setting} to one above 1023") from error
        except OSError as error:
            raise Problem(
                f"port {port} on {host} cannot be used ({error.strerror}): set {setting} to another"
            ) from error


@contextmanager
def claimed(var: Path) -> Iterator[Path]:
    """Holds the data folder against a second start; its `run` folder. Raises Problem: held, or cannot be written."""
    folder = var / "run"
    try:
        folder.mkdir(parents=True, exist_ok=True)
        lock = open(folder / "lock", "a")  # noqa: SIM115 - held open below
    except OSError as error:
        raise Problem(f"cannot write in {folder} ({error.strerror}): SUPPORT_VAR sets the folder") from error
    with lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError as error:
            raise Problem(
                f"the assistant already runs on {var}: stop it, or set SUPPORT_VAR to another folder"
            ) from error
        yield folder


def write_state(folder: Path, state: Mapping[str, object]) -> None:
    """Says what runs, for tests and for people, in state.json; whole at every moment."""
    unfinished = folder / "state.unfinished.json"
    unfinished.write_text(json.dumps(state, indent=1))
    os.replace(unfinished, folder / "state.json")
