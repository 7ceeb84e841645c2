"""Rasa component: the readable text, cleaned and with typing errors repaired, for the components after it."""

from __future__ import annotations

from typing import Any

import rasa.shared.utils.io
from rasa.engine.graph import ExecutionContext, GraphComponent
from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.engine.storage.resource import Resource
from rasa.engine.storage.storage import ModelStorage
from rasa.shared.nlu.constants import TEXT
from rasa.shared.nlu.training_data.message import Message
from rasa.shared.nlu.training_data.training_data import TrainingData

from nlu.answer_examples import read_examples
from nlu.cleaning import clean_text
from nlu.spelling import Speller

READABLE = "readable_text"
_FILE = "words.json"


@DefaultV1Recipe.register(DefaultV1Recipe.ComponentType.MESSAGE_FEATURIZER, is_trainable=True)
class SpellingCorrector(GraphComponent):
    """Puts the readable text into each message under its own key; the message's text stays as it was typed."""

    @staticmethod
    def required_packages() -> list[str]:
        """Checked by Rasa before training and loading."""
        return ["rapidfuzz"]

    @staticmethod
    def get_default_config() -> dict[str, Any]:
        """rarest: repairs lead only to words that stand in at least so many training lines."""
        return {"rarest": 2}

    def __init__(self, config: dict[str, Any], storage: ModelStorage, resource: Resource, speller: Speller) -> None:
        """speller: empty until trained."""
        self._config, self._storage, self._resource, self._speller = config, storage, resource, speller

    @classmethod
    def create(
        cls,
        config: dict[str, Any],
        model_storage: ModelStorage,
        resource: Resource,
        execution_context: ExecutionContext,
    ) -> SpellingCorrector:
        """An untrained corrector, which repairs nothing."""
        return cls(config, model_storage, resource, Speller([]))

    @classmethod
    def load(
        cls,
        config: dict[str, Any],
        model_storage: ModelStorage,
        resource: Resource,
        execution_context: ExecutionContext,
        **kwargs: Any,
    ) -> SpellingCorrector:
        """The corrector as it was trained."""
        with model_storage.read_from(resource) as folder:
            words = rasa.shared.utils.io.read_json_file(folder / _FILE)
        return cls(config, model_storage, resource, Speller(**words))

    def train(self, training_data: TrainingData) -> Resource:
        """Learns the words of the lines that have an intent."""
        lines = [clean_text(line.get(TEXT)) for line in training_data.intent_examples if line.get(TEXT)]
        lines += [line for answers in read_examples().values() for known in answers.values() for line in known]
        self._speller = Speller.learn(lines, self._config["rarest"])
        with self._storage.write_to(self._resource) as folder:
            rasa.shared.utils.io.dump_obj_as_json_to_file(
                folder / _FILE, {"known": self._speller.known, "slips": self._speller.slips}
            )
        return self._resource

    def process_training_data(self, training_data: TrainingData) -> TrainingData:
        """Cleans the lines; there is nothing to repair in the words one has learned from."""
        for line in training_data.training_examples:
            if line.get(TEXT):
                line.set(READABLE, clean_text(line.get(TEXT)).lower())
        return training_data

    def process(self, messages: list[Message]) -> list[Message]:
        """Cleans and repairs each message's text."""
        for message in messages:
            message.set(READABLE, self._speller.correct(clean_text(message.get(TEXT) or "")))
        return messages
