"""How fast orders come in, and whether a wrong number takes as long as a wrong proof. Prints figures, asserts nothing.

    python -m benchmarks.orders [--orders 100000]

Works in a database of its own: a new SQLite file, or the (empty!) one of ORDERS_BENCHMARK_DATABASE_URL.
"""

import argparse
import json
import os
import random
import statistics
import sys
import tempfile
import time
from collections.abc import Iterator
from datetime import datetime, timedelta, timezone
from pathlib import Path

SAMPLE = 1000
PROOFS = 1500
NOW = datetime(2026, 11, 22, 12, tzinfo=timezone.utc)


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--orders", type=int, default=100_000)
    asked = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        set_up(Path(folder))
        file = Path(folder) / "orders.jsonl"
        file.write_text("".join(json.dumps(order) + "\n" for order in orders(asked.orders)), encoding="utf-8")
        print(f"file: {asked.orders} orders, {file.stat().st_size / 1e6:.1f} MB")
        each = measure_one_by_one(file)
        for what in ("first import", "the same file again"):
            seconds = measure_import(file)
            ratio = each / (seconds / asked.orders)
            print(f"{what}: {seconds:.1f} s, {asked.orders / seconds:.0f} orders/s, {ratio:.1f} x one by one")
        measure_proofs(asked.orders)
    return 0


def set_up(folder: Path) -> None:
    url = os.environ.get("ORDERS_BENCHMARK_DATABASE_URL", f"sqlite:///{folder / 'benchmark.sqlite3'}")
    os.environ |= {"SUPPORT_DATABASE_URL": url, "DJANGO_SETTINGS_MODULE": "support.settings"}
    import django
    from django.core.management import call_command

    django.setup()
    call_command("migrate", "orders", verbosity=0, skip_checks=True)
    print(f"database: {url.split(':')[0]}")


def orders(count: int) -> Iterator[dict]:
    """Orders as the import contract has them, one to three lines each, always the same ones."""
    chance = random.Random(7)
    for number in range(count):
        placed = NOW - timedelta(days=chance.randint(3, 700))
        yield {
            "number": f"SC{1_000_000 + number}", "email": f"customer{number}@example.com",
            "postcode": f"{chance.randint(10000, 99999)}", "phone": None, "channel": "official_website",
            "country": "US", "currency": "USD", "placed_at": placed.isoformat(), "delivery_due_at": None,
            "delivered_at": (placed + timedelta(days=2)).isoformat(), "expedited_fee": "0.00",
            "invoice_issued": True, "payment": "card", "fully_refunded": False,
            "lines": [line(chance, place) for place in range(chance.choice((1, 1, 1, 2, 3)))],
            "gifts": [{"name": "Travel case", "value": "10.00"}] if chance.random() < 0.2 else [],
        }  # fmt: skip


def line(chance: random.Random, place: int) -> dict:
    return {"sku": f"X3U-{place}", "name": "X3U Sonic Toothbrush", "colour": chance.choice(("pink", "white")),
            "quantity": 1, "unit_price_paid": "79.90", "free": False, "exchanges_made": 0, "replaced_on": None,
            "serials": [f"X3U2409A{chance.randint(0, 999999):06}"]}  # fmt: skip


def measure_one_by_one(file: Path) -> float:
    """Seconds an order when each is stored by its own save(), on a sample."""
    from support.orders.json_lines import order_from_json
    from support.orders.models import Gift, Line, Order
    from support.orders.storing import line_values, order_values

    with file.open(encoding="utf-8") as lines:
        sample = [text for text, _ in zip(lines, range(SAMPLE), strict=False)]
    begin = time.perf_counter()
    for text in sample:
        record = order_from_json(json.loads(text))
        order = Order(number=record.number, source="sample", imported_at=NOW, **order_values(record))
        order.save()
        for position, part in enumerate(record.lines):
            Line(order=order, position=position, **line_values(part)).save()
        for position, gift in enumerate(record.gifts):
            Gift(order=order, position=position, name=gift.name, value=gift.value).save()
    seconds = (time.perf_counter() - begin) / len(sample)
    print(f"one by one: {seconds * 1000:.2f} ms an order ({len(sample)} orders)")
    Order.objects.all().delete()
    return seconds


def measure_import(file: Path) -> float:
    from support.orders.order_file import ImportCount, import_orders

    count, begin = ImportCount(), time.perf_counter()
    import_orders(file, NOW, count, on_bad=print)
    return time.perf_counter() - begin


def measure_proofs(count: int) -> None:
    """Medians for both kinds of wrong, taken in turns, each attempt in a conversation and for a number of its own."""
    from support.orders.services import ProofFailed, TooManyAttempts, prove_order

    times: dict[str, list[float]] = {"wrong number": [], "wrong proof": []}
    for turn in range(PROOFS):
        number = 1_000_000 + turn % count
        for what, typed in (("wrong number", f"SC{number + 5_000_000}"), ("wrong proof", f"SC{number}")):
            begin = time.perf_counter()
            try:
                prove_order(f"{what} {turn}", typed, "nobody@example.com", NOW)
            except (ProofFailed, TooManyAttempts):
                times[what].append(time.perf_counter() - begin)
    medians = {what: statistics.median(measured) for what, measured in times.items()}
    for what, median in medians.items():
        print(f"{what}: median {median * 1000:.3f} ms of {PROOFS}")
    print(f"ratio of the medians: {medians['wrong number'] / medians['wrong proof']:.3f}")


if __name__ == "__main__":
    sys.exit(main())
