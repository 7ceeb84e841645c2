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
from channels.reading import read
from channels.turn import quick
from channels.understood import KEPT_S, TEXTS_KEPT, Understood

TODAY = "2026-11-22"


class Reader:
    """Counts how often it is asked."""

    def __init__(self) -> None:
        self.asked = 0

    async def __call__(self) -> dict:
        self.asked += 1
        return {"intent": {"name": "greet", "answers": {"used": ("true", 0.9)}}, "entities": [{"value": self.asked}]}


def asked(understood: Understood, text: str, reader: Reader, seen_from: str = TODAY) -> dict:
    return asyncio.run(understood.understand(text, seen_from, reader))


def test_a_text_is_read_once_a_day() -> None:
    understood, reader = Understood(), Reader()
    first = asked(understood, "hello", reader)
    assert asked(understood, "hello", reader) == first
    assert reader.asked == 1
    asked(understood, "hello", reader, "2026-11-23")
    asked(understood, "Hello", reader)
    assert reader.asked == 3


def test_who_changes_an_answer_changes_nobody_elses() -> None:
    understood, reader = Understood(), Reader()
    for _ in range(3):
        answer = asked(understood, "hello", reader)
        assert answer["entities"] == [{"value": 1}]
        answer["entities"][0]["value"] = "changed"
        answer["intent"] = None


def test_nothing_is_known_after_an_erasure() -> None:
    understood, reader = Understood(), Reader()
    asked(understood, "hello", reader)
    understood.forget()
    asked(understood, "hello", reader)
    assert reader.asked == 2


def test_the_oldest_text_goes_first() -> None:
    understood, reader = Understood(), Reader()
    for number in range(TEXTS_KEPT + 1):
        asked(understood, "a" + chr(0x4E00 + number), reader)
        asked(understood, "hello", reader)
    before = reader.asked
    asked(understood, "hello", reader)
    assert reader.asked == before
    asked(understood, "a" + chr(0x4E00), reader)
    assert reader.asked == before + 1


def test_a_text_stays_for_an_hour() -> None:
    now = [0.0]
    understood, reader = Understood(lambda: now[0]), Reader()
    for now[0], times in ((0.0, 1), (KEPT_S, 1), (KEPT_S + 1, 2)):
        asked(understood, "hello", reader)
        assert reader.asked == times


@pytest.mark.parametrize("text", ["SC10234", "it is farah@example.com", "at home, 94016", "x" * 81])
def test_what_may_name_somebody_or_an_order_is_read_each_time(text: str) -> None:
    understood, reader = Understood(), Reader()
    for _ in range(2):
        asked(understood, text, reader)
    assert reader.asked == 2


def test_a_text_that_comes_again_is_understood_as_rasa_understands_it(model) -> None:
    processor = quick(Agent.load(model).processor)
    tracker = DialogueStateTracker("someone", processor.domain.slots)
    for words in ("hello", "the secret", "something else", "hello", "the secret", "something else"):
        theirs = MessageProcessor._parse_message_with_graph(processor, UserMessage(words), tracker)
        assert asyncio.run(read(processor, UserMessage(words), tracker)) == theirs


def test_who_is_forgotten_takes_what_was_understood_along(ask, actions, rasa) -> None:
    words = "hello " + uuid.uuid4().hex.translate(str.maketrans(string.digits, "ghijklmnop"))
    ask(words)
    kept = rasa.agent.processor.graph_runner.understood._kept
    assert any(text == words for text, _ in kept)
    asyncio.run(forget_tracker(rasa.agent, ask.conversation))
    assert not kept
