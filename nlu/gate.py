"""Is this message one of ours at all? Calibrated by hiding whole intents in turn; knows nothing of Rasa."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from scipy import sparse
from sklearn.linear_model import LogisticRegression

from nlu.lines import Regression, Row, Weights
from nlu.side_by_side import side_by_side

OUT_OF_SCOPE = "out_of_scope"
NEIGHBOURS = 3
VIEWS = 2  # of the surface, words and characters: each row's square
_FOREIGN = 0.7  # of the messages that are not ours, the share that looks like our out-of-scope lines


class Memory:
    """What the training lines say and in which words: how near is the nearest?"""

    def __init__(self, vectors: np.ndarray, surface: sparse.csr_matrix, labels: Sequence[str]) -> None:
        """One row a line; surface: as nlu.lines.Surface has it. Only the lines that are ours count as neighbours."""
        names = np.asarray(labels, dtype=str)
        order = np.argsort(names, kind="stable")
        order = order[names[order] != OUT_OF_SCOPE]
        self.vectors, self.surface, self.labels = vectors[order], surface[order].astype(np.float32), names[order]
        known, starts = np.unique(self.labels, return_index=True)
        stretches = map(slice, starts, [*starts[1:], len(order)])
        self._lines = {
            label: (self.vectors[lines], rows_of(self.surface, lines))
            for label, lines in zip(known.tolist(), stretches, strict=True)
        }

    def nearness(self, vector: np.ndarray, words: sparse.csr_matrix | Row, label: str) -> float:
        """Cosine to the nearest line of this intent and the mean cosine to its three nearest, and half of that mean
        again for the words themselves; -2 to 2.5.

        words: the message's surface, one row.
        """
        if label not in self._lines:
            return 0.0
        vectors, surface = self._lines[label]
        meant = vectors @ vector
        said = surface @ words.toarray()[0] / VIEWS
        return float(meant.max() + _mean_of_nearest(meant) + 0.5 * _mean_of_nearest(said))


def rows_of(surface: sparse.csr_matrix, lines: slice) -> sparse.csr_matrix:
    """surface[lines], in the same memory: scipy would copy the rows for each message, which costs more."""
    start, end = surface.indptr[lines.start], surface.indptr[lines.stop]
    rows = sparse.csr_matrix((lines.stop - lines.start, surface.shape[1]), dtype=surface.dtype)
    rows.data, rows.indices = surface.data[start:end], surface.indices[start:end]  # given these, scipy copies them
    rows.indptr = surface.indptr[lines.start : lines.stop + 1] - start
    return rows


def _mean_of_nearest(cosines: np.ndarray) -> float:
    return float(np.sort(cosines)[-NEIGHBOURS:].mean())


@dataclass(frozen=True)
class Gate:
    """Two numbers that make a score a probability, and one that cools the ranking."""

    slope: float = 4.0
    offset: float = -4.0
    sharpness: float = 1.0

    def is_ours(self, score: float) -> float:
        """The probability that a message with this score is one of ours."""
        return float(1 / (1 + np.exp(-np.clip(self.slope * score + self.offset, -30, 30))))


def score_line(
    probabilities: np.ndarray, labels: Sequence[str], vector: np.ndarray, words: sparse.csr_matrix | Row, memory: Memory
) -> float:
    """0.3 ln p(best of ours) - 2 p(out of scope) + nearness: the higher, the surer that the message is ours."""
    foreign = np.array([label == OUT_OF_SCOPE for label in labels])
    ours = np.where(foreign, -1.0, probabilities)
    best = int(ours.argmax())
    nearness = memory.nearness(vector, words, labels[best])
    return float(0.3 * np.log(max(ours[best], 1e-9)) - 2 * probabilities[foreign].sum() + nearness)


def rank(probabilities: np.ndarray, labels: Sequence[str], score: float, gate: Gate) -> list[tuple[str, float]]:
    """All intents with calibrated confidences that sum to 1, the likeliest first.

    What is left when the message is ours is shared by our intents; the rest belongs to out_of_scope.
    """
    ours = gate.is_ours(score)
    shares = {label: p**gate.sharpness for label, p in zip(labels, probabilities, strict=True) if label != OUT_OF_SCOPE}
    total = sum(shares.values()) or 1.0
    ranking = [(label, ours * float(share) / total) for label, share in shares.items()]
    if OUT_OF_SCOPE in labels:
        ranking.append((OUT_OF_SCOPE, 1 - ours))
    return sorted(ranking, key=lambda one: -one[1])


@dataclass(frozen=True)
class Lines:
    """Lines to learn, one row each: their vectors, their surface, the same compressed, and their intents."""

    vectors: np.ndarray
    surface: sparse.csr_matrix
    compressed: np.ndarray
    labels: np.ndarray

    def only(self, rows: np.ndarray) -> Lines:
        """Those of these rows, a mask."""
        return Lines(self.vectors[rows], self.surface[rows], self.compressed[rows], self.labels[rows])


def calibrate(lines: Lines, weights: Weights, prior: float, folds: int = 4) -> Gate:
    """A gate from lines that a regression trained without them, and without every intent of one fold, had to judge.

    prior: the share of real messages that are ours. The rest is made up of out-of-scope lines and of hidden intents.
    """
    by_fold = side_by_side(lambda fold: _judge_fold(lines, weights, fold, folds), range(folds))
    judged = [one for fold in by_fold for one in fold]
    kinds = np.array([one.kind for one in judged])
    shares = {"ours": prior, "foreign": (1 - prior) * _FOREIGN, "hidden": (1 - prior) * (1 - _FOREIGN)}
    present = [kind for kind in shares if (kinds == kind).any()]
    if "ours" not in present or len(present) < 2:
        return Gate()
    weight = np.zeros(len(judged))
    for kind in present:
        weight[kinds == kind] = shares[kind] / (kinds == kind).mean()
    scores = np.array([[one.score] for one in judged])
    fit = LogisticRegression(C=100.0).fit(scores, kinds == "ours", sample_weight=weight)
    odds = [one.odds for one in judged if one.odds is not None]
    return Gate(float(fit.coef_[0, 0]), float(fit.intercept_[0]), _sharpen(odds))


@dataclass(frozen=True)
class _Judged:
    """A held-out line; odds: the log probabilities of its intent first, then of the others, for lines that are ours."""

    score: float
    kind: str
    odds: np.ndarray | None


def _judge_fold(lines: Lines, weights: Weights, fold: int, folds: int) -> list[_Judged]:
    names = lines.labels
    known = sorted(set(names) - {OUT_OF_SCOPE})
    hidden = np.isin(names, known[fold::folds])
    out = hidden | (np.arange(len(names)) % folds == fold)
    if len(set(names[~out])) < 2:
        return []
    learned = lines.only(~out)
    regression = Regression.fit(learned.vectors, learned.compressed, learned.labels.tolist(), weights)
    memory = Memory(learned.vectors, learned.surface, learned.labels)
    judged = []
    for i in np.flatnonzero(out & (~hidden | (np.arange(len(names)) % 3 == 0))):
        p = regression.probabilities(lines.vectors[i : i + 1], lines.compressed[i : i + 1])[0]
        kind = "hidden" if hidden[i] else "foreign" if names[i] == OUT_OF_SCOPE else "ours"
        odds = _log_odds(p, regression.labels, names[i]) if kind == "ours" else None
        score = score_line(p, regression.labels, lines.vectors[i], lines.surface[i], memory)
        judged.append(_Judged(score, kind, odds))
    return judged


def _log_odds(probabilities: np.ndarray, labels: Sequence[str], truth: str) -> np.ndarray:
    first = labels.index(truth)
    rest = [i for i, label in enumerate(labels) if i != first and label != OUT_OF_SCOPE]
    return np.log(np.maximum(probabilities[[first, *rest]], 1e-9))


def _sharpen(odds: list[np.ndarray]) -> float:
    """The exponent under which the true intents' shares are likeliest."""

    def loss(exponent: float) -> float:
        return float(np.mean([np.log(np.exp(exponent * (one - one[0])).sum()) for one in odds]))

    return min((0.5 + 0.1 * step for step in range(36)), key=loss)
