"""Two processes of each kind on PostgreSQL, Redis and RabbitMQ: any of them may die, nothing is lost or doubled."""

import os
import signal
import threading
from collections.abc import Callable
from datetime import datetime, timedelta, timezone

import pytest

from support.run.stack import Stack
from tests.conversations.shop import EMAIL, Shop
from tests.servers.own_database import rows_of
from tests.servers.programs import until
from tests.servers.roaming import Roaming
from tests.servers.server_profile import Servers

CUSTOMERS = 12


@pytest.fixture
def today() -> datetime:
    return (datetime.now(timezone.utc) - timedelta(hours=5)).replace(hour=12)


def cancels(customer: Roaming, number: str) -> None:
    """A cancellation up to the case; each message once, whatever happens meanwhile.

    While the orders cannot be looked up the assistant says so and asks for the address again.
    """
    assert customer.post(text=f"cancel order {number} please, {EMAIL}").status_code == 202
    while (asks := customer.everything()[-1]["asks"]) and asks["fact"] == "order.email":
        assert customer.post(text=EMAIL).status_code == 202
    assert customer.post(choice="confirm=yes").status_code == 202
    customer.everything()


def check(customer: Roaming, shop: Shop, number: str) -> None:
    log = customer.everything()
    assert [message["seq"] for message in log] == list(range(1, len(log) + 1))
    assert [message["client_id"] for message in log if message["from"] == "customer"] == customer.posted
    cases = shop.cases(number)
    assert len(cases) == 1, log
    assert [message["case"]["number"] for message in log if message["case"]] == [cases[0]["number"]]
    said = [message["text"] for message in log if message["from"] == "bot"]
    assert len(said) == len(set(said)), said


def talk_through(stack: Stack, shop: Shop, today: datetime, meanwhile: dict[int, Callable[[], object]]) -> None:
    """So many customers cancel an order at once, and after the n-th began something happens; then all is checked."""
    yesterday, later = today - timedelta(days=1), today + timedelta(days=5)
    orders = [shop.sells(yesterday, delivery_due_at=later) for _ in range(CUSTOMERS)]
    customers = [Roaming(stack) for _ in orders]
    talks = [threading.Thread(target=cancels, args=pair) for pair in zip(customers, orders, strict=True)]
    for place, talk in enumerate(talks):
        talk.start()
        meanwhile.get(place, lambda: None)()
    for talk in talks:
        talk.join()
    stack.await_healthy()
    for customer, number in zip(customers, orders, strict=True):
        check(customer, shop, number)


def test_a_process_of_each_kind_is_killed_under_load(replicas: Stack, shop: Shop, today: datetime) -> None:
    killed = {2: "web", 5: "rasa-2", 8: "actions"}
    talk_through(
        replicas, shop, today, {place: lambda name=name: replicas.kill(name) for place, name in killed.items()}
    )


def test_postgresql_and_redis_are_restarted_under_load(
    replicas: Stack, servers: Servers, shop: Shop, today: datetime
) -> None:
    def restart_redis() -> None:
        servers.redis.stop()  # it forgets all
        servers.redis.start()

    def restart_postgresql() -> None:
        servers.postgresql.stop("immediate")
        servers.postgresql.start()

    talk_through(replicas, shop, today, {3: restart_redis, 7: restart_postgresql, 10: restart_redis})


def test_a_rasa_that_is_asked_to_end_lets_its_turn_end(replicas: Stack) -> None:
    customer = Roaming(replicas)
    held = [replicas.pid(name) for name in ("actions", "actions-2")]
    for pid in held:
        os.kill(pid, signal.SIGSTOP)
    try:
        customer.post(text="I want to return my toothbrush")
        until(lambda: turns_of(replicas, customer)[0]["state"] == "running")
        for name in ("rasa", "rasa-2"):
            os.kill(replicas.pid(name), signal.SIGTERM)
    finally:
        for pid in held:
            os.kill(pid, signal.SIGCONT)
    customer.everything()
    assert [(turn["state"], turn["attempts"]) for turn in turns_of(replicas, customer)] == [("done", 1)]
    until(lambda: replicas.pid("rasa") and replicas.pid("rasa-2"))
    replicas.await_healthy()


def turns_of(stack: Stack, customer: Roaming) -> list[dict]:
    query = "select state, attempts from conversations_turn where conversation_id = ? order by seq"
    return rows_of(stack.settings["SUPPORT_DATABASE_URL"], query, customer.id)


def test_a_text_that_postgresql_cannot_store_is_no_fault_of_the_server(replicas: Stack) -> None:
    customer = Roaming(replicas)
    assert customer.post(text="hello \x00 there").status_code in (202, 400)
    assert customer.post(text="hello").status_code == 202
    assert [message["from"] for message in customer.everything()].count("bot") >= 1
