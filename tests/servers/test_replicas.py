"""Two processes of each kind on PostgreSQL, Redis and RabbitMQ: any of them may die, nothing is lost or doubled."""

import itertools
import threading
import time
import uuid
from collections.abc import Callable
from datetime import datetime, timedelta, timezone
from typing import Any

import httpx
import pytest

from support.run.stack import Stack
from tests.conversations.customer import Customer
from tests.conversations.shop import EMAIL, Shop
from tests.servers.programs import until

CUSTOMERS = 12


class Roaming(Customer):
    """A customer whose requests reach one web process after the other, and again while one is away."""

    def __init__(self, stack: Stack) -> None:
        self.addresses = itertools.cycle(stack.base_urls)
        super().__init__(next(self.addresses))

    def post(self, client_id: str | None = None, **message: Any) -> httpx.Response:
        client_id = client_id or str(uuid.uuid4())
        return self.somewhere(lambda: super(Roaming, self).post(client_id, **message))

    def everything(self) -> list[dict[str, Any]]:
        """The whole log, once the assistant has said all it has to say."""
        path = f"/chat/api/conversations/{self.id}/messages"
        until(
            lambda: not (got := self.somewhere(lambda: self.http.get(path, params={"after": 0})).json())["working"], 90
        )
        return self.somewhere(lambda: self.http.get(path, params={"after": 0})).json()["messages"]

    def somewhere(self, ask: Callable[[], httpx.Response]) -> httpx.Response:
        """The first answer of a web process that is there."""
        end = time.monotonic() + 60
        while True:
            self.http.base_url = next(self.addresses)
            try:
                reply = ask()
                if reply.status_code < 500:
                    return reply
            except httpx.HTTPError:
                pass
            assert time.monotonic() < end, "no web process answers"
            time.sleep(0.05)


@pytest.fixture
def today() -> datetime:
    return (datetime.now(timezone.utc) - timedelta(hours=5)).replace(hour=12)


def cancels(customer: Roaming, number: str) -> None:
    """A cancellation up to the case; each message once, whatever happens meanwhile."""
    for message in ({"text": f"cancel order {number} please, {EMAIL}"}, {"choice": "confirm=yes"}):
        assert customer.post(**message).status_code == 202
        customer.everything()


def check(customer: Roaming, shop: Shop, number: str) -> None:
    log = customer.everything()
    assert [message["seq"] for message in log] == list(range(1, len(log) + 1))
    assert [message["from"] for message in log].count("customer") == 2
    cases = shop.cases(number)
    assert len(cases) == 1, log
    assert [message["case"]["number"] for message in log if message["case"]] == [cases[0]["number"]]
    said = [message["text"] for message in log if message["from"] == "bot"]
    assert len(said) == len(set(said)), said


def test_a_process_of_each_kind_is_killed_under_load(replicas: Stack, shop: Shop, today: datetime) -> None:
    orders = [
        shop.sells(today - timedelta(days=1), delivery_due_at=today + timedelta(days=5)) for _ in range(CUSTOMERS)
    ]
    customers = [Roaming(replicas) for _ in orders]
    talks = [threading.Thread(target=cancels, args=pair) for pair in zip(customers, orders, strict=True)]
    for place, talk in enumerate(talks):
        talk.start()
        if place in (2, 5, 8):
            replicas.kill({2: "web", 5: "rasa-2", 8: "actions"}[place])
    for talk in talks:
        talk.join()
    replicas.await_healthy()
    for customer, number in zip(customers, orders, strict=True):
        check(customer, shop, number)
