"""How well customers are understood: python benchmarks/nlu.py [data directory, default ../shared/data]

Prints our lines in cross-validation, openings.jsonl (label or `also` counts as right) and HINT3 SOFMattress (trained on
its own training part), and what training and a message cost. The outside sets are only measured, never learned from.
"""

from __future__ import annotations

import csv
import json
import sys
import time
from collections import Counter
from pathlib import Path

import numpy as np
import yaml
from sklearn.metrics import matthews_corrcoef, roc_auc_score
from sklearn.model_selection import StratifiedKFold

ROOT = Path(__file__).parent.parent
sys.path.insert(0, str(ROOT))

from nlu.classifier import HybridIntentClassifier  # noqa: E402
from nlu.cleaning import clean_text  # noqa: E402
from nlu.encoder import SentenceEncoder  # noqa: E402
from nlu.gate import OUT_OF_SCOPE  # noqa: E402
from nlu.intents import IntentModel  # noqa: E402
from nlu.lines import Weights  # noqa: E402
from nlu.sentences import SentenceModel, find_model  # noqa: E402
from nlu.spelling import Speller  # noqa: E402
from nlu.topics import split_topics  # noqa: E402
from nlu.zones import ACCEPT, ASK, ZoneMarker  # noqa: E402

Lines = list[tuple[str, str]]
Ranking = list[tuple[str, float]]


class Reader:
    """The pipeline without Rasa."""

    def __init__(self) -> None:
        config = SentenceEncoder.get_default_config()
        self.model = SentenceModel(find_model(config["package"], config["sha256"]), threads=1)
        self.vectors: dict[str, np.ndarray] = {}

    def encode(self, texts: list[str]) -> np.ndarray:
        """The vectors of these texts, each computed once."""
        new = [text for text in dict.fromkeys(texts) if text not in self.vectors]
        self.vectors.update(zip(new, self.model.encode(new), strict=True))
        return np.array([self.vectors[text] for text in texts])

    def train(self, lines: Lines) -> None:
        """Learns these lines as the components do."""
        texts = [clean_text(text).lower() for text, _ in lines]
        self.speller = Speller.learn(texts)
        self.intents = IntentModel.fit(
            texts,
            self.encode(texts),
            [label for _, label in lines],
            Weights(),
            HybridIntentClassifier.get_default_config()["prior"],
        )

    def rank(self, text: str) -> Ranking:
        """All intents, the likeliest first."""
        readable, vector = self.read(text)
        topics = split_topics(readable)
        if topics is None:
            return self.intents.rank(readable, vector)
        return self.intents.rank_topics([readable, *topics], self.encode([readable, *topics]))[0]

    def read(self, text: str) -> tuple[str, np.ndarray]:
        """The readable text and its vector."""
        readable = self.speller.correct(clean_text(text))
        return readable, self.encode([readable])[0]


def zone(ranking: Ranking) -> str:
    """The zone in which the components would put this."""
    limits = ZoneMarker.get_default_config()
    return ACCEPT if ranking[0][1] >= limits["accept"] else ASK if ranking[0][1] >= limits["ask"] else "none"


def our_lines() -> Lines:
    """The training lines of the project."""
    blocks = [
        block for path in sorted((ROOT / "data/nlu").glob("*.yml")) for block in yaml.safe_load(path.read_text())["nlu"]
    ]
    return [(line[2:].strip(), block["intent"]) for block in blocks for line in block["examples"].splitlines()]


