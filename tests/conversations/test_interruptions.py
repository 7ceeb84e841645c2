"""Questions in the middle of a request: answered from what is known, and then on where we were."""

from datetime import datetime, timedelta

from support.run.stack import Stack
from tests.conversations.customer import Customer
from tests.conversations.shop import EMAIL, Shop
from tests.conversations.test_metrics import numbers

TEN = (
    ("who pays the shipping?", "R.freight.customer"),
    ("how long does a refund take?", "R.process.5"),
    ("what is a serial number, where do I find it?", "W.need.defect"),
    ("can I keep the gift?", "R.gift"),
    ("can I send the items in two parcels?", "R.one-parcel"),
    ("what if the inspection fails?", "R.failed"),
    ("what are your hours?", "R.hours"),
    ("can I exchange twice?", "R.exchange.once"),
    ("is the expedited fee refunded?", "I.expedited"),
    ("what does warranty exclude?", "W.exclude.6"),
)


def asked_for(customer: Customer, shop: Shop, today: datetime, **given) -> str:
    """A return talked through up to the question whether it is unused; the order's number."""
    number = shop.sells(today - timedelta(days=9), delivered_at=today - timedelta(days=5), **given)
    customer.say(f"return order {number}, {EMAIL}, I changed my mind")
    assert customer.question() == "claim.unused", customer.transcript()
    return number


def test_ten_questions_in_a_row_change_nothing(customer: Customer, shop: Shop, today: datetime) -> None:
    number = asked_for(customer, shop, today)
    first = customer.heard[-1]["text"]
    for question, clause in TEN:
        said = customer.say(question)
        assert len(said) == 2, customer.transcript()
        assert clause in {citation["clause"] for citation in said[0]["citations"]}, customer.transcript()
        assert customer.question() == "claim.unused"
        assert said[1]["text"] != first
    assert customer.owner == "bot"
    customer.answer_all(
        {f"claim.{name}": True for name in ("unused", "packaging_complete", "contents_complete")}
        | {"evidence.photos": 1, "confirm": "yes"}
    )
    facts = shop.cases(number)[0]["items"][0]["facts"]
    assert facts["claim.reason"]["value"] == "changed_mind"
    assert facts["claim.unused"]["value"] is True


def test_a_turn_calls_the_actions_once_also_for_a_question_in_between(
    customer: Customer, shop: Shop, today: datetime, stack: Stack
) -> None:
    asked_for(customer, shop, today)
    said = (  # an answer, a question about the policy, and what is asked then has choices of the order's
        ("I'd like a warranty claim instead, it stopped charging", "claim.damage_cause"),
        ("who pays the shipping?", "claim.damage_cause"),
        ("nothing happened to it", "claim.item_country"),
        ("how long does a refund take?", "claim.item_country"),
    )
    for words, asks in said:
        before = numbers(stack)[("support_action_seconds_count", "200")]
        customer.say(words)
        assert customer.question() == asks, customer.transcript()
        assert numbers(stack)[("support_action_seconds_count", "200")] - before == 1, words


def test_an_answer_knows_the_order_it_is_about(customer: Customer, shop: Shop, today: datetime) -> None:
    asked_for(customer, shop, today, gifts=[{"name": "Travel case", "value": "10.00"}])
    last_day = (today + timedelta(days=25)).date()
    assert f"{last_day.day} {last_day:%B %Y}" in customer.say("when does my return period end?")[0]["text"]
    assert "Travel case, $10.00" in customer.say("can I keep the gift?")[0]["text"]
    assert "$12.00" in customer.say("is the expedited fee refunded?")[0]["text"]
    assert "$79.90" in customer.say("how much do I get back?")[0]["text"]
    assert "invoice was issued" in customer.say("do I need to include the invoice?")[0]["text"]


def test_after_the_case_is_open_answers_still_know_the_order(customer: Customer, shop: Shop, today: datetime) -> None:
    asked_for(customer, shop, today)
    customer.answer_all(
        {f"claim.{name}": True for name in ("unused", "packaging_complete", "contents_complete")}
        | {"evidence.photos": 1, "confirm": "yes"}
    )
    until = (today - timedelta(days=9) + timedelta(days=365)).date()
    assert f"{until:%B %Y}" in customer.say("when does my warranty end?")[0]["text"]


def test_every_open_question_says_why_it_is_asked(customer: Customer, shop: Shop, today: datetime) -> None:
    asked_for(customer, shop, today)
    said = customer.say("why do you need to know that?")
    assert "R.unused" in {citation["clause"] for citation in said[0]["citations"]}
    customer.answer("claim.unused", True)
    said = customer.say("why is that important?")
    assert "R.refuse.1" in {citation["clause"] for citation in said[0]["citations"]}
    assert customer.question() == "claim.packaging_complete"


def test_a_chat_about_something_else_brings_no_person(customer: Customer, shop: Shop, today: datetime) -> None:
    asked_for(customer, shop, today)
    for aside in ("do you sell coffee machines?", "what do you think of the football?", "can you tell me a joke?") * 2:
        customer.say(aside)
        assert customer.question() == "claim.unused", customer.transcript()
    assert customer.owner == "bot"


def test_a_call_for_help_explains_the_question_that_is_open(customer: Customer) -> None:
    customer.say("I want to return my flosser")
    assert customer.question() == "order.number", customer.transcript()
    assert "confirmation mail, and on the delivery note" in customer.say("help")[0]["text"], customer.transcript()
    assert customer.question() == "order.number"
