"""Commands that see the file system as a container with a read-only root does."""

from __future__ import annotations

import os
from collections.abc import Sequence

CONFINE = """
while [ "$1" != -- ]; do mount --bind "$1" "$1"; shift; done
shift
mount --bind "$PWD" "$PWD"
mount -o remount,bind,ro "$PWD"
mount -o remount,bind,ro /
cd "$PWD"
exec "$@"
"""


def confined(command: Sequence[str], writable: Sequence[str] = ()) -> list[str]:
    """The command, able to write below these folders alone, and never in the one where it is started.

    It is the process itself that is started: signals reach it.
    """
    as_root = [] if os.getuid() == 0 else ["--map-root-user"]
    return ["unshare", "--mount", *as_root, "sh", "-euc", CONFINE, "confined", *writable, "--", *command]
