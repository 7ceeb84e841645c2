"""What we teach is ours, and enough."""

import csv
import hashlib
import json
import re
from collections import Counter
from pathlib import Path

import pytest
import yaml

ROOT = Path(__file__).parents[2]
SHARED = ROOT.parent / "shared" / "data"
DIGESTS = Path(__file__).parent / "outside_digests.txt"
STRANGERS = Path(__file__).parent / "strangers.yml"
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


def plain(text):
    return re.sub(r"[\W_]+", " ", text.lower()).strip()


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
    messages = [text for texts in yaml.safe_load(STRANGERS.read_text(encoding="utf-8")).values() for text in texts]
    assert len(messages) > 200
    taught = {plain(text) for text, _ in lines()}
    assert [text for text in messages if plain(text) in taught] == []


def digest(text):
    return hashlib.sha256(plain(text).encode()).hexdigest()[:12]


def test_no_line_of_the_outside_sets_is_taught():
    outside = set(DIGESTS.read_text(encoding="utf-8").split())
    assert len(outside) > 800
    assert [text for text, _ in lines() if digest(text) in outside] == []


def test_the_digests_are_those_of_the_outside_sets_where_these_are_at_hand():
    outside = set(DIGESTS.read_text(encoding="utf-8").split())
    texts = [json.loads(row)["text"] for path in SHARED.glob("openings.jsonl") for row in path.open(encoding="utf-8")]
    for path in SHARED.glob("hint3-sofmattress/t*.csv"):
        with path.open(encoding="utf-8") as rows:
            texts += [row["sentence"] for row in csv.DictReader(rows)]
    assert [text for text in texts if digest(text) not in outside] == []
