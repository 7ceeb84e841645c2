"""Names, addresses, order numbers and words go through the real processes, also when these fail; the log has none.

What it has is JSON, a line for each turn and each action with the ids of the conversation and the turn.
"""

import json
import uuid
from datetime import datetime, timedelta

from support.run.stack import Stack
from tests.conversations.customer import Customer
from tests.conversations.shop import EMAIL, Shop

NAME, ADDRESS, WORD = "Xaverine Quuxmann", "xaverine.quuxmann@example.org", "zwiebelfisch"


def test_nothing_of_a_customer_is_in_the_log(customer: Customer, shop: Shop, today: datetime, stack: Stack) -> None:
    number = shop.sells(today - timedelta(days=9), delivered_at=today - timedelta(days=5))
    token = customer.http.headers["Authorization"].removeprefix("Bearer ")
    customer.say(f"Hi, I'm {NAME}, {ADDRESS}, order {number}: the {WORD} broke")
    customer.say(f"return order {number}, {EMAIL}, I changed my mind")
    customer.send_photo(f"this is my {WORD}")
    customer.post(text=f"{WORD} {ADDRESS}", client_id="no uuid")
    customer.http.get(f"/chat/api/conversations/{uuid.uuid4().hex}/messages?after={WORD}")
    stack.kill("actions")
    customer.say(f"{NAME}: is anybody there? {number}")
    stack.await_healthy("actions")
    full = (stack.var / "run" / "full.log").read_text(errors="replace")
    for log in (stack.log, full):
        for private in (*NAME.split(), ADDRESS, EMAIL, WORD, number, token):
            assert private.casefold() not in log.casefold(), private


def test_a_turn_can_be_followed_through_all_processes_by_its_ids(customer: Customer, stack: Stack) -> None:
    customer.say("can I return a toothbrush I have opened?")
    lines = [json.loads(line) for line in stack.log.splitlines()]
    ours = [line for line in lines if line.get("conversation") == customer.id]
    assert {line["process"] for line in ours if line["message"].startswith("the ")} == {"web", "rasa", "actions"}
    assert len({line["turn"] for line in ours}) == 1
    for line in lines:
        assert {"time", "process", "level", "message"} <= line.keys(), line
        assert line["time"].endswith("Z"), line
