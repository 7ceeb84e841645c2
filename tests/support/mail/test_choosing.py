"""Replies by number, by letter, and between the quoted lines."""

import textwrap
from html import escape

import pytest

from support.mail.blocks import Option, Page, Paragraph, Question
from support.mail.choosing import (
    chosen_by_letters,
    chosen_by_number,
    with_answers_in_the_quote,
    with_quoted_numbers,
)
from support.mail.cutting import cut
from support.mail.html_text import text_of
from support.mail.letter import read_letter
from support.mail.models import OutgoingLetter
from tests.support.mail.mails import mail

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


WHOLE = (
    "Is everything that came with it still there: accessories, labels, instructions, and the invoice if there was one?"
)
PAGE = Page(
    (
        Paragraph("Hello Farah,"),
        Paragraph("Please answer all of these in one mail."),
        Question(
            1, "Is it still unused?", (Option("1a", "Yes, never used", "x"), Option("1b", "No, I've used it", "y"))
        ),
        Question(2, WHOLE, (Option("2a", "Yes, everything", "x"),)),
        Question(3, "Please send a photo of it."),
        Paragraph("Where there are letters, the letter is enough: 1a, 2b and so on."),
    ),
    ("Kind regards", "SOOCAS Support"),
)
SENT = read_letter(mail(PAGE.plain(), PAGE.html()).as_bytes())
ANSWERED = "See below in red.\n1. Yes\n2. all of it\n3. attached"


def test_answers_written_into_our_letter_are_found_whatever_the_program_made_of_it():
    red = {"No, I've used it": "Yes", "Yes, everything": "all of it", "a photo of it.": "attached"}
    html, plain = PAGE.html(), PAGE.plain()
    for ours, answer in red.items():
        html = html.replace(f"{escape(ours)}</p>", f"{escape(ours)}</p><p style='color:red'>{answer}</p>")
        plain = plain.replace(f"{ours}\n", f"{ours}\n{answer}\n")
    for quoted in (text_of(html), plain, plain.replace("\n", "\n> "), plain.replace("\n\n", "\n")):
        assert with_answers_in_the_quote("See below in red.", quoted, SENT) == ANSWERED


def test_an_answer_behind_the_question_in_the_same_line_is_found():
    quoted = text_of(PAGE.html()).replace("Is it still unused?", "Is it still unused? Yes, of course")
    assert with_answers_in_the_quote("", quoted, SENT) == "1. Yes, of course"


@pytest.mark.parametrize("width", [40, 60, 200])
def test_our_letter_as_it_was_is_no_answer(width):
    broken = "\n".join(textwrap.fill(line, width) for line in PAGE.plain().split("\n"))
    assert with_answers_in_the_quote("1. no", broken, SENT) == "1. no"
    assert with_answers_in_the_quote("1. no", text_of(PAGE.html()), SENT) == "1. no"
    assert with_answers_in_the_quote("1. no", "On Monday we wrote:\n> something else\n> 1. and more", SENT) == "1. no"
