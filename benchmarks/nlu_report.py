"""make nlu-report: everything about understanding, printed, drawn and written to docs/nlu/.

Our lines in cross-validation; the strangers' messages of tests/nlu; the outside sets, if ../shared/data is there,
beside Rasa's default pipeline trained in the same run (most of the time goes there: at most --minutes for each of the
two sets); what training and a message cost inside Rasa. Nothing is learned from what is measured.
"""

from __future__ import annotations

import argparse
import json
import os
import random
import re
import resource
import string
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

ROOT = Path(__file__).parent.parent
sys.path.insert(0, str(ROOT))

from benchmarks import nlu_plots, nlu_words  # noqa: E402
from benchmarks.nlu import (  # noqa: E402
    Lines,
    Reader,
    Rows,
    cross_validate,
    judge,
    measure_hint3,
    our_lines,
    read_hint3,
    read_openings,
    read_strangers,
)
from benchmarks.nlu_figures import (  # noqa: E402
    Hint3,
    Judged,
    Routes,
    calibration,
    confusion_matrix,
    gate_curve,
    hint3,
    routes,
)
from benchmarks.nlu_outside import check_digests  # noqa: E402
from support.run.model import LEFT_OUT  # noqa: E402


@dataclass(frozen=True)
class Default:
    """Rasa's default pipeline on the outside sets, and what training on our lines and a message cost it.

    cost: of our lines, with the epochs it got to before its time was over.
    """

    openings: Routes
    hint3: Hint3
    cost: dict[str, float]

    @classmethod
    def read(cls, path: Path) -> Default:
        """What an earlier run wrote."""
        kept = json.loads(path.read_text(encoding="utf-8"))
        return cls(Routes(**kept["openings"]), Hint3(**kept["hint3"]), kept["cost"])

    def write(self, path: Path) -> None:
        """For a later run that keeps it."""
        path.write_text(json.dumps(asdict(self), indent=1) + "\n", encoding="utf-8")


@dataclass(frozen=True)
class Outside:
    """The outside sets: ours, ours on messages that are typed worse, and Rasa's default (kept: from an earlier run)."""

    openings: Routes
    hint3: Hint3
    typed_worse: dict[str, Routes]
    default: Default
    kept: bool = False


def typing_errors(text: str, drawn: random.Random, count: int = 2) -> str:
    """The text with letters left out, doubled, swapped or replaced in words of four letters or more."""
    for _ in range(count):
        places = [i for word in re.finditer(r"[A-Za-z]{4,}", text) for i in range(word.start(), word.end() - 1)]
        if not places:
            return text
        i = drawn.choice(places)
        errors = (text[i + 1] + text[i], "", text[i] * 2, drawn.choice(string.ascii_lowercase))
        kind = drawn.randrange(4)
        text = text[:i] + errors[kind] + text[i + (2 if kind == 0 else 1) :]
    return text


def unpunctuated(text: str) -> str:
    """The text without signs; two words that only a sign kept apart ("ok..pls") stay two, and an address one."""
    words = (word if "@" in word else re.sub(r"['’]", "", word) for word in text.split())
    return " ".join(word if "@" in word else re.sub(r"\W+", " ", word).strip() for word in words)


def measure_ours(reader: Reader, lines: Lines, data: Path, default: Default, kept: bool) -> Outside:
    """Trains ours on our lines, then on HINT3's training part."""
    openings = read_openings(data / "openings.jsonl")
    reader.train(lines)
    found = routes(judge(reader, openings))
    worse = {name: _typed(reader, openings, change) for name, change in _changes().items()}
    return Outside(found, measure_hint3(reader, *read_hint3(data / "hint3-sofmattress")), worse, default, kept)


def measure_default(lines: Lines, data: Path, minutes: float) -> Default:
    """Trains Rasa's default on HINT3's training part, then on our lines, each for so many minutes at most."""
    openings = read_openings(data / "openings.jsonl")
    train, test = read_hint3(data / "hint3-sofmattress")
    on_hint3 = run_default(train, [text for text, _ in test], minutes)
    told = [ranking[0] for ranking in on_hint3["rankings"]]
    on_ours = run_default(lines, [text for text, _ in openings], minutes)
    judged = [
        Judged([(name, sure) for name, sure in ranking], "accept" if accepted else "ask", right)
        for ranking, accepted, (_, right) in zip(on_ours["rankings"], on_ours["accepted"], openings, strict=True)
    ]
    return Default(
        routes(judged),
        hint3([label for _, label in test], [name for name, _ in told], [score for _, score in told]),
        {key: on_ours[key] for key in ("seconds", "cpu", "milliseconds", "memory_mb", "epochs")},
    )


