"""Which things a message names, and which it means without a name."""

import pytest

from actions.mentions import Mentions
from actions.order_lines import all_of
from tests.actions.conftest import message


@pytest.mark.parametrize(
    ("text", "meant"),
    [
        ("return both", ("both",)),
        ("return both, I don't like the colour", ("both",)),
        ("I'm not happy with them. I want both of them refunded", ("both",)),
        ("return both, but not the small one", ()),
        ("I don't want to return both", ()),
        ("can I return both items please", ("both",)),
        ("I want both of them refunded", ("both",)),
        ("I'd like to send everything back", ("everything",)),
        ("money back for everything", ("everything",)),
        ("all of them should be exchanged", ("everything",)),
        ("return it all", ("everything",)),
        ("send back all of it except the box", ()),
        ("both work fine", ()),
        ("everything is complete", ()),
        ("could you take my folsser back?", ("flosser",)),
        ("the tootbhrush", ("toothbrush",)),
        ("it never worked", ()),
    ],
)
def test_what_is_meant_needs_no_exact_name(text: str, meant: tuple[str, ...]) -> None:
    assert Mentions.of(message(text=text)).meant == meant


def test_a_thing_that_is_named_is_meant_and_not_all() -> None:
    said = message(text="return both the flosser and the case", entities=[("product", "flosser")])
    assert Mentions.of(said).meant == ("flosser",)


@pytest.mark.parametrize(
    ("text", "meant"),
    [
        ("The flosser leaks. The toothbrush is great, we keep that!", ("flosser",)),
        ("I'm keeping the toothbrush. The flosser goes back.", ("flosser",)),
        ("I don't want to keep the toothbrush. The flosser leaks.", ("toothbrush", "flosser")),
        ("The toothbrush and the flosser: keep me posted.", ("toothbrush", "flosser")),
    ],
)
def test_a_thing_that_is_kept_is_not_meant(text: str, meant: tuple[str, ...]) -> None:
    entities = [("product", thing) for thing in ("toothbrush", "flosser")]
    assert sorted(Mentions.of(message(text=text, entities=entities)).meant) == sorted(meant)


@pytest.mark.parametrize(
    ("lines", "of_both"),
    [([[0, 1], [1, 1]], [[0, 1], [1, 1]]), ([[0, 2]], [[0, 2]]), ([[0, 1], [1, 1], [2, 1]], []), ([[0, 3]], [])],
)
def test_both_are_two(lines: list[list[int]], of_both: list[list[int]]) -> None:
    assert all_of(lines, both=True) == of_both
    assert all_of(lines, both=False) == lines
