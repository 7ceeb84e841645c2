"""The lines that answers are learned from."""

from __future__ import annotations

from pathlib import Path

import rasa.shared.utils.io

from nlu.cleaning import clean_text

FILE = Path(__file__).with_name("answers.yml")


def read_examples() -> dict[str, dict[str, list[str]]]:
    """By question, by answer, as they are read: cleaned and in lower case."""
    return {
        question: {answer: [clean_text(line).lower() for line in lines] for answer, lines in answers.items()}
        for question, answers in rasa.shared.utils.io.read_yaml_file(FILE).items()
    }
