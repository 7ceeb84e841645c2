"""A person takes over, puts facts right, hands back: the assistant goes on with what was settled."""

import re
import uuid
from datetime import datetime, timedelta

import pytest

from support.desk.request_so_far import read_tracker
from support.run.stack import Stack
from tests.conversations.agent import Agent
from tests.conversations.customer import Customer
from tests.conversations.shop import EMAIL, Shop


@pytest.fixture(scope="session")
def mia(stack: Stack) -> Agent:
    return Agent(stack, "mia")


def tracker(stack: Stack, customer: Customer) -> dict:
    query = {"token": stack.token, "include_events": "NONE"}
    return customer.http.get(f"{stack.rasa_url}/conversations/{customer.id}/tracker", params=query).json()


def delivered(shop: Shop, today: datetime, **given) -> str:
    return shop.sells(today - timedelta(days=9), delivered_at=today - timedelta(days=5), **given)


def test_the_bot_is_silent_while_an_agent_has_it_and_goes_on_when_handed_back(
    customer: Customer, shop: Shop, today: datetime, mia: Agent
) -> None:
    number = delivered(shop, today)
    customer.say(f"I'd like to return order {number}, {EMAIL}, I changed my mind")
    mia.does("take", customer.id)
    assert customer.say("are you a bot?") == []
    assert customer.owner == "agent"
    mia.does("say", customer.id, text="A person. How can I help?", client_id=str(uuid.uuid4()))
    assert [(m["from"], m["name"]) for m in customer.listen(0) if m["from"] == "agent"] == [("agent", "Mia")]
    mia.does("hand-back", customer.id)
    customer.listen(0)
    assert customer.owner == "bot"
    assert customer.question() == "claim.unused", customer.transcript()


def test_a_fact_that_an_agent_put_right_counts_and_is_the_agents_in_the_case(
    customer: Customer, shop: Shop, today: datetime, mia: Agent
) -> None:
    number = shop.sells(today - timedelta(days=60), delivered_at=today - timedelta(days=40))
    customer.say(f"return order {number}, {EMAIL}, I changed my mind, never used")
    assert "R.window" in customer.cited()
    mia.does("take", customer.id)
    arrived = (today - timedelta(days=3)).date().isoformat()
    form = re.findall(r'name="(order\.delivered_on|request)" value="([^"]*)"', mia.sees("card", customer.id))
    assert form  # the card shows what the assistant knows
    mia.does("hand-back", customer.id, **{"request": "return", "order.delivered_on": arrived})
    customer.listen(0)
    assert customer.question() == "claim.packaging_complete", customer.transcript()
    customer.answer_all(
        dict.fromkeys(("claim.packaging_complete", "claim.contents_complete"), True) | {"evidence.photos": 1}
    )
    customer.say("yes, open the case")
    facts = shop.cases(number)[0]["items"][0]["facts"]
    assert facts["order.delivered_on"] == {"value": arrived, "source": "agent"}
    assert facts["claim.unused"] == {"value": True, "source": "customer"}


def test_a_fact_put_right_at_the_summary_opens_the_item_again(
    customer: Customer, shop: Shop, today: datetime, mia: Agent
) -> None:
    number = delivered(shop, today)
    customer.say(f"return order {number}, {EMAIL}, I changed my mind")
    known = dict.fromkeys(("claim.unused", "claim.packaging_complete", "claim.contents_complete"), True)
    customer.answer_all(known | {"evidence.photos": 1})
    assert customer.question() == "confirm"
    mia.does("take", customer.id)
    mia.does("hand-back", customer.id, **{"request": "return", "claim.unused": "false"})
    customer.listen(0)
    assert "R.unused" in customer.cited(), customer.transcript()


def test_an_order_whose_owner_the_agent_has_checked_begins_the_request(
    customer: Customer, shop: Shop, today: datetime, mia: Agent
) -> None:
    number = delivered(shop, today)
    customer.say("hello")
    mia.does("take", customer.id)
    mia.does("hand-back", customer.id, **{"request": "return", "claim.reason": "changed_mind", "order": number})
    customer.listen(0)
    assert customer.question() == "claim.unused", customer.transcript()


def test_the_card_has_the_same_facts_and_sources_as_the_case_that_is_opened(
    customer: Customer, shop: Shop, today: datetime, stack: Stack
) -> None:
    number = delivered(shop, today)
    customer.say(f"return order {number}, {EMAIL}, I changed my mind")
    known = dict.fromkeys(("claim.unused", "claim.packaging_complete"), True)
    customer.answer_all(known)
    before = read_tracker(tracker(stack, customer), "2026-11-22T10:00:00Z")
    customer.answer_all({"claim.contents_complete": True, "evidence.photos": 1})
    customer.say("yes, open the case")
    stored = shop.cases(number)[0]["items"][0]["facts"]
    later = {"claim.contents_complete", "claim.photos", "now", "customer_timezone"}
    assert before.is_open
    assert before.facts.keys() - later == stored.keys() - later
    assert {name: fact for name, fact in before.facts.items() if name not in later} == {
        name: fact for name, fact in stored.items() if name not in later
    }


def test_a_handoff_outside_the_hours_says_once_when_somebody_is_there(customer: Customer) -> None:
    first = customer.say("can I talk to a human please")[0]["text"]
    customer.choose("owner=bot")
    second = customer.say("a real person please")[0]["text"]
    assert "your time" in first
    assert "your time" not in second
    assert "Our team is there now" not in first


def test_the_numbers_read_the_assistants_memory(customer: Customer, mia: Agent) -> None:
    customer.say("hello")
    page = mia.http.get("/desk/numbers?days=7").text
    assert "Not understood" in page
    assert "memory cannot be read" not in page
