"""Figures from judged messages; knows neither models nor files.

A judged message is its ranking (intents with confidences, the likeliest first), the zone it was put in and the intents
that would be right.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from sklearn.metrics import matthews_corrcoef, precision_recall_fscore_support, roc_auc_score

OUT_OF_SCOPE = "out_of_scope"
NOBODY = "NO_NODES_DETECTED"  # HINT3's word for out of scope
Ranking = list[tuple[str, float]]


@dataclass(frozen=True)
class Judged:
    """zone: accept, ask or none; right: out_of_scope stands alone in it."""

    ranking: Ranking
    zone: str
    right: frozenset[str]

    @property
    def top(self) -> str:
        """The likeliest intent."""
        return self.ranking[0][0]

    @property
    def is_ours(self) -> bool:
        """Whether it is a message for us at all."""
        return OUT_OF_SCOPE not in self.right

    @property
    def ours(self) -> list[str]:
        """Our intents, the likeliest first."""
        return [name for name, _ in self.ranking if name != OUT_OF_SCOPE]


@dataclass(frozen=True)
class Routes:
    """Shares of the messages that are ours, and the share of the others that was acted on."""

    ours: int
    foreign: int
    forced: float
    at_once: float
    offered: float
    wrong: float
    accepted: float


def routes(judged: Sequence[Judged]) -> Routes:
    """Where the zones send the messages."""
    ours = [one for one in judged if one.is_ours]
    foreign = [one for one in judged if not one.is_ours]
    counts: Counter[str] = Counter()
    for one in ours:
        is_right, accepted = one.top in one.right, one.zone == "accept"
        counts["forced"] += bool(one.ours) and one.ours[0] in one.right
        counts["at_once"] += is_right and accepted
        counts["offered"] += (accepted and is_right) or (one.zone == "ask" and bool(one.right & set(one.ours[:3])))
        counts["wrong"] += accepted and not is_right and one.top != OUT_OF_SCOPE
    taken = sum(one.zone == "accept" and one.top != OUT_OF_SCOPE for one in foreign)
    shares = {name: counts[name] / max(1, len(ours)) for name in ("forced", "at_once", "offered", "wrong")}
    return Routes(len(ours), len(foreign), **shares, accepted=taken / max(1, len(foreign)))


@dataclass(frozen=True)
class IntentScore:
    """Of one intent; lines: how many were judged."""

    intent: str
    precision: float
    recall: float
    f1: float
    lines: int


def by_intent(judged: Sequence[Judged]) -> list[IntentScore]:
    """The best intent of each message against its first right one, zones left aside; the weakest F1 first."""
    truths, told = _pairs(judged)
    labels = sorted(set(truths))
    columns = precision_recall_fscore_support(truths, told, labels=labels, zero_division=0)
    scores = [
        IntentScore(label, float(p), float(r), float(f), int(n))
        for label, p, r, f, n in zip(labels, *columns, strict=True)
    ]
    return sorted(scores, key=lambda one: one.f1)


def confusions(judged: Sequence[Judged]) -> list[tuple[tuple[str, str], int]]:
    """(meant, understood) and how often, the most frequent first."""
    return Counter((truth, told) for truth, told in zip(*_pairs(judged), strict=True) if truth != told).most_common()


def confusion_matrix(judged: Sequence[Judged]) -> tuple[list[str], np.ndarray]:
    """The intents, and the share of each row's messages that was understood as each column."""
    truths, told = _pairs(judged)
    labels = sorted({*truths, *told})
    matrix = np.zeros((len(labels), len(labels)))
    for truth, one in zip(truths, told, strict=True):
        matrix[labels.index(truth), labels.index(one)] += 1
    return labels, matrix / np.maximum(matrix.sum(axis=1, keepdims=True), 1)


@dataclass(frozen=True)
class Bin:
    """Messages of similar confidence: how sure the model was, and how often it was right."""

    confidence: float
    accuracy: float
    messages: int


def calibration(judged: Sequence[Judged], bins: int = 10) -> tuple[list[Bin], float]:
    """The bins from unsure to sure, and the expected calibration error."""
    sure = np.array([one.ranking[0][1] for one in judged])
    right = np.array([one.top in one.right for one in judged], dtype=float)
    where = np.minimum((sure * bins).astype(int), bins - 1)
    found = [
        Bin(float(sure[where == i].mean()), float(right[where == i].mean()), int((where == i).sum()))
        for i in range(bins)
        if (where == i).any()
    ]
    return found, sum(abs(one.confidence - one.accuracy) * one.messages for one in found) / max(1, len(judged))


@dataclass(frozen=True)
class Gatepost:
    """What a limit on 'is it ours?' lets in."""

    limit: float
    ours: float
    foreign: float


def gate_curve(judged: Sequence[Judged]) -> tuple[list[Gatepost], float]:
    """The shares let in of ours and of the rest for limits from 0.1 to 0.9, and the area under the curve."""
    is_ours = np.array([one.is_ours for one in judged])
    score = np.array([1 - dict(one.ranking).get(OUT_OF_SCOPE, 0.0) for one in judged])
    posts = [
        Gatepost(float(limit), float((score[is_ours] >= limit).mean()), float((score[~is_ours] >= limit).mean()))
        for limit in np.linspace(0.1, 0.9, 9)
        if is_ours.any() and not is_ours.all()
    ]
    return posts, float(roc_auc_score(is_ours, score)) if posts else float("nan")


@dataclass(frozen=True)
class Hint3:
    """The measures of the paper: without a threshold, how well the score separates, and at the best threshold."""

    forced: float
    auc: float
    mcc: float


def hint3(truths: Sequence[str], told: Sequence[str], scores: Sequence[float]) -> Hint3:
    """told: the best intent of each message; scores: the higher, the surer that it is in scope."""
    ours = [truth != NOBODY for truth in truths]
    forced = sum(a == b for a, b, mine in zip(truths, told, ours, strict=True) if mine) / max(1, sum(ours))
    best = max(
        matthews_corrcoef(
            truths, [name if score >= limit else NOBODY for name, score in zip(told, scores, strict=True)]
        )
        for limit in np.quantile(scores, np.linspace(0, 0.9, 60))
    )
    return Hint3(forced, float(roc_auc_score(ours, scores)), float(best))


def _pairs(judged: Sequence[Judged]) -> tuple[list[str], list[str]]:
    truths = [one.top if one.top in one.right else min(one.right) for one in judged]
    return truths, [one.top for one in judged]
