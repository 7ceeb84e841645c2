"""How the pieces of a message are understood: from the same day, and without numbers and addresses."""

import asyncio
from types import SimpleNamespace
from typing import Any

from rasa.core.channels.channel import UserMessage
from rasa.shared.core.domain import Domain
from rasa.shared.core.trackers import DialogueStateTracker

from channels.turn import TurnProcessor

TODAY = "2026-11-22"


class Understood:
    """Stands for the model: says the same of everything, and remembers what it was given."""

    def __init__(self) -> None:
        self.given: list[tuple[str, Any]] = []

    async def understand(self, text: str, seen_from: Any, _read: Any) -> dict[str, Any]:
        self.given.append((text, seen_from[0]))
        numbers = [
            {
                "entity": "order_number",
                "value": "SC10234",
                "start": text.find("SC10234"),
                "end": text.find("SC10234") + 7,
            }
        ]
        found = numbers if "SC10234" in text else []
        return {
            "text": text,
            "intent": {"name": "give_information", "zone": "accept", "confidence": 0.9},
            "entities": found,
        }


def texts_understood(text: str) -> list[tuple[str, Any]]:
    understood = Understood()
    runner = SimpleNamespace(understood=understood)
    processor = SimpleNamespace(tracker_store=None, action_endpoint=None, domain=Domain.empty(), graph_runner=runner)
    turn = TurnProcessor(processor, DialogueStateTracker("someone", []))
    asyncio.run(turn.parse_message(UserMessage(text, metadata={"today": TODAY})))
    return understood.given


def test_a_date_in_one_sentence_is_seen_from_the_customers_day() -> None:
    given = texts_understood("It came yesterday. I have never used it.")
    assert "It came yesterday." in [text for text, _ in given]
    assert {day for _, day in given} == {TODAY}


def test_a_sentence_is_understood_without_its_order_number() -> None:
    given = texts_understood("Is that still possible? Order SC10234 makes a strange noise.")
    assert "makes a strange noise." in [text for text, _ in given]
