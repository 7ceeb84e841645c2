"""The eleven conversations of the first issue, from hello to the right end, on the whole running assistant."""

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

import pytest

from tests.conversations.customer import Customer
from tests.conversations.shop import EMAIL, Shop, line, months_before

FINE = {
    "order.email": EMAIL,
    "claim.unused": True,
    "claim.packaging_complete": True,
    "claim.contents_complete": True,
    "claim.gift_returned": True,
    "evidence.photos": 1,
    "confirm": "yes",
}
FAULTY = {
    "order.email": EMAIL,
    "request": "exchange",
    "claim.damage_cause": "none",
    "claim.unused": False,
    "claim.item_country": "US",
    "claim.issued_on": "none",
    "claim.troubleshooting_done": True,
    "evidence.serial_number": "X3U2409A001234",
    "evidence.photos": 1,
    "confirm": "yes",
}


def days_ago(today: datetime, days: int) -> dict[str, Any]:
    """An order placed five days before it was delivered so many days ago."""
    return {"placed": today - timedelta(days=days + 5), "delivered_at": today - timedelta(days=days)}


def test_a_return_in_time_because_of_a_changed_mind(customer: Customer, shop: Shop, today: datetime) -> None:
    number = shop.sells(**days_ago(today, 10), gifts=[{"name": "Travel case", "value": "10.00"}])
    customer.say("Hi, I'd like to return my toothbrush, I simply changed my mind")
    customer.answer_all(FINE | {"order.number": number, "claim.reason": "changed_mind"})
    case = shop.cases(number)[0]
    decision = case["items"][0]["decision"]
    told = customer.case()
    assert (told["number"], told["state"], told["review_by"]) == (case["number"], "under_review", case["review_by"])
    assert (decision["outcome"], decision["route"]) == ("eligible", "return")
    assert decision["freight"]["return"] == "customer"
    assert decision["refund"]["amount"] == "79.90"
    assert case["items"][0]["facts"]["order.delivered_on"]["source"] == "shop"
    assert case["items"][0]["facts"]["claim.unused"] == {"value": True, "source": "customer"}
    assert len(case["items"][0]["evidence"]["photos"]) == 1
    assert case["policy_version"] == decision["policy_version"]
    assert {"R.freight.customer", "R.process.2"} <= customer.cited()
    assert "approved" not in customer.text()


def test_a_return_on_the_last_day_is_in_time(customer: Customer, shop: Shop, today: datetime) -> None:
    number = shop.sells(**days_ago(today, 30))
    customer.say("I want to send my order back")
    customer.answer_all(FINE | {"order.number": number, "claim.reason": "colour"})
    assert shop.cases(number)[0]["outcome"] == "eligible"


def test_a_return_on_day_31_is_too_late_and_the_warranty_is_offered(
    customer: Customer, shop: Shop, today: datetime
) -> None:
    number = shop.sells(**days_ago(today, 31))
    customer.say("I want to return my order")
    customer.answer_all({"order.number": number, "order.email": EMAIL})
    assert "R.window" in customer.cited()
    assert "request=warranty" in customer.choices()
    assert "claim.reason" not in customer.asked
    assert shop.cases(number) == []


def test_used_goods_cannot_be_returned(customer: Customer, shop: Shop, today: datetime) -> None:
    number = shop.sells(**days_ago(today, 7))
    customer.say("return please")
    customer.answer_all(FINE | {"order.number": number, "claim.reason": "changed_mind", "claim.unused": False})
    assert {"R.unused", "R.refuse.2"} <= customer.cited()
    assert "evidence.photos" not in customer.asked
    assert "claim.packaging_complete" not in customer.asked
    assert shop.cases(number) == []


def test_the_wrong_colour_came_and_soocas_pays(customer: Customer, shop: Shop, today: datetime) -> None:
    number = shop.sells(**days_ago(today, 3))
    customer.say("You sent me the wrong colour, I ordered pink and got a black one")
    customer.answer_all(FINE | {"order.number": number, "request": "exchange"})
    decision = shop.cases(number)[0]["items"][0]["decision"]
    assert (decision["outcome"], decision["route"]) == ("eligible", "exchange")
    assert decision["freight"] == {"return": "soocas", "replacement": "soocas", "clauses": ["R.freight.soocas"]}
    assert "claim.reason" not in customer.asked
    assert "claim.exchange_for" not in customer.asked


