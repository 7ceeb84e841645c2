"""Orders as an import file has them."""

import copy
import json
from datetime import datetime, timezone
from pathlib import Path
from typing import Any

from support.orders.order_file import ImportCount, import_orders

NOW = datetime(2026, 11, 22, 12, tzinfo=timezone.utc)
DANA = "dana@example.com"

CONTRACT_LINE = {
    "sku": "X3U-PNK", "name": "X3U Sonic Toothbrush", "colour": "pink", "quantity": 1, "unit_price_paid": "79.90",
    "free": False, "serials": ["X3U2409A001234"], "exchanges_made": 0, "replaced_on": None,
}  # fmt: skip
CONTRACT_ORDER = {
    "number": "SC10234", "email": DANA, "postcode": "94016", "phone": None,
    "channel": "official_website", "country": "US", "currency": "USD", "placed_at": "2026-10-01T18:20:00-07:00",
    "delivery_due_at": None, "delivered_at": "2026-10-06T11:02:00-07:00", "expedited_fee": "12.00",
    "invoice_issued": True, "payment": "card", "fully_refunded": False, "lines": [CONTRACT_LINE],
    "gifts": [{"name": "Travel case", "value": "10.00"}],
}  # fmt: skip


def an_order(**changes: Any) -> dict[str, Any]:
    """The contract's own example, changed."""
    return copy.deepcopy(CONTRACT_ORDER) | changes


def a_line(**changes: Any) -> dict[str, Any]:
    return copy.deepcopy(CONTRACT_LINE) | changes


def bring(tmp_path: Path, content: bytes | str | list[dict]) -> tuple[ImportCount, list[str]]:
    """Imports a file with this content, or of these orders; what came of it and the complaints."""
    if isinstance(content, list):
        content = "".join(json.dumps(order) + "\n" for order in content)
    file = tmp_path / "orders.file"
    file.write_bytes(content.encode() if isinstance(content, str) else content)
    count, bad = ImportCount(), []
    import_orders(file, NOW, count, on_bad=lambda line: bad.append(str(line)))
    return count, bad


def bring_one(tmp_path: Path, **changes: Any) -> None:
    count, bad = bring(tmp_path, [an_order(**changes)])
    assert (count.orders, bad) == (1, [])
