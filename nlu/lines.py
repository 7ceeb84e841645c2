"""The classifier's mathematics: lines and their vectors to probabilities of intents; knows nothing of Rasa."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np
from scipy import sparse
from scipy.linalg import eigh
from sklearn.feature_extraction.text import TfidfVectorizer
from sklearn.linear_model import LogisticRegression

from nlu.side_by_side import one_thread_each

_STEPS = 40
_ROUNDS = 2
_LINES = 400


@dataclass(frozen=True)
class Weights:
    """How loud each view of a line is, and how hard the regression is held back.

    surface: for 400 lines. The more lines, the more of a stranger's words they hold, and the louder it may be.
    """

    sentence: float = 6.0
    surface: float = 2.0
    inverse_penalty: float = 1.0

    def for_lines(self, count: int) -> Weights:
        """These weights, made ready for so many lines."""
        return replace(self, surface=self.surface * (count / _LINES) ** 0.25)


@dataclass(frozen=True)
class Row:
    """The surface of one line: its columns and what stands in them. scipy checks a matrix for longer than one line
    takes to multiply; the names are scipy's."""

    indices: np.ndarray
    data: np.ndarray
    columns: int

    def toarray(self) -> np.ndarray:
        """An array (1, columns)."""
        row = np.zeros((1, self.columns))
        row[0, self.indices] = self.data
        return row


class Surface:
    """TF-IDF of a line's words (1 and 2) and characters (2 to 5)."""

    def __init__(self, words: TfidfVectorizer, characters: TfidfVectorizer) -> None:
        """Both vectorizers fitted."""
        self.words, self.characters = words, characters
        self._views = [(view.vocabulary_, view.idf_, view.build_analyzer()) for view in (words, characters)]
        self._columns = sum(len(known) for known, _, _ in self._views)

    @classmethod
    def learn(cls, lines: Sequence[str], most_characters: int = 20_000) -> Surface:
        """The terms of these lines."""
        return cls(_words().fit(lines), _characters(max_features=most_characters).fit(lines))

    def features(self, lines: Sequence[str]) -> sparse.csr_matrix:
        """One row a line: what the two vectorizers say side by side, without their costly checks."""
        rows = [self.row(line) for line in lines]
        values = np.concatenate([row.data for row in rows] or [[]])
        columns = np.concatenate([row.indices for row in rows] or [[]])
        ends = np.cumsum([0, *(len(row.data) for row in rows)])
        return sparse.csr_matrix((values, columns, ends), shape=(len(lines), self._columns))

    def row(self, line: str) -> Row:
        """The same of one line."""
        columns, values, shift = [], [], 0
        for known, rarity, analyze in self._views:
            counts = Counter(map(known.get, analyze(line)))
            counts.pop(None, None)
            found = np.fromiter(counts, dtype=np.int64, count=len(counts))
            weights = 1 + np.log(np.fromiter(counts.values(), dtype=np.float64, count=len(counts)))
            weights *= rarity[found]
            columns.append(found + shift)
            values.append(weights / max(float(np.sqrt(weights @ weights)), 1e-12))
            shift += len(known)
        return Row(np.concatenate(columns), np.concatenate(values), self._columns)

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


Features = np.ndarray | sparse.csr_matrix | Row


@dataclass(frozen=True)
class Compressed:
    """The surface of the training lines in few dense columns, which a regression learns from many times faster."""

    rows: np.ndarray
    basis: np.ndarray

    @classmethod
    def of(cls, surface: sparse.csr_matrix, most: int = 500) -> Compressed:
        """The leading directions of the lines: rows = surface @ basis. The same every time."""
        surface = surface.astype(np.float32)
        with one_thread_each():
            reached = surface.T @ _leading(surface, min(most, surface.shape[0]))
            sizes, turn = eigh(reached.T @ reached)
            kept = sizes > 1e-5 * sizes[-1]
            basis = reached @ (turn[:, kept] / np.sqrt(sizes[kept]))
            return cls(surface @ basis, basis)


def _leading(surface: sparse.csr_matrix, count: int) -> np.ndarray:
    """Orthonormal columns near the lines' leading ones: a few rounds cost a tenth of the exact ones, and serve."""
    directions = np.random.default_rng(0).normal(size=(surface.shape[0], count)).astype(np.float32)
    columns = surface.T.tocsr()
    for _ in range(_ROUNDS):
        directions = np.linalg.qr(surface @ (columns @ directions))[0]
    return directions


class Regression:
    """Logistic regression over both views, as plain arrays."""

    def __init__(
        self, labels: list[str], sentence: np.ndarray, surface: np.ndarray, intercepts: np.ndarray, weights: Weights
    ) -> None:
        """sentence and surface: one column a label, one row a feature of that view."""
        self.labels, self.intercepts, self.weights = labels, intercepts, weights
        self.sentence = np.ascontiguousarray(sentence, dtype=np.float32)
        self.surface = np.ascontiguousarray(surface, dtype=np.float32)

    @classmethod
    def fit(cls, vectors: np.ndarray, surface: np.ndarray, labels: Sequence[str], weights: Weights) -> Regression:
        """Every intent weighs the same, however many lines it has."""
        features = np.hstack([vectors * weights.sentence, surface * weights.surface])
        model = LogisticRegression(C=weights.inverse_penalty, class_weight="balanced", max_iter=_STEPS, tol=1e-3)
        with one_thread_each():  # stopping early is meant: more steps change nothing
            model.fit(features.astype(np.float32), np.asarray(labels))
        columns, intercepts = model.coef_.T, model.intercept_
        if len(model.classes_) == 2:
            columns, intercepts = np.hstack([-columns, columns]) / 2, np.hstack([-intercepts, intercepts]) / 2
        split = vectors.shape[1]
        return cls([str(label) for label in model.classes_], columns[:split], columns[split:], intercepts, weights)

    def unfold(self, basis: np.ndarray) -> Regression:
        """The same regression for surfaces that are not compressed."""
        return Regression(self.labels, self.sentence, basis @ self.surface, self.intercepts, self.weights)

    def probabilities(self, vectors: np.ndarray, surface: Features) -> np.ndarray:
        """An array (lines, labels); every row sums to 1."""
        scores = self.scores(vectors, surface)
        scores = np.exp(scores - scores.max(axis=1, keepdims=True))
        return scores / scores.sum(axis=1, keepdims=True)

    def scores(self, vectors: np.ndarray, surface: Features) -> np.ndarray:
        """The same before they are made probabilities."""
        known = (vectors @ self.sentence) * self.weights.sentence + self.intercepts
        return known + times(surface, self.surface) * self.weights.surface


def times(surface: Features, weights: np.ndarray) -> np.ndarray:
    """surface @ weights; of one sparse line only the rows that it names, which is ten times faster than scipy's way."""
    if isinstance(surface, Row) or (sparse.issparse(surface) and surface.shape[0] == 1):
        return (surface.data.astype(np.float32) @ weights[surface.indices])[None, :]
    return surface.astype(np.float32) @ weights


def _words(**settings: object) -> TfidfVectorizer:
    return TfidfVectorizer(ngram_range=(1, 2), sublinear_tf=True, token_pattern=r"(?u)\b\w+\b|[?!]", **settings)


def _characters(**settings: object) -> TfidfVectorizer:
    return TfidfVectorizer(analyzer="char_wb", ngram_range=(2, 5), sublinear_tf=True, **settings)


def _in_order(vectorizer: TfidfVectorizer) -> list[str]:
    return sorted(vectorizer.vocabulary_, key=vectorizer.vocabulary_.__getitem__)
