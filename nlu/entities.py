"""Rasa component: what a message names: numbers, addresses, dates, goods, and facts of the claim."""

from __future__ import annotations

from typing import Any, Dict, List, Text

from rasa.engine.graph import ExecutionContext, GraphComponent
from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.engine.storage.resource import Resource
from rasa.engine.storage.storage import ModelStorage
from rasa.nlu.extractors.extractor import EntityExtractorMixin
from rasa.shared.nlu.constants import ENTITIES
from rasa.shared.nlu.training_data.message import Message


@DefaultV1Recipe.register(DefaultV1Recipe.ComponentType.ENTITY_EXTRACTOR, is_trainable=False)
class EntityMatcher(GraphComponent, EntityExtractorMixin):
    """Appends to the message's entities."""

    @classmethod
    def create(
        cls,
        config: Dict[Text, Any],
        model_storage: ModelStorage,
        resource: Resource,
        execution_context: ExecutionContext,
    ) -> EntityMatcher:
        """Nothing to train."""
        return cls()

    def process(self, messages: List[Message]) -> List[Message]:
        """Adds what is found in each message's own text."""
        for message in messages:
            message.set(ENTITIES, message.get(ENTITIES, []), add_to_output=True)
        return messages
