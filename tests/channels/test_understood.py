"""A text that comes again is understood as before, and not read again."""

import asyncio
import string
import uuid

import pytest
from rasa.core.agent import Agent
from rasa.core.channels.channel import UserMessage
from rasa.core.processor import MessageProcessor
from rasa.shared.core.trackers import DialogueStateTracker

from channels.memory import forget_tracker
from channels.turn import TurnProcessor, quick
from channels.understood import KEPT_S, TEXTS_KEPT, Understood

TODAY = "2026-11-22"


class Reader:
    """Counts how often it is asked."""

    def __init__(self) -> None:
        self.asked = 0

    def __call__(self) -> dict:
        self.asked += 1
        return {"intent": {"name": "greet", "answers": {"used": ("true", 0.9)}}, "entities": [{"value": self.asked}]}


def test_a_text_is_read_once_a_day() -> None:
    understood, reader = Understood(), Reader()
    first = understood.understand("hello", TODAY, reader)
    assert understood.understand("hello", TODAY, reader) == first
    assert reader.asked == 1
    understood.understand("hello", "2026-11-23", reader)
    understood.understand("Hello", TODAY, reader)
    assert reader.asked == 3


def test_who_changes_an_answer_changes_nobody_elses() -> None:
    understood, reader = Understood(), Reader()
    for _ in range(3):
        answer = understood.understand("hello", TODAY, reader)
        assert answer["entities"] == [{"value": 1}]
        answer["entities"][0]["value"] = "changed"
        answer["intent"] = None


def test_nothing_is_known_after_an_erasure() -> None:
    understood, reader = Understood(), Reader()
    understood.understand("hello", TODAY, reader)
    understood.forget()
    understood.understand("hello", TODAY, reader)
    assert reader.asked == 2


def test_the_oldest_text_goes_first() -> None:
    understood, reader = Understood(), Reader()
    for number in range(TEXTS_KEPT + 1):
        understood.understand("a" + chr(0x4E00 + number), TODAY, reader)
        understood.understand("hello", TODAY, reader)
    asked = reader.asked
    understood.understand("hello", TODAY, reader)
    assert reader.asked == asked
    understood.understand("a" + chr(0x4E00), TODAY, reader)
    assert reader.asked == asked + 1


def test_a_text_stays_for_an_hour() -> None:
    now = [0.0]
    understood, reader = Understood(lambda: now[0]), Reader()
    for now[0], asked in ((0.0, 1), (KEPT_S, 1), (KEPT_S + 1, 2)):
        understood.understand("hello", TODAY, reader)
        assert reader.asked == asked


@pytest.mark.parametrize("text", ["SC10234", "it is farah@example.com", "at home, 94016", "x" * 81])
def test_what_may_name_somebody_or_an_order_is_read_each_time(text: str) -> None:
    understood, reader = Understood(), Reader()
    for _ in range(2):
        understood.understand(text, TODAY, reader)
    assert reader.asked == 2


def test_a_text_that_comes_again_is_understood_as_rasa_understands_it(model) -> None:
    processor = quick(Agent.load(model).processor)
    tracker = DialogueStateTracker("someone", processor.domain.slots)
    for words in ("hello", "the secret", "something else", "hello", "the secret", "something else"):
        theirs = MessageProcessor._parse_message_with_graph(processor, UserMessage(words), tracker)
        assert TurnProcessor(processor, tracker)._parse_message_with_graph(UserMessage(words), tracker) == theirs


def test_who_is_forgotten_takes_what_was_understood_along(ask, actions, rasa) -> None:
    words = "hello " + uuid.uuid4().hex.translate(str.maketrans(string.digits, "ghijklmnop"))
    ask(words)
    kept = rasa.agent.processor.graph_runner.understood._kept
    assert any(text == words for text, _ in kept)
    asyncio.run(forget_tracker(rasa.agent, ask.conversation))
    assert not kept
