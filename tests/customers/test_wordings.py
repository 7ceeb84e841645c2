"""What the customers say is theirs: the assistant was not taught with it, and every value can be said."""

import random
import re
from collections.abc import Iterator
from datetime import datetime, timezone
from pathlib import Path
from typing import Any

import pytest
import yaml

from tests.customers.expected import expected
from tests.customers.goals import GOALS
from tests.customers.persona import Persona
from tests.customers.wordings import put, typed_in_a_hurry, wordings

TAUGHT = Path(__file__).parents[2] / "data" / "nlu"
ANSWERS = Path(__file__).parents[2] / "nlu" / "answers.yml"
STRANGERS = Path(__file__).with_name("strangers.yml")
NOW = datetime(2026, 11, 22, 18, tzinfo=timezone.utc)
SENTENCE_WORDS_MIN = 6  # shorter ones, such as "yes please", belong to everybody


def sentences(page: Any) -> Iterator[str]:
    if isinstance(page, str):
        yield page
    else:
        for part in page.values() if isinstance(page, dict) else page:
            yield from sentences(part)


def plain(text: str) -> str:
    return re.sub(r"[\W_]+", " ", text.lower()).strip()


def test_no_sentence_of_a_customer_was_taught() -> None:
    blocks = [block for path in TAUGHT.glob("*.yml") for block in yaml.safe_load(path.read_text())["nlu"]]
    taught = {plain(line[2:]) for block in blocks for line in block["examples"].splitlines()}
    taught |= {plain(line) for line in sentences(yaml.safe_load(ANSWERS.read_text()))}
    strangers = yaml.safe_load(STRANGERS.read_text())
    said = {plain(text.replace("{thing}", "toothbrush")) for text in sentences([wordings(), strangers])}
    assert {text for text in said & taught if len(text.split()) >= SENTENCE_WORDS_MIN} == set()


@pytest.mark.parametrize("goal", GOALS, ids=lambda goal: goal.name)
def test_there_are_words_for_every_answer_that_is_needed(goal) -> None:
    persona = Persona(goal, 0, NOW)
    truth = persona.truth(goal.things[-1])
    for fact in expected(persona).asked:
        value = {"request": goal.then or "decline", "confirm": "yes"}.get(fact, truth.get(fact))
        spoken = [put(fact, value, kind, persona, goal.things[0], random.Random(1)) for kind in ("replies", "words")]
        assert any(spoken) or fact == "evidence.photos", fact


def test_slips_leave_numbers_and_addresses_alone() -> None:
    text = "please cancel order SC70001 placed with dana.1@example.com"
    typed = typed_in_a_hurry(text, random.Random(3))
    assert typed != text
    assert "sc70001" in typed
    assert "dana.1@example.com" in typed
