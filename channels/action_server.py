"""Calls to the action server: over connections that stay open, with what an action needs, and quickly checked.

Rasa opens a connection for each call, sends the whole conversation each time, and checks each answer against a schema
that knows every event there is: together more than half of a turn's time in Rasa.
"""

from __future__ import annotations

import json
from collections.abc import Iterable
from itertools import islice
from typing import Any

import aiohttp
from jsonschema import ValidationError
from rasa import __version__ as VERSION  # noqa: N812 (it is one)
from rasa.core.actions.action import RemoteAction
from rasa.shared.core.domain import Domain
from rasa.shared.core.events import ActionExecuted, Event, UserUttered
from rasa.shared.core.trackers import DialogueStateTracker
from rasa.utils.endpoints import ClientResponseError, EndpointConfig

from support.telemetry import logs, metrics

MESSAGES_SENT = 3  # an action sees what was typed and what ran since the third last of them, and every slot
IDLE_S = 30  # shorter than the action server keeps an idle connection
WITHIN_S = 60
LOOKED_BACK_ON = (UserUttered, ActionExecuted)


class ActionServer:
    """Rasa's endpoint of the action servers, over connections that are kept. One for each event loop.

    endpoint.url: their addresses, with blanks between.
    """

    def __init__(self, endpoint: EndpointConfig) -> None:
        self._endpoint = endpoint
        self._session: aiohttp.ClientSession | None = None
        self._calls = 0

    def __getattr__(self, name: str) -> Any:
        return getattr(self._endpoint, name)

    async def request(self, *, json: dict[str, Any], **_: Any) -> Any:
        """The answer to this call. Raises ClientResponseError from status 400 on, and what aiohttp raises."""
        if self._session is None:
            connector = aiohttp.TCPConnector(limit=0, keepalive_timeout=IDLE_S)
            within = aiohttp.ClientTimeout(total=WITHIN_S)
            self._session = aiohttp.ClientSession(connector=connector, headers=self._headers(), timeout=within)
        with metrics.ACTION_CALLS.time():
            answer, body = await self._posted(_encoded(json))
        if answer.status >= 400:
            raise ClientResponseError(answer.status, answer.reason or "", body)
        return _decoded(body)

    async def _posted(self, call: bytes) -> tuple[aiohttp.ClientResponse, bytes]:
        """The answer of the first action server that is there; each call begins with the next one."""
        assert self._session
        urls = [f"{address}/webhook" for address in self._endpoint.url.split()]
        self._calls += 1
        for place in range(len(urls)):
            try:
                url = urls[(self._calls + place) % len(urls)]
                async with self._session.post(url, data=call, headers=logs.headers()) as answer:
                    return answer, await answer.read()
            except aiohttp.ClientConnectorError:  # nothing was sent
                if place == len(urls) - 1:
                    raise
        raise AssertionError("no action server is named")

    def _headers(self) -> dict[str, str]:
        return {"Content-Type": "application/json", **self._endpoint.headers}


class TurnCalls:
    """The action servers in one turn. What an answer has brought of the next call is taken from it, if it came true.

    A validation brings the question that Rasa's form asks after it (actions/calls.py).
    """

    def __init__(self, server: Any) -> None:
        self._server = server
        self._ahead: tuple[str, dict[str, Any], Any] | None = None  # the action, with which slots, and its answer

    def __getattr__(self, name: str) -> Any:
        return getattr(self._server, name)

    async def request(self, *, json: dict[str, Any], **kwargs: Any) -> Any:
        """As ActionServer.request."""
        slots, ahead = json["tracker"]["slots"], self._ahead
        self._ahead = None
        if ahead and ahead[:2] == (json["next_action"], slots):
            return ahead[2]
        answer = await self._server.request(json=json, **kwargs)
        if isinstance(answer, dict) and (question := answer.pop("ahead", None)):
            told = {event["name"]: event["value"] for event in answer["events"] if event["event"] == "slot"}
            self._ahead = question.pop("next_action"), {**slots, **told}, question
        return answer


def call_lightly() -> None:
    """Makes Rasa send and check less. To be called when the server starts."""
    RemoteAction._action_call_format = call_for
    RemoteAction._validate_action_result = check_answer


def call_for(action: RemoteAction, tracker: DialogueStateTracker, domain: Domain) -> dict[str, Any]:
    """What is sent: Rasa's own format, with the latest events and, for the actions that ask for it, the domain.

    A form's validation always asks for it, to read its form there: it is sent the forms.
    """
    loop, last = tracker.active_loop, tracker.events[-1] if tracker.events else None
    state = {
        "sender_id": tracker.sender_id,
        "slots": tracker.current_slot_values(),
        "latest_message": tracker._latest_message_data(),
        "latest_event_time": last and last.timestamp,
        "followup_action": tracker.followup_action,
        "paused": tracker.is_paused(),
        "events": [_briefly(event) for event in latest(tracker.events) if isinstance(event, LOOKED_BACK_ON)],
        "latest_input_channel": tracker.get_latest_input_channel(),
        "active_loop": vars(loop) if loop else {},
        "latest_action": tracker.latest_action,
        "latest_action_name": tracker.latest_action_name,
    }
    call = {"next_action": action.name(), "sender_id": tracker.sender_id, "tracker": state, "version": VERSION}
    if action.name().startswith("validate_"):
        call["domain"] = {"forms": domain.forms}
    elif domain.does_custom_action_explicitly_need_domain(action.name()):
        call["domain"] = domain.as_dict()
    return call


def _briefly(event: Event) -> dict[str, Any]:
    """A message as it was typed and came in, or the name of an action."""
    if isinstance(event, UserUttered):
        return {"event": "user", "text": event.text, "metadata": event.metadata}
    return {"event": "action", "name": event.action_name}


def latest(events: Iterable[Event]) -> list[Event]:
    """The events since the third last message of the customer."""
    every = list(events)
    places = (place for place in range(len(every) - 1, -1, -1) if isinstance(every[place], UserUttered))
    first = list(islice(places, MESSAGES_SENT))
    return every[first[-1] :] if first else every


def check_answer(action: RemoteAction, answer: Any) -> bool:
    """Raises ValidationError unless the answer is events and responses; what each event takes is checked on reading."""
    if not isinstance(answer, dict):
        raise ValidationError(f"{action.name()} did not answer with an object")
    for name in ("events", "responses"):
        given = answer.get(name, [])
        if not isinstance(given, list) or not all(isinstance(one, dict) for one in given):
            raise ValidationError(f"{action.name()} answered {name} that are no list of objects")
    unnamed = [event for event in answer.get("events", ()) if not isinstance(event.get("event"), str)]
    if unnamed:
        raise ValidationError(f"{action.name()} answered an event without a name")
    return True


def _encoded(call: dict[str, Any]) -> bytes:
    return json.dumps(call, separators=(",", ":")).encode()


def _decoded(body: bytes) -> Any:
    return json.loads(body) if body else None
