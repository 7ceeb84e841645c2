"""Names, addresses, order numbers and words go through the real processes, also when these fail; the log has none."""

import uuid
from datetime import datetime, timedelta

from support.run.stack import Stack
from tests.conversations.customer import Customer
from tests.conversations.shop import EMAIL, Shop

NAME, ADDRESS, WORD = "Xaverine Quuxmann", "xaverine.quuxmann@example.org", "zwiebelfisch"


def test_nothing_of_a_customer_is_in_the_log(customer: Customer, shop: Shop, today: datetime, stack: Stack) -> None:
    number = shop.sells(today - timedelta(days=9), delivered_at=today - timedelta(days=5))
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
        for private in (*NAME.split(), ADDRESS, EMAIL, WORD, number):
            assert private.casefold() not in log.casefold(), private
