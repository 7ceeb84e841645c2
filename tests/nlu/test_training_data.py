"""What we teach is ours, and enough."""

from collections import Counter
from pathlib import Path

import pytest
import yaml

from benchmarks import nlu_outside
from benchmarks.nlu_outside import digest, plain

ROOT = Path(__file__).parents[2]
STRANGERS = [Path(__file__).parent / name for name in ("strangers.yml", "callers.yml")]
GOALS = [
    "start_return",
    "start_exchange",
    "start_warranty_claim",
    "report_defect",
    "report_damage_on_arrival",
    "report_wrong_item",
    "report_missing_parts",
    "check_case_status",
    "cancel_order",
    "change_order",
    "track_order",
    "ask_return_policy",
    "ask_exchange_policy",
    "ask_warranty_policy",
    "ask_freight",
    "ask_refund_time",
    "ask_hours",
    "ask_authenticity",
    "talk_to_human",
]
OTHERS = [
    "give_information",
    "affirm",
    "deny",
    "not_sure",
    "ask_why",
    "correct_answer",
    "stop_request",
    "greet",
    "thank",
    "goodbye",
    "bot_challenge",
    "complain",
]


def lines():
    blocks = [block for path in (ROOT / "data/nlu").glob("*.yml") for block in yaml.safe_load(path.read_text())["nlu"]]
    return [(line[2:].strip(), block["intent"]) for block in blocks for line in block["examples"].splitlines()]


@pytest.mark.parametrize(
    ("intent", "fewest"), [(i, 40) for i in GOALS] + [(i, 20) for i in OTHERS] + [("out_of_scope", 300)]
)
def test_every_intent_has_enough_lines(intent, fewest):
    assert Counter(label for _, label in lines())[intent] >= fewest


def test_there_are_no_other_intents():
    assert {label for _, label in lines()} == {*GOALS, *OTHERS, "out_of_scope"}


def test_no_line_stands_twice():
    assert [text for text, count in Counter(plain(text) for text, _ in lines()).items() if count > 1] == []


def test_no_message_of_the_strangers_is_taught():
    files = [yaml.safe_load(path.read_text(encoding="utf-8")) for path in STRANGERS]
    messages = [text for by_intent in files for texts in by_intent.values() for text in texts]
    assert len(messages) > 350
    taught = {plain(text) for text, _ in lines()}
    assert [text for text in messages if plain(text) in taught] == []


def test_no_line_of_the_outside_sets_is_taught():
    outside = nlu_outside.known_digests()
    assert len(outside) > 800
    assert [text for text, _ in lines() if digest(text) in outside] == []
