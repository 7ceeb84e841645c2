"""The report in words: lines for the terminal and the Markdown summary."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

from benchmarks.nlu_figures import Bin, Gatepost, Judged, Routes, by_intent, confusions, gate_curve, routes

if TYPE_CHECKING:
    from benchmarks.nlu_report import Outside

SKIPPED = "The outside sets were skipped: ../shared/data is not beside this checkout."


def print_lines(
    judged: Sequence[Judged], bins: Sequence[Bin], error: float, posts: Sequence[Gatepost], area: float
) -> list[str]:
    """All of the cross-validation."""
    lines = ["", f"{'intent':<26} precision  recall      F1   lines"]
    lines += [
        f"{one.intent:<26} {one.precision:>9.3f} {one.recall:>7.3f} {one.f1:>7.3f} {one.lines:>7}"
        for one in by_intent(judged)
    ]
    lines += ["", "most confused (meant as understood)"]
    lines += [f"  {meant} as {told}: {count}" for (meant, told), count in confusions(judged)[:20]]
    lines += ["", f"calibration, {error:.3f} off on average", "  confidence  right  messages"]
    lines += [f"  {one.confidence:>10.2f} {one.accuracy:>6.2f} {one.messages:>9}" for one in bins]
    lines += ["", f"out of scope, area under the curve {area:.3f}", "  limit  ours let in  others let in"]
    lines += [f"  {one.limit:>5.1f} {one.ours:>12.3f} {one.foreign:>14.3f}" for one in posts]
    return lines


def summary(
    lines: int,
    judged: Sequence[Judged],
    strangers: Mapping[str, Sequence[Judged]],
    error: float,
    outside: Outside | None,
    cost: dict[str, float],
) -> str:
    """docs/nlu/README.md."""
    own, (_, area) = routes(judged), gate_curve(judged)
    scores = by_intent(judged)
    macro = sum(one.f1 for one in scores) / len(scores)
    weakest = ", ".join(f"{one.intent} {one.f1:.2f}" for one in scores[:6])
    pairs = ", ".join(f"{meant} as {told} ({count})" for (meant, told), count in confusions(judged)[:8])
    parts = [
        "# How well customers are understood",
        "Written by `make nlu-report`; decision 0003 says how it works. Figures are shares unless they name a unit.",
        "## Our own lines, each judged by a model that has not seen it",
        f"{lines} lines of {len(scores)} intents in 5 folds. Mean F1 {macro:.3f}; weakest: {weakest}. "
        f"Most confused: {pairs}.",
        _table(
            ["", *_HEAD], [["our lines", *_row(own)], *([name, *_row(routes(one))] for name, one in strangers.items())]
        ),
        f"Strangers and callers: {sum(map(len, strangers.values()))} messages of `tests/nlu/strangers.yml` and "
        "`tests/nlu/callers.yml`, never learned from. Lines were added for the classes of mistakes that the callers "
        "showed, and the authors of both write lines too, so real strangers are understood somewhat worse.",
        f"Area under the out-of-scope curve {area:.3f}. Confidence is {error * 100:.1f} points off on average.",
        "![Confusion matrix](confusion.png)",
        "![Calibration](calibration.png)",
        "## Outside sets",
        *(_outside(outside) if outside else [SKIPPED]),
        "## Cost",
        _cost(cost, outside),
    ]
    return "\n\n".join(parts) + "\n"


_HEAD = ["right without zones", "right at once", "right or offered", "wrongly routed", "foreign accepted"]


def _row(found: Routes) -> list[str]:
    shares = (found.forced, found.at_once, found.offered, found.wrong, found.accepted)
    return [f"{share:.3f}" for share in shares[:4]] + [f"{found.accepted:.3f} of {found.foreign}"]


def _outside(outside: Outside) -> list[str]:
    typos = [found for name, found in outside.typed_worse.items() if name.startswith("two")]
    cost = (outside.openings.forced - sum(one.forced for one in typos) / len(typos)) * 100
    return [
        f"Openings ({outside.openings.ours} that are ours; trained on our lines). Goals: offered ≥ .90, at once ≥ .80, "
        "wrong ≤ .05, foreign ≤ .10; two typing errors ≤ 5 points.",
        _table(
            ["", *_HEAD],
            [
                ["**ours**", *_row(outside.openings)],
                ["Rasa's default", *_row(outside.default.openings)],
                *([f"ours, {name}", *_row(found)] for name, found in outside.typed_worse.items()),
            ],
        ),
        f"Rasa's default got through {outside.default.cost['epochs']:.0f} of its 100 epochs on our lines in "
        f"{outside.default.cost['seconds'] / 60:.0f} minutes, the start included; `MINUTES` gives it more or less.",
        f"Two typing errors a message cost {cost:.1f} points of right without zones (mean of {len(typos)} draws).",
        "HINT3 SOFMattress (trained on its training part). Goals: accuracy ≥ .82, AUC ≥ .90, MCC ≥ .70.",
        *(["Rasa's default was trained in an earlier run."] if outside.kept else []),
        _table(
            ["", "accuracy without threshold", "out-of-scope AUC", "best MCC"],
            [
                [name, f"{found.forced:.3f}", f"{found.auc:.3f}", f"{found.mcc:.3f}"]
                for name, found in (("**ours**", outside.hint3), ("Rasa's default", outside.default.hint3))
            ],
        ),
    ]


def _cost(cost: dict[str, float], outside: Outside | None) -> str:
    rows = [_cost_row("the whole assistant (goals 30 s, 10 ms, 800 MB)", cost, cost["all"])]
    if outside:
        found = outside.default.cost
        rows.append(_cost_row("Rasa's default, understanding only", found, found["milliseconds"]))
    table = _table(["", "training, s", "of CPU, s", "a message, ms of CPU (median)", "memory with it loaded, MB"], rows)
    return table + f"\n\nMeasured with a load of {cost['load']:.1f} (mean of five minutes, this run included)."


def _cost_row(name: str, cost: dict[str, float], message: float) -> list[str]:
    return [name, f"{cost['seconds']:.0f}", f"{cost['cpu']:.0f}", f"{message:.1f}", f"{cost['memory_mb']:.0f}"]


def _table(head: list[str], rows: list[list[str]]) -> str:
    lines = [head, ["---"] * len(head), *rows]
    return "\n".join("| " + " | ".join(line) + " |" for line in lines)
