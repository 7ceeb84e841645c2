"""The whole intent model: what a line looks like, the regression, the memory and the gate; knows nothing of Rasa."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from typing import Any

import numpy as np

from nlu.gate import Gate, Memory, calibrate, rank, score_line
from nlu.lines import Compressed, Regression, Surface, Weights


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
        surface = Surface.learn(lines)
        compressed = Compressed.of(surface.features(lines))
        gate = calibrate(vectors, compressed.rows, labels, weights, prior=prior)
        regression = Regression.fit(vectors, compressed.rows, labels, weights).unfold(compressed.basis)
        return cls(surface, regression, Memory(vectors, labels), gate)

    @property
    def dimensions(self) -> int:
        """The length of a sentence vector."""
        return int(self.memory.vectors.shape[1])

    def rank(self, line: str, vector: np.ndarray) -> list[tuple[str, float]]:
        """All intents with confidences that sum to 1, the likeliest first."""
        p = self._probabilities(line, vector)
        return rank(p, self.regression.labels, self._score(p, vector), self.gate)

    def score(self, line: str, vector: np.ndarray) -> float:
        """What the gate judges by: the higher, the surer that this is ours."""
        return self._score(self._probabilities(line, vector), vector)

    def _probabilities(self, line: str, vector: np.ndarray) -> np.ndarray:
        return self.regression.probabilities(vector[None, :], self.surface.features([line]))[0]

    def _score(self, probabilities: np.ndarray, vector: np.ndarray) -> float:
        return score_line(probabilities, self.regression.labels, vector, self.memory)

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
        return cls(
            Surface.restore(words["terms"], rarity),
            Regression(words["labels"], arrays["sentence"], arrays["surface"], arrays["intercepts"], weights),
            Memory(arrays["vectors"].astype(np.float32), arrays["memory_labels"].tolist()),
            Gate(**words["gate"]),
        )
