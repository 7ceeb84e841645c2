"""Slips of the fingers are put right where an answer hangs on the word, and only there."""

import pytest

from actions.plain_answers import plain_answer
from actions.slips import WORDS, mended


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("I have neevr used it", "i have never used it"),
        ("all coplete", "all complete"),
        ("it was sotlen", "it was stolen"),
        ("yes, it's sttill here", "yes, it's still here"),
        ("unsed", "unused"),
    ],
)
def test_a_slip_is_put_right(typed: str, meant: str) -> None:
    assert mended(typed) == meant


@pytest.mark.parametrize("text", ["i have ever used it", "my son tie", "used", "need", "sc70001", "a gift"])
def test_other_words_stay(text: str) -> None:
    assert mended(text) == text


@pytest.mark.parametrize("word", WORDS)
def test_a_word_itself_stays(word: str) -> None:
    assert mended(word) == word


@pytest.mark.parametrize(
    "typed", ["neevr used, i only had a look at it", "i have neer used it", "it has nver been used"]
)
def test_a_never_with_a_slip_is_no_use(typed: str) -> None:
    assert plain_answer("claim.unused", typed) is not False


@pytest.mark.parametrize("text", ["that goes back too", "i lost a lot of time", "one part of it", "in which mode"])
def test_words_of_their_own_are_no_slips(text: str) -> None:
    assert mended(text) == text


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("all the accessories are three", "all the accessories are there"),
        ("They are still three!", "they are still there!"),
        ("there are three", "there are three"),
        ("there are three of them", "there are three of them"),
        ("my flsoser", "my flosser"),
    ],
)
def test_a_word_that_is_one_of_its_own_is_read_by_its_place(typed: str, meant: str) -> None:
    assert mended(typed) == meant
