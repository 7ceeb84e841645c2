"""Figures as SVG, drawn on the server: no script, no style, readable as text."""

from collections.abc import Sequence
from dataclasses import dataclass

WIDTH, ROW, LABEL = 640, 24, 250
DAYS_HEIGHT = 140


@dataclass(frozen=True)
class Bar:
    label: str
    value: str
    x: float
    y: float
    width: float
    height: float


@dataclass(frozen=True)
class Plot:
    """title: what is counted. Bars lie (a list) or stand (days)."""

    title: str
    width: int
    height: int
    bars: Sequence[Bar]
    stands: bool = False


def lying(title: str, rows: Sequence[tuple[str, float]]) -> Plot:
    """One bar a row, the longest as long as there is room."""
    longest = max((value for _, value in rows), default=0) or 1
    room = WIDTH - LABEL - 50
    bars = [
        Bar(label, f"{value:g}", LABEL, number * ROW + 4, max(room * value / longest, 1), ROW - 8)
        for number, (label, value) in enumerate(rows)
    ]
    return Plot(title, WIDTH, max(len(rows), 1) * ROW, bars)


def standing(title: str, rows: Sequence[tuple[str, float]]) -> Plot:
    """One bar a day, side by side."""
    highest = max((value for _, value in rows), default=0) or 1
    step = WIDTH / max(len(rows), 1)
    bars = []
    for number, (label, value) in enumerate(rows):
        height = (DAYS_HEIGHT - 24) * value / highest
        bars.append(Bar(label, f"{value:g}", round(number * step, 2), DAYS_HEIGHT - height, max(step - 2, 1), height))
    return Plot(title, WIDTH, DAYS_HEIGHT, bars, True)
