"""What `make bench` measured: goals and tables, docs/performance.md, a plot."""

from __future__ import annotations

import os
import statistics
from collections.abc import Iterable, Iterator
from itertools import chain
from pathlib import Path

from benchmarks.bench_default import DEFAULT_EPOCHS, EPOCHS
from benchmarks.bench_default import NAME as DEFAULT
from benchmarks.bench_figures import Row
from benchmarks.bench_goals import OURS, goals
from benchmarks.bench_measured import Measured

DOCS = Path(__file__).resolve().parents[1] / "docs"
TURNS = "profile | door | customers | turns/s | p50 ms | p95 ms | p99 ms | failed | actions a turn | CPU ms a turn"
BESIDE = "customers | turns/s | p50 ms | CPU ms of rasa a turn | CPU ms of actions a turn | actions a turn"


def write(measured: Measured) -> str:
    """Writes both files; the goals and the tables."""
    parts = {
        "goals": table("goal | wanted | measured | holds", (goal.line() for goal in goals(measured))),
        "turns": table(TURNS, (row.line() for row in measured.rows)),
        "processes": table(
            "profile | start s | first answer s | memory MB | of each process", (one.line() for one in measured.ran)
        ),
        "beside": table(BESIDE, (_beside(measured, customers) for customers in measured.customers(DEFAULT))),
        "memory": _memory(measured),
        "training": _training(measured),
        "parts": table(
            "profile | process | part | CPU ms a turn | of the process",
            chain.from_iterable(found.lines(profile) for profile, found in measured.parts.items()),
        ),
        "wall": "\n\n".join(_wall(measured, profile) for profile in measured.parts),
        "streams": "\n\n".join(f"*{profile}*: {found.line()}" for profile, found in measured.streams.items()),
        "lists": table("what is opened | database | ms", _lists(measured)),
    }
    known = {"seconds": measured.seconds, "cores": os.cpu_count(), "load": measured.load}
    (DOCS / "performance.md").write_text(PAGE.format(**parts, **known), encoding="utf-8")
    _draw(measured.rows)
    return "\n\n".join(parts.values())


def table(heads: str, lines: Iterable[str]) -> str:
    """In Markdown. heads: of the columns, with `|` between; lines: whole."""
    return "\n".join([f"| {heads} |", "|" + "---|" * (heads.count("|") + 1), *lines])


def _beside(measured: Measured, customers: int) -> str:
    """Ours as a multiple of the default's."""
    ours, default = measured.row(OURS, "rasa", customers), measured.row(DEFAULT, "rest", customers)
    pairs = [
        (ours.rate, default.rate),
        (ours.percentile(0.5), default.percentile(0.5)),
        (ours.cpu_a_turn("rasa"), default.cpu_a_turn("rasa")),
        (ours.cpu_a_turn("actions"), default.cpu_a_turn("actions")),
        (ours.actions / len(ours.ms), default.actions / len(default.ms)),
    ]
    return (
        f"| {customers} | " + " | ".join(f"{mine:.1f} : {its:.1f} = {mine / its:.2g} ×" for mine, its in pairs) + " |"
    )


def _memory(measured: Measured) -> str:
    ours, default = measured.running(OURS), measured.running(DEFAULT)
    pairs = {
        what: (ours.memory_of(*names), default.memory_of(*names))
        for what, names in (("rasa", ["rasa"]), ("rasa and actions", ["rasa", "actions"]))
    }
    each = (f"{what} {mine:.0f} MB : {its:.0f} MB = {mine / its:.2f} ×" for what, (mine, its) in pairs.items())
    return f"Memory: {'; '.join(each)}."


def _training(measured: Measured) -> str:
    default = measured.default_training
    assert default
    epochs = ", ".join(f"{model} {min(took):.1f} s" for model, took in default.epochs.items())
    return (
        f"Training from nothing, without any cache: ours {measured.training_s:.0f} s, whole. The default was trained"
        f" {EPOCHS} of its {DEFAULT_EPOCHS} epochs in {default.seconds:.0f} s; an epoch took ({epochs}, the quickest"
        f" each), so that its {DEFAULT_EPOCHS} would take {default.whole_s / 60:.0f} minutes: reckoned, not measured."
    )


def _wall(measured: Measured, profile: str) -> str:
    """Where a turn's time goes, and what the processes computed for it while they were sampled, and without."""
    parts = measured.parts[profile]
    found = sum(sum(of_process.values()) for of_process in parts.ms.values())
    usual = measured.row(profile, "chat", 1).cpu_a_turn(*parts.ms)
    return f"*{profile}*: {parts.wall()}; {found:.1f} ms of CPU, {usual:.1f} ms without being sampled."


def _lists(measured: Measured) -> Iterator[str]:
    for database, pages in measured.lists_ms.items():
        for what, ms in pages.items():
            yield f"| {what} | {database} | {ms:.0f} |"


def _draw(rows: list[Row]) -> None:
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

## Goals

{goals}

## Turns

Each customer holds the conversation of `benchmarks/bench_load.py` without pauses, then begins a new one; each
holds it whole at least once.
*chat*: from sending a message over the chat API to the last of its answer on the event stream. *rasa*: the same
turn posted to Rasa's own door. *embedded*: SQLite, everything in memory. *server*: PostgreSQL, Redis and
RabbitMQ, started for this run; *2 rasas*: two Rasa and two action server processes.

{turns}

![median by customers](performance.png)

{processes}

*first answer*: of a new conversation, right after the start. Where the time goes is in the CPU column: what a
turn costs each process, whatever else the machine does; `customers` is the measuring process itself.

## Beside Rasa's default pipeline and policies

The same `data/` and `domain.yml`, trained with the default configuration that Rasa writes for a new project (DIET, TED,
UnexpecTED), run as a plain `rasa run` beside the same action server and orders, and talked to through Rasa's REST
channel. It keeps its trackers in memory; ours are on disk. Ours through the door *rasa*, the default's after the colon:

{beside}

{memory}

{training}
The number of epochs changes neither speed nor memory. It does change how well the default understands, so the two
conversations are not the same. The default also finds no order number, as our lines name no entities (`nlu/` finds
them by rules): it asks for the number again and again, and answers the questions in between; how many actions it
calls for that stands in the table. What understanding is worth beside it: `docs/nlu/README.md` (`make nlu-report`).

## Where a turn's time goes

One customer over the chat API, as the processes' own metrics say while they were sampled, which costs something too:

{wall}

The shares are what to look at. CPU time by the part that the innermost known frame belongs to
(`benchmarks/bench_parts.py`):

{parts}

## Ten thousand open conversations

{streams}

*embedded*: on SQLite. *server*: on PostgreSQL, what other processes change comes through Redis.

## A desk with 100,000 cases

5,000 people wait, one case in fifty is open (`benchmarks/bench_lists.py`). From asking to the last byte, the median of
nine; the command includes starting Python and Django.

{lists}

Long conversations, answers from the desk and the widget have benchmarks of their own:
`benchmarks/long_conversation.py`, `desk.py`, `widget.py`.
"""
