"""Customers who have no order number at hand, or bought somewhere else."""

import pytest

from tests.conversations.customer import Customer


def test_one_who_has_lost_the_number_is_told_where_it_is_and_offered_a_person(customer: Customer) -> None:
    customer.say("I want to return my toothbrush but I don't have the order number")
    for words in ("I deleted the mail", "can you look it up by my name?"):
        assert customer.question() == "order.number", customer.transcript()
        assert "delivery note" in customer.text()
        assert "intent=talk_to_human" in customer.choices()
        customer.say(words)
    said = customer.say("where do I find it?")
    assert "delivery note" in said[0]["text"], customer.transcript()
    assert customer.owner == "bot"


def test_a_shop_of_another_name_is_none_of_ours(customer: Customer) -> None:
    customer.say("bought your flosser at MediaMarkt, it leaks. what now?")
    assert customer.question() == "order.channel", customer.transcript()


@pytest.mark.parametrize(
    "words", ["Kann ich mit einem Menschen sprechen?", "Necesito hablar con una persona por favor"]
)
def test_a_person_is_asked_for_in_other_words(customer: Customer, words: str) -> None:
    customer.say("I want to return my toothbrush")
    customer.say(words)
    assert customer.owner == "waiting", customer.transcript()
