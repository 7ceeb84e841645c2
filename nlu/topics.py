"""Two topics in one message: a wish or a problem that is told, and a question that is asked beside it."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache

import numpy as np
import spacy
from spacy.language import Language

GOALS = frozenset(
    {
        "start_return",
        "start_exchange",
        "start_warranty_claim",
        "report_defect",
        "report_damage_on_arrival",
        "report_wrong_item",
        "report_missing_parts",
        "cancel_order",
        "change_order",
        "track_order",
        "check_case_status",
    }
)
QUESTIONS = "ask_"
SURE = 0.5
_FEWEST_WORDS = 3
_BEGINS_A_QUESTION = re.compile(
    r"\b(?:how (?:long|much|many|often|soon|do|does|can|could|will|would|should|is|are)"
    r"|what (?:is|are|do|does|happens|about|will|would|should|can)|whats|wat is"
    r"|(?:when|where|why|which) (?:do|does|is|are|can|could|will|would|should|did)"
    r"|who (?:pays?|will|is|do|does|has|should|can)"
    r"|(?:can|could|will|would|do|should|may) (?:i|you|u|we|it|they|he|she|someone|anyone)"
    r"|do(?:es)? (?:it|the|this|that|they|your))\b"
)


def split_topics(text: str) -> tuple[str, str] | None:
    """What is told and what is asked, if there are at least three words of both.

    A question ends with '?'. Where nobody wrote one, it begins with the words of one and goes on to the end.
    """
    topics = _by_marks(text) if "?" in text else _by_words(text)
    return topics if topics and all(len(topic.split()) >= _FEWEST_WORDS for topic in topics) else None


def _by_marks(text: str) -> tuple[str, str]:
    told, asked = [], []
    for sentence in _english()(text).sents:
        (asked if "?" in sentence.text else told).append(sentence.text.strip())
    return " ".join(told), " ".join(asked)


def _by_words(text: str) -> tuple[str, str] | None:
    question = _BEGINS_A_QUESTION.search(text.lower())
    return (text[: question.start()].strip(), text[question.start() :].strip()) if question else None


@lru_cache(maxsize=1)
def _english() -> Language:
    """spaCy's blank English: its tokenizer keeps "3.5" and "e.g." whole, so that no sentence ends in them."""
    language = spacy.blank("en")
    language.add_pipe("sentencizer")
    return language


def merge(whole: np.ndarray, told: np.ndarray, asked: np.ndarray, labels: Sequence[str]) -> np.ndarray:
    """One distribution from those of the message and of its two topics; a goal that is told surely comes first."""
    merged = whole + 0.5 * np.maximum(told, asked)
    goal = int(told.argmax())
    if labels[goal] in GOALS and told[goal] >= SURE and labels[int(merged.argmax())].startswith(QUESTIONS):
        merged[goal] = merged.max() * 1.2
    return merged / merged.sum()


def second_topic(asked: np.ndarray, labels: Sequence[str], first: str) -> str | None:
    """The question beside the first topic, if it is clear which."""
    best = int(asked.argmax())
    is_question = labels[best].startswith(QUESTIONS) and asked[best] >= SURE
    return labels[best] if is_question and labels[best] != first else None
