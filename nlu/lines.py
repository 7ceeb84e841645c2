"""The classifier's mathematics: lines and their vectors to probabilities of intents; knows nothing of Rasa."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from scipy import sparse
from sklearn.feature_extraction.text import TfidfVectorizer
from sklearn.linear_model import LogisticRegression


@dataclass(frozen=True)
class Weights:
    """How loud each view of a line is, and how hard the regression is held back."""

    sentence: float = 6.0
    surface: float = 2.0
    inverse_penalty: float = 1.0


class Surface:
    """TF-IDF of a line's words (1 and 2) and characters (2 to 5)."""

    def __init__(self, words: TfidfVectorizer, characters: TfidfVectorizer) -> None:
        """Both vectorizers fitted."""
        self.words, self.characters = words, characters

    @classmethod
    def learn(cls, lines: Sequence[str], most_characters: int = 20_000) -> Surface:
        """The terms of these lines."""
        return cls(_words().fit(lines), _characters(max_features=most_characters).fit(lines))

    def features(self, lines: Sequence[str]) -> sparse.csr_matrix:
        """One row a line."""
        return sparse.hstack([self.words.transform(lines), self.characters.transform(lines)], format="csr")

    def terms(self) -> dict[str, list[str]]:
        """The terms in the order of their columns, for storing."""
        return {"words": _in_order(self.words), "characters": _in_order(self.characters)}

    @classmethod
    def restore(cls, terms: dict[str, list[str]], rarity: dict[str, np.ndarray]) -> Surface:
        """What terms() and the vectorizers' idf_ arrays described."""
        words = _words(vocabulary=terms["words"])
        characters = _characters(vocabulary=terms["characters"])
        words.idf_, characters.idf_ = rarity["words"], rarity["characters"]
        return cls(words, characters)


class Regression:
    """Logistic regression over both views, as plain arrays."""

    def __init__(self, labels: list[str], coefficients: np.ndarray, intercepts: np.ndarray, weights: Weights) -> None:
        """coefficients: one row a label, sentence columns first, then the surface's."""
        self.labels, self.intercepts, self.weights = labels, intercepts, weights
        self.coefficients = np.ascontiguousarray(coefficients, dtype=np.float32)
        self._columns = np.ascontiguousarray(self.coefficients.T)

    @classmethod
    def fit(
        cls, vectors: np.ndarray, surface: sparse.csr_matrix, labels: Sequence[str], weights: Weights, steps: int = 60
    ) -> Regression:
        """Every intent weighs the same, however many lines it has."""
        features = sparse.hstack(
            [sparse.csr_matrix(vectors * weights.sentence), surface * weights.surface], format="csr"
        )
        model = LogisticRegression(C=weights.inverse_penalty, class_weight="balanced", max_iter=steps, tol=1e-3)
        model.fit(features.astype(np.float32), np.asarray(labels))
        coefficients, intercepts = model.coef_, model.intercept_
        if len(model.classes_) == 2:
            coefficients = np.vstack([-coefficients / 2, coefficients / 2])
            intercepts = np.array([-intercepts[0] / 2, intercepts[0] / 2])
        return cls([str(label) for label in model.classes_], coefficients, intercepts, weights)

    def probabilities(self, vectors: np.ndarray, surface: sparse.csr_matrix) -> np.ndarray:
        """An array (lines, labels); every row sums to 1."""
        split = vectors.shape[1]
        scores = (vectors * self.weights.sentence) @ self._columns[:split]
        scores = scores + (surface * self.weights.surface) @ self._columns[split:] + self.intercepts
        scores = np.exp(scores - scores.max(axis=1, keepdims=True))
        return scores / scores.sum(axis=1, keepdims=True)


def _words(**settings: object) -> TfidfVectorizer:
    return TfidfVectorizer(ngram_range=(1, 2), sublinear_tf=True, token_pattern=r"(?u)\b\w+\b|[?!]", **settings)


def _characters(**settings: object) -> TfidfVectorizer:
    return TfidfVectorizer(analyzer="char_wb", ngram_range=(2, 5), sublinear_tf=True, **settings)


def _in_order(vectorizer: TfidfVectorizer) -> list[str]:
    return sorted(vectorizer.vocabulary_, key=vectorizer.vocabulary_.__getitem__)
