"""Customers and a shop for the assistant that tests/conftest.py starts."""

from collections.abc import Callable, Iterator
from datetime import datetime, timedelta, timezone
from pathlib import Path

import pytest

from support.run.stack import Stack
from tests.conversations.customer import Customer
from tests.conversations.shop import Shop


@pytest.fixture
def customer(stack: Stack) -> Customer:
    return Customer(stack.base_url)


@pytest.fixture
def customers(stack: Stack) -> Callable[[], Customer]:
    return lambda: Customer(stack.base_url)


@pytest.fixture(scope="session")
def shop(stack: Stack, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Shop]:
    one = Shop(stack, Path(tmp_path_factory.mktemp("orders")))
    yield one
    one.close()


@pytest.fixture
def today() -> datetime:
    """Noon of the customers' day in New York, give or take daylight saving."""
    return (datetime.now(timezone.utc) - timedelta(hours=5)).replace(hour=12)
