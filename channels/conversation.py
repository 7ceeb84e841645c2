"""The only door into Rasa: one turn of a conversation in, the bot's messages out.

    POST /webhooks/conversation/turn    Authorization: Bearer <internal token>
    {"conversation", "message", "text" | null, "answer": {"fact", "value"} | null, "photos": [],
     "settled": {fact: value an agent put right} | null,
     "timezone", "today", "now", "locale", "channel": "chat" | "mail", "address": e-mail | null,
     "answers": [{"fact", "value"}] taken beside the text of a letter,
     "asked": [the facts that the letter it answers asked for, by number],
     "attempt": 1, "replay_only": false}
    200 {"messages": [{"text", "choices", "asks", "citations", "case"}], "replayed": false}

    DELETE /webhooks/conversation/trackers/<conversation>    204: nothing of it is remembered
    GET /webhooks/conversation/health, /ready, /metrics      channels/watch.py

The same message again gives the same answer and runs nothing. 400: the request is wrong. 401: the token is.
500: an action failed. 503: Rasa, the action server or the tracker's database is not there yet. After both the
tracker is as it was before.
"""

import gc
import hmac
import logging
import time
from collections.abc import Awaitable, Callable
from typing import Any

from rasa.core.channels.channel import InputChannel, UserMessage
from rasa.shared.core.trackers import DialogueStateTracker
from sanic import Blueprint, Sanic, response
from sanic.request import Request
from sanic.response import HTTPResponse

from channels.action_server import call_lightly
from channels.memory import forget_tracker
from channels.shortcuts import take_shortcuts
from channels.turn import TurnFailed, primary, run_turn
from channels.turn_messages import BadTurn
from channels.watch import add_watch, is_ready
from support.telemetry import logs, metrics

logger = logging.getLogger(__name__)


class ConversationInput(InputChannel):
    """Rasa's input channel `conversation`. Without a configured token it lets nobody in."""

    def __init__(self, token: str | None, log_format: str = "text") -> None:
        self.token = (token or "").encode()
        self.log_format = log_format

    @classmethod
    def name(cls) -> str:
        return "conversation"

    @classmethod
    def from_credentials(cls, credentials: dict[str, Any] | None) -> "ConversationInput":
        known = credentials or {}
        return cls(known.get("token"), known.get("log_format") or "text")

    def blueprint(self, on_new_message: Callable[[UserMessage], Awaitable[Any]]) -> Blueprint:
        door = Blueprint("conversation", __name__)
        add_watch(door, self.token.decode())

        @door.route("/", methods=["GET"])
        async def health(request: Request) -> HTTPResponse:
            ready = is_ready(request.app)
            return response.json({"status": "ok" if ready else "loading"}, 200 if ready else 503)

        @door.route("/turn", methods=["POST"])
        async def turn(request: Request) -> HTTPResponse:
            if not self._lets_in(request):
                return refusal(401, "unauthorized", "This door needs the internal token.")
            if not is_ready(request.app):
                return refusal(503, "loading", "The model is not loaded yet.")
            return await answer(request)

        @door.route("/trackers/<conversation>", methods=["DELETE"])
        async def forget(request: Request, conversation: str) -> HTTPResponse:
            if not self._lets_in(request):
                return refusal(401, "unauthorized", "This door needs the internal token.")
            if not is_ready(request.app):
                return refusal(503, "loading", "The model is not loaded yet.")
            await forget_tracker(request.app.ctx.agent, conversation)
            return response.empty(204)

        @door.listener("before_server_start")
        async def log_as_told(_app: Sanic, _loop: Any) -> None:
            if self.log_format == "json":
                logs.write_json()

        @door.listener("after_server_start")
        async def warm(app: Sanic, _loop: Any) -> None:
            call_lightly()
            take_shortcuts()
            try:
                await warm_up(app.ctx.agent)
            except Exception:
                logger.exception("Warming up failed; the first turn will be slow.")
            leave_alone_what_is_loaded()

        return door

    def _lets_in(self, request: Request) -> bool:
        given = (request.headers.get("authorization") or "").encode()
        return bool(self.token) and hmac.compare_digest(given, b"Bearer " + self.token)


async def answer(request: Request) -> HTTPResponse:
    """The turn's answer as a response."""
    try:
        turn = checked(request.json)
    except BadTurn as error:
        return refusal(400, "bad_turn", str(error))
    with logs.about(turn["conversation"], turn["message"]):
        began = time.perf_counter()
        outcome, answered = await _run(request.app.ctx.agent, turn)
        took_s = time.perf_counter() - began
        metrics.RASA_TURNS.labels(outcome).observe(took_s)
        logger.info("the turn ran", extra={"outcome": outcome, "ms": round(1000 * took_s, 1)})
        return answered


async def _run(agent: Any, turn: dict[str, Any]) -> tuple[str, HTTPResponse]:
    """How it went (answered, replayed, refused, failed), and the response."""
    try:
        messages, replayed = await run_turn(agent, turn)
    except BadTurn as error:
        return "refused", refusal(400, "bad_turn", str(error))
    except TurnFailed as error:
        logger.error("A turn failed: %s", error)
        return "failed", refusal(503 if error.temporary else 500, "turn_failed", str(error))
    except Exception as error:
        logger.exception("A turn failed")
        return "failed", refusal(500, "turn_failed", type(error).__name__)
    answered = response.json({"messages": messages, "replayed": replayed})
    return "replayed" if replayed else "answered", answered


def checked(turn: Any) -> dict[str, Any]:
    """The turn, if it has the contract's shape. Raises BadTurn with the field."""
    if not isinstance(turn, dict):
        raise BadTurn("a turn is a JSON object")
    for field in ("conversation", "message"):
        if not isinstance(turn.get(field), str) or not turn[field]:
            raise BadTurn(f"{field}: text is needed")
    if not isinstance(turn.get("text"), (str, type(None))):
        raise BadTurn("text: text or null")
    given = turn.get("answer")
    if given is not None and not (
        isinstance(given, dict) and all(isinstance(given.get(key), str) for key in ("fact", "value"))
    ):
        raise BadTurn('answer: {"fact": text, "value": text} or null')
    if not isinstance(turn.get("photos") or [], list):
        raise BadTurn("photos: a list of ids")
    if not isinstance(turn.get("settled") or {}, dict):
        raise BadTurn("settled: facts and their values, or null")
    return turn


def refusal(status: int, code: str, message: str) -> HTTPResponse:
    return response.json({"error": {"code": code, "message": message}}, status)


def leave_alone_what_is_loaded() -> None:
    """Half a million objects that stay. To look through them for garbage stopped every turn for .45 s, now and then."""
    gc.collect()
    gc.freeze()


async def warm_up(agent: Any) -> None:
    """Understand and predict once, on a tracker that is never stored, so that no customer waits for it."""
    if agent is None or not agent.is_ready():
        return
    processor = agent.processor
    tracker = DialogueStateTracker("warm-up", processor.domain.slots)
    await primary(agent.tracker_store).retrieve("warm-up")
    await processor._handle_message_with_tracker(UserMessage("I want to return my order"), tracker)
    processor.predict_next_with_tracker(tracker)
