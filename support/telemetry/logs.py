"""A log of JSON lines: when, how bad, what, and in which conversation and turn.

The two ids travel with the work: `about` binds them for everything that is called inside it, `headers` and
`continue_from` carry them to the next process.
"""

from __future__ import annotations

import json
import logging
import sys
from collections.abc import Mapping, MutableMapping
from contextlib import AbstractContextManager
from typing import Any, TextIO

import structlog
from structlog.contextvars import bind_contextvars, bound_contextvars, clear_contextvars, get_contextvars

BESIDE = ("outcome", "action", "ms")  # what a line of ours may say beside its message
FIELDS = (
    "time",
    "level",
    "logger",
    "message",
    "conversation",
    "turn",
    *BESIDE,
    "exception",
)  # all that a line may have
OURS = ("support", "channels", "actions")  # what these say is written from INFO on
PROBED = ("/health", "/ready")
HEADERS = {"conversation": "X-Conversation", "turn": "X-Turn"}


def about(conversation: str, turn: str = "") -> AbstractContextManager[None]:
    """Every line that is written inside carries these ids."""
    return bound_contextvars(conversation=conversation, **({"turn": turn} if turn else {}))


def headers() -> dict[str, str]:
    """The ids of the conversation and the turn that run here, for a call to another process."""
    known = get_contextvars()
    return {header: known[name] for name, header in HEADERS.items() if known.get(name)}


def continue_from(given: Mapping[str, str]) -> None:
    """The lines of this task carry the ids that the caller sent in these headers, and none of an earlier request."""
    clear_contextvars()
    bind_contextvars(**{name: given[header] for name, header in HEADERS.items() if given.get(header)})


class NoProbe(logging.Filter):
    """Leaves out that a probe was told "not yet": whoever asks knows it, and a start is no error."""

    def filter(self, record: logging.LogRecord) -> bool:
        """Whether the line is about any other request."""
        return getattr(getattr(record, "request", None), "path", "") not in PROBED


def write_json(out: TextIO | None = None) -> None:
    """From now on every logger of this process writes JSON lines, on standard error, and nothing else."""
    handler = logging.StreamHandler(out or sys.stderr)
    handler.setFormatter(_formatter())
    named = (logger for logger in logging.root.manager.loggerDict.values() if isinstance(logger, logging.Logger))
    for logger in (logging.root, *named):
        if logger.handlers:
            logger.handlers.clear()
            logger.propagate = True
    logging.root.addHandler(handler)
    for name in OURS:
        logging.getLogger(name).setLevel(logging.INFO)


def _formatter() -> logging.Formatter:
    before = [
        structlog.contextvars.merge_contextvars,
        structlog.stdlib.add_log_level,
        structlog.stdlib.add_logger_name,
        structlog.stdlib.ExtraAdder(BESIDE),
        structlog.processors.TimeStamper(fmt="iso", utc=True, key="time"),
        structlog.processors.format_exc_info,
    ]
    last = [_only_known, structlog.processors.JSONRenderer(ensure_ascii=False)]
    return structlog.stdlib.ProcessorFormatter(foreign_pre_chain=before, processors=last)


def _only_known(_logger: Any, _method: str, line: MutableMapping[str, Any]) -> dict[str, Any]:
    """The fields we name, in their order: others may hold what a customer said."""
    line["message"] = _event_of(str(line["event"]))
    return {name: line[name] for name in FIELDS if line.get(name)}


def _event_of(message: str) -> str:
    """Rasa's own lines are JSON already, with the words of the conversation in them: of those only what happened."""
    if not message.startswith("{"):
        return message
    try:
        event = json.loads(message).get("event")
    except ValueError:
        return message
    return event if isinstance(event, str) else message
