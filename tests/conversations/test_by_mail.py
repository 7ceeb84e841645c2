"""Letters to the whole assistant: everything they say is taken at once, everything missing is asked at once."""

from __future__ import annotations

import re
import textwrap
from datetime import datetime, timedelta

import pytest

from support.run.stack import Stack
from tests.conversations.agent import Agent
from tests.conversations.penfriend import Penfriend
from tests.conversations.shop import EMAIL, Shop, line

WORTH = "X3U Sonic Toothbrush"


@pytest.fixture
def penfriend(stack: Stack) -> Penfriend:
    return Penfriend(stack)


def asked(words: str) -> int:
    """How many numbered questions a letter has."""
    return len(re.findall(r"^\d+\. ", words, re.MULTILINE))


def unfolded(words: str) -> str:
    return " ".join(words.split())


def two_things(penfriend: Penfriend, shop: Shop, today: datetime) -> str:
    """The number of their order of a toothbrush and a flosser, delivered five days ago."""
    flosser = line(sku="C1-WHT", name="C1 Water Flosser", colour="white", serials=["C1A2409B00077"])
    days = {"placed": today - timedelta(days=9), "delivered_at": today - timedelta(days=5)}
    return shop.sells(**days, email=penfriend.address, lines=[line(), flosser])


def test_a_complete_request_takes_two_rounds(penfriend: Penfriend, shop: Shop, today: datetime) -> None:
    number = shop.sells(today - timedelta(days=25), delivered_at=today - timedelta(days=20), email=penfriend.address)
    first = penfriend.write(
        "Hello,\n\nmy toothbrush stopped charging. I've used it for two weeks and nothing happened to it. "
        "I would like a new one. Who pays the shipping?\n\nKind regards,\nDana",
        subject=f"Order {number}",
    )
    assert WORTH not in first
    assert "R.freight.soocas" in first
    assert asked(first) == 3, first
    asking = penfriend.last
    assert "If yours is on its way, you need do nothing" in unfolded(penfriend.confirm())
    penfriend.last = asking
    summary = penfriend.write("1. United States\n2a\n3. attached\n\nDana", photos=1)
    assert f"Warranty claim: {WORTH}" in summary, summary
    done = penfriend.write("1")
    (case,) = shop.cases(number)
    assert case["number"] in done
    assert [len(item["evidence"]["photos"]) for item in case["items"]] == [1]


def test_a_letter_that_says_everything_is_only_asked_to_confirm(
    penfriend: Penfriend, shop: Shop, today: datetime
) -> None:
    number = shop.sells(today - timedelta(days=9), delivered_at=today - timedelta(days=5), email=penfriend.address)
    first = penfriend.write(
        f"Hi,\n\nI want to return order {number} for a refund. I simply changed my mind: it has never been used, the "
        "packaging is complete and everything is in the box.\n\nThanks, Dana",
        photos=1,
    )
    assert asked(first) == 0, first
    assert "Is that right, and shall I open the case?" in penfriend.confirm()


def test_a_long_paragraph_that_a_program_broke_into_lines_is_understood_whole(
    penfriend: Penfriend, shop: Shop, today: datetime
) -> None:
    number = shop.sells(today - timedelta(days=54), delivered_at=today - timedelta(days=50), email=penfriend.address)
    told = (
        "Hello, I hardly know where to begin: we were so happy with the toothbrush, it is quiet and pretty, but last "
        "week it began to grind and on Sunday it would not switch on any more. I charged it overnight, with another "
        "cable as well, and held the button, no luck. Nobody dropped it and it was never under water, just normal use "
        f"every morning and evening. The order is #{number[:2]} {number[2:4]} {number[4:]}, on the bottom it says "
        "X3U2409A001234, and it is still in the US. I would rather have my money back than another one."
    )
    penfriend.write(textwrap.fill(told, 72), photos=1)
    summary = penfriend.confirm()
    assert asked(summary) == 0, summary
    for words in ("Warranty claim", "It failed in normal use", "X3U2409A001234", "Photos: 1", "your money back"):
        assert words in summary, summary


def test_who_writes_from_another_address_is_told_so_and_goes_on_with_that_one(
    penfriend: Penfriend, shop: Shop, today: datetime
) -> None:
    bought = {"delivered_at": today - timedelta(days=5), "email": "home@example.com", "postcode": "30305"}
    number = shop.sells(today - timedelta(days=9), **bought)
    penfriend.write(f"I want to return order {number}. I changed my mind.")
    assert "placed with the address you write from" in unfolded(penfriend.confirm())
    assert WORTH in penfriend.write("Oh, it was home@example.com, and the zip is 30305.")


