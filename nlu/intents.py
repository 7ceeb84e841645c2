"""The whole intent model: what a line looks like, the regression, the memory and the gate; knows nothing of Rasa."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from typing import Any

import numpy as np
from scipy import sparse

from nlu.gate import Gate, Lines, Memory, calibrate, rank, score_line
from nlu.lines import Compressed, Regression, Row, Surface, Weights
from nlu.side_by_side import both
from nlu.topics import merge, second_topic


@dataclass(frozen=True)
class IntentModel:
    """Made by fit or restore; rank is all it does."""

    surface: Surface
    regression: Regression
    memory: Memory
    gate: Gate

    @classmethod
    def fit(
        cls, lines: Sequence[str], vectors: np.ndarray, labels: Sequence[str], weights: Weights, prior: float
    ) -> IntentModel:
        """Learns the lines; their order does not matter to the regression, and the result is the same every time."""
        surface, weights = Surface.learn(lines), weights.for_lines(len(lines))
        features = surface.features(lines)
        compressed = Compressed.of(features)
        known = Lines(vectors, features, compressed.rows, np.asarray(labels, dtype=str))
        gate, regression = both(
            lambda: calibrate(known, weights, prior=prior),
            lambda: Regression.fit(vectors, compressed.rows, labels, weights).unfold(compressed.basis),
        )
        return cls(surface, regression, Memory(vectors, features, labels), gate)

    @property
    def dimensions(self) -> int:
        """The length of a sentence vector."""
        return int(self.memory.vectors.shape[1])

    def rank(self, line: str, vector: np.ndarray) -> list[tuple[str, float]]:
        """All intents with confidences that sum to 1, the likeliest first."""
        words = self.surface.row(line)
        return self._rank(self.regression.probabilities(vector[None, :], words)[0], vector, words)

    def rank_topics(self, lines: Sequence[str], vectors: np.ndarray) -> tuple[list[tuple[str, float]], str | None]:
        """The same for a message with two topics, and the intent of its question if that is not the first.

        lines and vectors: of the whole message, of what is told in it and of what is asked.
        """
        labels, words = self.regression.labels, self.surface.features(lines)
        whole, told, asked = self.regression.probabilities(vectors, words)
        ranking = self._rank(merge(whole, told, asked, labels), vectors[0], words[0])
        return ranking, second_topic(asked, labels, ranking[0][0])

    def score(self, line: str, vector: np.ndarray) -> float:
        """What the gate judges by: the higher, the surer that this is ours."""
        words = self.surface.row(line)
        probabilities = self.regression.probabilities(vector[None, :], words)[0]
        return score_line(probabilities, self.regression.labels, vector, words, self.memory)

    def _rank(
        self, probabilities: np.ndarray, vector: np.ndarray, words: sparse.csr_matrix | Row
    ) -> list[tuple[str, float]]:
        labels = self.regression.labels
        return rank(probabilities, labels, score_line(probabilities, labels, vector, words, self.memory), self.gate)

    def store(self) -> tuple[dict[str, np.ndarray], dict[str, Any]]:
        """Arrays for an npz and the rest for JSON, from which restore makes the same model."""
        arrays = {
            "sentence": self.regression.sentence,
            "surface": self.regression.surface,
            "intercepts": self.regression.intercepts,
            "word_rarity": self.surface.words.idf_,
            "character_rarity": self.surface.characters.idf_,
            "vectors": self.memory.vectors.astype(np.float16),
            "memory_labels": self.memory.labels,
            "memory_words": self.memory.surface.data.astype(np.float16),
            "memory_columns": self.memory.surface.indices,
            "memory_ends": self.memory.surface.indptr,
        }
        words = {
            "labels": self.regression.labels,
            "terms": self.surface.terms(),
            "weights": asdict(self.regression.weights),
            "gate": asdict(self.gate),
        }
        return arrays, words

    @classmethod
    def restore(cls, arrays: dict[str, np.ndarray], words: dict[str, Any]) -> IntentModel:
        """The model that store described."""
        rarity = {"words": arrays["word_rarity"], "characters": arrays["character_rarity"]}
        weights = Weights(**words["weights"])
        known = (arrays["memory_words"].astype(np.float32), arrays["memory_columns"], arrays["memory_ends"])
        shape = (len(arrays["memory_labels"]), len(arrays["surface"]))
        return cls(
            Surface.restore(words["terms"], rarity),
            Regression(words["labels"], arrays["sentence"], arrays["surface"], arrays["intercepts"], weights),
            Memory(
                arrays["vectors"].astype(np.float32),
                sparse.csr_matrix(known, shape=shape),
                arrays["memory_labels"].tolist(),
            ),
            Gate(**words["gate"]),
        )