def report(title: str, judged: list[tuple[Ranking, set[str]]]) -> None:
    """One row of figures for messages with the intents that would be right."""
    ours = [(ranking, right) for ranking, right in judged if OUT_OF_SCOPE not in right]
    foreign = [ranking for ranking, right in judged if OUT_OF_SCOPE in right]
    counts: Counter[str] = Counter()
    for ranking, right in ours:
        top = ranking[0][0]
        three = set([name for name, _ in ranking if name != OUT_OF_SCOPE][:3])
        is_right, where = top in right, zone(ranking)
        counts["forced"] += next(name for name, _ in ranking if name != OUT_OF_SCOPE) in right
        counts["at once"] += is_right and where == ACCEPT
        counts["offered"] += (where == ACCEPT and is_right) or (where == ASK and bool(right & three))
        counts["wrong"] += where == ACCEPT and not is_right and top != OUT_OF_SCOPE
    shares = "  ".join(
        f"{name} {counts[name] / max(1, len(ours)):.3f}" for name in ("forced", "at once", "offered", "wrong")
    )
    accepted = sum(zone(ranking) == ACCEPT and ranking[0][0] != OUT_OF_SCOPE for ranking in foreign)
    print(
        f"{title:<22} {len(ours):>5} ours:  {shares}   "
        f"{len(foreign)} foreign: accepted {accepted / max(1, len(foreign)):.3f}"
    )


def cross_validate(reader: Reader, lines: Lines, folds: int = 5) -> None:
    """Our own lines, each judged by a model that has not seen it."""
    labels = np.array([label for _, label in lines])
    judged = []
    for known, held in StratifiedKFold(folds, shuffle=True, random_state=0).split(labels, labels):
        reader.train([lines[i] for i in known])
        judged += [(reader.rank(lines[i][0]), {lines[i][1]}) for i in held]
    report("our lines, 5 folds", judged)
    confusions = Counter((min(right), ranking[0][0]) for ranking, right in judged if ranking[0][0] not in right)
    print("  most confused:", ", ".join(f"{a} as {b} {n}" for (a, b), n in confusions.most_common(8)))


def measure_openings(reader: Reader, path: Path) -> None:
    """Needs a reader trained on our lines."""
    rows = [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]
    right = [{row["label"], *row["also"]} - ({OUT_OF_SCOPE} - {row["label"]}) for row in rows]
    report("openings", [(reader.rank(row["text"]), good) for row, good in zip(rows, right, strict=True)])


def measure_hint3(reader: Reader, folder: Path) -> None:
    """Trains the reader anew, on the shop's own training part."""
    train, test = (list(csv.DictReader((folder / f"{part}.csv").open(encoding="utf-8"))) for part in ("train", "test"))
    reader.train([(row["sentence"], row["label"]) for row in train])
    ranked = [reader.rank(row["sentence"]) for row in test]
    truths = [row["label"] for row in test]
    ours = [truth != "NO_NODES_DETECTED" for truth in truths]
    right = [ranking[0][0] == truth for ranking, truth in zip(ranked, truths, strict=True)]
    scores = [reader.intents.score(*reader.read(row["sentence"])) for row in test]
    best = max(
        matthews_corrcoef(
            truths, [r[0][0] if s >= limit else "NO_NODES_DETECTED" for r, s in zip(ranked, scores, strict=True)]
        )
        for limit in np.quantile(scores, np.linspace(0, 0.9, 60))
    )
    forced = sum(r and o for r, o in zip(right, ours, strict=True)) / sum(ours)
    print(
        f"HINT3 SOFMattress      {len(test):>5} all:   forced {forced:.3f}  "
        f"OOS AUC {roc_auc_score(ours, scores):.3f}  best MCC {best:.3f}"
    )


def main(data: Path) -> None:
    """Prints the table."""
    reader, lines = Reader(), our_lines()
    print(f"{len(lines)} lines of {len({label for _, label in lines})} intents")
    began, started = time.perf_counter(), time.process_time()
    reader.train(lines)
    print(f"training: {time.perf_counter() - began:.1f} s, {time.process_time() - started:.1f} s of CPU, without Rasa")
    reader.vectors.clear()
    started = time.process_time()
    measure_openings(reader, data / "openings.jsonl")
    print(f"a message: {(time.process_time() - started) / 127 * 1000:.1f} ms of CPU, without Rasa")
    measure_hint3(reader, data / "hint3-sofmattress")
    cross_validate(reader, lines)


if __name__ == "__main__":
    main(Path(sys.argv[1]) if len(sys.argv) > 1 else ROOT.parent / "shared" / "data")
