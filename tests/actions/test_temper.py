"""Who is at the end of their patience, and what a correction means."""

import pytest

from actions.mentions import Mentions, corrects
from actions.temper import INSULT, is_shouting
from tests.actions.conftest import message


@pytest.mark.parametrize(
    "text",
    [
        "WHERE IS MY MONEY",
        "THIS IS NOT FUNNY ANY MORE, SC10234",
        "I WANT MY refund NOW PLEASE",
        "I have written three times. Your brush died after a year. I WANT MY MONEY BACK",
    ],
)
def test_capitals_are_shouting(text: str) -> None:
    assert is_shouting(text)


@pytest.mark.parametrize(
    "text", ["SC10234", "X3U2409A001234", "YES PLEASE", "USA", "OK", "I have the X3U PRO MAX here", "the FAQ says OK"]
)
def test_codes_and_short_words_are_not(text: str) -> None:
    assert not is_shouting(text)


@pytest.mark.parametrize(
    ("text", "is_insult"),
    [("you useless bot", True), ("this is bullshit", True), ("a dumbbell fell on it", False), ("it stinks", False)],
)
def test_insults_are_known_as_whole_words(text: str, is_insult: bool) -> None:
    assert bool(INSULT.search(text)) is is_insult


@pytest.mark.parametrize(
    ("text", "goods", "meant", "ruled_out"),
    [
        ("not the pink one", [("colour", "pink")], (), ("pink",)),
        (
            "no, not the toothbrush, the flosser",
            [("product", "toothbrush"), ("product", "flosser")],
            ("flosser",),
            ("toothbrush",),
        ),
        ("the pink toothbrush", [("colour", "pink"), ("product", "toothbrush")], ("pink", "toothbrush"), ()),
        ("I do not like the pink colour", [("colour", "pink")], ("pink",), ()),
    ],
)
def test_after_a_not_a_thing_is_ruled_out(text: str, goods: list, meant: tuple, ruled_out: tuple) -> None:
    named = Mentions.of(message(text=text, entities=goods))
    assert (set(named.meant), named.ruled_out) == (set(meant), ruled_out)


def test_the_other_one_means_everything_but_this() -> None:
    assert Mentions.of(message(text="the other one, please")).others
    assert corrects(message(text="sorry, I meant the flosser"))
    assert not corrects(message(text="the flosser"))
