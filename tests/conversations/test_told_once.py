"""Nothing that was told is asked for again, and no question beside it stays without an answer."""

from datetime import datetime, timedelta

from tests.conversations.customer import Customer
from tests.conversations.shop import EMAIL, Shop, line

FLOSSER = line(sku="W3-WHI", name="W3 Water Flosser", colour="white", unit_price_paid="49.90", serials=[])
HEADS = line(sku="BH4", name="Brush Heads (4 pieces)", colour="white", quantity=2, unit_price_paid="19.90", serials=[])
CASE = {"name": "Travel case", "value": "10.00"}


def days(today: datetime, delivered: int) -> dict[str, datetime]:
    return {"placed": today - timedelta(days=delivered + 5), "delivered_at": today - timedelta(days=delivered)}


def test_questions_with_an_order_number_are_answered_and_the_request_goes_on(
    customer: Customer, shop: Shop, today: datetime
) -> None:
    number = shop.sells(**days(today, 8))
    customer.say(f"my new brush is just not for me. who pays the postage, do i need the box? its {number}")
    assert {"R.freight.customer", "R.refuse.1"} <= customer.cited(), customer.transcript()
    assert customer.question() == "order.email"
    customer.say("sorry its 94016")
    assert "claim.reason" not in customer.asked, customer.transcript()


def test_a_number_told_while_asking_for_a_parcel_is_kept(customer: Customer, shop: Shop, today: datetime) -> None:
    number = shop.sells(today - timedelta(days=20), delivery_due_at=today - timedelta(days=4))
    customer.say(f"where is my parcel? order {number}")
    customer.say(EMAIL)
    assert set(customer.choices()) == {"request=cancel", "intent=talk_to_human"}, customer.transcript()
    customer.say("then cancel it")
    assert "order.number" not in customer.asked
    assert "time is over" in customer.text()


def test_another_order_of_the_same_customer_needs_no_other_proof(
    customer: Customer, shop: Shop, today: datetime
) -> None:
    first, second = shop.sells(**days(today, 8)), shop.sells(**days(today, 9), lines=[FLOSSER])
    customer.say(f"the flosser leaks, order {first}, {EMAIL}")
    customer.say(f"sorry, the other order: {second}")
    assert "W3 Water Flosser" in customer.text(), customer.transcript()
    assert "order.email" not in customer.asked


def test_the_order_of_somebody_else_is_not_shown_for_the_own_proof(
    customer: Customer, shop: Shop, today: datetime
) -> None:
    own = shop.sells(**days(today, 8))
    foreign = shop.sells(**days(today, 8), email="farah@example.com", postcode="10115", lines=[FLOSSER])
    customer.say(f"i want to return {own}, {EMAIL}")
    customer.say(f"sorry, i meant {foreign}")
    assert customer.question() == "order.email"
    assert "Flosser" not in customer.transcript()


def test_what_is_told_of_everything_is_asked_of_nothing(customer: Customer, shop: Shop, today: datetime) -> None:
    number = shop.sells(**days(today, 8), lines=[line(), FLOSSER, HEADS], gifts=[CASE])
    customer.say(f"return everything in {number}, {EMAIL}. we changed our minds. nothing used, all boxes complete")
    assert customer.question() == "claim.contents_complete"
    customer.say("yes")
    customer.say("whats with the free travel case?")
    assert "R.gift" in customer.cited()
    customer.say("ill keep the case")
    customer.answer_all({"claim.contents_complete": True, "evidence.photos": 1})
    assert customer.question() == "confirm", customer.transcript()
    assert not {"claim.reason", "claim.unused", "claim.packaging_complete"} & set(customer.asked)


def test_an_order_is_cancelled_as_a_whole_and_that_is_said(customer: Customer, shop: Shop, today: datetime) -> None:
    number = shop.sells(today - timedelta(days=1), delivery_due_at=today + timedelta(days=6), lines=[line(), FLOSSER])
    customer.say(f"i want to cancel {number}, {EMAIL}")
    customer.say("just the flosser, keep the brush")
    assert "as a whole" in customer.heard[-2]["text"], customer.transcript()
    assert customer.question() == "confirm"
    customer.say("whats the state of my case?")
    assert "no case yet" in customer.heard[-2]["text"], customer.transcript()
    customer.say("yes")
    customer.say("wait, can i still undo that?")
    assert "intent=withdraw_case" in customer.choices(), customer.transcript()


def test_another_item_in_exchange_is_refused_at_once(customer: Customer, shop: Shop, today: datetime) -> None:
    number = shop.sells(**days(today, 8))
    customer.say(f"i want to exchange my brush, {number}, {EMAIL}")
    customer.say("can i exchange it for the flosser?")
    assert "R.exchange.same" in customer.cited(), customer.transcript()
    assert "request=return" in customer.choices()
    assert customer.asked.count("claim.exchange_for") <= 1


def test_a_question_without_its_verb_asks_what_was_asked_before(
    customer: Customer, shop: Shop, today: datetime
) -> None:
    number = shop.sells(**days(today, 8), lines=[line(), HEADS])
    customer.say(f"my brush makes a noise, {number}, {EMAIL}")
    customer.say("how long is the warranty?")
    customer.say("and for the brush heads?")
    assert "Brush Heads" in customer.heard[-2]["text"], customer.transcript()
    assert "W.period" in {citation["clause"] for citation in customer.heard[-2]["citations"]}


def test_a_question_mark_asks_what_the_question_means(customer: Customer, shop: Shop, today: datetime) -> None:
    number = shop.sells(**days(today, 8))
    customer.say(f"i dont like the colour, return it please, {number}, {EMAIL}")
    assert customer.question() == "claim.unused"
    customer.say("?")
    assert "R.unused" in {citation["clause"] for citation in customer.heard[-2]["citations"]}, customer.transcript()


def test_money_back_of_a_fault_after_months_is_what_the_warranty_gives(
    customer: Customer, shop: Shop, today: datetime
) -> None:
    number = shop.sells(**days(today, 200))
    customer.say(f"my brush died, {number}, {EMAIL}")
    customer.say("money back")
    assert customer.question() == "claim.damage_cause", customer.transcript()
    customer.say("water got into it")
    assert "I.water" in customer.cited()
