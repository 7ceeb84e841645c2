"""Is this message one of ours at all? Calibrated by hiding whole intents in turn; knows nothing of Rasa."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from sklearn.linear_model import LogisticRegression

from nlu.lines import Regression, Weights

OUT_OF_SCOPE = "out_of_scope"
NEIGHBOURS = 3


class Memory:
    """The vectors of the training lines: how near is the nearest?"""

    def __init__(self, vectors: np.ndarray, labels: Sequence[str]) -> None:
        """Only the lines that are ours count as neighbours."""
        ours = np.array([label != OUT_OF_SCOPE for label in labels], dtype=bool)
        self.vectors, self.labels = vectors[ours], np.asarray(labels, dtype=str)[ours]

    def nearness(self, vector: np.ndarray, label: str) -> float:
        """Cosine to the nearest line of this intent plus the mean cosine to the three nearest of any; -1 to 2."""
        if not len(self.labels):
            return 0.0
        cosines = self.vectors @ vector
        same = cosines[self.labels == label]
        nearest = np.sort(cosines)[-NEIGHBOURS:]
        return float((same.max() if len(same) else 0.0) + nearest.mean())


@dataclass(frozen=True)
class Gate:
    """Two numbers that make a score a probability, and one that cools the ranking."""

    slope: float = 4.0
    offset: float = -4.0
    sharpness: float = 1.0

    def is_ours(self, score: float) -> float:
        """The probability that a message with this score is one of ours."""
        return float(1 / (1 + np.exp(-np.clip(self.slope * score + self.offset, -30, 30))))


def score_line(probabilities: np.ndarray, labels: Sequence[str], vector: np.ndarray, memory: Memory) -> float:
    """p(best of ours) - p(out of scope) + nearness: the higher, the surer that the message is ours."""
    foreign = np.array([label == OUT_OF_SCOPE for label in labels])
    ours = np.where(foreign, -1.0, probabilities)
    best = int(ours.argmax())
    return float(ours[best] - probabilities[foreign].sum() + memory.nearness(vector, labels[best]))


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


def calibrate(
    vectors: np.ndarray,
    surface: np.ndarray,
    labels: Sequence[str],
    weights: Weights,
    folds: int = 4,
    prior: float = 0.8,
) -> Gate:
    """A gate from lines that a regression trained without them, and without every intent of one fold, had to judge.

    prior: the share of real messages that are ours; the hidden and foreign lines are weighted to be the rest.
    """
    names = np.asarray(labels, dtype=str)
    scores, truths, sharp = [], [], []
    for fold in range(folds):
        for score, truth, odds in _judge_fold(vectors, surface, names, weights, fold, folds):
            scores.append(score), truths.append(truth)
            if odds is not None:
                sharp.append(odds)
    return _fit_gate(np.array(scores), np.array(truths), sharp, prior)


def _judge_fold(
    vectors: np.ndarray, surface: np.ndarray, names: np.ndarray, weights: Weights, fold: int, folds: int
) -> list[tuple[float, bool, np.ndarray | None]]:
    """Score, is it ours, and the log odds of its intent first and the rest after, for each line held out in this fold."""
    known = sorted(set(names) - {OUT_OF_SCOPE})
    hidden = np.isin(names, known[fold::folds])
    out = hidden | (np.arange(len(names)) % folds == fold)
    if len(set(names[~out])) < 2:
        return []
    regression = Regression.fit(vectors[~out], surface[~out], names[~out].tolist(), weights)
    memory = Memory(vectors[~out], names[~out])
    judged = []
    for i in np.flatnonzero(out & (~hidden | (np.arange(len(names)) % 3 == 0))):
        p = regression.probabilities(vectors[i : i + 1], surface[i : i + 1])[0]
        ours = names[i] in regression.labels and names[i] != OUT_OF_SCOPE
        odds = None
        if ours:
            first = regression.labels.index(names[i])
            rest = [j for j, label in enumerate(regression.labels) if j != first and label != OUT_OF_SCOPE]
            odds = np.log(np.maximum(p[[first, *rest]], 1e-9))
        judged.append((score_line(p, regression.labels, vectors[i], memory), ours, odds))
    return judged


def _fit_gate(scores: np.ndarray, truths: np.ndarray, odds: list[np.ndarray], prior: float) -> Gate:
    if len(set(truths.tolist())) < 2:
        return Gate()
    share = truths.mean()
    weight = np.where(truths, prior / share, (1 - prior) / (1 - share))
    fit = LogisticRegression(C=100.0).fit(scores[:, None], truths, sample_weight=weight)
    return Gate(float(fit.coef_[0, 0]), float(fit.intercept_[0]), _sharpen(odds))


def _sharpen(odds: list[np.ndarray]) -> float:
    """The exponent under which the true intents' shares are likeliest."""

    def loss(exponent: float) -> float:
        return float(np.mean([np.log(np.exp(exponent * (one - one[0])).sum()) for one in odds]))

    return min((0.5 + 0.1 * step for step in range(36)), key=loss)
