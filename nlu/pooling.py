"""From the states of a text's pieces to one vector, in which rare pieces weigh more than common ones."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable

import numpy as np

from nlu.wordpiece import read_vocabulary

_COMMON = 0.05  # a piece that stands in so large a share of the lines weighs half of one that is new
_RARE_SHARE = 2.0  # how much the weighted mean counts beside the plain one


def learn_weights(lines: Iterable[list[int]]) -> np.ndarray:
    """A weight for each piece of the vocabulary: near 1 for what few of these lines hold, 0 for signs.

    lines: the ids of the pieces of each.
    """
    lines = list(lines)
    weights = np.array([float(any(map(str.isalnum, piece))) for piece in read_vocabulary()], dtype=np.float32)
    for sign in ("[CLS]", "[SEP]", "[UNK]"):
        weights[read_vocabulary()[sign]] = 0
    for piece, count in Counter(piece for line in lines for piece in set(line)).items():
        weights[piece] /= 1 + count / len(lines) / _COMMON
    return weights


def pool(ids: np.ndarray, states: np.ndarray, weights: np.ndarray | None = None) -> np.ndarray:
    """A vector of length 1: the mean of the states and, with weights, their weighted mean beside it."""
    plain = _unit(states.mean(axis=0))
    if weights is None:
        return plain
    heavy = weights[ids]
    return _unit(plain + _RARE_SHARE * _unit(heavy @ states)) if heavy.any() else plain


def _unit(vector: np.ndarray) -> np.ndarray:
    return vector / max(float(np.linalg.norm(vector)), 1e-9)
