"""Orders from JSON Lines: one object a line, every key known and checked."""

import json
from collections.abc import Callable, Iterator, Mapping
from datetime import datetime
from typing import Any, BinaryIO

from support.orders import field_checks as checks
from support.orders.field_checks import FieldError, Unfit, optional, optional_text, text
from support.orders.order_number import normalise_number
from support.orders.order_record import BadLine, GiftRecord, LineRecord, OrderRecord, check_history

LINE_BYTES_MAX = 1_048_576
INTEGER_DIGITS_MAX = 18
REQUIRED = object()

# key: (its check, what the value is when the key is absent)
Fields = Mapping[str, tuple[Callable[[Any], Any], Any]]

GIFT_FIELDS: Fields = {"name": (text(300), REQUIRED), "value": (checks.money, REQUIRED)}
LINE_FIELDS: Fields = {
    "sku": (optional_text(100), REQUIRED),
    "name": (text(300), REQUIRED),
    "colour": (optional_text(100), None),
    "quantity": (checks.whole(1, 10_000), REQUIRED),
    "unit_price_paid": (checks.money, REQUIRED),
    "free": (checks.flag, False),
    "serials": (checks.items(0, 10_000), []),
    "exchanges_made": (checks.whole(0, 10_000), 0),
    "replaced_on": (optional(checks.day), None),
}
ORDER_FIELDS: Fields = {
    "number": (checks.order_number, REQUIRED),
    "email": (optional(checks.email), REQUIRED),
    "postcode": (optional_text(32), REQUIRED),
    "phone": (optional_text(64), None),
    "channel": (checks.channel, REQUIRED),
    "country": (optional(checks.country), REQUIRED),
    "currency": (checks.currency, REQUIRED),
    "placed_at": (checks.instant, REQUIRED),
    "delivery_due_at": (optional(checks.instant), None),
    "delivered": (optional(checks.flag), None),
    "delivered_at": (optional(checks.instant), None),
    "expedited_fee": (checks.money, "0.00"),
    "invoice_issued": (optional(checks.flag), None),
    "payment": (optional_text(200), None),
    "fully_refunded": (checks.flag, False),
    "lines": (checks.items(1, 500), REQUIRED),
    "gifts": (checks.items(0, 500), []),
}


def read_json_lines(file: BinaryIO, now: datetime) -> Iterator[OrderRecord | BadLine]:
    """Each line's order, or what is wrong with the line; empty lines are passed over."""
    for line_number, raw in enumerate(_lines(file), start=1):
        if line_number == 1:
            raw = raw.removeprefix(b"\xef\xbb\xbf")
        if raw.strip():
            yield _read_line(line_number, raw, now)


def _lines(file: BinaryIO) -> Iterator[bytes]:
    """The file's lines; of one that is too long only its beginning, one byte over the limit."""
    while raw := file.readline(LINE_BYTES_MAX + 1):
        yield raw
        rest = raw
        while len(rest) > LINE_BYTES_MAX and not rest.endswith(b"\n"):
            rest = file.readline(LINE_BYTES_MAX + 1)


def _read_line(line_number: int, raw: bytes, now: datetime) -> OrderRecord | BadLine:
    data: Any = None
    try:
        data = _parse(raw)
        return check_history(order_from_json(data), now)
    except ValueError as error:
        number = data.get("number") if isinstance(data, dict) else None
        return BadLine(line_number, normalise_number(number) if isinstance(number, str) else None, str(error))


def _parse(raw: bytes) -> Any:
    """The line's JSON value. Raises ValueError in words for people."""
    if len(raw) > LINE_BYTES_MAX:
        raise ValueError(f"is longer than {LINE_BYTES_MAX} bytes")
    try:
        return json.loads(raw.decode("utf-8"), object_pairs_hook=_once, parse_int=_integer, parse_constant=_refuse)
    except UnicodeDecodeError as error:
        raise ValueError(f"is not UTF-8 at byte {error.start + 1}") from error
    except json.JSONDecodeError as error:
        raise ValueError(f"is not JSON: {error.msg} at character {error.pos + 1}") from error
    except RecursionError as error:
        raise ValueError("is nested too deeply") from error


def _once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    data = dict(pairs)
    if len(data) < len(pairs):
        keys = [key for key, _ in pairs]
        raise ValueError(f"key {checks.shown(next(key for key in keys if keys.count(key) > 1))} is there twice")
    return data


def _integer(digits: str) -> int:
    if len(digits) > INTEGER_DIGITS_MAX:
        raise ValueError(f"holds a number of {len(digits)} digits, takes {INTEGER_DIGITS_MAX} at most")
    return int(digits)


def _refuse(constant: str) -> None:
    raise ValueError(f"is not JSON: {constant} is no value")


def order_from_json(data: Any) -> OrderRecord:
    """The order that this JSON value describes, as the contract has it. Raises FieldError, ValueError.

    delivered, when it is not said: true with a delivery date, false with an estimate only, else unknown.
    """
    order = _read(data, ORDER_FIELDS, "")
    lines = [_read(line, LINE_FIELDS, f"lines[{place}]") for place, line in enumerate(order["lines"])]
    gifts = [_read(gift, GIFT_FIELDS, f"gifts[{place}]") for place, gift in enumerate(order["gifts"])]
    for place, line in enumerate(lines):
        serials = enumerate(line["serials"])
        line["serials"] = tuple(_checked(text(100), f"lines[{place}].serials[{n}]", serial) for n, serial in serials)
    if order["delivered"] is None:
        order["delivered"] = True if order["delivered_at"] else False if order["delivery_due_at"] else None
    order["lines"] = tuple(LineRecord(**line) for line in lines)
    order["gifts"] = tuple(GiftRecord(**gift) for gift in gifts)
    return OrderRecord(**order)


def _read(data: Any, fields: Fields, path: str) -> dict[str, Any]:
    """The object's values, checked and completed."""
    if not isinstance(data, dict):
        raise ValueError(f"{path or 'the line'}: got {checks.shown(data)}, takes an object")
    dot = f"{path}." if path else ""
    if unknown := data.keys() - fields.keys():
        raise ValueError(f"{dot}{checks.shown(min(unknown))[1:-1]}: unknown key, takes {', '.join(fields)}")
    values = {}
    for key, (check, absent) in fields.items():
        if key not in data and absent is REQUIRED:
            raise ValueError(f"{dot}{key}: is missing")
        values[key] = _checked(check, dot + key, data.get(key, absent))
    return values


def _checked(check: Callable[[Any], Any], field: str, value: Any) -> Any:
    try:
        return check(value)
    except Unfit as unfit:
        raise FieldError(field, value, str(unfit)) from None
