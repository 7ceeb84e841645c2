"""All that one run of `make bench` has found, as far as it has got."""

from __future__ import annotations

from dataclasses import dataclass, field

from benchmarks.bench_default import DefaultTraining
from benchmarks.bench_figures import Row, Running
from benchmarks.bench_parts import Parts
from benchmarks.bench_streams import Streams


@dataclass
class Measured:
    """seconds: of one measurement. load: the machine's average before it began. training_s: ours, from nothing.

    streams, parts: of each profile. lists_ms: until a page of the desk is there, by what is opened, of each database.
    """

    seconds: float
    load: float
    rows: list[Row] = field(default_factory=list)
    ran: list[Running] = field(default_factory=list)
    training_s: float = float("nan")
    default_training: DefaultTraining | None = None
    streams: dict[str, Streams] = field(default_factory=dict)
    lists_ms: dict[str, dict[str, float]] = field(default_factory=dict)
    parts: dict[str, Parts] = field(default_factory=dict)

    def take(self, found: Row | Running) -> None:
        """Keeps it, and prints it."""
        print(found.line(), flush=True)
        if isinstance(found, Row):
            self.rows.append(found)
        else:
            self.ran.append(found)

    def row(self, profile: str, door: str, customers: int) -> Row:
        """Raises StopIteration where that was not measured."""
        wanted = (profile, door, customers)
        return next(row for row in self.rows if (row.profile, row.door, row.customers) == wanted)

    def running(self, profile: str) -> Running:
        """Raises StopIteration where that did not run."""
        return next(one for one in self.ran if one.profile == profile)

    def customers(self, profile: str) -> list[int]:
        """How many talked at a time, in the order measured."""
        return list(dict.fromkeys(row.customers for row in self.rows if row.profile == profile))
