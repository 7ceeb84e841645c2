"""Customers who talk to the running assistant whatever happens to it, and note all they did, saw and waited."""

from __future__ import annotations

import itertools
import threading
import time
import uuid
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any

import httpx

from support.run.stack import Stack
from tests.conversations.shop import EMAIL

PATIENCE_S = 240  # what is not there by then is lost
SCRIPT: tuple[dict[str, str], ...] = (  # what each says, {number} being an order of their own that has not arrived
    {"text": "cancel order {number} please, " + EMAIL},
    {"choice": "confirm=yes"},
    {"text": "Who pays the postage?"},  # nothing of the case: who is told of it twice was told twice that it is open
)


class Lost(Exception):
    """The assistant did not come back within PATIENCE_S."""


@dataclass
class Visit:
    """One conversation. said: the client_id of every message the assistant took; waited_s: for each whole answer."""

    number: str
    id: str = ""
    token: str = ""
    said: list[str] = field(default_factory=list)
    waited_s: list[float] = field(default_factory=list)
    log: list[dict[str, Any]] = field(default_factory=list)
    owner: str = "bot"
    trouble: str = ""


class Customer:
    """Sends a message again, with its id, until it is taken, and asks again until the whole answer is there: as the
    widget does."""

    def __init__(self, urls: Sequence[str], visit: Visit) -> None:
        self.urls, self.visit = itertools.cycle(urls), visit
        self.http = httpx.Client(timeout=20, verify=False, trust_env=False)

    def talk(self) -> None:
        """The whole script, or as far as a person has not taken over."""
        try:
            opened = self._ask("POST", "", {"timezone": "America/New_York"}).json()
            self.visit.id, self.visit.token = opened["id"], opened["token"]
            for line in SCRIPT:
                if self.visit.owner != "bot":
                    break
                self._say({name: text.format(number=self.visit.number) for name, text in line.items()})
        except Exception as trouble:
            self.visit.trouble = f"{type(trouble).__name__}: {trouble}"
        finally:
            self.http.close()

    def _say(self, message: dict[str, str]) -> None:
        client_id, began = str(uuid.uuid4()), time.monotonic()
        taken = self._ask("POST", f"/{self.visit.id}/messages", {"client_id": client_id, **message})
        if taken.status_code != 202:
            raise Lost(f"{message} was answered {taken.status_code}: {taken.text}")
        self.visit.said.append(client_id)
        while (moment := self._ask("GET", f"/{self.visit.id}/messages?after=0").json())["working"]:
            if time.monotonic() - began > PATIENCE_S:
                raise Lost(f"no answer to {message}")
            time.sleep(0.05)
        self.visit.waited_s.append(time.monotonic() - began)
        self.visit.log, self.visit.owner = moment["messages"], moment["owner"]

    def _ask(self, method: str, path: str, body: dict[str, Any] | None = None) -> httpx.Response:
        """The first answer that is none of trouble on the other side."""
        until = time.monotonic() + PATIENCE_S
        while time.monotonic() < until:
            try:
                headers = {"Authorization": f"Bearer {self.visit.token}"} if self.visit.token else {}
                url = f"{next(self.urls)}/chat/api/conversations{path}"
                answer = self.http.request(method, url, json=body, headers=headers)
                if answer.status_code < 500 and answer.status_code != 429:
                    return answer
            except httpx.HTTPError:
                pass
            time.sleep(0.1)
        raise Lost(f"{method} {path}")


class Crowd:
    """So many customers at a time, one visit after the other, until told to stop."""

    def __init__(self, stack: Stack, size: int, orders: Iterator[str]) -> None:
        self.stack, self.orders, self.visits = stack, orders, []
        self.leaving, self.lock = threading.Event(), threading.Lock()
        self.threads = [threading.Thread(target=self._come_and_go, daemon=True) for _ in range(size)]

    def __enter__(self) -> Crowd:
        for thread in self.threads:
            thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        """Those who are here finish what they have to say."""
        self.leaving.set()
        for thread in self.threads:
            thread.join()

    def await_answers(self, count: int) -> None:
        """Until so many more messages were answered. Raises Lost."""
        wanted, until = self._answered() + count, time.monotonic() + PATIENCE_S
        while self._answered() < wanted:
            if time.monotonic() > until:
                raise Lost(f"no {count} answers within {PATIENCE_S} s")
            time.sleep(0.02)

    def _answered(self) -> int:
        return sum(len(visit.waited_s) for visit in list(self.visits))

    def _come_and_go(self) -> None:
        while not self.leaving.is_set():
            with self.lock:
                visit = Visit(next(self.orders))
                self.visits.append(visit)
            Customer(self.stack.base_urls, visit).talk()
