"""All that staff need to see of an order, as text. The e-mail is masked, payment details are left out."""

from datetime import datetime, timedelta, timezone

from support.orders.models import Line, Order
from support.orders.order_facts import money


def order_sheet(order: Order) -> str:
    """The order on a page, one fact a line."""
    rows = [
        (
            "Order",
            order.number + (f" (printed {order.printed_number})" if order.printed_number != order.number else ""),
        ),
        ("Bought", f"{_wall_clock(order.placed_at, order.placed_offset_minutes)}, {order.channel}"),
        ("Country", order.country or "unknown"),
        ("Delivered", _delivered(order)),
        ("Estimate", _wall_clock(order.delivery_due_at, 0) if order.delivery_due_at else "none"),
        ("E-mail", masked_email(order.email) or "none"),
        ("Postcode", _masked(order.postcode, 2) or "none"),
        ("Phone", "given" if order.phone else "none"),
        ("Expedited fee", f"{money(order.expedited_fee)} {order.currency}"),
        ("Invoice issued", _yes_no(order.invoice_issued)),
        ("Fully refunded", _yes_no(order.fully_refunded)),
        ("From", f"{order.source}, {order.imported_at:%Y-%m-%d %H:%M} UTC"),
    ]
    rows += [("Remark", order.remark)] if order.remark else []
    parts = [f"{label + ':':16}{value}" for label, value in rows]
    parts += [_line(line, order.currency) for line in order.lines.all()]
    parts += [f"Gift:           {gift.name}, {money(gift.value)} {order.currency}" for gift in order.gifts.all()]
    return "\n".join(parts)


def masked_email(email: str) -> str:
    """An address one can recognise but not use: "d•••@example.com"."""
    name, at, domain = email.rpartition("@")
    return _masked(name, 1) + at + domain


def _masked(text: str, shown: int) -> str:
    return text[:shown] + "•••" if text else ""


def _line(line: Line, currency: str) -> str:
    notes = [line.sku, line.colour, f"{line.quantity} x {money(line.unit_price_paid)} {currency}"]
    notes += ["free"] if line.free else []
    notes += [f"serial {', '.join(line.serials)}"] if line.serials else []
    notes += [f"exchanged {line.exchanges_made}x"] if line.exchanges_made else []
    notes += [f"replaced on {line.replaced_on}"] if line.replaced_on else []
    return f"Line {line.position + 1}:         {line.name} ({'; '.join(note for note in notes if note)})"


def _delivered(order: Order) -> str:
    if order.delivered_at:
        return _wall_clock(order.delivered_at, order.delivered_offset_minutes or 0)
    return {True: "yes, date unknown", False: "no", None: "unknown"}[order.delivered]


def _wall_clock(instant: datetime, offset_minutes: int) -> str:
    local = instant.astimezone(timezone(timedelta(minutes=offset_minutes)))
    return f"{local:%Y-%m-%d %H:%M} {local:%z}"


def _yes_no(value: bool | None) -> str:
    return {True: "yes", False: "no", None: "unknown"}[value]
