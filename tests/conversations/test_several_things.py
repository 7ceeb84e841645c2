"""Two things with a reason each, one more thing, and a thing that is in a case already."""

from datetime import datetime, timedelta

import pytest

from tests.conversations.customer import Customer
from tests.conversations.shop import EMAIL, Shop, line

FLOSSER = line(sku="W3-WHI", name="W3 Water Flosser", colour="white", unit_price_paid="49.90", serials=[])
FINE = {
    "claim.unused": True,
    "claim.packaging_complete": True,
    "claim.contents_complete": True,
    "claim.damage_cause": "none",
    "evidence.photos": 1,
}


@pytest.fixture
def both(shop: Shop, today: datetime) -> str:
    """The number of an order of a toothbrush and a flosser, delivered a week ago."""
    days = {"placed": today - timedelta(days=12), "delivered_at": today - timedelta(days=7)}
    return shop.sells(**days, lines=[line(), FLOSSER])


def test_each_of_two_things_has_the_reason_that_was_told_of_it(customer: Customer, shop: Shop, both: str) -> None:
    customer.say(
        f"I'd like to return the toothbrush because I don't like the colour and the flosser because it's broken. "
        f"Order {both}, {EMAIL}"
    )
    customer.answer_all(FINE | {"confirm": "yes"})
    items = shop.cases(both)[0]["items"]
    assert [item["facts"]["claim.reason"]["value"] for item in items] == ["colour", "quality_problem"]
    assert "claim.reason" not in customer.asked


def test_the_reasons_of_both_may_come_with_their_names(customer: Customer, shop: Shop, both: str) -> None:
    customer.say(f"return both, order {both}, {EMAIL}")
    customer.say("the toothbrush: changed my mind. the flosser: wrong item")
    customer.answer_all(FINE | {"confirm": "yes"})
    items = shop.cases(both)[0]["items"]
    assert [item["facts"]["claim.reason"]["value"] for item in items] == ["changed_mind", "wrong_item"]
    assert customer.asked.count("claim.reason") == 1


def test_each_of_two_things_may_go_its_own_way(customer: Customer, shop: Shop, both: str) -> None:
    customer.say(f"I want to return the flosser and exchange the toothbrush, order {both}, {EMAIL}")
    customer.answer_all(
        FINE | {"claim.reason": "colour", "claim.exchange_for": "same_item_other_colour", "confirm": "yes"}
    )
    items = shop.cases(both)[0]["items"]
    assert [(item["lines"], item["decision"]["route"]) for item in items] == [
        ([[0, 1]], "exchange"),
        ([[1, 1]], "return"),
    ]


def test_both_things_are_named_before_the_first_is_talked_about(customer: Customer, shop: Shop, both: str) -> None:
    customer.say(f"The flosser leaks and I want to exchange the toothbrush. Order {both}, {EMAIL}")
    names = ("X3U Sonic Toothbrush (pink)", "W3 Water Flosser (white)")
    assert f"I found order {both}: your {names[0]} and {names[1]}." in customer.transcript()
    assert f"First, your {names[0]}:" in customer.transcript()


def test_what_refused_the_first_may_be_taken_back_when_the_second_is_begun(
    customer: Customer, shop: Shop, both: str
) -> None:
    customer.say(f"return both, I don't like the colour, order {both}, {EMAIL}")
    customer.answer_all(FINE | {"claim.contents_complete": False})
    customer.say("oh wait, I made a mistake, nothing is missing from it")
    customer.answer_all(FINE | {"claim.reason": "colour", "confirm": "yes"})
    items = shop.cases(both)[0]["items"]
    assert [item["facts"]["claim.reason"]["value"] for item in items] == ["colour", "colour"]


def test_one_more_thing_is_added_at_the_summary_by_its_name(customer: Customer, shop: Shop, both: str) -> None:
    customer.say(f"return the flosser, changed my mind, order {both}, {EMAIL}")
    customer.answer_all(FINE)
    customer.say("can I add the toothbrush too?")
    assert customer.question() == "claim.reason"
    customer.answer_all(FINE | {"claim.reason": "colour", "confirm": "yes"})
    assert [item["lines"] for item in shop.cases(both)[0]["items"]] == [[[1, 1]], [[0, 1]]]


def test_a_second_request_no_longer_offers_what_is_in_a_case(customer: Customer, shop: Shop, both: str) -> None:
    customer.say(f"return the flosser, changed my mind, order {both}, {EMAIL}")
    customer.answer_all(FINE | {"confirm": "yes"})
    customer.say("I'd also like to return something else from that order")
    customer.say(both)
    assert "order.lines" not in customer.asked
    customer.answer_all(FINE | {"claim.reason": "colour", "confirm": "yes"})
    assert [case["items"][0]["lines"] for case in shop.cases(both)] == [[[1, 1]], [[0, 1]]]


def test_what_is_in_a_case_and_is_named_again_gets_its_case_told(customer: Customer, shop: Shop, both: str) -> None:
    customer.say(f"return the flosser, changed my mind, order {both}, {EMAIL}")
    customer.answer_all(FINE | {"confirm": "yes"})
    number = customer.case()["number"]
    customer.say(f"I want to return the flosser, order {both}")
    assert number in customer.text()
    assert len(shop.cases(both)) == 1


def test_both_may_be_said_in_the_first_message(customer: Customer, shop: Shop, both: str) -> None:
    customer.say(f"I want to return both, order {both}, {EMAIL}")
    customer.answer_all(FINE | {"claim.reason": "colour", "confirm": "yes"})
    assert "order.lines" not in customer.asked, customer.transcript()
    assert [item["lines"] for item in shop.cases(both)[0]["items"]] == [[[0, 1]], [[1, 1]]]


def test_a_thing_may_be_mistyped(customer: Customer, shop: Shop, both: str) -> None:
    customer.say(f"could you take my flsoser back? Order {both}, {EMAIL}")
    assert customer.question() == "claim.reason", customer.transcript()
    assert "Flosser" in customer.text()
