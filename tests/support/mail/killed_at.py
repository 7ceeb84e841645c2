"""Runs the mailroom and ends it with SIGKILL, once, when a function is called or returns.

KILL_AT=module:function:event names the point. Nothing of ours is changed for that: Python tells us of every call.
"""

import importlib
import os
import runpy
import signal
import sys
import threading
from pathlib import Path
from types import FrameType
from typing import Any

import django

MODULE, FUNCTION, EVENT = os.environ["KILL_AT"].split(":")
DONE = Path(os.environ["KILLED_ONCE"])


def watch(frame: FrameType, event: str, _: Any) -> None:
    if event != EVENT or frame.f_code.co_name != FUNCTION or frame.f_globals.get("__name__") != MODULE:
        return
    if not DONE.exists():
        DONE.touch()
        os.kill(os.getpid(), signal.SIGKILL)


if __name__ == "__main__":
    django.setup()
    importlib.import_module("support.mail.mailroom")  # reading the code need not be watched
    threading.setprofile(watch)
    sys.setprofile(watch)
    runpy.run_module("support.mail", run_name="__main__")
