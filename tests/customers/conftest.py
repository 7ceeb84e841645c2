"""The sample's orders, brought in once."""

from datetime import datetime

import pytest

from support.run.stack import Stack
from tests.customers.run import SAMPLE, bring_orders, now


@pytest.fixture(scope="session")
def opened_at(stack: Stack, tmp_path_factory: pytest.TempPathFactory) -> datetime:
    """When the sample's customers bought: their days are counted from this instant."""
    at = now()
    bring_orders(stack, SAMPLE, tmp_path_factory.mktemp("customers") / "orders.jsonl", at)
    return at
