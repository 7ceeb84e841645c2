"""A customer whose window is told of the answer instead of asking for it: waiting costs the assistant nothing."""

from __future__ import annotations

import json
from collections.abc import Iterator
from types import TracebackType
from typing import Any

from tests.conversations.customer import Customer


class Listener(Customer):
    """Holds the conversation's event stream open, as the widget does. Close it at the end."""

    def __init__(self, base_url: str, timezone: str) -> None:
        super().__init__(base_url, timezone)
        self._opened = self.http.stream("GET", f"/chat/api/conversations/{self.id}/events")
        self._events = self._read(self._opened.__enter__().iter_lines())

    def __enter__(self) -> Listener:
        return self

    def __exit__(self, *_: type[BaseException] | BaseException | TracebackType | None) -> None:
        self._opened.__exit__(None, None, None)
        self.http.close()

    def listen(self, after: int = 0) -> list[dict[str, Any]]:
        """What the assistant says after this message."""
        for event in self._events:
            if event.get("working") is False or (event.get("seq", 0) > after and event["from"] != "customer"):
                got = self.http.get(f"/chat/api/conversations/{self.id}/messages", params={"after": after}).json()
                if got["messages"] and not got["working"]:
                    break
        self.owner = got["owner"]
        said = [message for message in got["messages"] if message["from"] != "customer"]
        self.heard += said
        self.asked += [message["asks"]["fact"] for message in said if message["asks"]]
        return said

    def _read(self, lines: Iterator[str]) -> Iterator[dict[str, Any]]:
        return (json.loads(line.removeprefix("data:")) for line in lines if line.startswith("data:"))
