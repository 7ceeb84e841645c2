"""A validation brings the next question along. What comes of a message is what Rasa makes of two calls."""

import asyncio
import json
from typing import Any

import pytest
from rasa.core.actions.action import ActionExecutionRejection
from rasa.core.actions.forms import FormAction
from rasa.core.channels.channel import CollectingOutputChannel
from rasa.core.nlg.response import TemplatedNaturalLanguageGenerator
from rasa.shared.core.domain import Domain
from rasa.shared.core.events import ActionExecuted, ActiveLoop, BotUttered, Event, SlotSet, UserUttered
from rasa.shared.core.trackers import DialogueStateTracker
from rasa.utils.endpoints import EndpointConfig
from rasa_sdk.executor import ActionExecutor

from actions.calls import answer_to
from channels.action_server import TurnCalls
from support.run.environment import ROOT

FORM = "request_form"
SIX = {"metadata": {"now": "2026-11-22T17:00:00+00:00", "today": "2026-11-22"}}
LETTER = {"metadata": {**SIX["metadata"], "channel": "mail", "text": "return it"}}
BEGUN = [SlotSet("request", "return"), SlotSet("requested_slot", "order_number")]
MESSAGES = {
    "a goal": ([], "start_return", SIX),
    "a goal by letter": ([], "start_return", LETTER),
    "nothing but hello": ([], "choose", SIX),
    "a question in between": (BEGUN, "ask_freight", SIX),
    "no answer": (BEGUN, "affirm", SIX),
    "back from a person": ([*BEGUN, SlotSet("misses", 1)], "resume", SIX),
    "another place": (BEGUN, "choose", {"metadata": {**SIX["metadata"], "answer": {"order.channel": "elsewhere"}}}),
}


class Answers(EndpointConfig):
    """Our actions, called as over HTTP; with `forgetful` they bring nothing along."""

    def __init__(self, executor: ActionExecutor, forgetful: bool = False) -> None:
        super().__init__()
        self.executor, self.forgetful, self.names = executor, forgetful, []

    async def request(self, *, json: dict[str, Any], **_: Any) -> Any:
        self.names.append(json["next_action"])
        answer = await answer_to(self.executor, copied(json))
        if self.forgetful:
            answer.pop("ahead", None)
        return copied(answer)


def copied(thing: Any) -> Any:
    return json.loads(json.dumps(thing))


@pytest.fixture(scope="module")
def executor() -> ActionExecutor:
    found = ActionExecutor()
    found.register_package("actions")
    return found


@pytest.fixture(scope="module")
def domain() -> Domain:
    return Domain.load(ROOT / "domain.yml")


def outcome(endpoint: Any, domain: Domain, before: list[Event], intent: str, parsed: dict[str, Any]) -> list[Any]:
    """What the form makes of this message: its events, or that it does not answer the form."""
    begun = [ActiveLoop(FORM), *before] if before else []
    events = [*begun, ActionExecuted("action_listen"), UserUttered("So?", {"name": intent}, [], parsed, **parsed)]
    tracker = DialogueStateTracker.from_events("someone", events, domain.slots)
    nlg = TemplatedNaturalLanguageGenerator(domain.responses)
    try:
        found = asyncio.run(FormAction(FORM, endpoint).run(CollectingOutputChannel(), nlg, tracker, domain))
    except ActionExecutionRejection:
        return ["rejected"]
    return [{**event.as_dict(), "timestamp": None} for event in found]


@pytest.mark.parametrize("name", MESSAGES)
def test_what_was_brought_along_is_what_a_call_would_have_brought(
    name: str, executor: ActionExecutor, domain: Domain
) -> None:
    plain, ahead = Answers(executor, forgetful=True), Answers(executor)
    assert outcome(TurnCalls(ahead), domain, *MESSAGES[name]) == outcome(plain, domain, *MESSAGES[name])
    assert ahead.names == plain.names[:1]


def test_a_question_and_the_open_one_are_answered_and_asked_in_one_call(
    executor: ActionExecutor, domain: Domain
) -> None:
    answers = Answers(executor)
    events = outcome(TurnCalls(answers), domain, *MESSAGES["a question in between"])
    said = [event["metadata"]["utter_action"] for event in events if event["event"] == BotUttered.type_name]
    assert said == ["utter_answer_freight", "utter_ask_order_number"]
    assert [event["text"] for event in events if event["event"] == BotUttered.type_name][1].startswith(
        "So, which order"
    )
    assert len(answers.names) == 1


class Foreseeing:
    """An action server that brings the same question along whatever happens."""

    def __init__(self) -> None:
        self.names = []

    async def request(self, *, json: dict[str, Any], **_: Any) -> Any:
        self.names.append(json["next_action"])
        events = [{"event": "slot", "name": "wish", "value": "tea"}]
        return {"events": events, "responses": [], "ahead": {"next_action": "action_ask_wish", "responses": ["Tea?"]}}


@pytest.mark.parametrize(
    ("action", "slots", "is_called"),
    [
        ("action_ask_wish", {"wish": "tea", "name": None}, False),
        ("action_ask_wish", {"wish": "coffee", "name": None}, True),
        ("action_ask_wish", {"wish": "tea", "name": "Farah"}, True),
        ("action_ask_wish", {"wish": "tea"}, True),
        ("action_ask_name", {"wish": "tea", "name": None}, True),
    ],
)
def test_another_action_or_another_slot_is_called_for(action: str, slots: dict[str, Any], is_called: bool) -> None:
    server = Foreseeing()

    async def turn() -> Any:
        calls = TurnCalls(server)
        first = await calls.request(json=call("validate_form", {"wish": None, "name": None}))
        assert "ahead" not in first
        return await calls.request(json=call(action, slots))

    answer = asyncio.run(turn())
    assert server.names == ["validate_form", *([action] if is_called else [])]
    assert is_called or answer == {"responses": ["Tea?"]}


def call(action: str, slots: dict[str, Any]) -> dict[str, Any]:
    return {"next_action": action, "tracker": {"slots": slots}}


def test_what_was_brought_along_is_taken_once(executor: ActionExecutor) -> None:
    server = Foreseeing()

    async def turn() -> None:
        calls = TurnCalls(server)
        await calls.request(json=call("validate_form", {}))
        for _ in range(2):
            await calls.request(json=call("action_ask_wish", {"wish": "tea"}))

    asyncio.run(turn())
    assert server.names == ["validate_form", "action_ask_wish"]


def test_only_a_validation_brings_something_along(executor: ActionExecutor, domain: Domain) -> None:
    answers = Answers(executor)
    tracker = {"sender_id": "someone", "slots": {"requested_slot": "order_number"}, "latest_message": SIX}
    call = {"next_action": "action_greet", "tracker": {**tracker, "events": [], "active_loop": {}}}
    assert "ahead" not in asyncio.run(answers.request(json=call))
