"""One tidy log for all processes."""

from __future__ import annotations

import logging
import logging.handlers
import re
import sys
import time
from collections import defaultdict
from collections.abc import Callable
from pathlib import Path
from typing import TextIO

from support.run.tracebacks import Shortener

_COLOUR = re.compile(r"\x1b\[[0-9;?]*[A-Za-z]")
_OWN_TIME = re.compile(r"^\[?\d{4}-\d\d-\d\d[ T]\d\d:\d\d:\d\d(?:[.,]\d+)?(?: ?[+-]\d{4}|Z)?\]?\s*")

OURS = "support"


class Journal:
    """Writes `time  process  line`; a line said again at once is counted, not repeated; a traceback is one line.

    full: gets every line whole. mask: what of a customer's data is taken out of every process's lines; our own, under
    the name of OURS, are about nobody (the demo orders).
    """

    def __init__(
        self,
        out: TextIO | None = None,
        clock: Callable[[], str] = lambda: time.strftime("%H:%M:%S"),
        full: logging.Logger | None = None,
        mask: Callable[[str], str] = str,
    ):
        self._out = out or sys.stdout
        self._full = full
        self._mask = mask
        self._shorteners: defaultdict[str, Shortener] = defaultdict(Shortener)
        self._clock = clock
        self._last: tuple[str, str] | None = None
        self._again = 0

    def write(self, name: str, line: str) -> None:
        """line: as the process printed it; colours and the time it put in front itself are dropped."""
        text = plain(line)
        text = text if name == OURS else self._mask(text)
        if self._full and text:
            self._full.info("%s  %-8s %s", self._clock(), name, text)
        text = self._shorteners[name].shorten(text) or ""
        if not text:
            return
        if (name, text) == self._last:
            self._again += 1
            return
        self.flush()
        self._last = (name, text)
        self._put(name, text)

    def flush(self) -> None:
        """Say how often the last line was said again."""
        if self._again and self._last:
            self._put(self._last[0], f"(the line above {self._again} times more)")
        self._again = 0

    def _put(self, name: str, text: str) -> None:
        self._out = put_line(f"{self._clock()}  {name:<8} {text}", self._out)


def plain(line: str) -> str:
    """A process's line without colours and the time it put in front itself."""
    return _OWN_TIME.sub("", _COLOUR.sub("", line)).rstrip()


def put_line(line: str, out: TextIO) -> TextIO:
    """Writes the line as far as the encoding goes; where to write the next one."""
    encoding = out.encoding or "utf-8"
    try:
        print(line.encode(encoding, "replace").decode(encoding), file=out)
        out.flush()
    except BrokenPipeError:
        return open("/dev/null", "w")  # whoever read the log is gone; we run on
    return out


def full_log(file: Path) -> logging.Logger:
    """Keeps the last few megabytes of every line."""
    log = logging.Logger("full")
    handler = logging.handlers.RotatingFileHandler(file, maxBytes=5_000_000, backupCount=1, delay=True)
    handler.handleError = lambda record: None  # type: ignore[method-assign]  # a full disk is no reason to stop answering
    log.addHandler(handler)
    return log
