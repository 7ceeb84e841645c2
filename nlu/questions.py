"""Rasa component: which of the questions about the policy is asked, finer than the intents."""

from __future__ import annotations

import hashlib
import re
from pathlib import Path
from typing import Any

import numpy as np
import rasa.shared.utils.io
from rasa.engine.graph import ExecutionContext, GraphComponent
from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.engine.storage.resource import Resource
from rasa.engine.storage.storage import ModelStorage
from rasa.shared.nlu.training_data.message import Message
from rasa.shared.nlu.training_data.training_data import TrainingData

from nlu.encoder import PLAIN_VECTORS, SentenceEncoder
from nlu.question_model import QuestionModel
from nlu.speller import READABLE
from nlu.topics import split_topics

TOPIC = "topic"
ROOT = Path(__file__).resolve().parent.parent
ASKS = re.compile(
    r"\?|(?:^|[.!;,\n])\W*(?:and |but |so |ok |okay |also |well |hi |hello |hey |then |now )*"
    r"(?:who|what|whats|when|where|why|how|which|whose|is|are|am|do|does|did|can|could|will|would|should|may|must|"
    r"tell me|i wonder|any|until|for how long|by when|from when)\b(?! not\b)"
)
_ARRAYS, _WORDS = "questions.npz", "questions.json"


@DefaultV1Recipe.register(DefaultV1Recipe.ComponentType.ENTITY_EXTRACTOR, is_trainable=True)
class QuestionTopics(GraphComponent):
    """Sets `topic` of a message that is worded as a question: its name, its intent, how sure, how near to a known line.

    Learns from the file of topics that config names; `none_…` topics are learned and never set.
    """

    @classmethod
    def required_components(cls) -> list[type]:
        """The sentence encoder."""
        return [SentenceEncoder]

    @staticmethod
    def get_default_config() -> dict[str, Any]:
        """file: of the topics, beside config.yml. sure, near: the lowest probability and cosine, inclusive."""
        return {"file": "data/questions/topics.yml", "sure": 0.3, "near": 0.4}

    @classmethod
    def fingerprint_addon(cls, config: dict[str, Any]) -> str | None:
        """The file is no part of Rasa's training data, so that Rasa would not see it change."""
        file = {**cls.get_default_config(), **config}["file"]
        return hashlib.sha256((ROOT / file).read_bytes()).hexdigest()

    def __init__(
        self, config: dict[str, Any], storage: ModelStorage, resource: Resource, model: QuestionModel | None = None
    ) -> None:
        """model: None until trained; an untrained component sets nothing."""
        self._config, self._storage, self._resource, self._model = config, storage, resource, model

    @classmethod
    def create(
        cls,
        config: dict[str, Any],
        model_storage: ModelStorage,
        resource: Resource,
        execution_context: ExecutionContext,
    ) -> QuestionTopics:
        """Untrained."""
        return cls(config, model_storage, resource)

    @classmethod
    def load(
        cls,
        config: dict[str, Any],
        model_storage: ModelStorage,
        resource: Resource,
        execution_context: ExecutionContext,
        **kwargs: Any,
    ) -> QuestionTopics:
        """As it was trained."""
        with model_storage.read_from(resource) as folder:
            words = rasa.shared.utils.io.read_json_file(folder / _WORDS)
            arrays = dict(np.load(folder / _ARRAYS, allow_pickle=False))
        return cls(config, model_storage, resource, QuestionModel.restore(arrays, words))

    def train(self, training_data: TrainingData) -> Resource:
        """Learns the topics of the file."""
        topics = rasa.shared.utils.io.read_yaml_file(ROOT / self._config["file"])["topics"]
        self._model = QuestionModel.fit(topics, SentenceEncoder.open_model().encode)
        arrays, words = self._model.store()
        with self._storage.write_to(self._resource) as folder:
            np.savez(folder / _ARRAYS, **arrays)
            rasa.shared.utils.io.dump_obj_as_json_to_file(folder / _WORDS, words)
        return self._resource

    def process(self, messages: list[Message]) -> list[Message]:
        """Sets the topic of each message that asks something."""
        for message in messages:
            message.set(TOPIC, self._topic_of(message), add_to_output=True)
        return messages

    def _topic_of(self, message: Message) -> dict[str, Any] | None:
        text = message.get(READABLE) or ""
        if self._model is None or not ASKS.search(text):
            return None
        topics, vectors = split_topics(text), message.get(PLAIN_VECTORS)
        asked, vector = (topics[1], vectors[2]) if topics and len(vectors) > 2 else (text, vectors[0])
        found = self._model.nearest(asked, vector)
        sure = found.sure >= self._config["sure"] and found.near >= self._config["near"]
        return found.as_dict() if sure and not found.name.startswith("none_") else None
