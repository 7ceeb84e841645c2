"""What a message means as the answer to each of the questions: learned from lines; knows nothing of Rasa.

For each question a regression over the same two views of a line as the intents': its sentence vector and its terms.
Beside the answers it has learned what is none: lines of other intents, and the answers to other questions.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import numpy as np

from nlu.lines import Compressed, Regression, Surface, Weights
from nlu.side_by_side import side_by_side

NONE = "-"
WEIGHTS = Weights(sentence=6.0, surface=3.0, inverse_penalty=1.0)

Examples = Mapping[str, Mapping[str, Sequence[str]]]  # by question, by answer


@dataclass(frozen=True)
class AnswerModel:
    """Made by fit or restore; answers is all it does."""

    surface: Surface
    regressions: dict[str, Regression]

    @cached_property
    def _together(self) -> Regression:
        """All questions side by side, so that a line is multiplied once."""
        parts = list(self.regressions.values())
        columns = {name: np.hstack([getattr(one, name) for one in parts]) for name in ("sentence", "surface")}
        intercepts = np.concatenate([one.intercepts for one in parts])
        return Regression(
            [label for one in parts for label in one.labels], **columns, intercepts=intercepts, weights=WEIGHTS
        )

    @classmethod
    def fit(cls, examples: Examples, vector_of: Mapping[str, np.ndarray], others: Sequence[str]) -> AnswerModel:
        """vector_of: the sentence vector of each line; others: lines that answer no question."""
        said = sorted({line for answers in examples.values() for lines in answers.values() for line in lines})
        surface = Surface.learn([*said, *others])
        every = [*said, *others]
        compressed = Compressed.of(surface.features(every), most=300)
        place = {line: index for index, line in enumerate(every)}

        def learn(question: str) -> Regression:
            labels = _labels(examples[question], said, others)
            rows = np.array([place[line] for line, _ in labels])
            vectors = np.vstack([vector_of[line] for line, _ in labels])
            names = [label for _, label in labels]
            return Regression.fit(vectors, compressed.rows[rows], names, WEIGHTS).unfold(compressed.basis)

        return cls(surface, dict(zip(examples, side_by_side(learn, examples), strict=True)))

    def answers(self, line: str, vector: np.ndarray) -> dict[str, tuple[str, float]]:
        """By question the likeliest answer and its probability; what the line does not answer is left out."""
        scores = self._together.scores(vector[None, :], self.surface.row(line))[0]
        found, start = {}, 0
        for question, regression in self.regressions.items():
            own = scores[start : start + len(regression.labels)]
            start += len(regression.labels)
            best = int(own.argmax())
            if regression.labels[best] != NONE:
                found[question] = (regression.labels[best], round(float(1 / np.exp(own - own[best]).sum()), 4))
        return found

    def store(self) -> tuple[dict[str, np.ndarray], dict[str, Any]]:
        """Arrays and words from which restore makes the same model."""
        arrays = {"words": self.surface.words.idf_, "characters": self.surface.characters.idf_}
        for question, one in self.regressions.items():
            arrays |= {
                f"{question}/sentence": one.sentence,
                f"{question}/surface": one.surface.astype(np.float16),
                f"{question}/intercepts": one.intercepts,
            }
        labels = {question: one.labels for question, one in self.regressions.items()}
        return arrays, {"terms": self.surface.terms(), "labels": labels}

    @classmethod
    def restore(cls, arrays: Mapping[str, np.ndarray], words: Mapping[str, Any]) -> AnswerModel:
        """What store made."""
        surface = Surface.restore(words["terms"], {name: arrays[name] for name in ("words", "characters")})
        regressions = {
            question: Regression(
                labels,
                arrays[f"{question}/sentence"],
                arrays[f"{question}/surface"].astype(np.float32),
                arrays[f"{question}/intercepts"],
                WEIGHTS,
            )
            for question, labels in words["labels"].items()
        }
        return cls(surface, regressions)


def _labels(answers: Mapping[str, Sequence[str]], said: Sequence[str], others: Sequence[str]) -> list[tuple[str, str]]:
    """Every line with its answer to one question, or NONE."""
    own = {line: answer for answer, lines in answers.items() for line in lines}
    return [(line, own.get(line, NONE)) for line in said] + [(line, NONE) for line in others if line not in own]
