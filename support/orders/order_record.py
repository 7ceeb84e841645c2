"""One order as a file brings it: checked, not yet stored."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta, timezone
from decimal import Decimal

from support.orders.field_checks import FieldError


@dataclass(frozen=True)
class GiftRecord:
    name: str
    value: Decimal


@dataclass(frozen=True)
class LineRecord:
    sku: str | None
    name: str
    colour: str | None
    quantity: int
    unit_price_paid: Decimal
    free: bool
    serials: tuple[str, ...]
    exchanges_made: int
    replaced_on: date | None


@dataclass(frozen=True)
class OrderRecord:
    """number: as printed. An instant carries the offset it was written with: its date() is the calendar date there."""

    number: str
    email: str | None
    postcode: str | None
    phone: str | None
    channel: str
    country: str | None
    currency: str
    placed_at: datetime
    delivery_due_at: datetime | None
    delivered: bool | None
    delivered_at: datetime | None
    expedited_fee: Decimal
    invoice_issued: bool | None
    payment: str | None
    fully_refunded: bool
    lines: tuple[LineRecord, ...]
    gifts: tuple[GiftRecord, ...]
    remark: str = ""


@dataclass(frozen=True)
class BadLine:
    """A line of a file that brings no order. line: from 1. number: stored form, None when it could not be read."""

    line: int
    number: str | None
    message: str

    def __str__(self) -> str:
        order = f", order {self.number}" if self.number else ""
        return f"line {self.line}{order}: {self.message}"


def check_history(record: OrderRecord, now: datetime, placed: str = "placed_at") -> OrderRecord:
    """The record, if what it says happened can have happened, and in this order. Raises FieldError.

    As in the decision contract nothing lies after the latest date that it is anywhere on Earth (UTC+14).
    placed: what the file calls the instant of the order.
    """
    latest = (now.astimezone(timezone.utc) + timedelta(hours=14)).date()
    past = f"a date up to {latest}"
    if record.placed_at.date() > latest:
        raise FieldError(placed, record.placed_at.isoformat(), past)
    if record.delivered_at:
        if record.delivered is False:
            raise FieldError("delivered", False, "true or nothing when delivered_at is set")
        if record.delivered_at.date() > latest:
            raise FieldError("delivered_at", record.delivered_at.isoformat(), past)
        if record.delivered_at < record.placed_at:
            raise FieldError("delivered_at", record.delivered_at.isoformat(), "an instant not before placed_at")
    for position, line in enumerate(record.lines):
        if line.replaced_on and line.replaced_on > latest:
            raise FieldError(f"lines[{position}].replaced_on", line.replaced_on.isoformat(), past)
    return record
