"""The shop's side of a conversation: orders that are brought in, and the cases that came of them."""

from __future__ import annotations

import itertools
import json
import os
import subprocess
import sys
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

from dateutil.relativedelta import relativedelta

from support.run.stack import Stack
from tests.servers.own_database import rows_of

EMAIL = "dana@example.com"
NEW_YORK = timedelta(hours=-5)
IMPORTER = """
import os, sys
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "support.settings")
import django
django.setup()
from support.orders.commands import main
for line in sys.stdin:
    print(f"exit {main(['import', line.strip()])}", flush=True)
"""


class Shop:
    """Orders into, and cases out of, the running assistant's database."""

    def __init__(self, stack: Stack, folder: Path, first: int = 50001) -> None:
        self.stack, self.folder = stack, folder
        self.numbers = itertools.count(first)
        self.importer: subprocess.Popen[str] | None = None

    def sells(self, placed: datetime, **given: Any) -> str:
        """Bring in an order by the import command; its number. What is not given is a plain toothbrush."""
        number = f"SC{next(self.numbers)}"
        order = {
            "number": number,
            "email": EMAIL,
            "postcode": "94016",
            "channel": "official_website",
            "country": "US",
            "currency": "USD",
            "placed_at": instant(placed),
            "delivered_at": None,
            "delivery_due_at": None,
            "expedited_fee": "12.00",
            "invoice_issued": True,
            "payment": "card",
            "fully_refunded": False,
            "lines": [line()],
            "gifts": [],
        } | {name: instant(value) if isinstance(value, datetime) else value for name, value in given.items()}
        file = self.folder / f"{number}.jsonl"
        file.write_text(json.dumps(order) + "\n")
        self._bring_in(file)
        return number

    def _bring_in(self, file: Path) -> None:
        """By the import command, in one process for all orders: starting one takes a second each time."""
        if self.importer is None:
            env = os.environ | self.stack.settings
            self.importer = subprocess.Popen(
                [sys.executable, "-c", IMPORTER], env=env, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
            )
        self.importer.stdin.write(f"{file}\n")
        self.importer.stdin.flush()
        answer = next((line for line in self.importer.stdout if line.startswith("exit ")), "it ended")
        assert answer == "exit 0\n", answer

    def close(self) -> None:
        """No more orders."""
        if self.importer is not None:
            self.importer.stdin.close()
            self.importer.wait(10)

    def cases(self, order_number: str) -> list[dict[str, Any]]:
        """The cases about this order, each with its items, as they stand in the database."""
        found = self.rows("select * from cases_case where order_number = ?", order_number)
        return [case | {"items": self._items(case["id"])} for case in found]

    def rows(self, query: str, *values: Any) -> list[dict[str, Any]]:
        """What the assistant's database answers, whichever it is; a value for each question mark."""
        return rows_of(self.stack.settings["SUPPORT_DATABASE_URL"], query, *values)

    def _items(self, case: int) -> list[dict[str, Any]]:
        rows = self.rows("select * from cases_caseitem where case_id = ? order by position", case)
        parsed = ("lines", "facts", "evidence", "decision")
        return [row | {name: _parsed(row[name]) for name in parsed} for row in rows]


def _parsed(stored: Any) -> Any:
    """JSON out of a column: SQLite gives it as text."""
    return json.loads(stored) if isinstance(stored, str) else stored


def line(**given: Any) -> dict[str, Any]:
    """A line of an order: a pink toothbrush unless something else is given."""
    return {
        "sku": "X3U-PNK",
        "name": "X3U Sonic Toothbrush",
        "colour": "pink",
        "quantity": 1,
        "unit_price_paid": "79.90",
        "free": False,
        "serials": ["X3U2409A001234"],
        "exchanges_made": 0,
        "replaced_on": None,
    } | given


def instant(when: datetime) -> str:
    """As the shop writes it: with the offset of the customer's wall clock."""
    return when.replace(tzinfo=None).isoformat(timespec="seconds") + "-05:00"


def months_before(when: datetime, months: int) -> datetime:
    """The same day so many months earlier."""
    return when - relativedelta(months=months)
