"""Orders into the tables, many at a time. The same number again replaces the order, its lines and gifts."""

from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Any

from django.db import transaction

from support.orders.models import Gift, Line, Order
from support.orders.order_number import normalise_number
from support.orders.order_record import OrderRecord

_REPLACED = [field.name for field in Order._meta.concrete_fields if field.name not in ("id", "number")]


def store_orders(records: Iterable[OrderRecord], source: str, now: datetime) -> int:
    """Stores these orders in one transaction, all or none; returns how many there are now (a number twice is one).

    source: where they come from, for staff. Raises django.db.Error.
    """
    latest = {normalise_number(record.number): record for record in records}
    # Always in the same order, so that two imports at once wait for each other instead of locking up.
    ordered = [(number, latest[number]) for number in sorted(latest)]
    if not ordered:
        return 0
    with transaction.atomic():
        orders = Order.objects.bulk_create(
            [
                Order(number=number, **order_values(record), source=source, imported_at=now)
                for number, record in ordered
            ],
            update_conflicts=True,
            unique_fields=["number"],
            update_fields=_REPLACED,
        )
        for table in (Line, Gift):
            table.objects.filter(order__in=[order.pk for order in orders]).delete()
        _store_parts(orders, [record for _, record in ordered])
    return len(ordered)


def _store_parts(orders: Sequence[Order], records: Sequence[OrderRecord]) -> None:
    pairs = list(zip(orders, records, strict=True))
    Line.objects.bulk_create(
        Line(order_id=order.pk, position=position, **line_values(line))
        for order, record in pairs
        for position, line in enumerate(record.lines)
    )
    Gift.objects.bulk_create(
        Gift(order_id=order.pk, position=position, name=gift.name, value=gift.value)
        for order, record in pairs
        for position, gift in enumerate(record.gifts)
    )


def order_values(record: OrderRecord) -> dict[str, Any]:
    delivered_at = record.delivered_at
    return {
        "printed_number": record.number,
        "remark": record.remark,
        "email": record.email or "",
        "postcode": record.postcode or "",
        "phone": record.phone or "",
        "payment": record.payment or "",
        "channel": record.channel,
        "country": record.country,
        "currency": record.currency,
        "placed_at": record.placed_at,
        "placed_offset_minutes": _offset_minutes(record.placed_at),
        "placed_on": record.placed_at.date(),
        "delivered": record.delivered,
        "delivered_at": delivered_at,
        "delivered_offset_minutes": _offset_minutes(delivered_at) if delivered_at else None,
        "delivered_on": delivered_at.date() if delivered_at else None,
        "delivery_due_at": record.delivery_due_at,
        "expedited_fee": record.expedited_fee,
        "invoice_issued": record.invoice_issued,
        "fully_refunded": record.fully_refunded,
    }


def line_values(line: Any) -> dict[str, Any]:
    return {
        "sku": line.sku or "",
        "name": line.name,
        "colour": line.colour or "",
        "quantity": line.quantity,
        "unit_price_paid": line.unit_price_paid,
        "free": line.free,
        "serials": list(line.serials),
        "exchanges_made": line.exchanges_made,
        "replaced_on": line.replaced_on,
    }


def _offset_minutes(instant: datetime) -> int:
    offset = instant.utcoffset()
    assert offset is not None, "the checks let no instant without an offset through"
    return int(offset.total_seconds() // 60)
