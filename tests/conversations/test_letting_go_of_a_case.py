"""A case that was opened can be let go of again, after one more question."""

from datetime import datetime, timedelta

import pytest

from tests.conversations.customer import Customer
from tests.conversations.shop import EMAIL, Shop

KNOWS = {
    "claim.reason": "changed_mind",
    "claim.unused": True,
    "claim.packaging_complete": True,
    "claim.contents_complete": True,
    "evidence.photos": True,
    "confirm": "yes",
}


@pytest.fixture
def number(customer: Customer, shop: Shop, today: datetime) -> str:
    """The number of a case that this customer has just opened."""
    order = shop.sells(today - timedelta(days=9), delivered_at=today - timedelta(days=5))
    customer.say(f"I'd like to return order {order}, {EMAIL}")
    customer.answer_all(KNOWS)
    assert customer.case(), customer.transcript()
    return str(customer.case()["number"])


def state(customer: Customer, number: str) -> str:
    customer.say(f"what is the status of case {number}?")
    return str(customer.case()["state"])


@pytest.mark.parametrize(
    ("words", "yes"),
    [
        ("forget about case {}", "button"),
        ("please withdraw my case {}", "yes please"),
        ("I'd like to withdraw my case", "yes"),
        ("can I cancel the return?", "yes"),
    ],
)
def test_a_case_is_withdrawn_after_one_more_question(customer: Customer, number: str, words: str, yes: str) -> None:
    customer.say(words.format(number))
    assert f"Shall I withdraw your case {number}?" in customer.text()
    customer.choose("intent=withdraw_case") if yes == "button" else customer.say(yes)
    assert f"your case {number} is withdrawn" in customer.text()
    assert state(customer, number) == "withdrawn"
    customer.say(f"forget about case {number}")
    assert "can't be withdrawn any more" in customer.text()


@pytest.mark.parametrize("no", ["button", "no"])
def test_a_no_keeps_it(customer: Customer, number: str, no: str) -> None:
    customer.say(f"forget about case {number}")
    customer.choose("intent=keep_case") if no == "button" else customer.say(no)
    assert f"your case {number} stays as it is" in customer.text()
    customer.say("yes")
    assert state(customer, number) == "under_review"


def test_a_yes_counts_only_right_after_the_question(customer: Customer, number: str) -> None:
    customer.say(f"forget about case {number}")
    customer.say("who pays the postage?")
    customer.say("yes")
    assert state(customer, number) == "under_review"


def test_somebody_elses_case_is_not_even_known(number: str, stack) -> None:
    stranger = Customer(stack.base_url)
    stranger.say(f"forget about case {number}")
    assert "withdraw" not in stranger.text()
