"""`python -m support.run.tether MODULE ARGUMENT…` runs a module as `python -m` does, and ends when its starter is gone.

The starter holds the other end of our standard input and never writes to it: when it dies, even by kill -9, reading
ends. That holds on every system, also while we are still importing. Works only as leader of a session of its own.
An argument `--option=env:NAME` gets the value of that variable, so that no secret is in the list of processes.
"""

from __future__ import annotations

import os
import re
import runpy
import signal
import sys
import threading
import time
import warnings

GRACE_SECONDS = 5


def _end_with_starter() -> None:
    while os.read(0, 1024):
        pass
    os.kill(os.getpid(), signal.SIGTERM)
    time.sleep(GRACE_SECONDS)
    os.killpg(os.getpgid(0), signal.SIGKILL)


def _leave_out_deprecations() -> None:
    """What libraries tell each other stays out of the log; some of them undo PYTHONWARNINGS."""
    show = warnings.showwarning

    def show_others(message, category, *place) -> None:
        if not issubclass(category, (DeprecationWarning, PendingDeprecationWarning, FutureWarning)):
            show(message, category, *place)

    warnings.showwarning = show_others


def main(argv: list[str]) -> None:
    """Runs argv[0] as __main__ with the rest as its arguments."""
    _leave_out_deprecations()
    threading.Thread(target=_end_with_starter, name="tether", daemon=True).start()
    sys.argv = [re.sub(r"=env:(\w+)$", lambda found: "=" + os.environ[found[1]], part) for part in argv]
    runpy.run_module(argv[0], run_name="__main__", alter_sys=True)


if __name__ == "__main__":
    main(sys.argv[1:])
