"""What is said of each of several things stays with it."""

import asyncio

import pytest

from channels.things import read_things


def things(*sentences: str) -> dict[str, dict]:
    """What is said of each, by a reader who knows things, a part of one, a model, "used", "broken" and two wishes."""

    async def parse(sentence: str) -> dict:
        found = [
            {"entity": "product", "value": word, "start": sentence.index(word)}
            for word in ("toothbrush", "flosser", "charger", "X3U")
            if word in sentence
        ]
        used = [{"entity": "unused", "value": "false", "start": 0}] if "used" in sentence else []
        names = {"broken": "report_defect", "return": "start_return", "exchange": "start_exchange"}
        name = next((name for word, name in names.items() if word in sentence), "give_information")
        return {"text": sentence, "intent": {"name": name, "zone": "accept"}, "entities": found + used}

    async def read() -> list[dict]:
        parsed = await read_things(await parse(" ".join(sentences)), list(sentences), parse)
        return parsed["intent"]["things"]

    return {one["thing"]: one for one in asyncio.run(read())}


def told(one: dict) -> list[str]:
    return [found["value"] for found in one["entities"] if found["entity"] == "unused"]


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
    assert not told(read["toothbrush"])
    assert told(read["flosser"])


def test_a_message_about_one_thing_names_none():
    assert things("The toothbrush is new.", "It was used.") == {}


def test_things_in_one_breath_are_kept_apart_by_their_names():
    read = things("the toothbrush because I don't like it and a flosser because it's broken")
    assert [(name, one["intent"]) for name, one in read.items()] == [("toothbrush", ""), ("flosser", "report_defect")]
    assert read["flosser"]["text"] == "flosser because it's broken"


def test_what_is_wanted_of_each_stays_with_it():
    read = things("I want to return the flosser and exchange the toothbrush")
    assert {name: one["wants"] for name, one in read.items()} == {
        "flosser": "start_return",
        "toothbrush": "start_exchange",
    }


def test_a_part_of_a_thing_is_no_second_thing():
    assert list(things("toothbrush is broken, flosser was used")) == ["toothbrush", "flosser"]
    assert things("the charger of my toothbrush was not in the box") == {}


def test_a_model_beside_what_it_is_is_no_second_thing():
    assert things("my X3U toothbrush is broken") == {}
