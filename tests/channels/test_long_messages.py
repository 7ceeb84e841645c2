"""What the sentences of a long message say by themselves goes into what the whole of it says."""

import asyncio
from typing import Any

import pytest

from channels.long_messages import read_whole, sentences_of, several_topics

VAGUE = {"name": "give_information", "zone": "ask", "answers": {}}
RETURN, PERSON = "I want to return it.", "Get me a human please."
MEANT = {
    RETURN: "start_return",
    PERSON: "talk_to_human",
    "Could you take it back?": "start_return",
    "It makes a noise.": "report_defect",
    "How can I get rid of it?": "report_defect",
    "It would be great if you could help.": "talk_to_human",
    "it was a present and its broken": "report_defect",
}


def read(
    *sentences: str,
    whole: dict[str, Any] = VAGUE,
    opens: bool = True,
    between: str = " ",
    sure: float = 0.9,
    answers: dict[str, dict] | None = None,
    topics: dict[str, dict] | None = None,
) -> dict[str, Any]:
    """The intent of these sentences together."""

    async def parse(sentence: str) -> dict[str, Any]:
        intent = {"name": MEANT.get(sentence, "give_information"), "zone": "accept", "confidence": sure}
        found = {"text": sentence, "intent": intent | {"answers": (answers or {}).get(sentence, {})}}
        return found | {"topic": (topics or {}).get(sentence)}

    text = between.join(sentences)
    return asyncio.run(read_whole({"text": text, "intent": whole}, text, parse, opens))["intent"]


def accepted(name: str) -> dict[str, Any]:
    return {"name": name, "zone": "accept", "answers": {}}


def test_a_wish_for_a_person_counts_where_the_whole_is_only_likely_to_be_one() -> None:
    found = read(
        PERSON, "The colour is another one.", whole={"name": "talk_to_human", "zone": "ask", "confidence": 0.3}
    )
    assert (found["name"], found["zone"]) == ("talk_to_human", "accept")


@pytest.mark.parametrize(("sure", "goals"), [(0.75, ["start_return"]), (0.85, ["start_return", "report_defect"])])
def test_what_surely_says_how_it_is_and_hardly_more_reports_nothing(sure: float, goals: list[str]) -> None:
    answers = {"It makes a noise.": {"claim.unused": ("true", 0.99)}}
    assert read(RETURN, "It makes a noise.", sure=sure, answers=answers)["goals"] == goals


@pytest.mark.parametrize("opens", [True, False])
def test_each_sentence_may_answer_a_question_of_its_own(opens: bool) -> None:
    said = {
        "I don't care for pink.": {"claim.reason": ("colour", 0.9)},
        "Never used it.": {"claim.unused": ("true", 0.95)},
    }
    found = read(*said, answers=said, opens=opens)["answers"]
    assert found == {"claim.reason": ("colour", 0.9), "claim.unused": ("true", 0.95)}


@pytest.mark.parametrize(("other", "found"), [(0.7, {}), (0.3, {"claim.unused": ("true", 0.9)})])
def test_two_sentences_that_disagree_answer_nothing(other: float, found: dict[str, Any]) -> None:
    said = {"One of them is new.": {"claim.unused": ("true", 0.9)}, "One was used.": {"claim.unused": ("false", other)}}
    assert read(*said, answers=said)["answers"] == found


def test_a_wish_and_a_problem_are_both_found() -> None:
    found = read("Could you take it back?", "It makes a noise.", whole=accepted("report_defect"))
    assert (found["name"], found["goals"]) == ("report_defect", ["start_return", "report_defect"])


@pytest.mark.parametrize("whole", ["start_return", "talk_to_human"])
@pytest.mark.parametrize("opens", [True, False])
def test_a_wish_for_a_person_comes_first_wherever_it_stands(whole: str, opens: bool) -> None:
    assert read(RETURN, PERSON, whole=accepted(whole), opens=opens)["name"] == "talk_to_human"


def test_a_question_reports_nothing() -> None:
    assert read("How can I get rid of it?", RETURN, whole=accepted("start_return"))["goals"] == ["start_return"]


def test_a_polite_ending_is_no_wish_for_a_person() -> None:
    found = read(RETURN, "It would be great if you could help.", whole=accepted("start_return"))
    assert found["name"] == "start_return"


def test_in_the_middle_a_vague_message_wants_what_one_sentence_surely_wants() -> None:
    assert read("Sorry about my English.", RETURN, opens=False)["name"] == "start_return"
    assert read("Sorry about my English.", RETURN, opens=False, sure=0.6)["name"] == "give_information"


def test_in_the_middle_what_a_message_clearly_is_it_stays() -> None:
    found = read("It makes a noise.", RETURN, whole=accepted("report_defect"), opens=False)
    assert found["name"] == "report_defect"
    assert "goals" not in found


def test_one_vague_sentence_is_read_clause_by_clause() -> None:
    assert read("it was a present and its broken", "I have no number", between=", ")["name"] == "report_defect"


@pytest.mark.parametrize(
    ("text", "sentences"),
    [
        (
            "I want to return it, how long does that take and who pays the postage?",
            ["I want to return it.", "how long does that take?", "who pays the postage?"],
        ),
        ("Who pays the postage?", ["Who pays the postage?"]),
        ("my aunt gave it to me, can I claim?", ["my aunt gave it to me, can I claim?"]),
        ("I want to send it back, is it too late?", ["I want to send it back.", "is it too late?"]),
        ("how do I send it, do I need the box?", ["how do I send it?", "do I need the box?"]),
        (
            "how do I send it, and if I don't like it who pays?",
            ["how do I send it?", "if I don't like it who pays?"],
        ),
        ("1) the brush is black 2) the tank leaks", ["1) the brush is black", "2) the tank leaks"]),
        ("I know how long it takes, thanks.", ["I know how long it takes, thanks."]),
    ],
)
def test_what_a_sentence_asks_beside_what_it_tells_is_read_by_itself(text: str, sentences: list[str]) -> None:
    assert sentences_of(text) == sentences


PACKING, PACKAGING, RETURNS = ({"name": name, "sure": 0.7, "near": 0.6} for name in ("packing", "packaging", "returns"))
UNSURE = {"name": "returns", "sure": 0.3, "near": 0.6}


def test_each_question_has_a_topic_of_its_own() -> None:
    topics = {"how do I send it?": PACKING, "do I need the box?": PACKAGING, "Could you take it back?": RETURNS}
    assert read("It is not for me.", *topics, topics=topics)["topics"] == ["packing", "packaging"]


@pytest.mark.parametrize(
    ("whole", "asked", "topics"),
    [
        (PACKING, [RETURNS], []),  # "If I just don't want it, who pays?"
        (None, [PACKING], ["packing"]),
        (UNSURE, [PACKING, PACKAGING], ["packing", "packaging"]),
        (PACKING, [PACKAGING, {**RETURNS, "sure": 0.5}], ["packing", "packaging"]),
        (None, [UNSURE, None], []),
    ],
)
def test_the_only_question_of_a_message_means_what_the_whole_does(whole: Any, asked: list, topics: list) -> None:
    assert several_topics(whole, asked) == topics
