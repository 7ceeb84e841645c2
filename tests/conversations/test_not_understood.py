"""What is offered when the assistant is not sure what somebody means, and one message that says it all."""

from datetime import datetime, timedelta

import pytest

from tests.conversations.customer import Customer
from tests.conversations.shop import EMAIL, Shop

VAGUE = (
    "my order and the thing with the money",
    "so the box and then the money or",
    "the parcel and the brush thing you know",
)
PERSON = "intent=talk_to_human"


def meanings(customer: Customer) -> list[str]:
    return [payload for payload in customer.choices() if payload.startswith("intent=") and payload != PERSON]


def test_an_unsure_message_is_asked_back_with_three_buttons_and_the_choice_counts(customer: Customer) -> None:
    customer.say(VAGUE[0])
    offered = meanings(customer)
    assert len(offered) == 3
    customer.choose(offered[0])
    assert not meanings(customer)
    assert customer.owner == "bot"


def test_after_two_misses_a_person_is_offered_and_after_three_comes(customer: Customer) -> None:
    customer.say(VAGUE[0])
    customer.say(VAGUE[1])
    assert PERSON in customer.choices()
    assert customer.owner == "bot"
    customer.say(VAGUE[2])
    assert customer.owner == "waiting"


@pytest.mark.parametrize("product", ["X3", "toothbrush"])
def test_the_founders_message_fills_everything_at_once(
    customer: Customer, shop: Shop, today: datetime, product: str
) -> None:
    number = shop.sells(today - timedelta(days=9), delivered_at=today - timedelta(days=5))
    customer.say(f"Hi, my {product} from order {number} arrived with a cracked head, I want my money back, {EMAIL}")
    assert len(customer.asked) == 1
    assert customer.asked[0] not in ("order.number", "order.proof", "claim.reason", "claim.remedy", "request")
    assert all(number not in choice for choice in customer.choices())


def test_a_goal_comes_first_and_the_question_beside_it_is_answered_too(
    customer: Customer, shop: Shop, today: datetime
) -> None:
    number = shop.sells(today - timedelta(days=9), delivered_at=today - timedelta(days=5))
    said = customer.say(f"I want to return order {number}, {EMAIL}, I changed my mind. Who pays for shipping it back?")
    clauses = {citation["clause"] for message in said for citation in message["citations"]}
    assert "R.freight.customer" in clauses
    assert customer.question() == "claim.unused"