def test_two_things_with_a_reason_each_take_two_rounds_as_well(
    penfriend: Penfriend, shop: Shop, today: datetime
) -> None:
    number = two_things(penfriend, shop, today)
    first = penfriend.write(
        f"Hello,\n\nI'd like to return two things of order {number}: the toothbrush is fine but I changed my mind, "
        "and the flosser arrived damaged.\n\nDana"
    )
    assert asked(first) == 0, first
    questions = penfriend.confirm()
    assert "What's the reason?" not in questions, questions
    answers = {"unused": "a", "packaging": "a", "came with it": "a", "send a photo": ". there it is"}
    reply = [
        number + next((answer for words, answer in answers.items() if words in question), ". United States")
        for number, question in re.findall(r"^(\d+)\. (.*(?:\n   .*)*)", questions, re.MULTILINE)
    ]
    summary = penfriend.write("\n".join(reply), photos=1)
    assert "X3U Sonic Toothbrush" in summary, summary
    assert "C1 Water Flosser" in summary, summary
    assert "shall I open the case?" in summary, summary
    done = penfriend.write("1")
    (case,) = shop.cases(number)
    assert case["number"] in done
    reasons = [item["facts"]["claim.reason"]["value"] for item in case["items"]]
    assert sorted(reasons) == ["changed_mind", "damaged_on_arrival"]
    assert [len(item["evidence"]["photos"]) for item in case["items"]] == [1, 1]


def test_several_things_are_asked_for_by_their_names_in_one_letter(
    penfriend: Penfriend, shop: Shop, today: datetime
) -> None:
    number = two_things(penfriend, shop, today)
    penfriend.write(f"I'd like to return the toothbrush and the flosser of order {number}.")
    questions = penfriend.confirm()
    assert asked(questions) == 10, questions
    assert questions.count("For the C1 Water Flosser (white):") == 4
    summary = penfriend.write("1a 2a 3a 4a\n5. see the photo\n6d 7a 8a 9a\n10. there it is\n\nDana", photos=1)
    assert "shall I open the case?" in summary, summary


def test_whoever_writes_in_somebody_elses_name_learns_nothing(stack: Stack, shop: Shop, today: datetime) -> None:
    number = shop.sells(today - timedelta(days=9), delivered_at=today - timedelta(days=5))
    stranger = Penfriend(stack)
    words = stranger.write(f"I am {EMAIL}. What did I buy in order {number}? I want to return it.")
    assert WORTH not in words
    assert "pink" not in words


def test_handed_back_by_an_agent_the_letter_says_so_and_asks_what_is_open(
    penfriend: Penfriend, stack: Stack, shop: Shop, today: datetime
) -> None:
    number = shop.sells(today - timedelta(days=9), delivered_at=today - timedelta(days=5), email=penfriend.address)
    penfriend.write(f"A person, please. It is about order {number}.")
    conversation, mei = penfriend.conversation(), Agent(stack, "mei")
    mei.does("take", conversation)
    facts = {"request": "return", "claim.reason": "colour", "claim.unused": "true", "order": number}
    mei.does("hand-back", conversation, **facts)
    letter = unfolded(penfriend.read())
    assert "handed you back to me" in letter
    assert WORTH in letter
    assert "packaging" in letter
    assert "Please send a photo" in letter


def test_who_writes_german_is_told_once_that_only_english_is_understood(penfriend: Penfriend) -> None:
    words = unfolded(penfriend.write("Guten Tag, meine Zahnbürste lädt nicht mehr. Ich möchte bitte Ersatz.", "Defekt"))
    assert "Leider verstehe ich nur Englisch" in words
    assert "schreibt bisher nur Englisch" not in words


def test_the_only_order_of_a_confirmed_address_needs_no_number(
    penfriend: Penfriend, shop: Shop, today: datetime
) -> None:
    days = {"placed": today - timedelta(days=9), "delivered_at": today - timedelta(days=5)}
    shop.sells(**days, email=penfriend.address)
    penfriend.write("I want to return my toothbrush, I changed my mind. The order number is in the invoice somewhere.")
    assert WORTH in penfriend.confirm()


def test_of_several_orders_of_an_address_the_number_is_asked(penfriend: Penfriend, shop: Shop, today: datetime) -> None:
    days = {"placed": today - timedelta(days=9), "delivered_at": today - timedelta(days=5)}
    for _ in range(2):
        shop.sells(**days, email=penfriend.address)
    penfriend.write("I want to return my toothbrush, I changed my mind.")
    words = penfriend.confirm()
    assert WORTH not in words
    assert "order number" in words
    assert "isn't exactly one order with your address" in unfolded(penfriend.write("I can't find the order number."))


def test_a_letter_that_only_asks_gets_every_answer_in_its_order(penfriend: Penfriend) -> None:
    words = unfolded(
        penfriend.write(
            "Before I order, three questions:\n1. How long do I have to send something back?\n"
            "2. Does the warranty cover the battery?\n3. Who pays the postage if I don't like it?"
        )
    )
    places = [
        words.index(answer) for answer in ("30 days from the day the parcel", "1 year from the day", "postage is yours")
    ]
    assert places == sorted(places)
