"""Rasa component: a message in another language than ours is marked as such."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Any

import rasa.shared.utils.io
from rasa.engine.graph import ExecutionContext, GraphComponent
from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.engine.storage.resource import Resource
from rasa.engine.storage.storage import ModelStorage
from rasa.shared.nlu.constants import TEXT
from rasa.shared.nlu.training_data.message import Message
from rasa.shared.nlu.training_data.training_data import TrainingData

from nlu.languages import foreign_language, is_readable

LANGUAGE, READABLE = "language", "readable"
_FILE = "our_words.json"
_WORD = re.compile(r"[^\W\d_]+(?:'[^\W\d_]+)?")


@DefaultV1Recipe.register(DefaultV1Recipe.ComponentType.ENTITY_EXTRACTOR, is_trainable=True)
class LanguageSpotter(GraphComponent):
    """Sets `language` to the ISO code of another language (nlu.languages.OTHER where it has none here), else to None,
    and `readable` to whether at least half of the words are words.

    Every word of the training lines is one of ours, so that our Hinglish is never foreign.
    """

    @staticmethod
    def required_packages() -> list[str]:
        """Checked by Rasa before training and loading."""
        return ["spacy"]

    def __init__(self, storage: ModelStorage, resource: Resource, known: Iterable[str] = ()) -> None:
        """known: in lower case. Looks at one message, so that the first customer does not wait."""
        self._storage, self._resource, self._known = storage, resource, frozenset(known)
        foreign_language("warm up", self._known)

    @classmethod
    def create(
        cls,
        config: dict[str, Any],
        model_storage: ModelStorage,
        resource: Resource,
        execution_context: ExecutionContext,
    ) -> LanguageSpotter:
        """Untrained: it knows no words of ours."""
        return cls(model_storage, resource)

    @classmethod
    def load(
        cls,
        config: dict[str, Any],
        model_storage: ModelStorage,
        resource: Resource,
        execution_context: ExecutionContext,
        **kwargs: Any,
    ) -> LanguageSpotter:
        """As it was trained."""
        with model_storage.read_from(resource) as folder:
            return cls(model_storage, resource, rasa.shared.utils.io.read_json_file(folder / _FILE))

    def train(self, training_data: TrainingData) -> Resource:
        """Learns the words of the lines."""
        texts = (line.get(TEXT) or "" for line in training_data.intent_examples)
        self._known = frozenset(word.casefold() for text in texts for word in _WORD.findall(text))
        with self._storage.write_to(self._resource) as folder:
            rasa.shared.utils.io.dump_obj_as_json_to_file(folder / _FILE, sorted(self._known))
        return self._resource

    def process(self, messages: list[Message]) -> list[Message]:
        """Marks each message."""
        for message in messages:
            text = message.get(TEXT) or ""
            message.set(LANGUAGE, foreign_language(text, self._known), add_to_output=True)
            message.set(READABLE, is_readable(text, self._known), add_to_output=True)
        return messages
