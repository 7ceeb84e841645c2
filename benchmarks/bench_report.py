"""What `make bench` measured: a table, docs/performance.md, a plot."""

from __future__ import annotations

import os
import statistics
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

DOCS = Path(__file__).resolve().parents[1] / "docs"
HEAD = "| profile | door | customers | turns/s | p50 ms | p95 ms | p99 ms | failed | CPU ms a turn |"


@dataclass(frozen=True)
class Row:
    """One measurement. ms: of each turn. cpu_ms: of each process, for all turns together."""

    profile: str
    door: str
    customers: int
    ms: Sequence[float]
    seconds: float
    cpu_ms: Mapping[str, float]
    failed: int

    def line(self) -> str:
        ordered = sorted(self.ms)
        p50, p95, p99 = (_share(ordered, part) for part in (0.5, 0.95, 0.99))
        cpu = ", ".join(f"{name} {spent / len(ordered):.1f}" for name, spent in self.cpu_ms.items())
        rate = len(ordered) / self.seconds
        figures = f"{rate:.0f} | {p50:.0f} | {p95:.0f} | {p99:.0f} | {self.failed} | {cpu}"
        return f"| {self.profile} | {self.door} | {self.customers} | {figures} |"


@dataclass(frozen=True)
class Running:
    """A profile as it ran. memory_mb: of each process, after its measurements."""

    profile: str
    start_s: float
    first_answer_s: float
    memory_mb: Mapping[str, float]

    def line(self) -> str:
        memory = ", ".join(f"{name} {size:.0f}" for name, size in self.memory_mb.items())
        total = sum(self.memory_mb.values())
        return f"| {self.profile} | {self.start_s:.1f} | {self.first_answer_s:.1f} | {total:.0f} | {memory} |"


def write(rows: Sequence[Row], ran: Sequence[Running], seconds: float, load: float) -> str:
    """Writes both files; the tables."""
    table = "\n".join([HEAD, "|" + "---|" * 9, *(row.line() for row in rows)])
    processes = "| profile | start s | first answer s | memory MB | of each process |\n" + "|---" * 5 + "|\n"
    processes += "\n".join(one.line() for one in ran)
    text = PAGE.format(table=table, processes=processes, seconds=seconds, cores=os.cpu_count(), load=load)
    (DOCS / "performance.md").write_text(text, encoding="utf-8")
    _draw(rows)
    return f"{table}\n\n{processes}"


def _share(ordered: Sequence[float], part: float) -> float:
    return ordered[min(int(len(ordered) * part), len(ordered) - 1)] if ordered else float("nan")


def _draw(rows: Sequence[Row]) -> None:
    import matplotlib

    matplotlib.use("Agg")
    from matplotlib import pyplot

    figure, axes = pyplot.subplots(figsize=(8, 4))
    for series in dict.fromkeys((row.profile, row.door) for row in rows):
        own = [row for row in rows if (row.profile, row.door) == series]
        medians = [statistics.median(row.ms) for row in own]
        axes.plot([row.customers for row in own], medians, marker="o", label=", ".join(series))
    axes.set(xscale="log", yscale="log", xlabel="customers at a time", ylabel="median ms a turn")
    axes.legend(fontsize=7)
    figure.tight_layout()
    figure.savefig(DOCS / "performance.png", dpi=110)
    pyplot.close(figure)


PAGE = """# Performance

Written by `make bench` (`SECONDS=…` a measurement, {seconds:g} here) on {cores} cores. Load average before it
began: {load:.1f}. Above 0.5 something else computed as well, and all times are worse than they would be. The
customers share the cores with the assistant.

Each customer holds the conversation of `benchmarks/bench_load.py` without pauses, then begins a new one.
*chat*: from sending a message over the chat API to the last of its answer on the event stream. *rasa*: the same
turn posted to Rasa's own door. *embedded*: SQLite, everything in memory. *server*: PostgreSQL, Redis and
RabbitMQ, started for this run; *2 rasas*: two Rasa and two action server processes.

{table}

![median by customers](performance.png)

{processes}

*first answer*: of a new conversation, right after the start. Where the time goes is in the CPU column: what a
turn costs each process, whatever else the machine does; `customers` is the measuring process itself.

Not measured here: the same assistant with Rasa's default pipeline and policies (DIET, TED). What understanding
alone costs beside it is in `docs/nlu/README.md` (`make nlu-report`). Long lists, event streams and long
conversations have benchmarks of their own: `benchmarks/cases.py`, `desk.py`, `widget.py`,
`long_conversation.py`.
"""
