"""A person, always; and back to the assistant without starting over."""

from datetime import datetime, timedelta

import pytest

from tests.conversations.customer import Customer
from tests.conversations.shop import EMAIL, Shop


@pytest.mark.parametrize("words", ["can I talk to a human please", "AGENT!!", "give me a real person"])
def test_a_person_is_there_in_the_middle_of_a_request(customer: Customer, words: str) -> None:
    customer.say("I want to return my toothbrush")
    customer.say(words)
    assert customer.owner == "waiting"
    assert "owner=bot" in customer.choices()


def test_the_bot_is_silent_while_a_person_is_waited_for_and_goes_on_where_it_was(
    customer: Customer, shop: Shop, today: datetime
) -> None:
    number = shop.sells(today - timedelta(days=9), delivered_at=today - timedelta(days=5))
    customer.say(f"I'd like to return order {number}, {EMAIL}, I changed my mind")
    assert customer.question() == "claim.unused"
    customer.say("wait, I want to talk to somebody")
    customer.say("hello?")
    assert customer.say("anybody there?") == []
    customer.choose("owner=bot")
    assert customer.owner == "bot"
    assert customer.question() == "claim.unused"


def test_three_answers_that_nobody_could_understand_bring_a_person(customer: Customer) -> None:
    customer.say("I want to return my toothbrush")
    for text in ("florb wuggle zint", "brakka lomu tesh", "zzz grmpf qwx"):
        assert customer.owner == "bot"
        customer.say(text)
    assert customer.owner == "waiting"


def test_a_wish_for_a_person_is_heard_beside_another_wish(customer: Customer) -> None:
    customer.say("Hi there. I want to return the brush I bought. Get me a human please.")
    assert customer.owner == "waiting"
