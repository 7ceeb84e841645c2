"""The log of all processes as JSON lines: time (UTC), process, level, message, and what the process knew beside it."""

from __future__ import annotations

import json
import logging
import re
import sys
from collections import defaultdict
from collections.abc import Callable
from datetime import datetime, timezone
from typing import Any, TextIO

from support.run.journal import OURS, plain, put_line
from support.run.tracebacks import Shortener

_LEVEL = re.compile(r"(?:\S+\s+)?(DEBUG|INFO|WARNING|ERROR|CRITICAL)\b")


def utc_now() -> str:
    return datetime.now(timezone.utc).isoformat(timespec="milliseconds").replace("+00:00", "Z")


class JsonJournal:
    """As Journal, one JSON object a line; what a process does not write as JSON (how it died, say) becomes one.

    full: gets every line, tracebacks whole. mask: as for Journal.
    """

    def __init__(
        self,
        out: TextIO | None = None,
        clock: Callable[[], str] = utc_now,
        full: logging.Logger | None = None,
        mask: Callable[[str], str] = str,
    ):
        self._out = out or sys.stdout
        self._clock, self._full, self._mask = clock, full, mask
        self._shorteners: defaultdict[str, Shortener] = defaultdict(Shortener)

    def write(self, name: str, line: str) -> None:
        """line: as the process printed it."""
        text = plain(line)
        record = _record(text)
        if record is None:
            if self._full and text:
                self._full.info(self._line(name, self._wrapped(text)))
            text = self._shorteners[name].shorten(text) or ""
            record = self._wrapped(text)
        elif self._full:
            self._full.info(self._line(name, record))
        if record["message"]:
            self._out = put_line(self._line(name, record), self._out)

    def flush(self) -> None:
        """Nothing is held back here."""

    def _wrapped(self, text: str) -> dict[str, Any]:
        found = _LEVEL.match(text)
        return {"time": self._clock(), "level": found[1].lower() if found else "info", "message": text}

    def _line(self, name: str, record: dict[str, Any]) -> str:
        masked = record if name == OURS else {key: self._masked(value) for key, value in record.items()}
        return json.dumps({"time": record.get("time") or self._clock(), "process": name} | masked, ensure_ascii=False)

    def _masked(self, value: Any) -> Any:
        return self._mask(value) if isinstance(value, str) else value


def _record(text: str) -> dict[str, Any] | None:
    """What a process of ours wrote as JSON; None: it is something else."""
    if not text.startswith("{"):
        return None
    try:
        found = json.loads(text)
    except ValueError:
        return None
    return found if isinstance(found, dict) and isinstance(found.get("message"), str) else None
