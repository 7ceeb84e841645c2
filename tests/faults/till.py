"""Orders for a crowd: many at once, none of them delivered."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Iterator
from datetime import datetime, timedelta, timezone
from pathlib import Path

from support.run.stack import Stack
from tests.conversations.shop import EMAIL, instant, line


def bring_in(stack: Stack, folder: Path, first: int, count: int) -> Iterator[str]:
    """The numbers of so many new orders, by the import command."""
    today = (datetime.now(timezone.utc) - timedelta(hours=5)).replace(hour=12)
    placed, due = instant(today - timedelta(days=1)), instant(today + timedelta(days=9))
    numbers = [f"SC{first + place}" for place in range(count)]
    fixed = {"email": EMAIL, "postcode": "94016", "channel": "official_website", "country": "US", "currency": "USD"}
    fixed |= {"placed_at": placed, "delivery_due_at": due, "expedited_fee": "12.00", "lines": [line()]}
    file = folder / f"crowd-{first}.jsonl"
    file.write_text("".join(json.dumps({"number": number, **fixed}) + "\n" for number in numbers))
    command = [sys.executable, "-m", "support.cli", "orders", "import", str(file)]
    subprocess.run(command, check=True, env=os.environ | stack.settings, capture_output=True)
    return iter(numbers)
