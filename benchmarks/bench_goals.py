"""The goals of `make bench`, each with what was measured in this run and whether it holds."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from benchmarks.bench_default import NAME as DEFAULT
from benchmarks.bench_measured import Measured

OURS = "embedded"
STREAMS = 10_000
AT_ONCE = ("the desk: all lists", "cases by what is due")
MANY = 64


@dataclass(frozen=True)
class Goal:
    """measured: in the goal's own unit, and `than` what it has to reach; at_least: a floor, else a ceiling."""

    what: str
    than: float
    unit: str
    measured: float
    at_least: bool = False

    @property
    def holds(self) -> bool:
        """Also false when nothing was measured: NaN compares as false."""
        return self.measured >= self.than if self.at_least else self.measured <= self.than

    def line(self) -> str:
        sign = "≥" if self.at_least else "≤"
        wanted, found = self._in_words(self.than), self._in_words(self.measured)
        return f"| {self.what} | {sign} {wanted} | {found} | {'yes' if self.holds else 'no'} |"

    def _in_words(self, figure: float) -> str:
        """With as many decimals as tell it from what it has to reach."""
        decimals = 2 if self.than < 10 else 1 if self.than < 100 else 0
        return f"{figure:,.{decimals}f} {self.unit}".strip()


def goals(measured: Measured) -> Iterator[Goal]:
    """Of issue 8, on two cores."""
    yield Goal("a turn at Rasa, median, one customer", 15, "ms", measured.row(OURS, "rasa", 1).percentile(0.5))
    yield Goal(
        "a turn over the chat API, median, one customer", 25, "ms", measured.row(OURS, "chat", 1).percentile(0.5)
    )
    best = max(row.rate for row in measured.rows if row.profile == OURS)
    yield Goal("turns a second, the best of the embedded profile", 120, "", best, at_least=True)
    for customers in measured.customers(DEFAULT):
        ratio = measured.row(OURS, "rasa", customers).rate / measured.row(DEFAULT, "rest", customers).rate
        yield Goal(f"turns a second beside Rasa's default, {customers} at a time", 5, "×", ratio, at_least=True)
    ours, default = (measured.running(name).memory_of("rasa", "actions") for name in (OURS, DEFAULT))
    yield Goal("memory of rasa and actions beside Rasa's default", 0.5, "×", ours / default)
    for row in measured.rows:
        if row.customers == MANY and row.profile != DEFAULT:
            ratio = row.percentile(0.99) / row.percentile(0.5)
            yield Goal(f"p99 beside p50, {MANY} at a time, {row.profile}, {row.door}", 10, "×", ratio)
    for profile, streams in measured.streams.items():
        carried = f"open conversations with live push in one web process, {profile}"
        yield Goal(carried, STREAMS, "", streams.opened, at_least=True)
        yield Goal(f"memory of the web process with them, {profile}", 1024, "MB", streams.memory_mb)
        yield Goal(f"of a core for them while nobody says anything, {profile}", 10, "%", 100 * streams.quiet_cpu)
    for database, pages in measured.lists_ms.items():
        for what in AT_ONCE:
            yield Goal(f"{what}, 100,000 cases, 5,000 waiting, {database}", 200, "ms", pages[what])
    yield Goal("training from nothing", 30, "s", measured.training_s)
    yield Goal("from the start to the first answer", 15, "s", measured.running(OURS).first_answer_s)
