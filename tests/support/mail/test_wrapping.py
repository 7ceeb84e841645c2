"""Sentences that a mail program broke over lines are heard whole; lines that somebody ended stay."""

from __future__ import annotations

import pytest

from support.mail.letter import read_letter
from support.mail.spoken import spoken
from support.mail.wrapping import unflowed, unwrapped

HARD = """\
Hello, the brush that I bought in spring does not vibrate any more, and I
have been using it twice a day ever since. It never fell down, and charging
it for a whole night did not help either. I am in Canada. I would like
another one.

Is that possible?"""


def test_a_letter_that_a_program_broke_is_heard_in_its_sentences():
    assert unwrapped(HARD).split("\n") == [
        "Hello, the brush that I bought in spring does not vibrate any more, and I have been using it twice a day ever "
        "since. It never fell down, and charging it for a whole night did not help either. I am in Canada. I would like "
        "another one.",
        "",
        "Is that possible?",
    ]
    assert "I would like another one." in spoken(HARD)


@pytest.mark.parametrize(
    "text",
    [
        "1. It fell down when my son wanted to put it back on its charger\n2. yes\n3. no",
        "my brush broke\nit is two weeks old\nplease help",
        "Order SC10236, a pink toothbrush that I bought in November last year\nI want to return it\nThanks",
        "Here is what I did so far, all of it without any success at all:\n- charged it for a whole night, twice\n- reset",
        "A first line of more than one hundred characters was written by a program that does not break any lines at all,\n"
        "so this line is one of its own",
        "https://shop.example/a/very/long/link/that/no/program/can/break/anywhere/because/it/has/no/space/in/it\nI want it",
    ],
)
def test_lines_that_somebody_ended_stay(text):
    assert unwrapped(text) == text


def test_a_flowed_letter_goes_on_where_its_lines_end_in_a_space():
    flowed = "I want \r\nanother one, \r\nplease.\r\n\r\n> You \r\n> wrote:\r\n>> this\r\n From here\r\n-- \r\nOtto"
    assert unflowed(flowed).split("\n") == [
        "I want another one, please.",
        "",
        "> You wrote:",
        ">> this",
        "From here",
        "-- ",
        "Otto",
    ]
    assert unflowed("Rück \nsendung", joins_without_space=True) == "Rücksendung"


def test_only_a_letter_that_says_it_is_flowed_is_read_so():
    head = b"From: a@example.com\nContent-Type: text/plain; charset=utf-8%s\n\nI want \nanother one."
    assert read_letter(head % b"; format=flowed").text == "I want another one."
    assert read_letter(head % b"").text == "I want \nanother one."
