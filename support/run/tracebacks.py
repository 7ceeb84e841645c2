"""Tracebacks in one line each: what happened, and where. In full they stand in SUPPORT_VAR/run/full.log."""

from __future__ import annotations

import re
from pathlib import PurePath

_START = "Traceback (most recent call last):"
_LINKS = ("The above exception was the direct cause", "During handling of the above exception")
_FRAME = re.compile(r'\s+File "(?P<file>[^"]+)", line (?P<line>\d+)(?:, in (?P<function>\S+))?')


class Shortener:
    """For the lines of one process, in their order."""

    def __init__(self) -> None:
        self._inside = False
        self._place = ""

    def shorten(self, line: str) -> str | None:
        """The line; None for the inside of a traceback; its last line comes with the place it was raised at."""
        if line.rstrip().endswith(_START):
            self._inside, self._place = True, ""
            before = line.rstrip().removesuffix(_START).rstrip()
            return before or None
        if line.startswith(_LINKS):
            return None
        if not self._inside:
            return line
        if line[:1].isspace() or not line:
            frame = _FRAME.match(line)
            if frame:
                function = f" in {frame['function']}" if frame["function"] else ""
                self._place = f" ({PurePath(frame['file']).name}:{frame['line']}{function})"
            return None
        self._inside = False
        return line.rstrip() + self._place
