"""A customer whose window is told of the answer instead of asking for it: waiting costs the assistant nothing."""

from __future__ import annotations

import json
import re
import time
from collections.abc import Iterator
from datetime import datetime
from types import TracebackType
from typing import Any

from tests.conversations.customer import PATIENCE_SECONDS, Customer


class Listener(Customer):
    """Holds the conversation's event stream open, as the widget does. Close it at the end."""

    def __init__(self, base_url: str, timezone: str) -> None:
        super().__init__(base_url, timezone)
        self.working, self.working_told_after, self.last_seq = False, 0, 0
        self._opened = self.http.stream("GET", f"/chat/api/conversations/{self.id}/events")
        self._events = self._read(self._opened.__enter__().iter_lines())

    def __enter__(self) -> Listener:
        return self

    def __exit__(self, *_: type[BaseException] | BaseException | TracebackType | None) -> None:
        self._opened.__exit__(None, None, None)
        self.http.close()

    def listen(self, after: int = 0) -> list[dict[str, Any]]:
        """What the assistant says after this message."""
        until = time.monotonic() + PATIENCE_SECONDS
        said: list[dict[str, Any]] = []
        for event in self._events:
            assert time.monotonic() < until, f"no answer within {PATIENCE_SECONDS} s:\n{self.transcript()}"
            self._note(event, after, said)
            was_told = self.working_told_after >= after and not self.working
            if said and was_told:
                break
            if (said and not self.working) or not event:  # several changes came as one: is there more?
                got = self.http.get(f"/chat/api/conversations/{self.id}/messages", params={"after": after}).json()
                if not got["working"]:
                    self.owner, said = got["owner"], [one for one in got["messages"] if one["from"] != "customer"]
                    break
        self.heard += said
        self.asked += [message["asks"]["fact"] for message in said if message["asks"]]
        return said

    def _note(self, event: dict[str, Any], after: int, said: list[dict[str, Any]]) -> None:
        self.owner = event.get("owner", self.owner)
        if "working" in event:
            self.working, self.working_told_after = event["working"], self.last_seq
        if "seq" in event:
            self.last_seq = event["seq"]
            if event["seq"] > after and event["from"] != "customer":
                said.append(event)

    def answered_in_ms(self) -> list[float]:
        """How long each answer took, from the customer's message in the log to the last of the answer."""
        got = self.http.get(f"/chat/api/conversations/{self.id}/messages", params={"after": 0}).json()
        took: list[float] = []
        said = None
        for message in got["messages"]:
            if message["from"] == "customer":
                said = _instant(message["at"])
                took.append(0.0)
            elif said and took:
                took[-1] = (_instant(message["at"]) - said).total_seconds() * 1000
        return [ms for ms in took if ms]

    def _read(self, lines: Iterator[str]) -> Iterator[dict[str, Any]]:
        """The events; an empty one when nothing has happened for a while."""
        for line in lines:
            if line.startswith("data:"):
                yield json.loads(line.removeprefix("data:"))
            elif line.startswith(":"):
                yield {}


def _instant(text: str) -> datetime:
    return datetime.fromisoformat(re.sub(r"Z$", "+00:00", text))
