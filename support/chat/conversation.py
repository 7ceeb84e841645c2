"""One conversation over the chat API, as any front end has it."""

from __future__ import annotations

import os
import time
import uuid
from collections.abc import Callable
from pathlib import Path

import httpx

POLL_SECONDS = 0.25
PATIENCE_SECONDS = 120


class Refused(Exception):
    """The API said no; the text is its sentence for people."""


class Conversation:
    """Starts a conversation on the first call; carries on when the server comes back after it was gone.

    wait_notice: called once each time the server stops answering, and we begin to wait.
    """

    def __init__(self, http: httpx.Client, wait_notice: Callable[[], None] = lambda: None):
        self._http = http
        self._wait_notice = wait_notice
        self._path = ""
        self._headers: dict[str, str] = {}
        self.seen = 0
        self.working = False

    def start(self, timezone: str | None = None) -> None:
        """Opens the conversation. Raises httpx.TransportError at once if nothing answers."""
        said = _checked(self._http.post("/chat/api/conversations", json={"timezone": timezone} if timezone else {}))
        self._path = f"/chat/api/conversations/{said['id']}"
        self._headers = {"Authorization": f"Bearer {said['token']}"}

    def send(self, **content: object) -> int:
        """Sends text=…, choice=… or photos=[…]: once, however often it has to be tried. Its place in the log."""
        body = {"client_id": str(uuid.uuid4()), **content}
        return int(self._insist("POST", "/messages", json=body)["seq"])

    def upload(self, photo: Path) -> str:
        """Uploads a photo; its id, for send(photos=[…]). Raises Refused, OSError."""
        return str(self._insist("POST", "/photos", files={"file": (photo.name, photo.read_bytes())})["photo"])

    def news(self) -> list[dict]:
        """The messages since last asked, the customer's own left out."""
        said = self._insist("GET", "/messages", params={"after": self.seen})
        self.working = said["working"]
        self.seen = max([self.seen, *(message["seq"] for message in said["messages"])])
        return [message for message in said["messages"] if message["from"] != "customer"]

    def answers(self) -> list[dict]:
        """All messages until the assistant has said what it has to say."""
        until = time.monotonic() + PATIENCE_SECONDS
        messages = self.news()
        while self.working and time.monotonic() < until:
            time.sleep(POLL_SECONDS)
            messages += self.news()
        return messages

    def _insist(self, method: str, path: str, **request: object) -> dict:
        """The answer, asked for again while the server is away or busy. Raises Refused."""
        for attempt in range(PATIENCE_SECONDS):
            try:
                response = self._http.request(method, self._path + path, headers=self._headers, **request)
                if response.status_code < 500 and response.status_code != 429:
                    return _checked(response)
            except httpx.TransportError:
                pass
            if attempt == 0:
                self._wait_notice()
            time.sleep(1)
        raise Refused("the server does not come back")


def _checked(response: httpx.Response) -> dict:
    if response.is_success:
        return response.json()
    try:
        raise Refused(response.json()["error"]["message"])
    except (ValueError, KeyError, TypeError):
        raise Refused(f"the server answered {response.status_code}") from None


def local_timezone() -> str | None:
    """This machine's zone, like Europe/Berlin, if it has a name."""
    named = os.environ.get("TZ") or str(Path("/etc/localtime").resolve()).partition("zoneinfo/")[2]
    return named if "/" in named or named == "UTC" else None
