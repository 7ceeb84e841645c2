"""One order of a Shopify export, from its rows.

What the export does not say stays unknown. Above all: "fulfilled" means handed to the carrier, so it never becomes a
delivery, let alone a date; only "unfulfilled" is known not to have arrived.
"""

import re
from decimal import ROUND_HALF_UP, Decimal
from typing import Any

from support.orders import field_checks as checks
from support.orders.field_checks import Check, FieldError, Unfit, text
from support.orders.order_record import LineRecord, OrderRecord

Row = dict[str, str]

ZERO = Decimal("0.00")
CENT = Decimal("0.01")
_QUANTITY = re.compile(r"[0-9]{1,5}", re.ASCII)
_INSTANT = re.compile(r"(\S+) (\S+) ([+-]\d\d):?(\d\d)")
_MARKETPLACES = {
    "amazon": "amazon_store",
    "pos": "offline_store",
    "ebay": "other",
    "walmart": "other",
    "tiktok": "other",
}


def order_from_rows(rows: list[Row]) -> OrderRecord:
    """The order that these rows of the export describe, the first with the order's own values. Raises FieldError."""
    first = rows[0]
    country = _value(first, "Shipping Country", checks.country) or _value(first, "Billing Country", checks.country)
    return OrderRecord(
        number=_needed(first, "Name", checks.order_number),
        email=_value(first, "Email", checks.email),
        postcode=_postcode(first),
        phone=_value(first, "Phone", text(64)),
        channel=_channel(first),
        country=country,
        currency=_needed(first, "Currency", checks.currency),
        placed_at=_needed(first, "Created at", _instant),
        delivery_due_at=None,
        delivered=False if first["Fulfillment Status"] == "unfulfilled" else None,
        delivered_at=None,
        expedited_fee=_money(first, "Shipping"),
        invoice_issued=None,
        payment=_value(first, "Payment Method", text(200)),
        fully_refunded=_is_refunded(first),
        lines=_lines(rows),
        gifts=(),
        remark=_remark(first),
    )


def _lines(rows: list[Row]) -> tuple[LineRecord, ...]:
    """The line items that are still part of the order (Shopify leaves removed ones in, with quantity 0)."""
    kept = [(row, quantity) for row in rows if (quantity := _needed(row, "Lineitem quantity", _quantity))]
    if not kept:
        raise FieldError("Lineitem quantity", "0", "at least one line item with a quantity of 1 or more")
    prices = [_needed(row, "Lineitem price", checks.money) for row, _ in kept]
    gross = [price * quantity for price, (_, quantity) in zip(prices, kept, strict=True)]
    off = [_money(row, "Lineitem discount") for row, _ in kept]
    paid = _spread(rows[0], gross, [max(whole - less, ZERO) for whole, less in zip(gross, off, strict=True)])
    return tuple(
        LineRecord(
            sku=_value(row, "Lineitem sku", text(100)),
            name=_needed(row, "Lineitem name", text(300)),
            colour=None,
            quantity=quantity,
            unit_price_paid=(total / quantity).quantize(CENT, ROUND_HALF_UP),
            free=price == 0,
            serials=(),
            exchanges_made=0,
            replaced_on=None,
        )
        for (row, quantity), price, total in zip(kept, prices, paid, strict=True)
    )


def _spread(first: Row, gross: list[Decimal], net: list[Decimal]) -> list[Decimal]:
    """What was paid for each line: an order's discount is spread over its lines by their price, to the cent.

    Subtotal is what all lines cost after every discount; without it, Discount Amount is taken off.
    """
    subtotal = _value(first, "Subtotal", checks.money)
    if subtotal is None:
        subtotal = sum(net) if net != gross else max(sum(gross) - _money(first, "Discount Amount"), ZERO)
    base = net if sum(net) >= subtotal else gross
    if sum(base) <= subtotal:
        return base
    paid, before = [], ZERO
    for part in base:
        before += part
        paid.append((subtotal * before / sum(base)).quantize(CENT, ROUND_HALF_UP) - sum(paid))
    return paid


def _channel(first: Row) -> str:
    """The shop's own, unless Source or the tag "amazon" says that it came from a marketplace or a till."""
    source = re.split(r"[^a-z]", first.get("Source", "").lower())[0]
    if "amazon" in (tag.strip().lower() for tag in first.get("Tags", "").split(",")):
        source = "amazon"
    return _MARKETPLACES.get(source, "official_website")


def _is_refunded(first: Row) -> bool:
    """True when nothing of the money is left with the shop: refunded, never captured, or as much back as was paid."""
    if first["Financial Status"] in ("refunded", "voided"):
        return True
    return _money(first, "Refunded Amount") >= (_value(first, "Total", checks.money) or Decimal("Infinity"))


def _remark(first: Row) -> str:
    """What staff should know of the export and no fact holds."""
    said = [f"{name} {first[name]}" for name in ("Fulfilled at", "Cancelled at", "Source", "Tags") if first.get(name)]
    status = [f"{first[name]}" for name in ("Financial Status", "Fulfillment Status") if first[name]]
    return text(500)(f"Shopify: {', '.join(status + said)}"[:500])


def _postcode(first: Row) -> str | None:
    """Shopify writes a quotation mark in front of a postcode so that spreadsheets keep its zeros."""
    column = "Shipping Zip" if first.get("Shipping Zip", "").lstrip("'") else "Billing Zip"
    return _value(first | {column: first.get(column, "").lstrip("'")}, column, text(32))


def _money(row: Row, column: str) -> Decimal:
    return _value(row, column, checks.money) or ZERO


def _value(row: Row, column: str, check: Check) -> Any:
    """The column's value, None where it is empty or the export has no such column."""
    return _needed(row, column, check) if row.get(column) else None


def _needed(row: Row, column: str, check: Check) -> Any:
    try:
        return check(row[column])
    except Unfit as unfit:
        raise FieldError(column, row[column], str(unfit)) from None


def _quantity(value: str) -> int:
    if not _QUANTITY.fullmatch(value):
        raise Unfit("a whole number from 0 to 99999")
    return int(value)


def _instant(value: str) -> Any:
    """Shopify's "2026-10-01 18:20:00 -0700"."""
    match = _INSTANT.fullmatch(value)
    try:
        return checks.instant(f"{match[1]}T{match[2]}{match[3]}:{match[4]}" if match else None)
    except Unfit:
        raise Unfit('an instant with its offset such as "2026-10-01 18:20:00 -0700"') from None