def test_a_defect_on_day_20_of_a_used_item_goes_through_the_warranty(
    customer: Customer, shop: Shop, today: datetime
) -> None:
    number = shop.sells(**days_ago(today, 20))
    customer.say("my toothbrush stopped charging")
    customer.answer_all(FAULTY | {"order.number": number, "request": "return"})
    item = shop.cases(number)[0]["items"][0]
    assert (item["decision"]["outcome"], item["decision"]["route"]) == ("eligible", "warranty")
    assert item["decision"]["remedies"] == ["refund", "replacement"]
    assert item["evidence"]["serial_check"] == "of_this_order"
    assert "I.fault-beats-condition" in customer.cited()


def test_a_defect_in_month_11_is_a_warranty_claim_without_asking_for_the_procedure(
    customer: Customer, shop: Shop, today: datetime
) -> None:
    bought = months_before(today, 11)
    number = shop.sells(bought, delivered_at=bought + timedelta(days=4))
    customer.say("Hello, the motor of my X3U died last week")
    customer.answer_all(FAULTY | {"order.number": number, "evidence.serial_number": "X3U2409A999999"})
    item = shop.cases(number)[0]["items"][0]
    assert (item["decision"]["outcome"], item["decision"]["route"]) == ("eligible", "warranty")
    assert item["evidence"]["serial_check"] == "not_of_this_order"
    assert "request" not in customer.asked


def test_a_defect_in_month_13_is_too_late(customer: Customer, shop: Shop, today: datetime) -> None:
    bought = months_before(today, 13)
    number = shop.sells(bought, delivered_at=bought + timedelta(days=4))
    customer.say("I want to claim warranty, my flosser does not pump any more")
    customer.answer_all(FAULTY | {"order.number": number, "claim.reason": "quality_problem"})
    assert "W.exclude.3" in customer.cited()
    assert shop.cases(number) == []


def test_an_exchange_for_another_colour(customer: Customer, shop: Shop, today: datetime) -> None:
    number = shop.sells(**days_ago(today, 5))
    customer.say("I'd like to exchange my toothbrush for another colour")
    known = {"order.number": number, "claim.reason": "colour", "claim.exchange_for": "same_item_other_colour"}
    customer.answer_all(FINE | known)
    decision = shop.cases(number)[0]["items"][0]["decision"]
    assert (decision["outcome"], decision["route"]) == ("eligible", "exchange")
    assert decision["freight"]["replacement"] == "customer"


@pytest.mark.parametrize(
    "wish", ["swap the toothbrush color", "have it in another colour", "exchange it for a white one"]
)
def test_who_asks_for_another_colour_has_told_the_reason(
    customer: Customer, shop: Shop, today: datetime, wish: str
) -> None:
    number = shop.sells(**days_ago(today, 5))
    customer.say(f"I'd like to {wish}, order {number}, {EMAIL}")
    customer.answer_all(FINE)
    facts = shop.cases(number)[0]["items"][0]["facts"]
    told = [facts[fact]["value"] for fact in ("claim.reason", "claim.exchange_for")]
    assert told == ["colour", "same_item_other_colour"]
    assert not {"claim.reason", "claim.exchange_for"} & set(customer.asked)


def test_a_second_exchange_is_refused_and_a_return_offered(customer: Customer, shop: Shop, today: datetime) -> None:
    number = shop.sells(**days_ago(today, 8), lines=[line(exchanges_made=1)])
    customer.say("I'd like to swap it for the white one")
    customer.answer_all(FINE | {"order.number": number})
    assert "R.exchange.once" in customer.cited()
    assert "request=return" in customer.choices()
    assert shop.cases(number) == []


def test_a_cancellation_four_days_before_delivery(customer: Customer, shop: Shop, today: datetime) -> None:
    number = shop.sells(today - timedelta(days=1), delivery_due_at=today + timedelta(days=4))
    customer.say("please cancel my order")
    customer.answer_all({"order.number": number, "order.email": EMAIL, "confirm": "yes"})
    decision = shop.cases(number)[0]["items"][0]["decision"]
    assert (decision["outcome"], decision["route"]) == ("eligible", "cancel")
    assert decision["refund"]["amount"] == "91.90"
    assert customer.asked == ["order.number", "order.email", "confirm"]


@pytest.mark.parametrize("knows_the_order", [True, False])
def test_a_dealer_purchase_is_for_the_dealer(
    customers: Callable[[], Customer], shop: Shop, today: datetime, knows_the_order: bool
) -> None:
    customer = customers()
    number = shop.sells(**days_ago(today, 12), channel="authorized_dealer")
    customer.say("I'd like to return a toothbrush")
    if knows_the_order:
        customer.answer_all({"order.number": number, "order.email": EMAIL})
    else:
        customer.choose("order.channel=elsewhere")
        customer.choose("order.channel=authorized_dealer")
    assert {"R.channel", "W.dealer"} <= customer.cited()
    assert "dealer" in customer.text()
    assert "claim.reason" not in customer.asked
    assert shop.cases(number) == []
