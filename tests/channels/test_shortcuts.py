"""Shortcuts change nothing but the time."""

import asyncio
import copy
import threading

import pytest
import rasa.core.processor
from rasa.core.actions.action import ActionExtractSlots
from rasa.core.agent import Agent
from rasa.core.channels.channel import UserMessage
from rasa.core.processor import MessageProcessor
from rasa.shared.core.domain import Domain
from rasa.shared.core.events import Event, SlotSet, UserUttered
from rasa.shared.core.trackers import DialogueStateTracker

from channels.reading import read
from channels.shortcuts import StraightRunner, extract, take_shortcuts
from channels.turn import quick


def test_the_straight_runner_finds_what_rasas_own_finds(model) -> None:
    processor = Agent.load(model).processor
    theirs, ours = processor.graph_runner, StraightRunner(processor.graph_runner)
    tracker = DialogueStateTracker.from_events(
        "someone", [UserUttered("hello", {"name": "greet", "confidence": 1.0})], processor.domain.slots
    )
    core, nlu = processor.model_metadata.core_target, processor.model_metadata.nlu_target
    inputs = {"__message__": [UserMessage("hello")], "__tracker__": tracker}
    for target in (core, nlu, core):
        found, due = ours.run(inputs, [target]), theirs.run(inputs, [target])
        assert found.keys() == due.keys()
        assert str(vars(found[target]) if target == core else found[target][0].as_dict()) == str(
            vars(due[target]) if target == core else due[target][0].as_dict()
        )


@pytest.mark.parametrize(("turns", "times"), [(1, 0), (2, 1)])
def test_what_a_component_prepares_is_done_in_a_thread_while_there_are_other_turns(model, turns, times) -> None:
    processor = Agent.load(model).processor
    target, prepared, processed = processor.model_metadata.nlu_target, [], []
    runner = StraightRunner(processor.graph_runner)
    runner.turns = turns
    node = next(node for node in runner._nodes.values() if type(node._component).__name__ == "KeywordIntentClassifier")
    process = node._fn

    def watched(component, messages):
        processed.append(threading.current_thread())
        return process(component, messages)

    node._fn = watched
    node._component.prepare = lambda messages: prepared.append((messages[0].get("text"), threading.current_thread()))
    inputs = {"__message__": [UserMessage("hello")], "__tracker__": None}
    found = asyncio.run(runner.run_beside_others(inputs, [target]))[target][0]
    assert found.as_dict() == runner.run(inputs, [target])[target][0].as_dict()
    assert [text for text, _ in prepared] == times * ["hello"]
    assert all(thread is not threading.main_thread() for _, thread in prepared)
    assert set(processed) == {threading.main_thread()}


def test_events_are_still_found_by_their_names() -> None:
    take_shortcuts()
    take_shortcuts()
    assert Event.resolve_by_type("slot") is SlotSet
    assert Event.resolve_by_type("user") is UserUttered
    assert Event.resolve_by_type("topic") is None


def test_the_module_copy_itself_is_left_alone() -> None:
    take_shortcuts()
    thing = [[]]
    assert rasa.core.processor.copy.deepcopy(thing) is thing
    assert copy.deepcopy(thing) is not thing


@pytest.mark.parametrize("words", ["/choose", "/nobody_knows", "choose", "/choose{"])
def test_a_button_is_understood_as_rasa_understands_it(model, words) -> None:
    processor = quick(Agent.load(model).processor)
    tracker = DialogueStateTracker("someone", processor.domain.slots)
    theirs = MessageProcessor._parse_message_with_graph(processor, UserMessage(words), tracker)
    assert asyncio.run(read(processor, UserMessage(words), tracker)) == theirs


@pytest.mark.parametrize(
    ("mappings", "filled"), [([{"type": "custom"}], 0), ([{"type": "custom"}, {"type": "from_text"}], 1)]
)
def test_slots_are_filled_by_rasa_where_one_may_be(mappings, filled) -> None:
    domain = Domain.from_dict({"slots": {"words": {"type": "text", "mappings": mappings}}})
    tracker = DialogueStateTracker.from_events("someone", [UserUttered("hello")], domain.slots)
    assert len(asyncio.run(extract(ActionExtractSlots(None), None, None, tracker, domain))) == filled
