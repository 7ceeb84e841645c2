"""An order of one customer."""

from decimal import Decimal

from support.orders.models import Order
from tests.support.desk.desk_scene import NOW


def order_of(email: str, number: str) -> Order:
    order = Order.objects.create(
        number=number,
        printed_number=number,
        source="test",
        email=email,
        postcode="94016",
        phone="555 0100",
        payment="card",
        channel="official_website",
        country="US",
        currency="USD",
        placed_at=NOW,
        placed_offset_minutes=0,
        placed_on=NOW.date(),
        delivered=True,
        delivered_on=NOW.date(),
        expedited_fee=Decimal(0),
        fully_refunded=False,
        imported_at=NOW,
    )
    order.lines.create(
        position=0,
        name="X3U Sonic Toothbrush",
        quantity=1,
        unit_price_paid=Decimal("79.90"),
        free=False,
        exchanges_made=0,
    )
    return order
