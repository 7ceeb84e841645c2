"""Replies by number, by letter, and between the quoted lines."""

import pytest

from support.mail.choosing import chosen_by_letters, chosen_by_number, with_quoted_numbers
from support.mail.cutting import cut
from support.mail.models import OutgoingLetter

ONE = OutgoingLetter(
    choices=[
        {"code": "1", "title": "Return", "payload": "request=return"},
        {"code": "2", "title": "Exchange", "payload": "request=exchange"},
    ]
)
MANY = OutgoingLetter(
    choices=[
        {"code": f"{number}{letter}", "title": letter, "payload": f"claim.{number}={letter}"}
        for number in (1, 2)
        for letter in "abc"
    ]
)


@pytest.mark.parametrize(
    "reply", ["2", "2.", "(2)", "Number 2 please", "Hi,\n\n2\n\nKind regards\nFarah", "Nr. 2 bitte", "Option 2!"]
)
def test_a_number_alone_is_the_choice_of_the_letter_it_answers(reply):
    assert chosen_by_number(reply, ONE)["payload"] == "request=exchange"


@pytest.mark.parametrize("reply", ["3", "2 brushes", "I have 2", "20.11.2026", "2 weeks ago"])
def test_a_number_among_words_is_no_choice(reply):
    assert chosen_by_number(reply, ONE) is None


@pytest.mark.parametrize("reply", ["1a, 2c", "1a 2c", "1) a\n2) c", "1. a\n2. c", "1 a and 2 c", "1A 2C.", "1a) 2c)"])
def test_letters_choose_for_each_question(reply):
    assert chosen_by_letters(reply, MANY) == ("claim.1=a", "claim.2=c")


@pytest.mark.parametrize("reply", ["2. a new one", "1 a day", "I use it 2 a.m.-ish", "1b or 1c", "9a"])
def test_what_only_looks_like_a_letter_chooses_nothing(reply):
    assert chosen_by_letters(reply, MANY) == ()


def test_answers_between_quoted_questions_get_their_numbers():
    text = "> Hello Farah,\n> 1. Was it used?\n>    a) Yes\nNo, never.\n>\n> 2. Is the box there?\nYes, all of it.\n> Kind regards"
    assert with_quoted_numbers(cut(text).reply, text) == "1. No, never.\n2. Yes, all of it."


def test_an_answer_above_the_quote_stays_as_it_is():
    text = "1. no\n2. yes\n\nOn Wed, 4 Nov 2026 at 10:12, SOOCAS wrote:\n> 1. Was it used?\n> 2. Is the box there?"
    assert with_quoted_numbers(cut(text).reply, text) == "1. no\n2. yes"
