"""Shortcuts change nothing but the time."""

import asyncio
import copy

import pytest
import rasa.core.processor
from rasa.core.actions.action import ActionExtractSlots
from rasa.core.agent import Agent
from rasa.core.channels.channel import UserMessage
from rasa.core.processor import MessageProcessor
from rasa.shared.core.domain import Domain
from rasa.shared.core.events import Event, SlotSet, UserUttered
from rasa.shared.core.trackers import DialogueStateTracker

from channels.shortcuts import StraightRunner, extract, take_shortcuts
from channels.turn import TurnProcessor, quick


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
    assert TurnProcessor(processor, tracker)._parse_message_with_graph(UserMessage(words), tracker) == theirs


@pytest.mark.parametrize(
    ("mappings", "filled"), [([{"type": "custom"}], 0), ([{"type": "custom"}, {"type": "from_text"}], 1)]
)
def test_slots_are_filled_by_rasa_where_one_may_be(mappings, filled) -> None:
    domain = Domain.from_dict({"slots": {"words": {"type": "text", "mappings": mappings}}})
    tracker = DialogueStateTracker.from_events("someone", [UserUttered("hello")], domain.slots)
    assert len(asyncio.run(extract(ActionExtractSlots(None), None, None, tracker, domain))) == filled
