"""What people say beside the point: "ok" to an answer, the same fact twice, "what would you recommend?"."""

from datetime import datetime, timedelta

import pytest

from tests.conversations.customer import Customer
from tests.conversations.shop import EMAIL, Shop


def test_ok_and_hmm_are_not_misunderstood(customer: Customer, shop: Shop, today: datetime) -> None:
    number = shop.sells(today - timedelta(days=9), delivered_at=today - timedelta(days=5))
    customer.say(f"I want to return order {number}, {EMAIL}")
    customer.say("who pays for the postage?")
    for word in ("ok", "hmm", "one moment please", "let me check", "ok"):
        customer.say(word)
        assert customer.question() == "claim.reason", customer.transcript()
    assert customer.owner == "bot"
    customer.say("we changed our minds")
    assert customer.question() == "claim.unused", customer.transcript()


def test_a_fact_told_again_is_understood_every_time(customer: Customer, shop: Shop, today: datetime) -> None:
    number = shop.sells(today - timedelta(days=9), delivered_at=today - timedelta(days=5))
    customer.say(f"I want to return order {number}, {EMAIL}. It was never used.")
    for words in ("as I said it is unused", "yes, it's still sealed", "never used"):
        said = customer.say(words)
        assert "thank" in said[0]["text"].lower(), customer.transcript()
    assert customer.question() == "claim.reason"


def test_one_who_cannot_choose_is_told_what_each_way_gives(customer: Customer, shop: Shop, today: datetime) -> None:
    number = shop.sells(today - timedelta(days=9), delivered_at=today - timedelta(days=5))
    customer.say(f"my toothbrush from order {number} does not charge any more, {EMAIL}")
    assert customer.question() == "request"
    for words in ("what are my options?", "what would you recommend?", "ok then what can I do", "dunno what i want"):
        said = customer.say(words)
        told = {citation["clause"] for message in said for citation in message["citations"]}
        assert {"R.window", "R.exchange.same", "W.remedy"} <= told, customer.transcript()
        assert customer.question() == "request"


def test_yes_with_the_wish_said_again_opens_the_case(customer: Customer, shop: Shop, today: datetime) -> None:
    number = shop.sells(today - timedelta(days=1), delivery_due_at=today + timedelta(days=5))
    customer.say(f"I want to cancel {number}, {EMAIL}")
    assert customer.question() == "confirm"
    customer.say("yes please cancel")
    assert len(shop.cases(number)) == 1


def test_the_refund_insisted_on_is_refused_with_its_reason(customer: Customer, shop: Shop, today: datetime) -> None:
    number = shop.sells(today - timedelta(days=320), delivered_at=today - timedelta(days=316))
    customer.say(f"my brush from order {number} died, {EMAIL}")
    assert customer.question() == "claim.damage_cause"
    said = customer.say("I said money back")
    told = {citation["clause"] for message in said for citation in message["citations"]}
    assert "R.window" in told, customer.transcript()
    assert "request=warranty" in customer.choices()


@pytest.mark.parametrize(
    "words", ["need help with my order", "I have a question about my order", "hi, can you help me?"]
)
def test_a_call_for_help_is_told_what_there_is(customer: Customer, words: str) -> None:
    customer.say(words)
    assert "request=return" in customer.choices(), customer.transcript()
    assert "R.cancel.by-customer" not in customer.cited()


def test_a_call_for_help_with_an_order_keeps_its_number(customer: Customer, shop: Shop, today: datetime) -> None:
    number = shop.sells(today - timedelta(days=9), delivered_at=today - timedelta(days=5))
    customer.say(f"I need help with my order {number}")
    assert customer.question() == "request", customer.transcript()
    customer.choose("request=return")
    assert customer.question() == "order.email", customer.transcript()
    said = customer.say("help")
    assert "order.number" not in customer.asked
    assert "again" not in said[0]["text"].lower(), customer.transcript()


def test_one_who_asks_what_to_do_after_a_refusal_is_told_what_there_is(
    customer: Customer, shop: Shop, today: datetime
) -> None:
    number = shop.sells(today - timedelta(days=9), delivered_at=today - timedelta(days=5))
    customer.say(f"i dropped it, its cracked, can i get a new one? {number}, {EMAIL}")
    assert "W.exclude.8" in customer.cited(), customer.transcript()
    said = customer.say("so what can i do?")
    assert [message["text"] for message in said] == ["About what's possible: Shall a colleague look at it?"]
    assert "intent=talk_to_human" in customer.choices()
