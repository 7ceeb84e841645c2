"""What is said instead of an earlier answer is read by itself."""

import asyncio

import pytest

from channels.taken_back import read_instead, said_instead


@pytest.mark.parametrize(
    ("text", "instead"),
    [
        ("actually no, it makes a rattling noise", "it makes a rattling noise"),
        ("sorry, that was wrong: it makes a rattling noise", "it makes a rattling noise"),
        ("oh wait, I made a mistake, the box is gone", "the box is gone"),
        ("let me correct that: just send me the same again", "just send me the same again"),
        ("Sorry, it wasn't right. I have never used it", "I have never used it"),
        ("no, I have never used it", ""),  # an answer
        ("it makes a rattling noise", ""),
        ("well, the box is gone", ""),
        ("actually no", ""),
        ("actually never", ""),
    ],
)
def test_what_follows_on_a_correction_is_what_is_said_instead(text: str, instead: str) -> None:
    assert said_instead(text) == instead


def answers(whole: dict, instead: dict) -> dict:
    """What a message is read to answer, as a whole and without its beginning."""

    async def parse(_text: str) -> dict:
        return {"intent": {"name": "report_defect", "answers": instead}}

    parsed = {"intent": {"name": "deny", "answers": whole}}
    read = asyncio.run(read_instead(parsed, "actually no, it makes a rattling noise", parse))
    assert read["intent"]["name"] == "deny"
    return read["intent"]["answers"]


def test_its_answers_are_those_of_the_message() -> None:
    told = {"claim.reason": ("quality_problem", 0.99)}
    assert answers({}, told) == told
    assert answers({"claim.reason": ("colour", 0.3)}, told) == told


def test_where_both_are_likely_and_disagree_nothing_is_answered() -> None:
    assert answers({"claim.reason": ("colour", 0.9)}, {"claim.reason": ("quality_problem", 0.8)}) == {}
