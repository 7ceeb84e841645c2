"""Shopify's own order export: a CSV file, one row a line item, the order's values on its first row."""

import csv
import io
from collections.abc import Iterator
from datetime import datetime
from typing import BinaryIO

from support.orders.order_number import normalise_number
from support.orders.order_record import BadLine, OrderRecord, check_history
from support.orders.shopify_order import Row, order_from_rows

RECOGNISED_BY = frozenset({"Name", "Lineitem name"})
NEEDED = ("Name", "Email", "Financial Status", "Fulfillment Status", "Currency", "Created at")
NEEDED += ("Lineitem quantity", "Lineitem name", "Lineitem price")


def header_of(first_line: str) -> list[str]:
    """The column names in a file's first line; none if it is no CSV."""
    try:
        return [name.strip() for name in next(csv.reader([first_line]), [])]
    except csv.Error:
        return []


def read_shopify_export(file: BinaryIO, now: datetime) -> Iterator[OrderRecord | BadLine]:
    """Each order of the export, or what is wrong with it; the line is where the order begins."""
    for line_number, rows in _groups(file):
        yield rows if isinstance(rows, BadLine) else _read_order(line_number, rows, now)


def _groups(file: BinaryIO) -> Iterator[tuple[int, list[Row] | BadLine]]:
    """The rows of each order, with the line of the first."""
    begin, group = 0, []
    for line_number, row in _rows(file):
        if isinstance(row, BadLine):
            yield line_number, row
        elif group and row["Name"] == group[0]["Name"]:
            group.append(row)
        else:
            if group:
                yield begin, group
            begin, group = line_number, [row]
    if group:
        yield begin, group


def _rows(file: BinaryIO) -> Iterator[tuple[int, Row | BadLine]]:
    """Each row by column name. What is not UTF-8 survives here as a lone surrogate, which no check lets through."""
    lines = io.TextIOWrapper(file, encoding="utf-8-sig", errors="surrogateescape", newline="")
    reader = csv.reader(lines)
    header = [name.strip() for name in next(reader)]
    while True:
        begin = reader.line_num + 1
        try:
            values = next(reader)
        except StopIteration:
            lines.detach()  # or the file would be closed under its owner
            return
        except csv.Error as error:
            yield begin, BadLine(begin, None, f"is not CSV: {error}")
            continue
        if len(values) > len(header):
            yield begin, BadLine(begin, None, f"got {len(values)} values, takes {len(header)} as in the header")
        elif any(values):
            values += [""] * (len(header) - len(values))
            yield begin, dict(zip(header, (value.strip() for value in values), strict=True))


def _read_order(line_number: int, rows: list[Row], now: datetime) -> OrderRecord | BadLine:
    try:
        return check_history(order_from_rows(rows), now, placed="Created at")
    except ValueError as error:
        return BadLine(line_number, normalise_number(rows[0]["Name"]), str(error))
