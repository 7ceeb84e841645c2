"""Stands in for Rasa's door: same contract as channels/conversation.py (tests/channels has that contract), no model.

What it says is decided by the customer's text: "slow 0.5", "count", "offer", "case", "silence"; else an echo.
Like the real one it runs a message once and finds its answer again.
"""

import asyncio
import json
import threading
import time
from typing import Any

import uvicorn

TOKEN = "a-token-for-tests-only"


class RasaDouble:
    def __init__(self, port: int) -> None:
        self.port, self.server = port, None
        self.calls: list[dict[str, Any]] = []
        self.ran: dict[str, list[dict[str, Any]]] = {}
        self.statuses: list[int] = []
        self.forgotten: list[str] = []
        self.now_running: set[str] = set()
        self.overlapped = False

    def start(self) -> None:
        config = uvicorn.Config(
            self._app, port=self.port, log_level="warning", ws="none", lifespan="off", interface="asgi3"
        )
        self.server = uvicorn.Server(config)
        self.thread = threading.Thread(target=self.server.run, daemon=True)
        self.thread.start()
        while not self.server.started:
            time.sleep(0.005)

    def stop(self) -> None:
        self.server.should_exit = self.server.force_exit = True
        self.thread.join()

    async def _app(self, scope: Any, receive: Any, send: Any) -> None:
        body = b""
        while True:
            part = await receive()
            body += part.get("body", b"")
            if not part.get("more_body"):
                break
        headers = dict(scope["headers"])
        if headers.get(b"authorization") != b"Bearer " + TOKEN.encode():
            status, answer = 401, {}
        elif scope["method"] == "DELETE":
            self.forgotten.append(scope["path"].rpartition("/trackers/")[2])
            status, answer = 204, None
        elif scope["method"] == "GET":
            status, answer = 200, {"status": "ok"}
        else:
            status, answer = await self._turn(json.loads(body))
        kind = [(b"content-type", b"application/json")]
        await send({"type": "http.response.start", "status": status, "headers": kind})
        await send({"type": "http.response.body", "body": b"" if answer is None else json.dumps(answer).encode()})

    async def _turn(self, turn: dict[str, Any]) -> tuple[int, dict[str, Any]]:
        self.calls.append(turn)
        if self.statuses:
            return self.statuses.pop(0), {"error": {"code": "turn_failed", "message": "as the test wanted"}}
        if turn["message"] not in self.ran:
            self.overlapped |= turn["conversation"] in self.now_running
            self.now_running.add(turn["conversation"])
            words = (turn["text"] or "").split()
            if words[:1] == ["slow"]:
                await asyncio.sleep(float(words[1]))
            self.ran[turn["message"]] = self._answer(turn, words)
            self.now_running.discard(turn["conversation"])
        return 200, {"messages": self.ran[turn["message"]], "replayed": False}

    def _answer(self, turn: dict[str, Any], words: list[str]) -> list[dict[str, Any]]:
        if words[:1] == ["silence"]:
            return []
        if words[:1] == ["offer"]:
            choices = [
                {"title": "Changed my mind", "payload": "claim.reason=changed_mind"},
                {"title": "Wrong colour", "payload": "claim.reason=colour"},
            ]
            return [message("Why?", choices=choices, asks={"fact": "claim.reason", "kind": "choice"})]
        if words[:1] == ["case"]:
            citations = [{"clause": "R.window", "text": "Thirty days."}]
            return [
                message("Done."),
                message("Here.", case={"number": "C-1", "state": "under_review"}, citations=citations),
            ]
        return [message(f"You said: {turn['answer'] or turn['text'] or turn['photos']}")]


def message(text: str, **fields: Any) -> dict[str, Any]:
    return {"text": text, "choices": [], "asks": None, "citations": [], "case": None, **fields}
