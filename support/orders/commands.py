"""`support orders import FILE` and `support orders show NUMBER`."""

import argparse
import sys
from collections.abc import Sequence
from datetime import datetime, timezone
from pathlib import Path

from django import db
from tqdm import tqdm

from support.orders.models import Order
from support.orders.order_file import ImportCount, OrderFileError, import_orders
from support.orders.order_number import normalise_number
from support.orders.order_sheet import order_sheet


def main(argv: Sequence[str]) -> int:
    """Runs one command and returns its exit code: 0 done, 1 not or not all of it (said on stderr), 2 misused."""
    try:
        asked = _parser().parse_args(argv)
    except SystemExit as exit_:
        return int(exit_.code or 0)
    try:
        return asked.run(asked)
    except db.Error as error:
        print(
            f"support orders: the database does not answer ({_one_line(error)}); look at SUPPORT_DATABASE_URL",
            file=sys.stderr,
        )
        return 1


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="support orders", description="Bring orders in, look at one.")
    commands = parser.add_subparsers(required=True, metavar="import | show")
    bring = commands.add_parser(
        "import", help="store the orders of a file: JSON Lines, or a Shopify order export (CSV)"
    )
    bring.add_argument("file", type=Path, metavar="FILE")
    bring.set_defaults(run=_import)
    show = commands.add_parser("show", help="print one order")
    show.add_argument("number", metavar="NUMBER", help='as people write it: SC10234, "#10234", 10234')
    show.set_defaults(run=_show)
    return parser


def _import(asked: argparse.Namespace) -> int:
    count, failed = ImportCount(), None
    try:
        with _progress(asked.file) as bar:
            import_orders(
                asked.file,
                datetime.now(timezone.utc),
                count,
                on_bad=lambda bad: tqdm.write(str(bad), file=sys.stderr),
                on_read=lambda position: bar.update(position - bar.n),
            )
    except (OrderFileError, OSError) as error:
        failed = f"{asked.file} {error}" if isinstance(error, OrderFileError) else f"{asked.file}: {error.strerror}"
    except db.Error as error:
        failed = f"stopped, the database does not answer: {_one_line(error)}"
    except KeyboardInterrupt:
        failed = "stopped; the same command again starts over and doubles nothing"
    if failed:
        print(f"support orders: {failed}", file=sys.stderr)
    if count.orders or count.bad or not failed:
        print(f"{count.orders} orders imported" + (f", {count.bad} bad lines left out" if count.bad else ""))
    return 1 if failed or count.bad else 0


def _show(asked: argparse.Namespace) -> int:
    number = normalise_number(asked.number)
    order = Order.objects.filter(number=number).first() if number else None
    if order is None:
        print(f"support orders: there is no order {number or repr(asked.number)}", file=sys.stderr)
        return 1
    print(order_sheet(order))
    return 0


def _progress(file: Path) -> tqdm:
    """A bar over the file's bytes, shown where stderr is a terminal."""
    size = file.stat().st_size if file.is_file() else None
    return tqdm(total=size, unit="B", unit_scale=True, desc=file.name, disable=None, file=sys.stderr, leave=False)


def _one_line(error: Exception) -> str:
    return " ".join(str(error).split())