def _texts(data: Path) -> list[str]:
    train, test = read_hint3(data / "hint3-sofmattress")
    return [text for text, _ in [*read_openings(data / "openings.jsonl"), *train, *test]]


def _changes() -> dict[str, Callable[[str], str]]:
    changes: dict[str, Callable[[str], str]] = {
        "upper case": str.upper,
        "no punctuation": unpunctuated,
    }
    for draw in (1, 2, 3):
        drawn = random.Random(draw)
        changes[f"two typing errors, draw {draw}"] = lambda text, drawn=drawn: typing_errors(text, drawn)
    return changes


def _typed(reader: Reader, rows: Rows, change: Callable[[str], str]) -> Routes:
    return routes(judge(reader, [(change(text), right) for text, right in rows]))


def run_default(lines: Lines, texts: list[str], minutes: float) -> dict[str, Any]:
    """What benchmarks/nlu_default.py says of these, in a process of its own."""
    with tempfile.TemporaryDirectory() as folder:
        given, told = Path(folder) / "in.json", Path(folder) / "out.json"
        given.write_text(json.dumps({"lines": lines, "texts": texts, "minutes": minutes}), encoding="utf-8")
        _run("benchmarks/nlu_default.py", str(given), str(told))
        found: dict[str, Any] = json.loads(told.read_text(encoding="utf-8"))
        return found


def measure_cost() -> dict[str, float]:
    """Training the whole assistant with Rasa, and messages to it: seconds, CPU milliseconds, megabytes."""
    with tempfile.TemporaryDirectory() as folder:
        before, began = _children_cpu(), time.perf_counter()
        _run("-m", "rasa", "train", "--out", folder, "--fixed-model-name", "model", *LEFT_OUT)
        seconds, cpu = time.perf_counter() - began, _children_cpu() - before
        found = _run("benchmarks/nlu_cost.py", f"{folder}/model.tar.gz", "--json")
    return {"seconds": seconds, "cpu": cpu, **json.loads(found.splitlines()[-1])}


def _children_cpu() -> float:
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


def _run(*arguments: str) -> str:
    """What this Python prints; raises with its last lines when it fails."""
    done = subprocess.run([sys.executable, *arguments], cwd=ROOT, capture_output=True, text=True, env=_quiet())
    if done.returncode:
        raise RuntimeError(f"python {' '.join(arguments)} failed:\n{done.stderr[-2000:]}")
    return done.stdout


def _quiet() -> dict[str, str]:
    return {**os.environ, "RASA_TELEMETRY_ENABLED": "false", "TF_CPP_MIN_LOG_LEVEL": "3"}


def main(arguments: list[str]) -> None:
    """Prints, draws and writes."""
    parser = argparse.ArgumentParser(prog="nlu_report", description=__doc__)
    parser.add_argument("--data", type=Path, default=ROOT.parent / "shared" / "data", help="where the outside sets are")
    parser.add_argument("--out", type=Path, default=ROOT / "docs" / "nlu", help="where the report goes")
    parser.add_argument(
        "--keep-default", action="store_true", help="do not train Rasa's default again: out/default.json"
    )
    parser.add_argument(
        "--minutes", type=float, default=30, help="the longest that Rasa's default may train on our lines"
    )
    asked = parser.parse_args(arguments)
    asked.out.mkdir(parents=True, exist_ok=True)
    reader, lines = Reader(), our_lines()
    print(f"{len(lines)} lines of {len({label for _, label in lines})} intents; cross-validation …", flush=True)
    judged = cross_validate(reader, lines)
    bins, error = calibration(judged)
    nlu_plots.draw_confusions(*confusion_matrix(judged), asked.out / "confusion.png")
    nlu_plots.draw_calibration(bins, error, asked.out / "calibration.png")
    print("\n".join(nlu_words.print_lines(judged, bins, error, *gate_curve(judged))), flush=True)
    reader.train(lines)
    strangers = {name: judge(reader, read_strangers(name)) for name in ("strangers", "callers")}
    outside = None
    if asked.data.exists():
        print("the outside sets, ours and Rasa's default …", flush=True)
        check_digests(_texts(asked.data))
        kept = asked.out / "default.json"
        default = Default.read(kept) if asked.keep_default else measure_default(lines, asked.data, asked.minutes)
        default.write(kept)
        outside = measure_ours(reader, lines, asked.data, default, asked.keep_default)
    else:
        print(nlu_words.SKIPPED)
    print("what it costs inside Rasa …", flush=True)
    cost = measure_cost()
    cost["load"] = os.getloadavg()[1]
    summary = nlu_words.summary(len(lines), judged, strangers, error, outside, cost)
    (asked.out / "README.md").write_text(summary, encoding="utf-8")
    print(summary)


if __name__ == "__main__":
    main(sys.argv[1:])
