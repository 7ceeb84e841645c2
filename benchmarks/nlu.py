"""How well customers are understood, in a minute: python benchmarks/nlu.py [data directory, default ../shared/data]

Prints the strangers' messages of tests/nlu, our lines in cross-validation, openings.jsonl (label or `also` counts as
right) and HINT3 SOFMattress (trained on its own training part). What is measured is never learned from. All of it:
make nlu-report.
"""

from __future__ import annotations

import csv
import json
import sys
from collections.abc import Sequence
from pathlib import Path

import numpy as np
import yaml
from sklearn.model_selection import StratifiedKFold

ROOT = Path(__file__).parent.parent
sys.path.insert(0, str(ROOT))

from benchmarks.nlu_figures import (  # noqa: E402
    OUT_OF_SCOPE,
    Hint3,
    Judged,
    Ranking,
    Routes,
    confusions,
    hint3,
    routes,
)
from nlu.classifier import HybridIntentClassifier  # noqa: E402
from nlu.cleaning import clean_text  # noqa: E402
from nlu.encoder import SentenceEncoder  # noqa: E402
from nlu.intents import IntentModel  # noqa: E402
from nlu.lines import Weights  # noqa: E402
from nlu.pooling import learn_weights, pool  # noqa: E402
from nlu.sentences import SentenceModel, find_model  # noqa: E402
from nlu.spelling import Speller  # noqa: E402
from nlu.topics import split_topics  # noqa: E402
from nlu.zones import ACCEPT, ASK, ZoneMarker  # noqa: E402

Lines = list[tuple[str, str]]
Rows = list[tuple[str, frozenset[str]]]


class Reader:
    """The pipeline without Rasa."""

    def __init__(self) -> None:
        config = SentenceEncoder.get_default_config()
        self.model = SentenceModel(find_model(config["package"], config["sha256"]), threads=1)
        self.read_texts: dict[str, tuple[np.ndarray, np.ndarray]] = {}
        self.weights: np.ndarray | None = None

    def encode(self, texts: list[str]) -> np.ndarray:
        """The vectors of these texts; each is read once."""
        new = [text for text in dict.fromkeys(texts) if text not in self.read_texts]
        self.read_texts.update(zip(new, self.model.read(new), strict=True))
        return np.array([pool(*self.read_texts[text], self.weights) for text in texts], dtype=np.float32)

    def train(self, lines: Lines) -> None:
        """Learns these lines as the components do."""
        texts = [clean_text(text).lower() for text, _ in lines]
        self.speller = Speller.learn(texts)
        self.weights = learn_weights(map(self.model.pieces, texts))
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
    limits, (name, confidence) = ZoneMarker.get_default_config(), ranking[0]
    accept = limits["foreign" if name == OUT_OF_SCOPE else "accept"]
    return ACCEPT if confidence >= accept else ASK if confidence >= limits["ask"] else "none"


def our_lines() -> Lines:
    """The training lines of the project."""
    blocks = [
        block for path in sorted((ROOT / "data/nlu").glob("*.yml")) for block in yaml.safe_load(path.read_text())["nlu"]
    ]
    return [(line[2:].strip(), block["intent"]) for block in blocks for line in block["examples"].splitlines()]


def read_strangers(name: str = "strangers") -> Rows:
    """Messages of ours that nobody may learn from, each with its intent. name: of the file in tests/nlu."""
    by_intent = yaml.safe_load((ROOT / f"tests/nlu/{name}.yml").read_text(encoding="utf-8"))
    return [(text, frozenset({intent})) for intent, texts in by_intent.items() for text in texts]


def read_openings(path: Path) -> Rows:
    """Each message with the intents that count as right."""
    rows = [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]
    return [(row["text"], frozenset({row["label"], *row["also"]} - ({OUT_OF_SCOPE} - {row["label"]}))) for row in rows]


def read_hint3(folder: Path) -> tuple[Lines, Lines]:
    """Training and test part."""
    parts = (list(csv.DictReader((folder / f"{part}.csv").open(encoding="utf-8"))) for part in ("train", "test"))
    train, test = ([(row["sentence"], row["label"]) for row in part] for part in parts)
    return train, test


def judge(reader: Reader, rows: Sequence[tuple[str, frozenset[str]]]) -> list[Judged]:
    """Each message as the trained reader understands it."""
    ranked = [(reader.rank(text), right) for text, right in rows]
    return [Judged(ranking, zone(ranking), right) for ranking, right in ranked]


def cross_validate(reader: Reader, lines: Lines, folds: int = 5) -> list[Judged]:
    """Our own lines, each judged by a model that has not seen it."""
    labels = np.array([label for _, label in lines])
    judged: list[Judged] = []
    for known, held in StratifiedKFold(folds, shuffle=True, random_state=0).split(labels, labels):
        reader.train([lines[i] for i in known])
        judged += judge(reader, [(lines[i][0], frozenset({lines[i][1]})) for i in held])
    return judged


def measure_hint3(reader: Reader, train: Lines, test: Lines) -> Hint3:
    """Trains the reader anew, on the shop's own training part."""
    reader.train(train)
    told = [reader.rank(text)[0][0] for text, _ in test]
    return hint3([label for _, label in test], told, [reader.intents.score(*reader.read(text)) for text, _ in test])


def show(title: str, found: Routes) -> str:
    """One line of a table."""
    return (
        f"{title:<26} {found.ours:>5} ours: forced {found.forced:.3f}  at once {found.at_once:.3f}  "
        f"offered {found.offered:.3f}  wrong {found.wrong:.3f}   {found.foreign} foreign: accepted {found.accepted:.3f}"
    )


def main(data: Path) -> None:
    """Prints the table."""
    reader, lines = Reader(), our_lines()
    print(f"{len(lines)} lines of {len({label for _, label in lines})} intents")
    reader.train(lines)
    for name in ("strangers", "callers"):
        print(show(name, routes(judge(reader, read_strangers(name)))))
    if data.exists():
        print(show("openings", routes(judge(reader, read_openings(data / "openings.jsonl")))))
        found = measure_hint3(reader, *read_hint3(data / "hint3-sofmattress"))
        print(f"HINT3 SOFMattress: forced {found.forced:.3f}  OOS AUC {found.auc:.3f}  best MCC {found.mcc:.3f}")
    else:
        print(f"outside sets skipped: there is no {data}")
    judged = cross_validate(reader, lines)
    print(show("our lines, 5 folds", routes(judged)))
    print("most confused:", ", ".join(f"{a} as {b} {count}" for (a, b), count in confusions(judged)[:8]))


if __name__ == "__main__":
    main(Path(sys.argv[1]) if len(sys.argv) > 1 else ROOT.parent / "shared" / "data")
