"""The pictures of the report, as PNG."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import matplotlib
import numpy as np

matplotlib.use("Agg")
from matplotlib import pyplot

from benchmarks.nlu_figures import Bin

_PLAIN = {"Software": None}  # no version in the file: the same figures give the same bytes


def draw_confusions(labels: Sequence[str], matrix: np.ndarray, path: Path) -> None:
    """Rows are what was meant; each sums to 1."""
    side = 3 + 0.28 * len(labels)
    figure, axes = pyplot.subplots(figsize=(side, side))
    axes.imshow(np.sqrt(matrix), cmap="Blues", vmin=0, vmax=1)
    for row, column in np.argwhere(matrix >= 0.02):
        shade = "white" if matrix[row, column] > 0.4 else "black"
        axes.text(column, row, f"{matrix[row, column] * 100:.0f}", ha="center", va="center", fontsize=6, color=shade)
    axes.set_xticks(range(len(labels)), labels, rotation=90, fontsize=7)
    axes.set_yticks(range(len(labels)), labels, fontsize=7)
    axes.set_xlabel("understood as")
    axes.set_ylabel("meant")
    axes.set_title("Of 100 lines of each intent")
    _save(figure, path)


def draw_calibration(bins: Sequence[Bin], error: float, path: Path) -> None:
    """How often the model is right when it is so sure; the size of a dot says how many messages it stands for."""
    figure, axes = pyplot.subplots(figsize=(5, 5))
    axes.plot([0, 1], [0, 1], color="grey", linewidth=1)
    most = max((one.messages for one in bins), default=1)
    axes.plot([one.confidence for one in bins], [one.accuracy for one in bins], color="C0")
    axes.scatter(
        [one.confidence for one in bins],
        [one.accuracy for one in bins],
        s=[20 + 200 * one.messages / most for one in bins],
        color="C0",
    )
    axes.set_xlabel("confidence")
    axes.set_ylabel("share that is right")
    axes.set_title(f"Calibration: {error * 100:.1f} points off on average")
    _save(figure, path)


def _save(figure: pyplot.Figure, path: Path) -> None:
    figure.savefig(path, dpi=100, bbox_inches="tight", metadata=_PLAIN)
    pyplot.close(figure)
