"""Messages of several sentences, and what is said before, beside or after what was asked."""

from datetime import datetime, timedelta

import pytest

from tests.conversations.customer import Customer
from tests.conversations.shop import EMAIL, Shop

UP_TO_THE_SERIAL_NUMBER = {
    "claim.damage_cause": "none",
    "claim.item_country": "US",
    "claim.issued_on": "none",
    "claim.troubleshooting_done": True,
}


def sold(shop: Shop, today: datetime, days: int = 5, **given) -> str:
    return shop.sells(today - timedelta(days=days + 4), delivered_at=today - timedelta(days=days), **given)


def test_a_present_without_an_order_is_asked_where_it_was_bought(customer: Customer) -> None:
    customer.say("hello, someone gave me this as a present and its broken, I have no order number")
    assert customer.question() == "order.channel", customer.transcript()


def test_asked_for_its_number_amazon_is_an_answer(customer: Customer) -> None:
    customer.say("my toothbrush stopped working")
    customer.say("it's from amazon I think")
    assert customer.question() not in ("order.number", "order.channel"), customer.transcript()


def test_the_wish_in_the_last_sentence_counts(customer: Customer, shop: Shop, today: datetime) -> None:
    number = sold(shop, today)
    customer.say(f"sorry, english. refund for {number}, {EMAIL}, colour not nice")
    assert customer.question() in ("claim.reason", "claim.unused"), customer.transcript()


def test_no_fault_is_read_into_a_present_that_was_not_needed(customer: Customer, shop: Shop, today: datetime) -> None:
    number = sold(shop, today)
    customer.say(
        "Good morning, I purchased the X3U for my daughter's birthday but she already got one from her grandmother. "
        f"It's unopened. What are my options? Order {number}, {EMAIL}"
    )
    customer.say("return it then")
    if customer.question() == "claim.reason":
        customer.say("she already has one")
    customer.answer_all(
        {"claim.packaging_complete": True, "claim.contents_complete": True, "evidence.photos": 1, "confirm": "yes"}
    )
    facts = shop.cases(number)[0]["items"][0]["facts"]
    assert facts["claim.reason"]["value"] == "changed_mind", customer.transcript()


def test_a_wrong_order_number_is_no_wrong_item(customer: Customer, shop: Shop, today: datetime) -> None:
    number = sold(shop, today)
    customer.say(f"I want to return {number}")
    customer.say("nobody@example.com")
    customer.say(f"oh sorry wrong order, {number} {EMAIL}")
    assert customer.question() == "claim.reason", customer.transcript()


def test_an_order_named_beside_a_question_is_not_asked_for_again(
    customer: Customer, shop: Shop, today: datetime
) -> None:
    number = shop.sells(today - timedelta(days=1), delivery_due_at=today + timedelta(days=5))
    customer.say(f"Hi there. I placed order {number} yesterday and the address is wrong. Can you change it? {EMAIL}")
    customer.say("cancel then")
    assert customer.question() == "confirm", customer.transcript()


def test_why_the_address_is_needed_is_explained(customer: Customer, shop: Shop, today: datetime) -> None:
    customer.say(f"I need to return {sold(shop, today)}")
    said = customer.say("why do you need my email?")
    assert "order is yours" in said[0]["text"], customer.transcript()


def test_the_warranty_of_a_dealer_is_given_no_date(customer: Customer, shop: Shop, today: datetime) -> None:
    number = sold(shop, today, channel="authorized_dealer")
    customer.say(f"not charging any more, {number}, {EMAIL}")
    said = customer.say("what about the warranty?")
    assert str(today.year + 1) not in said[0]["text"], customer.transcript()


def test_a_fault_told_after_the_warranty_was_offered_takes_it_up(
    customer: Customer, shop: Shop, today: datetime
) -> None:
    customer.say(f"I want a refund for {sold(shop, today, days=40)}, {EMAIL}")
    customer.answer_all({"claim.reason": "changed_mind"})
    assert "request=warranty" in customer.choices(), customer.transcript()
    customer.say("it stopped working actually")
    assert customer.question() == "claim.damage_cause", customer.transcript()


@pytest.fixture
def at_the_serial_number(customer: Customer, shop: Shop, today: datetime) -> Customer:
    """Asked for the serial number of a toothbrush that no longer charges."""
    customer.say(f"my toothbrush from {sold(shop, today, days=100)} does not charge, {EMAIL}")
    customer.answer_all(UP_TO_THE_SERIAL_NUMBER)
    return customer


def test_a_fault_described_where_the_serial_number_was_asked_is_kept(at_the_serial_number: Customer) -> None:
    customer = at_the_serial_number
    assert customer.question() == "evidence.serial_number", customer.transcript()
    customer.say("it vibrates only a little and stops after a few seconds")
    assert customer.question() == "evidence.photos", customer.transcript()


def test_a_number_that_cannot_be_found_is_taken_so(at_the_serial_number: Customer) -> None:
    customer = at_the_serial_number
    customer.say("can't find any number on it")
    assert customer.question() == "evidence.defect_description", customer.transcript()


def test_one_who_has_not_said_what_is_wanted_is_refused_nothing(
    customer: Customer, shop: Shop, today: datetime
) -> None:
    customer.say(f"{sold(shop, today, days=500)}, {EMAIL}")
    assert customer.question() == "request", customer.transcript()
    customer.say("refund")
    customer.answer_all({"claim.reason": "changed_mind"})
    assert "R.window" in customer.cited(), customer.transcript()
    said = customer.say("why not?")
    assert "R.window" in {citation["clause"] for citation in said[0]["citations"]}, customer.transcript()


def test_a_replacement_is_the_same_again(customer: Customer, shop: Shop, today: datetime) -> None:
    number = sold(shop, today)
    customer.say(f"My brush leaks every time I use it. I'd like a replacement. Order {number} {EMAIL}")
    assert customer.question() != "claim.exchange_for", customer.transcript()


def test_why_it_goes_back_may_be_said_with_the_wish(customer: Customer, shop: Shop, today: datetime) -> None:
    number = sold(shop, today)
    customer.say(f"order {number} {EMAIL}")
    customer.say("I want to return the brush, didn't like it")
    assert customer.question() == "claim.unused", customer.transcript()
    customer.say("brand new")
    assert customer.question() == "claim.packaging_complete", customer.transcript()


def test_what_is_exchanged_for_is_asked_where_nothing_is_wrong(customer: Customer, shop: Shop, today: datetime) -> None:
    number = sold(shop, today)
    customer.say(f"I'd like to have my toothbrush exchanged. I don't like the colour. My order is {number}, {EMAIL}")
    assert customer.question() == "claim.exchange_for", customer.transcript()


def test_two_questions_at_the_end_of_a_long_sentence_are_answered(
    customer: Customer, shop: Shop, today: datetime
) -> None:
    number = sold(shop, today)
    customer.say(
        f"Hi, order {number}, {EMAIL}. I want to return the pink brush since I don't like the colour, it's unused, "
        "how long does the refund take and who pays shipping?"
    )
    assert {"R.process.5", "R.freight.customer"} <= customer.cited(), customer.transcript()
    assert customer.question() == "claim.packaging_complete", customer.transcript()
