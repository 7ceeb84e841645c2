"""kill -9 of each process in the middle of a turn: nothing is lost, nothing is doubled."""

import os
import signal
import time
import uuid
from collections.abc import Callable
from contextlib import contextmanager
from datetime import datetime, timedelta

import pytest

from support.run.stack import Stack
from tests.conversations.customer import Customer
from tests.conversations.shop import EMAIL, Shop

PROCESSES = ("web", "rasa", "actions")


@contextmanager
def actions_held(stack: Stack):
    """The action server stands still, so that a turn that begins now is in its middle."""
    pid = stack.pid("actions")
    os.kill(pid, signal.SIGSTOP)
    try:
        yield
    finally:
        if stack.pid("actions") == pid:
            os.kill(pid, signal.SIGCONT)


def at_the_summary(customer: Customer, shop: Shop, today: datetime) -> str:
    """A cancellation, talked through up to the question for the yes; the order's number."""
    number = shop.sells(today - timedelta(days=1), delivery_due_at=today + timedelta(days=5))
    customer.say(f"cancel order {number} please, {EMAIL}")
    assert customer.question() == "confirm", customer.transcript()
    return number


def everything(customer: Customer) -> list[dict]:
    """The whole log, once the assistant has said all it has to say; waits out restarts."""
    until = time.monotonic() + 90
    while time.monotonic() < until:
        try:
            got = customer.http.get(f"/chat/api/conversations/{customer.id}/messages", params={"after": 0})
            if got.status_code == 200 and not got.json()["working"]:
                return got.json()["messages"]
        except OSError:
            pass
        except Exception as error:  # the connection broke while web was down
            if "httpx" not in type(error).__module__ and "httpcore" not in type(error).__module__:
                raise
        time.sleep(0.2)
    raise AssertionError("no answer after the restart")


@pytest.mark.parametrize("name", PROCESSES)
def test_a_killed_process_loses_and_doubles_nothing(
    stack: Stack, customers: Callable[[], Customer], shop: Shop, today: datetime, name: str
) -> None:
    customer = customers()
    number = at_the_summary(customer, shop, today)
    client_id = str(uuid.uuid4())
    with actions_held(stack):
        assert customer.post(client_id, choice="confirm=yes").status_code == 202
        stack.kill(name)
    stack.await_healthy()
    log = everything(customer)
    again = customer.post(client_id, choice="confirm=yes")
    assert again.status_code == 202
    cases = shop.cases(number)
    assert len(cases) == 1
    told = [message["case"]["number"] for message in log if message["case"]]
    assert told == [cases[0]["number"]]
    assert [message["seq"] for message in log] == list(range(1, len(log) + 1))
    assert [message["from"] for message in log].count("customer") == 2
    assert everything(customer) == log
    assert customer.owner == "bot"


def test_rasa_killed_after_the_case_was_written_opens_no_second_one(
    stack: Stack, customer: Customer, shop: Shop, today: datetime
) -> None:
    number = at_the_summary(customer, shop, today)
    customer.post(choice="confirm=yes")
    until = time.monotonic() + 30
    while not shop.cases(number):
        assert time.monotonic() < until
    stack.kill("rasa")
    stack.await_healthy()
    told = [message["case"]["number"] for message in everything(customer) if message["case"]]
    assert told == [case["number"] for case in shop.cases(number)]
    assert len(told) == 1
