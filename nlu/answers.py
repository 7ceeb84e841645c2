"""Rasa component: what a message would mean as the answer to each question that the assistant may have asked."""

from __future__ import annotations

from typing import Any

import numpy as np
import rasa.shared.utils.io
from rasa.engine.graph import ExecutionContext, GraphComponent
from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.engine.storage.resource import Resource
from rasa.engine.storage.storage import ModelStorage
from rasa.shared.nlu.constants import INTENT, TEXT
from rasa.shared.nlu.training_data.message import Message
from rasa.shared.nlu.training_data.training_data import TrainingData

from nlu.answer_examples import read_examples
from nlu.answer_model import AnswerModel
from nlu.encoder import PLAIN_VECTORS, SentenceEncoder
from nlu.speller import READABLE

SHORT = ("affirm", "deny", "not_sure", "give_information", "correct_answer")  # these may well be answers
_ARRAYS, _WORDS = "answers.npz", "answers.json"


@DefaultV1Recipe.register(DefaultV1Recipe.ComponentType.INTENT_CLASSIFIER, is_trainable=True)
class AnswerReader(GraphComponent):
    """Puts `answers` into the intent: by question [answer, probability], where the message may be one.

    Which question is open, it does not know. Whoever does uses what patterns did not understand.
    """

    @classmethod
    def required_components(cls) -> list[type]:
        """The sentence encoder; the intent it adds to comes from a classifier before it."""
        return [SentenceEncoder]

    @staticmethod
    def get_default_config() -> dict[str, Any]:
        """least: answers less likely than this are left out; every: of the lines of other intents, each so manieth."""
        return {"least": 0.5, "every": 6}

    def __init__(
        self, config: dict[str, Any], storage: ModelStorage, resource: Resource, model: AnswerModel | None = None
    ) -> None:
        self._config, self._storage, self._resource, self._model = config, storage, resource, model

    @classmethod
    def create(
        cls,
        config: dict[str, Any],
        model_storage: ModelStorage,
        resource: Resource,
        execution_context: ExecutionContext,
    ) -> AnswerReader:
        """An untrained one, which reads nothing."""
        return cls(config, model_storage, resource)

    @classmethod
    def load(
        cls,
        config: dict[str, Any],
        model_storage: ModelStorage,
        resource: Resource,
        execution_context: ExecutionContext,
        **kwargs: Any,
    ) -> AnswerReader:
        """As it was trained."""
        with model_storage.read_from(resource) as folder:
            words = rasa.shared.utils.io.read_json_file(folder / _WORDS)
            arrays = dict(np.load(folder / _ARRAYS, allow_pickle=False))
        return cls(config, model_storage, resource, AnswerModel.restore(arrays, words))

    def train(self, training_data: TrainingData) -> Resource:
        """Learns answers.yml; that the lines of other intents are no answers; the same every time."""
        examples = read_examples()
        lines = [line for line in training_data.intent_examples if line.get(TEXT) and line.get(INTENT) not in SHORT]
        others = sorted({str(line.get(READABLE) or line.get(TEXT)) for line in lines})[:: self._config["every"]]
        said = {line for answers in examples.values() for known in answers.values() for line in known}
        every = sorted({*said, *others})
        vectors = dict(zip(every, SentenceEncoder.open_model().encode(every), strict=True))
        self._model = AnswerModel.fit(examples, vectors, others)
        arrays, words = self._model.store()
        with self._storage.write_to(self._resource) as folder:
            np.savez_compressed(folder / _ARRAYS, **arrays)
            rasa.shared.utils.io.dump_obj_as_json_to_file(folder / _WORDS, words)
        return self._resource

    def process(self, messages: list[Message]) -> list[Message]:
        """Adds the answers to each message's intent."""
        for message in messages:
            text, vectors = message.get(READABLE) or "", message.get(PLAIN_VECTORS)
            if self._model is None or vectors is None or not any(letter.isalpha() for letter in text):
                continue
            likely = {
                question: list(found)
                for question, found in self._model.answers(text, vectors[0]).items()
                if found[1] >= self._config["least"]
            }
            message.set(INTENT, {**message.get(INTENT), "answers": likely}, add_to_output=True)
        return messages
