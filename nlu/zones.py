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

from nlu.gate import OUT_OF_SCOPE

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
        """accept and ask: the lowest confidence (inclusive) of each zone; foreign: of accept for out_of_scope.

        To ask about what is not ours costs less than to send away what is.
        """
        return {"accept": 0.5, "ask": 0.10, "foreign": 0.65}

    def __init__(self, config: dict[str, Any]) -> None:
        """Raises ValueError unless 0 <= ask <= accept <= 1, and the same of foreign."""
        self._ask = float(config["ask"])
        self._accept, self._foreign = float(config["accept"]), float(config.get("foreign", config["accept"]))
        for name, limit in (("accept", self._accept), ("foreign", self._foreign)):
            if not 0 <= self._ask <= limit <= 1:
                raise ValueError(f"zones: 0 <= ask <= {name} <= 1, but ask is {self._ask} and {name} is {limit}")

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
        accept = self._foreign if intent["name"] == OUT_OF_SCOPE else self._accept
        return ACCEPT if confidence >= accept else ASK
