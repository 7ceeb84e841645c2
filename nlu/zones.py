"""Rasa component: what the dialogue may do with the intent: accept it, ask, or hand over."""

from __future__ import annotations

from typing import Any

from rasa.engine.graph import ExecutionContext, GraphComponent
from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.engine.storage.resource import Resource
from rasa.engine.storage.storage import ModelStorage
from rasa.nlu.classifiers.classifier import IntentClassifier
from rasa.shared.nlu.constants import INTENT
from rasa.shared.nlu.training_data.message import Message

ACCEPT, ASK, NONE = "accept", "ask", "none"


@DefaultV1Recipe.register(DefaultV1Recipe.ComponentType.INTENT_CLASSIFIER, is_trainable=False)
class ZoneMarker(GraphComponent, IntentClassifier):
    """Adds `zone` to the message's intent and changes nothing else.

    accept: sure enough to act on. ask: offer the three likeliest. none: not understood.
    """

    @classmethod
    def required_components(cls) -> list[type]:
        """A classifier whose confidence is a probability."""
        return [IntentClassifier]

    @staticmethod
    def get_default_config() -> dict[str, Any]:
        """accept and ask: the lowest confidence (inclusive) of each zone."""
        return {"accept": 0.45, "ask": 0.10}

    def __init__(self, config: dict[str, Any]) -> None:
        """Raises ValueError unless 0 <= ask <= accept <= 1."""
        self._accept, self._ask = float(config["accept"]), float(config["ask"])
        if not 0 <= self._ask <= self._accept <= 1:
            raise ValueError(f"zones: 0 <= ask <= accept <= 1, but ask is {self._ask} and accept is {self._accept}")

    @classmethod
    def create(
        cls,
        config: dict[str, Any],
        model_storage: ModelStorage,
        resource: Resource,
        execution_context: ExecutionContext,
    ) -> ZoneMarker:
        """Nothing to train."""
        return cls(config)

    def process(self, messages: list[Message]) -> list[Message]:
        """Marks each message."""
        for message in messages:
            intent = message.get(INTENT) or {"name": None, "confidence": 0.0}
            message.set(INTENT, {**intent, "zone": self._zone(intent)}, add_to_output=True)
        return messages

    def _zone(self, intent: dict[str, Any]) -> str:
        confidence = float(intent.get("confidence") or 0.0)
        if not intent.get("name") or confidence < self._ask:
            return NONE
        return ACCEPT if confidence >= self._accept else ASK
