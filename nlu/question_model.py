"""Which known question is nearest to one that is asked; knows nothing of Rasa."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import asdict, dataclass
from typing import Any

import numpy as np

from nlu.lines import Compressed, Regression, Surface, Weights

WEIGHTS = Weights(sentence=8.0, surface=2.0, inverse_penalty=4.0)


@dataclass(frozen=True)
class FoundTopic:
    """sure: its probability among all topics. near: the cosine to the nearest of its lines."""

    name: str
    intent: str
    sure: float
    near: float

    def as_dict(self) -> dict[str, Any]:
        """For the parsed message, in JSON's types."""
        return {**asdict(self), "sure": round(self.sure, 4), "near": round(self.near, 4)}


@dataclass(frozen=True)
class QuestionModel:
    """Made by fit or restore; nearest is all it does."""

    surface: Surface
    regression: Regression
    vectors: np.ndarray
    labels: np.ndarray
    intents: dict[str, str]

    @classmethod
    def fit(cls, topics: Mapping[str, Mapping[str, Any]], encode: Callable[[list[str]], np.ndarray]) -> QuestionModel:
        """Learns the questions of each topic; the same result every time."""
        pairs = [(line.lower(), name) for name, topic in topics.items() for line in topic["questions"]]
        lines, labels = [line for line, _ in pairs], [name for _, name in pairs]
        vectors, surface = encode(lines), Surface.learn(lines)
        compressed = Compressed.of(surface.features(lines))
        regression = Regression.fit(vectors, compressed.rows, labels, WEIGHTS).unfold(compressed.basis)
        intents = {name: topic["intent"] for name, topic in topics.items()}
        return cls(surface, regression, vectors, np.asarray(labels, dtype=str), intents)

    def nearest(self, question: str, vector: np.ndarray) -> FoundTopic:
        """The likeliest topic of this question."""
        chances = self.regression.probabilities(vector[None, :], self.surface.row(question))[0]
        best = int(chances.argmax())
        name = self.regression.labels[best]
        near = float((self.vectors[self.labels == name] @ vector).max())
        return FoundTopic(name, self.intents[name], float(chances[best]), near)

    def store(self) -> tuple[dict[str, np.ndarray], dict[str, Any]]:
        """Arrays for an npz and the rest for JSON, from which restore makes the same model."""
        arrays = {
            "sentence": self.regression.sentence,
            "surface": self.regression.surface,
            "intercepts": self.regression.intercepts,
            "word_rarity": self.surface.words.idf_,
            "character_rarity": self.surface.characters.idf_,
            "vectors": self.vectors.astype(np.float16),
            "labels": self.labels,
        }
        return arrays, {"names": self.regression.labels, "terms": self.surface.terms(), "intents": self.intents}

    @classmethod
    def restore(cls, arrays: dict[str, np.ndarray], words: dict[str, Any]) -> QuestionModel:
        """The model that store described."""
        rarity = {"words": arrays["word_rarity"], "characters": arrays["character_rarity"]}
        regression = Regression(words["names"], arrays["sentence"], arrays["surface"], arrays["intercepts"], WEIGHTS)
        surface = Surface.restore(words["terms"], rarity)
        vectors = arrays["vectors"].astype(np.float32)
        return cls(surface, regression, vectors, arrays["labels"], words["intents"])
