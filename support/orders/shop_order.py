"""An order as the assistant may know it: what was bought and when. No e-mail, address, phone or payment is in it."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, fields
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from support.orders import order_facts


@dataclass(frozen=True)
class ShopGift:
    """A gift that came with an order; value: its total price in the order's currency."""

    name: str
    value: Decimal


@dataclass(frozen=True)
class ShopLine:
    """One line of an order. id: its place in the order, from 0. unit_price_paid: for one piece, discounts taken off.

    in_cases: how many of its pieces are in a case already, which only support.cases knows.
    """

    id: int
    sku: str
    name: str
    colour: str
    quantity: int
    unit_price_paid: Decimal
    free: bool
    serials: tuple[str, ...]
    exchanges_made: int
    replaced_on: date | None
    in_cases: int = 0


@dataclass(frozen=True)
class ShopOrder:
    """What the shop knows of an order. None means that the shop does not know, never 'no'.

    purchased_on, delivered_on: the date on the wall clock of the shop and of the recipient.
    delivered True with delivered_on None: delivered, nobody here knows when (I.delivery-date).
    delivered None: handed to a carrier perhaps, arrived or not (a Shopify export cannot tell).
    """

    number: str
    channel: str
    country: str | None
    currency: str
    purchased_on: date
    delivered: bool | None
    delivered_on: date | None
    delivery_due_at: datetime | None
    expedited_fee: Decimal
    invoice_issued: bool | None
    fully_refunded: bool
    gifts: tuple[ShopGift, ...]
    lines: tuple[ShopLine, ...]

    @property
    def gift_value(self) -> Decimal:
        """The total price of the gifts that came along, 0 if none (R.gift)."""
        return sum((gift.value for gift in self.gifts), Decimal("0.00"))

    def facts(self) -> dict[str, Any]:
        """The decision contract's facts about the whole order; what the shop does not know is absent."""
        return order_facts.order_facts(self)

    def line_facts(self, line_ids: Iterable[int], pieces: Mapping[int, int] | None = None) -> dict[str, Any]:
        """The decision contract's facts about these lines, best chosen one at a time: each has its own decision.

        pieces: how many of a line, by line id; all of them where not said.
        Several lines at once: the sum of their prices, and of each other fact the value that promises least.
        Raises ValueError for no line at all, a line that is not in the order, or more pieces than were bought.
        """
        return order_facts.line_facts(self, line_ids, pieces or {})

    def as_json(self) -> dict[str, Any]:
        """This order as JSON values, for a slot; ShopOrder.from_json gives it back unchanged."""
        return _flat(self) | {
            "gifts": [_flat(gift) for gift in self.gifts],
            "lines": [_flat(line) | {"serials": list(line.serials)} for line in self.lines],
        }

    @classmethod
    def from_json(cls, data: Mapping[str, Any]) -> "ShopOrder":
        """The order that as_json wrote. Raises KeyError, TypeError or ValueError on anything else."""
        return cls(
            **dict(data)
            | {
                "purchased_on": date.fromisoformat(data["purchased_on"]),
                "delivered_on": _day(data["delivered_on"]),
                "delivery_due_at": data["delivery_due_at"] and datetime.fromisoformat(data["delivery_due_at"]),
                "expedited_fee": Decimal(data["expedited_fee"]),
                "gifts": tuple(ShopGift(gift["name"], Decimal(gift["value"])) for gift in data["gifts"]),
                "lines": tuple(_line(line) for line in data["lines"]),
            }
        )


def _line(data: Mapping[str, Any]) -> ShopLine:
    return ShopLine(
        **dict(data)
        | {
            "unit_price_paid": Decimal(data["unit_price_paid"]),
            "serials": tuple(data["serials"]),
            "replaced_on": _day(data["replaced_on"]),
        }
    )


def _flat(record: ShopOrder | ShopLine | ShopGift) -> dict[str, Any]:
    return {field.name: _plain(getattr(record, field.name)) for field in fields(record)}


def _plain(value: Any) -> Any:
    """A date or instant as ISO text, an amount as text with two decimals, the rest as it is."""
    if isinstance(value, Decimal):
        return order_facts.money(value)
    return value.isoformat() if isinstance(value, date) else value


def _day(text: str | None) -> date | None:
    return date.fromisoformat(text) if text else None
