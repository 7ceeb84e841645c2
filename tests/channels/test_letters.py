"""What the sentences of a letter say by themselves goes into what the whole letter says."""

import asyncio

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
