"""What is said of each of several things stays with it."""

import asyncio

import pytest

from channels.things import read_parts, said_of_each

THING = {word: {"entity": "product", "value": word} for word in ("toothbrush", "flosser")}


def things(*sentences: str) -> dict[str, list[str]]:
    """What each thing is said to be, by a reader who knows the two and "used"."""

    async def parse(sentence: str) -> dict:
        found = [entity for word, entity in THING.items() if word in sentence]
        used = [{"entity": "unused", "value": "false"}] if "used" in sentence else []
        return {"intent": {"name": "give_information"}, "entities": found + used}

    async def read() -> list[dict]:
        return await said_of_each(sentences, [await parse(sentence) for sentence in sentences], parse)

    return {one["thing"]: [found["value"] for found in one["entities"]] for one in asyncio.run(read())}


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


def test_a_message_about_one_thing_names_none():
    assert things("The toothbrush is new.", "It was used.") == {}


def parts(text: str, *named: str) -> list[list]:
    """What read_parts finds, by a reader who takes everything for a problem."""

    async def parse(part: str) -> dict:
        return {"text": part, "intent": {"name": "report_defect", "zone": "accept"}}

    entities = [{"entity": "product", "value": name, "start": text.index(name)} for name in named]
    return asyncio.run(read_parts({"intent": {}, "entities": entities}, text, parse))["intent"].get("parts", [])


def test_a_part_of_a_thing_is_no_second_thing():
    assert [name for name, *_ in parts("toothbrush rattles, flosser leaks", "toothbrush", "flosser")] == [
        "toothbrush",
        "flosser",
    ]
    assert parts("the charger of my toothbrush was not in the box", "charger", "toothbrush") == []
