"""What happens to a case reaches the customer in the chat, also in the middle of something else."""

import subprocess
import sys
from datetime import datetime, timedelta
from typing import Any

from support.run.environment import ROOT, for_children
from support.run.stack import Stack
from tests.conversations.customer import Customer
from tests.conversations.shop import EMAIL, Shop

APPROVE = """
import sys, django; django.setup()
from datetime import datetime, timezone
from support.cases.services import Act, agent, approve
print(approve(sys.argv[1], Act(agent("7", "Maya"), datetime.now(timezone.utc), "click")).state)
"""
KNOWS: dict[str, Any] = {
    "claim.reason": "changed_mind",
    "claim.unused": True,
    "claim.packaging_complete": True,
    "claim.contents_complete": True,
    "evidence.photos": True,
    "confirm": "yes",
}


def test_an_approval_is_heard_in_the_middle_of_the_next_request_and_its_question_stays_open(
    customer: Customer, shop: Shop, stack: Stack, today: datetime
) -> None:
    first, second = (shop.sells(today - timedelta(days=9), delivered_at=today - timedelta(days=5)) for _ in range(2))
    customer.say(f"I'd like to return order {first}, {EMAIL}")
    customer.answer_all(KNOWS)
    number = customer.case()["number"]
    asked = customer.say(f"I'd also like to return order {second}, {EMAIL}, I changed my mind")
    assert customer.question() == "claim.unused"
    environ = for_children({}, stack.settings) | {"SUPPORT_INTERNAL_TOKEN": stack.token}
    approved = subprocess.run(
        [sys.executable, "-c", APPROVE, number], cwd=ROOT, env=environ, capture_output=True, text=True, check=True
    )
    assert approved.stdout == "goods_awaited\n"
    told = customer.listen(asked[-1]["seq"])
    assert [message["from"] for message in told] == ["bot"]
    assert f"your case {number} is approved" in told[0]["text"]
    assert told[0]["case"]["state"] == "goods_awaited"
    customer.choose("claim.unused=true")
    assert customer.question() == "claim.packaging_complete"
    customer.answer_all(KNOWS)
    assert customer.case()["number"] != number
