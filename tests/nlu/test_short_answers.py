"""A bare yes or no, and what is none."""

import pytest

from nlu.short_answers import find_short_answers


@pytest.mark.parametrize(
    "text",
    ["yes", "Yes please!", "yep", "YES", "yeah sure", "ok", "yes, it is", "I do", "correct", "yes yes", "👍", "y"],
)
def test_a_bare_yes(text: str) -> None:
    assert [found.value for found in find_short_answers(text)] == ["yes"]


@pytest.mark.parametrize("text", ["no", "nope", "No thanks", "nah", "no, sorry", "no it isn't", "👎", "No."])
def test_a_bare_no(text: str) -> None:
    assert [found.value for found in find_short_answers(text)] == ["no"]


@pytest.mark.parametrize(
    "text",
    [
        "no never",
        "never",
        "yes but change the reason",
        "yes used",
        "no, never used",
        "not yet",
        "ok?",
        "",
        "no everything",
    ],
)
def test_what_says_more_is_neither(text: str) -> None:
    assert find_short_answers(text) == []
