"""An order, a message and slots to try actions on, without Rasa and without a database."""

from datetime import date, datetime, timezone
from decimal import Decimal
from typing import Any

import pytest

from actions.message import Message
from support.orders.shop_order import ShopGift, ShopLine, ShopOrder

NOW = datetime(2026, 11, 22, 17, 0, tzinfo=timezone.utc)


def message(intent: str = "give_information", text: str = "", **given: Any) -> Message:
    """A message as NLU and the channel hand it over; entities as (name, value) pairs."""
    found = given.pop("entities", ())
    entities = tuple({"entity": name, "value": value, **place_of(value, text)} for name, value in found)
    known: dict[str, Any] = {
        "id": "m1",
        "text": text,
        "intent": intent,
        "hint": intent,
        "also": (),
        "entities": entities,
        "answer": {},
        "photos": (),
        "now": NOW,
        "today": NOW.date(),
        "timezone": "America/New_York",
    }
    return Message(**known | given)


def place_of(value: str, text: str) -> dict[str, int]:
    """Where an entity stands in the text; nowhere when it was not typed like that."""
    start = max(text.find(value), 0)
    return {"start": start, "end": start + (len(value) if value in text else 0)}


def order_line(place: int = 0, **given: Any) -> ShopLine:
    known: dict[str, Any] = {
        "id": place,
        "sku": "X3U-PNK",
        "name": "X3U Sonic Toothbrush",
        "colour": "pink",
        "quantity": 1,
        "unit_price_paid": Decimal("79.90"),
        "free": False,
        "serials": ("X3U2409A001234",),
        "exchanges_made": 0,
        "replaced_on": None,
    }
    return ShopLine(**known | given)


@pytest.fixture
def order() -> ShopOrder:
    """Delivered ten days ago: a pink toothbrush, two white flossers, and a gift."""
    flosser = order_line(1, sku="W3-WHI", name="W3 Water Flosser", colour="white", quantity=2, serials=())
    return ShopOrder(
        number="SC10234",
        channel="official_website",
        country="US",
        currency="USD",
        purchased_on=date(2026, 11, 1),
        delivered=True,
        delivered_on=date(2026, 11, 12),
        delivery_due_at=None,
        expedited_fee=Decimal("12.00"),
        invoice_issued=True,
        fully_refunded=False,
        gifts=(ShopGift("Travel case", Decimal("10.00")),),
        lines=(order_line(), flosser),
    )
