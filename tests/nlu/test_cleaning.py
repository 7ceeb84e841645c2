import os
import subprocess
import sys

import pytest

from nlu.cleaning import LONGEST_TEXT, clean_text
from nlu.spelling import Speller
from support.run.environment import ROOT


@pytest.mark.parametrize(
    ("text", "clean"),
    [
        ("<p>It <b>broke</b></p><script>alert('x')</script>", "It broke"),
        ("fish &amp; chips", "fish & chips"),
        ("write to dana@example.com please", "write to my email please"),
        ("it is soooooo bad", "it is soo bad"),
        ("  \n\t ", ""),
        ("1 < 2 and 3 > 2", "1 < 2 and 3 > 2"),
    ],
)
def test_what_is_no_language_is_taken_out(text, clean):
    assert clean_text(text) == clean


@pytest.mark.parametrize("number", ["Order ID: 902-55-812", "order #SC10234", "my order number is OD4567890123"])
def test_which_order_it_is_makes_no_difference(number):
    assert clean_text(f"{number}. It leaks").endswith("my order. It leaks")


def test_a_message_of_10000_characters_is_cut():
    assert len(clean_text("ab " * 3334)) <= LONGEST_TEXT


@pytest.fixture(scope="module")
def speller():
    return Speller.learn(["please refund my flosser", "refund the flosser please", "my toothbrush", "your toothbrush"])


@pytest.mark.parametrize(
    ("typed", "meant"),
    [("pleaze refnd", "please refund"), ("my tothbrsh", "my toothbrush"), ("flossr", "flosser")],
)
def test_typing_errors_lead_to_our_own_words(speller, typed, meant):
    assert speller.correct(typed) == meant


@pytest.mark.parametrize("text", ["x3u", "the refine", "plz", "zzzzzzzzzz", ""])
def test_english_words_short_words_and_strange_words_stay(speller, text):
    assert speller.correct(text) == text


@pytest.mark.parametrize(
    "typed", ["forget about case C-Y878-67V7", "forget about case number c-gdm3-m363", "forget about my case C-7F3K"]
)
def test_which_case_it_is_says_nothing_about_what_is_wanted(typed):
    assert clean_text(typed) == "forget about my case"


@pytest.mark.parametrize(
    ("typed", "read"),
    [
        ("I cant and wont", "I can't and won't"),
        ("Id like it, thats all", "I'd like it, that's all"),
        ("ive paid, youre late, it doesnt work", "i've paid, you're late, it doesn't work"),
        ("WHERES MY STUFF", "WHERE'S MY STUFF"),
        ("my order id is here, cement, whose", "my order id is here, cement, whose"),
    ],
)
def test_an_apostrophe_left_out_is_read_all_the_same(typed, read):
    assert clean_text(typed).lower() == read.lower()


def test_a_repair_leads_to_the_more_frequent_word_and_never_to_an_error():
    speller = Speller.learn(["refund my warranty"] * 9 + ["the fund"] * 3 + ["waranty claim"] * 2 + ["soocas"] * 8)
    assert speller.correct("rfund the wraranty") == "refund the warranty"
    assert speller.correct("waranty socas") == "waranty soocas"


LEARN = """
from nlu.spelling import Speller
print(Speller.learn(["please refund the waterproof flosser", "the flosser: please refund, waterproof"]).known)
"""


def test_what_is_learned_is_the_same_in_every_process():
    command = [sys.executable, "-c", LEARN]
    learned = {
        subprocess.run(command, cwd=ROOT, env=os.environ | {"PYTHONHASHSEED": seed}, stdout=subprocess.PIPE).stdout
        for seed in "123"
    }
    assert learned == {b"['please', 'refund', 'the', 'waterproof', 'flosser']\n"}
