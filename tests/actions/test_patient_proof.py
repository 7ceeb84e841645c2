"""A database that is started again in the middle of a turn costs the customer a moment and no question."""

import asyncio
from datetime import datetime, timezone
from types import SimpleNamespace
from typing import Any

import pytest

from actions import proof
from support.orders.services import OrdersUnavailable

MESSAGE = SimpleNamespace(now=datetime(2026, 3, 1, tzinfo=timezone.utc))
TRACKER = SimpleNamespace(sender_id="someone", get_slot=lambda name: None)


@pytest.fixture
def away(monkeypatch: pytest.MonkeyPatch) -> list[OrdersUnavailable]:
    """How often the orders cannot be looked up, from now on."""
    times: list[OrdersUnavailable] = []

    def prove_order(*_: Any) -> str:
        if times:
            raise times.pop()
        return "an order"

    monkeypatch.setattr(proof, "prove_order", prove_order)
    monkeypatch.setattr(proof, "orders_checked", lambda message: ())
    monkeypatch.setattr(proof, "as_settled", lambda order: order)
    monkeypatch.setattr(proof, "PAUSES_S", (0.0, 0.0))
    return times


@pytest.mark.parametrize("times", range(3))
def test_it_is_looked_up_again(away: list[OrdersUnavailable], times: int) -> None:
    away += [OrdersUnavailable("away")] * times
    assert asyncio.run(proof.proof_for(TRACKER, MESSAGE)("SC10234", "94016")) == "an order"


def test_not_for_ever(away: list[OrdersUnavailable]) -> None:
    away += [OrdersUnavailable("away")] * 3
    with pytest.raises(OrdersUnavailable):
        asyncio.run(proof.proof_for(TRACKER, MESSAGE)("SC10234", "94016"))
