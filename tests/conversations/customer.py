"""A customer of the running assistant: talks over the chat API and answers what is asked from what they know."""

from __future__ import annotations

import io
import time
import uuid
from collections.abc import Mapping
from typing import Any

import httpx
from PIL import Image

PATIENCE_SECONDS = 30
IDLE_SECONDS = 2  # a connection left alone for longer is not used again: the server closes it after five


class Customer:
    """One conversation. Everything it hears is in `heard`, oldest first."""

    def __init__(self, base_url: str, timezone: str = "America/New_York") -> None:
        # On loopback, without TLS: reading all the certificates there are takes longer than a turn.
        limits = httpx.Limits(keepalive_expiry=IDLE_SECONDS)
        self.http = httpx.Client(
            base_url=base_url, timeout=PATIENCE_SECONDS, limits=limits, verify=False, trust_env=False
        )
        opened = self.http.post("/chat/api/conversations", json={"timezone": timezone}).json()
        self.id = opened["id"]
        self.http.headers["Authorization"] = f"Bearer {opened['token']}"
        self.heard: list[dict[str, Any]] = []
        self.owner = "bot"
        self.asked: list[str] = []

    def say(self, text: str) -> list[dict[str, Any]]:
        """Type something and wait for the answer."""
        return self.send(text=text)

    def choose(self, payload: str) -> list[dict[str, Any]]:
        """Press the button with this payload and wait for the answer."""
        return self.send(choice=payload)

    def send_photo(self, text: str | None = None) -> list[dict[str, Any]]:
        """Take a photo, send it and wait for the answer."""
        sent = self.http.post(f"/chat/api/conversations/{self.id}/photos", files={"file": ("p.jpg", photo())})
        assert sent.status_code == 201, sent.text
        return self.send(photos=[sent.json()["photo"]], **({"text": text} if text else {}))

    def send(self, **message: Any) -> list[dict[str, Any]]:
        """Post a message and wait until the assistant has said all it has to say."""
        posted = self.post(**message)
        assert posted.status_code == 202, posted.text
        return self.listen(posted.json()["seq"])

    def post(self, client_id: str | None = None, **message: Any) -> httpx.Response:
        """Post a message without waiting."""
        body = {"client_id": client_id or str(uuid.uuid4()), **message}
        return self.http.post(f"/chat/api/conversations/{self.id}/messages", json=body)

    def listen(self, after: int = 0) -> list[dict[str, Any]]:
        """What the assistant says after this message."""
        until = time.monotonic() + PATIENCE_SECONDS
        while True:
            got = self.http.get(f"/chat/api/conversations/{self.id}/messages", params={"after": after}).json()
            if not got["working"]:
                break
            assert time.monotonic() < until, f"no answer within {PATIENCE_SECONDS} s:\n{self.transcript()}"
            time.sleep(0.02)
        self.owner = got["owner"]
        said = [message for message in got["messages"] if message["from"] != "customer"]
        self.heard += said
        self.asked += [message["asks"]["fact"] for message in said if message["asks"]]
        return said

    def question(self) -> str | None:
        """The fact of the open question."""
        open_questions = [message["asks"]["fact"] for message in self._last_turn() if message["asks"]]
        return open_questions[-1] if open_questions else None

    def choices(self) -> dict[str, str]:
        """The buttons of the last turn: payload to title."""
        return {c["payload"]: c["title"] for message in self._last_turn() for c in message["choices"]}

    def answer_all(self, facts: Mapping[str, Any], turns: int = 25) -> None:
        """Answer question after question from these facts, until one comes that they do not know, or none."""
        for _ in range(turns):
            fact = self.question()
            if fact not in facts:
                return
            self.answer(fact, facts[fact])
        raise AssertionError(f"still asking after {turns} turns:\n{self.transcript()}")

    def answer(self, fact: str, value: Any) -> list[dict[str, Any]]:
        """Answer one question: by its button when there is one, else in words."""
        if fact == "evidence.photos":
            return self.send_photo()
        text = {True: "true", False: "false"}.get(value, str(value))
        payload = f"{fact}={text}"
        return self.choose(payload) if payload in self.choices() else self.say(text)

    def text(self) -> str:
        """All the assistant said in its last turn."""
        return "\n".join(message["text"] for message in self._last_turn())

    def cited(self) -> set[str]:
        """All clauses cited so far."""
        return {citation["clause"] for message in self.heard for citation in message["citations"]}

    def case(self) -> dict[str, Any] | None:
        """The case that was opened last."""
        cases = [message["case"] for message in self.heard if message["case"]]
        return cases[-1] if cases else None

    def transcript(self) -> str:
        """The whole conversation, for a failing test."""
        got = self.http.get(f"/chat/api/conversations/{self.id}/messages", params={"after": 0}).json()
        return "\n".join(f"{m['seq']:>3} {m['from']:>8}: {m['text']}  {m['asks'] or ''}" for m in got["messages"])

    def _last_turn(self) -> list[dict[str, Any]]:
        newest = max((message["seq"] for message in self.heard), default=0)
        turn = []
        for message in reversed(self.heard):
            if message["seq"] != newest:
                break
            turn.insert(0, message)
            newest -= 1
        return turn


def photo() -> bytes:
    """A small JPEG."""
    file = io.BytesIO()
    Image.new("RGB", (320, 240), (200, 120, 120)).save(file, "JPEG")
    return file.getvalue()
