"""A file of orders into the tables: what it is, who reads it, what came of it."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import BinaryIO

from support.orders.json_lines import read_json_lines
from support.orders.order_record import BadLine, OrderRecord
from support.orders.shopify_export import NEEDED, RECOGNISED_BY, header_of, read_shopify_export
from support.orders.storing import store_orders

BATCH = 1000
HEADER_BYTES_MAX = 65_536


class OrderFileError(ValueError):
    """This is no file of orders at all; the message says why."""


@dataclass
class ImportCount:
    """orders: read and stored (an order that is in the file twice counts twice); bad: lines that brought none."""

    orders: int = 0
    bad: int = 0


def import_orders(
    path: Path,
    now: datetime,
    count: ImportCount,
    on_bad: Callable[[BadLine], None],
    on_read: Callable[[int], None] = lambda position: None,
) -> None:
    """Stores every good order of the file, replacing those there are; what is stored stays, whatever comes after.

    count: filled as it goes, so that it is right after an error too. on_read: the position in the file, in bytes.
    Raises OSError, OrderFileError, django.db.Error.
    """
    with path.open("rb") as file:
        source, records = open_orders(file, now)
        batch: list[OrderRecord] = []

        def store() -> None:
            store_orders(batch, source, now)
            count.orders += len(batch)
            batch.clear()
            on_read(file.tell())

        for record in records:
            if isinstance(record, BadLine):
                count.bad += 1
                on_bad(record)
                continue
            batch.append(record)
            if len(batch) == BATCH:
                store()
        store()


def open_orders(file: BinaryIO, now: datetime) -> tuple[str, Iterator[OrderRecord | BadLine]]:
    """What kind of file this is and the orders in it. Raises OrderFileError."""
    first = file.readline(HEADER_BYTES_MAX)
    file.seek(0)
    if not first:
        raise OrderFileError("is empty")
    if first.startswith((b"\xff\xfe", b"\xfe\xff")):
        raise OrderFileError("is UTF-16; save it as UTF-8")
    header = header_of(first.removeprefix(b"\xef\xbb\xbf").decode("utf-8", "replace"))
    if not RECOGNISED_BY & set(header):
        return "import", read_json_lines(file, now)
    if missing := [name for name in NEEDED if name not in header]:
        raise OrderFileError(f"is a Shopify order export without the column {', '.join(missing)}")
    return "shopify", read_shopify_export(file, now)
