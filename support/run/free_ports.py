"""Ports for what is started beside something else: all processes of this machine get each of them from one row.

A port that the system picks (bind to 0) is free only at that moment: until it is listened on, another process may be
given the same one, or a connection leaves by it, also while a server that had it is down. These are below the ports
that connections leave by (Linux from 32768, macOS from 49152), and none comes again before all others did.
"""

from __future__ import annotations

import fcntl
import os
import socket
import tempfile
from pathlib import Path

FIRST, LAST = 12_000, 31_999


def free_port() -> int:
    """One that nothing listens on now, on 127.0.0.1."""
    return free_ports(1)[0]


def free_ports(count: int) -> list[int]:
    """So many, one after the other."""
    with os.fdopen(os.open(_row(), os.O_RDWR | os.O_CREAT | os.O_NOFOLLOW, 0o600), "r+") as row:
        fcntl.flock(row, fcntl.LOCK_EX)
        ports = _next(int(row.read() or FIRST), count)
        row.seek(0)
        row.truncate()
        row.write(str(ports[-1] + 1))
        row.flush()  # before another process reads it
    return list(ports)


def _next(first: int, count: int) -> range:
    for _ in range(LAST - FIRST):
        ports = range(first, first + count)
        if ports[-1] > LAST:
            first = FIRST
        elif not (taken := [port for port in ports if not _is_free(port)]):
            return ports
        else:
            first = taken[-1] + 1
    raise OSError(f"no {count} free ports in a row between {FIRST} and {LAST}")


def _row() -> Path:
    """Where the next port is noted, for all processes of this user."""
    return Path(tempfile.gettempdir()) / f"support-next-port-{os.getuid()}"


def _is_free(port: int) -> bool:
    with socket.socket() as probe:
        try:
            probe.bind(("127.0.0.1", port))
        except OSError:
            return False
        return True
