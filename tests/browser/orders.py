"""What the customers of the browser tests have bought: several orders of each kind, brought in at once."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections import defaultdict
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

from dateutil.relativedelta import relativedelta

from support.run.stack import Stack
from tests.conversations.shop import instant, line

EMAIL = "dana@example.com"
SERIAL = "X3U2409A001234"
EACH = 18


def kinds(today: datetime) -> dict[str, dict[str, Any]]:
    """By name: placed, delivered and due as dates; what is not given is a plain toothbrush."""

    def delivered(days: int, **given: Any) -> dict[str, Any]:
        day = today - timedelta(days=days)
        return {"placed_at": day - timedelta(days=5), "delivered_at": day, **given}

    old = today - relativedelta(months=13)
    return {
        "ten days ago": delivered(10, gifts=[{"name": "Travel case", "value": "10.00"}]),
        "31 days ago": delivered(31),
        "13 months ago": {"placed_at": old, "delivered_at": old + timedelta(days=4)},
        "exchanged once": delivered(8, lines=[line(exchanges_made=1)]),
        "due in four days": {
            "placed_at": today - timedelta(days=1),
            "delivered_at": None,
            "delivery_due_at": today + timedelta(days=4),
        },
        "from a dealer": delivered(12, channel="authorized_dealer"),
        "nobody knows when": {"placed_at": today - timedelta(days=20), "delivered_at": None, "delivered": True},
    }


class Orders:
    """Numbers of orders that nobody has spoken about yet."""

    def __init__(self, stack: Stack, folder: Path, today: datetime) -> None:
        self.free: dict[str, list[str]] = defaultdict(list)
        file = folder / "orders.jsonl"
        with file.open("w") as lines:
            for name, given in kinds(today).items():
                for _ in range(EACH):
                    number = f"SC{70001 + sum(map(len, self.free.values()))}"
                    self.free[name].append(number)
                    lines.write(json.dumps(_order(number, given)) + "\n")
        command = [sys.executable, "-m", "support.cli", "orders", "import", str(file)]
        subprocess.run(command, check=True, env=os.environ | stack.settings, capture_output=True)

    def one(self, kind: str) -> str:
        """The number of a fresh order of this kind."""
        return self.free[kind].pop()


def _order(number: str, given: dict[str, Any]) -> dict[str, Any]:
    order = {
        "number": number,
        "email": EMAIL,
        "postcode": "94016",
        "channel": "official_website",
        "country": "US",
        "currency": "USD",
        "expedited_fee": "12.00",
        "invoice_issued": True,
        "payment": "card",
        "fully_refunded": False,
        "lines": [line()],
    } | given
    return {name: instant(value) if isinstance(value, datetime) else value for name, value in order.items()}
