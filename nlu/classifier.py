"""Rasa component: which intent a message has, with a confidence that is a probability."""

from __future__ import annotations

import logging
from typing import Any

import numpy as np
import rasa.shared.utils.io
from rasa.engine.graph import ExecutionContext, GraphComponent
from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.engine.storage.resource import Resource
from rasa.engine.storage.storage import ModelStorage
from rasa.nlu.classifiers.classifier import IntentClassifier
from rasa.shared.nlu.constants import INTENT, TEXT
from rasa.shared.nlu.training_data.message import Message
from rasa.shared.nlu.training_data.training_data import TrainingData
from threadpoolctl import threadpool_limits

from nlu.encoder import TOPIC_VECTORS, SentenceEncoder
from nlu.intents import IntentModel
from nlu.lines import Weights
from nlu.memory import give_back_memory
from nlu.speller import READABLE
from nlu.topics import split_topics

logger = logging.getLogger(__name__)
NO_INTENT: dict[str, Any] = {"name": None, "confidence": 0.0, "also": []}
_ARRAYS, _WORDS = "intents.npz", "intents.json"


@DefaultV1Recipe.register(DefaultV1Recipe.ComponentType.INTENT_CLASSIFIER, is_trainable=True)
class HybridIntentClassifier(GraphComponent, IntentClassifier):
    """Sentence vectors and TF-IDF into one logistic regression, behind a gate for what is not ours.

    Sets `intent` and `intent_ranking`; the confidences of all intents sum to 1, and that of `out_of_scope` is the
    probability that the message is not one of ours. `also` in the intent lists what is asked beside it. A message
    without letters or digits has no intent.
    """

    @classmethod
    def required_components(cls) -> list[type]:
        """The sentence encoder."""
        return [SentenceEncoder]

    @staticmethod
    def required_packages() -> list[str]:
        """Checked by Rasa before training and loading."""
        return ["sklearn", "threadpoolctl"]

    @staticmethod
    def get_default_config() -> dict[str, Any]:
        """The weights of nlu.lines.Weights; prior: the share of messages expected to be ours; ranking: its length."""
        return {"sentence": 6.0, "surface": 2.0, "inverse_penalty": 1.0, "prior": 0.65, "ranking": 10}

    def __init__(
        self, config: dict[str, Any], storage: ModelStorage, resource: Resource, model: IntentModel | None = None
    ) -> None:
        """model: None until trained; an untrained classifier leaves messages without an intent."""
        self._config, self._storage, self._resource, self._model = config, storage, resource, model

    @classmethod
    def create(
        cls,
        config: dict[str, Any],
        model_storage: ModelStorage,
        resource: Resource,
        execution_context: ExecutionContext,
    ) -> HybridIntentClassifier:
        """An untrained classifier."""
        return cls(config, model_storage, resource)

    @classmethod
    def load(
        cls,
        config: dict[str, Any],
        model_storage: ModelStorage,
        resource: Resource,
        execution_context: ExecutionContext,
        **kwargs: Any,
    ) -> HybridIntentClassifier:
        """The classifier as it was trained, run once; an untrained one if there was nothing to train on.

        From then on this process multiplies matrices in one thread: for one message, more threads only wait.
        """
        threadpool_limits(1, user_api="blas")
        try:
            with model_storage.read_from(resource) as folder:
                words = rasa.shared.utils.io.read_json_file(folder / _WORDS)
                arrays = dict(np.load(folder / _ARRAYS, allow_pickle=False))
            model = IntentModel.restore(arrays, words)
        except (ValueError, FileNotFoundError):
            logger.warning("The intent classifier was not trained: there were no lines with intents.")
            return cls(config, model_storage, resource)
        model.rank("warm up", np.zeros(model.dimensions, dtype=np.float32))
        give_back_memory()
        return cls(config, model_storage, resource, model)

    def train(self, training_data: TrainingData) -> Resource:
        """Learns from every line with an intent; needs at least two intents."""
        lines = [line for line in training_data.intent_examples if line.get(TEXT) and line.get(INTENT)]
        labels = [line.get(INTENT) for line in lines]
        if len(set(labels)) < 2:
            logger.warning("The intent classifier needs lines of at least two intents: it stays untrained.")
            return self._resource
        texts = [line.get(READABLE) or line.get(TEXT) for line in lines]
        vectors = np.vstack([_sentence_vector(line) for line in lines])
        weights = Weights(self._config["sentence"], self._config["surface"], self._config["inverse_penalty"])
        self._model = IntentModel.fit(texts, vectors, labels, weights, self._config["prior"])
        arrays, words = self._model.store()
        with self._storage.write_to(self._resource) as folder:
            np.savez(folder / _ARRAYS, **arrays)
            rasa.shared.utils.io.dump_obj_as_json_to_file(folder / _WORDS, words)
        return self._resource

    def process(self, messages: list[Message]) -> list[Message]:
        """Sets intent and ranking of each message."""
        for message in messages:
            self._understand(message)
        return messages

    def _understand(self, message: Message) -> None:
        text = message.get(READABLE) or ""
        ranking: list[dict[str, Any]] = []
        second = None
        if self._model and any(char.isalnum() for char in text):
            ranked, second = self._rank(self._model, text, message)
            ranking = [
                {"name": name, "confidence": round(confidence, 6)}
                for name, confidence in ranked[: self._config["ranking"]]
            ]
        intent = {**ranking[0], "also": [second] if second else []} if ranking else dict(NO_INTENT)
        message.set(INTENT, intent, add_to_output=True)
        message.set("intent_ranking", ranking, add_to_output=True)

    def _rank(self, model: IntentModel, text: str, message: Message) -> tuple[list[tuple[str, float]], str | None]:
        vector, topics = _sentence_vector(message), split_topics(text)
        vectors = message.get(TOPIC_VECTORS)
        if topics is None or vectors is None or not len(vectors):
            return model.rank(text, vector[0]), None
        return model.rank_topics([text, *topics], np.vstack([vector, vectors]))


def _sentence_vector(message: Message) -> np.ndarray:
    """The message's sentence feature, an array (1, dimensions)."""
    _, sentence = message.get_dense_features(TEXT)
    if sentence is None:
        raise ValueError("A message has no sentence features: put nlu.encoder.SentenceEncoder before the classifier.")
    return np.asarray(sentence.features, dtype=np.float32).reshape(1, -1)
