"""Customers who type instead of pressing buttons, ask back, change their minds, and bring more than one thing."""

from datetime import date, datetime, timedelta

from tests.conversations.customer import Customer
from tests.conversations.shop import EMAIL, Shop, line

BRUSH_AND_FLOSSER = [
    line(),
    line(sku="W3-WHI", name="W3 Water Flosser", colour="white", unit_price_paid="49.90", serials=[]),
]


def five_days_ago(shop: Shop, today: datetime, **given) -> str:
    return shop.sells(today - timedelta(days=9), delivered_at=today - timedelta(days=5), **given)


def test_one_message_with_everything_leaves_only_what_is_missing(
    customer: Customer, shop: Shop, today: datetime
) -> None:
    number = five_days_ago(shop, today)
    customer.say(f"Hi, order {number}, {EMAIL}: I changed my mind, it's never been used. I want my money back")
    assert customer.asked == ["claim.packaging_complete"]


def test_a_question_in_the_middle_is_answered_and_the_open_one_comes_back(
    customer: Customer, shop: Shop, today: datetime
) -> None:
    number = five_days_ago(shop, today)
    customer.say(f"return order {number}, {EMAIL}, I changed my mind")
    said = customer.say("who pays the shipping?")
    assert "R.freight.customer" in {citation["clause"] for citation in said[0]["citations"]}
    assert customer.question() == "claim.unused"
    said = customer.say("why do you need to know that?")
    assert len(said) == 2
    assert customer.question() == "claim.unused"


def test_yes_takes_the_way_that_was_offered(customer: Customer, shop: Shop, today: datetime) -> None:
    number = shop.sells(today - timedelta(days=45), delivered_at=today - timedelta(days=40))
    customer.say(f"I want to return my order {number}, {EMAIL}")
    assert "request=warranty" in customer.choices()
    customer.say("yes please")
    assert customer.question() == "claim.reason"


def test_no_to_the_way_that_was_offered_writes_nothing(customer: Customer, shop: Shop, today: datetime) -> None:
    number = shop.sells(today - timedelta(days=45), delivered_at=today - timedelta(days=40))
    customer.say(f"I want to return my order {number}, {EMAIL}")
    customer.say("no thanks")
    assert customer.question() is None
    assert shop.cases(number) == []


def test_two_things_with_different_reasons_become_one_case_in_one_parcel(
    customer: Customer, shop: Shop, today: datetime
) -> None:
    number = five_days_ago(shop, today, lines=BRUSH_AND_FLOSSER, gifts=[{"name": "Travel case", "value": "10.00"}])
    customer.say(f"I want to return order {number}, {EMAIL}")
    customer.choose("order.lines=0x1,1x1")
    assert "X3U Sonic Toothbrush" in customer.heard[-2]["text"]
    first = {"claim.reason": "changed_mind", "claim.unused": True, "claim.packaging_complete": True}
    for fact, value in (first | {"claim.contents_complete": True, "claim.gift_returned": False}).items():
        customer.answer(fact, value)
    customer.send_photo()
    assert "W3 Water Flosser" in customer.text()
    customer.answer("claim.reason", "colour")
    for fact in ("claim.unused", "claim.packaging_complete", "claim.contents_complete"):
        customer.answer(fact, True)
    customer.send_photo()
    assert customer.question() == "confirm", customer.transcript()
    assert "one parcel" in customer.text()
    customer.say("yes")
    items = shop.cases(number)[0]["items"]
    assert [item["facts"]["claim.reason"]["value"] for item in items] == ["changed_mind", "colour"]
    assert [item["decision"]["refund"]["amount"] for item in items] == ["69.90", "49.90"]


def test_a_fact_changed_at_the_summary_is_decided_again(customer: Customer, shop: Shop, today: datetime) -> None:
    number = five_days_ago(shop, today)
    customer.say(f"return order {number}, {EMAIL}, I changed my mind")
    known = {"claim.unused": True, "claim.packaging_complete": True, "claim.contents_complete": True}
    customer.answer_all(known | {"evidence.photos": 1})
    customer.choose("confirm=change")
    customer.choose("change=claim.unused")
    assert customer.question() == "claim.unused"
    customer.choose("claim.unused=false")
    assert "R.unused" in customer.cited()
    assert shop.cases(number) == []


def test_a_delivery_date_the_shop_does_not_have_is_the_customers_word(
    customer: Customer, shop: Shop, today: datetime
) -> None:
    number = shop.sells(today - timedelta(days=20), delivered=True)
    customer.say(f"return order {number}, {EMAIL}, I changed my mind")
    assert customer.question() == "order.delivered_on"
    customer.say("2 weeks ago")
    known = {"claim.unused": True, "claim.packaging_complete": True, "claim.contents_complete": True}
    customer.answer_all(known | {"evidence.photos": 1, "confirm": "yes"})
    fact = shop.cases(number)[0]["items"][0]["facts"]["order.delivered_on"]
    assert fact == {"value": (today - timedelta(days=14)).date().isoformat(), "source": "customer"}


def test_a_date_that_can_mean_two_days_is_asked_back_with_these_two(
    customer: Customer, shop: Shop, today: datetime
) -> None:
    number = shop.sells(today - timedelta(days=400), delivered=True)
    customer.say(f"return order {number}, {EMAIL}, I changed my mind")
    customer.say("it came on 3/4")
    march, april = (latest(month, day, today.date()).isoformat() for month, day in ((3, 4), (4, 3)))
    assert set(customer.choices()) == {f"order.delivered_on={march}", f"order.delivered_on={april}"}
    customer.choose(f"order.delivered_on={april}")
    assert customer.question() != "order.delivered_on"


def latest(month: int, day: int, today: date) -> date:
    """The latest such day up to today."""
    this_year = date(today.year, month, day)
    return this_year if this_year <= today else this_year.replace(year=today.year - 1)


def test_what_a_customer_is_not_sure_of_a_person_decides(customer: Customer, shop: Shop, today: datetime) -> None:
    number = five_days_ago(shop, today)
    customer.say(f"return order {number}, {EMAIL}, I changed my mind")
    customer.say("hmm I don't know")
    known = {"claim.packaging_complete": True, "claim.contents_complete": True}
    customer.answer_all(known | {"evidence.photos": 1, "confirm": "yes"})
    case = shop.cases(number)[0]
    assert case["outcome"] == "needs_review"
    assert case["items"][0]["facts"]["claim.unused"]["value"] == "unsure"


def test_forget_it_writes_nothing_and_the_next_request_starts_afresh(
    customer: Customer, shop: Shop, today: datetime
) -> None:
    number = five_days_ago(shop, today)
    customer.say(f"return order {number}, {EMAIL}, I changed my mind")
    customer.say("forget it")
    assert shop.cases(number) == []
    customer.say("I want to cancel an order")
    assert customer.question() == "order.number"
