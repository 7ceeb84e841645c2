"""What the shop knows of an order, in the keys and values of the decision contract."""

from collections.abc import Iterable, Mapping
from decimal import Decimal
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from support.orders.shop_order import ShopLine, ShopOrder


def order_facts(order: "ShopOrder") -> dict[str, Any]:
    """The facts about the whole order. Unknown is not false: what the shop does not know is absent."""
    known = {
        "order.channel": order.channel,
        "order.country": order.country,
        "order.purchased_on": order.purchased_on.isoformat(),
        "order.delivered": order.delivered,
        "order.delivered_on": order.delivered_on.isoformat() if order.delivered_on else None,
        "order.delivery_due_at": _due(order),
        "order.currency": order.currency,
        "order.expedited_fee": money(order.expedited_fee),
        "order.gift_value": money(order.gift_value),
        "order.fully_refunded": order.fully_refunded,
        "order.invoice_issued": order.invoice_issued,
    }
    return {key: value for key, value in known.items() if value is not None}


def line_facts(order: "ShopOrder", line_ids: Iterable[int], pieces: Mapping[int, int]) -> dict[str, Any]:
    """The facts about the chosen lines; see ShopOrder.line_facts."""
    chosen = [_find(order, line_id) for line_id in dict.fromkeys(line_ids)]
    if not chosen:
        raise ValueError(f"no line of order {order.number} was chosen")
    replaced = [line.replaced_on for line in chosen]
    return {
        "order.price_paid": money(sum(line.unit_price_paid * _count(line, pieces) for line in chosen)),
        "order.free_product": any(line.free for line in chosen),
        "order.exchanges_made": max(line.exchanges_made for line in chosen),
        "order.replaced_on": "none" if None in replaced else min(day for day in replaced if day).isoformat(),
    }


def money(amount: Decimal | int) -> str:
    """An amount as the contract writes it: a string with two decimals."""
    return f"{Decimal(amount):.2f}"


def _due(order: "ShopOrder") -> str | None:
    """The estimate, which the contract takes only while nothing was delivered; "none": the shop has none."""
    if order.delivered is not False:
        return None
    return order.delivery_due_at.isoformat() if order.delivery_due_at else "none"


def _find(order: "ShopOrder", line_id: int) -> "ShopLine":
    for line in order.lines:
        if line.id == line_id:
            return line
    raise ValueError(f"order {order.number} has no line {line_id!r}, its lines are 0 to {len(order.lines) - 1}")


def _count(line: "ShopLine", pieces: Mapping[int, int]) -> int:
    count = pieces.get(line.id, line.quantity)
    if not 1 <= count <= line.quantity:
        raise ValueError(f"line {line.id} has {line.quantity} pieces, got {count}")
    return count
