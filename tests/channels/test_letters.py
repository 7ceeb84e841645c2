"""What several sentences come to, each understood by itself."""

import asyncio
from typing import Any

import pytest

from channels.letters import read_whole


def whole(sentences: dict[str, dict]) -> dict:
    async def parse(sentence: str) -> dict:
        return {"intent": {"name": "give_information", "zone": "accept", "answers": sentences[sentence]}}

    parsed = {"intent": {"name": "give_information", "zone": "reject", "answers": {}}}
    return asyncio.run(read_whole(parsed, " ".join(sentences), parse))["intent"]["answers"]


def test_each_sentence_may_answer_a_question_of_its_own():
    said = {
        "I don't care for pink.": {"claim.reason": ("colour", 0.9)},
        "Never used it.": {"claim.unused": ("true", 0.95)},
    }
    assert whole(said) == {"claim.reason": ("colour", 0.9), "claim.unused": ("true", 0.95)}


@pytest.mark.parametrize(("other", "read"), [(0.7, {}), (0.3, {"claim.unused": ("true", 0.9)})])
def test_two_sentences_that_disagree_answer_nothing(other, read):
    said = {"One is new.": {"claim.unused": ("true", 0.9)}, "One was used.": {"claim.unused": ("false", other)}}
    assert whole(said) == read


THING = {word: {"entity": "product", "value": word} for word in ("toothbrush", "flosser")}


def things(*sentences: str) -> dict[str, list[str]]:
    """What each thing is said to be, by a reader who knows the two and "used"."""

    async def parse(sentence: str) -> dict:
        found = [entity for word, entity in THING.items() if word in sentence]
        used = [{"entity": "unused", "value": "false"}] if "used" in sentence else []
        return {"intent": {"name": "give_information"}, "entities": found + used}

    read = asyncio.run(read_whole({"intent": {}}, " ".join(sentences), parse))["intent"]["things"]
    return {one["thing"]: [found["value"] for found in one["entities"]] for one in read}


@pytest.mark.parametrize(
    "sentences",
    [
        ("I bought two things.", "The toothbrush is new.", "The flosser was used."),
        ("I bought two things.", "The toothbrush is new, the flosser was used."),
        ("I bought two things.", "The toothbrush is new and my flosser was used."),
        ("I bought two things.", "The toothbrush is new.", "Then there is the flosser.", "It was used."),
    ],
)
def test_what_is_said_of_each_thing_stays_with_it(sentences):
    read = things(*sentences)
    assert "false" not in read["toothbrush"]
    assert "false" in read["flosser"]


def test_a_letter_about_one_thing_names_none():
    assert things("The toothbrush is new.", "It was used.") == {}


MEANT = {
    "Could you take it back?": "start_return",
    "I want to return it.": "start_return",
    "It makes a noise.": "report_defect",
    "Get me a human please.": "talk_to_human",
    "How can I get rid of it?": "report_defect",
    "It would be great if you could help.": "talk_to_human",
}


def understood(text: str, whole: str) -> dict[str, Any]:
    async def parse(sentence: str) -> dict[str, Any]:
        return {"text": sentence, "intent": {"name": MEANT[sentence], "zone": "accept"}}

    parsed = {"text": text, "intent": {"name": whole, "zone": "accept"}}
    return asyncio.run(read_whole(parsed, text, parse))["intent"]


def test_a_wish_and_a_problem_are_both_found() -> None:
    found = understood("Could you take it back? It makes a noise.", "report_defect")
    assert found["name"] == "report_defect"
    assert found["goals"] == ["start_return", "report_defect"]


@pytest.mark.parametrize("whole", ["start_return", "talk_to_human"])
def test_a_wish_for_a_person_comes_first_wherever_it_stands(whole: str) -> None:
    assert understood("I want to return it. Get me a human please.", whole)["name"] == "talk_to_human"


def test_a_question_reports_nothing() -> None:
    assert understood("How can I get rid of it? I want to return it.", "start_return")["goals"] == ["start_return"]


def test_a_polite_ending_is_no_wish_for_a_person() -> None:
    assert understood("I want to return it. It would be great if you could help.", "start_return")["name"] == (
        "start_return"
    )
