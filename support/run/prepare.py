"""Before the first request: the database brought up to date, demo orders loaded. Run apart: Rasa starts meanwhile."""

from __future__ import annotations

import json
import os
import sys
from datetime import datetime, timedelta, timezone

from support.run.migrating import migrate
from support.run.problem import Problem
from support.run.supervisor import PREPARED


def prepare() -> list[tuple[str, str, str, str]]:
    """Migrates; the demo orders (number, e-mail, postcode, what it is good for), none if SUPPORT_DEMO_ORDERS is 0."""
    import django
    from django.db.utils import DatabaseError

    django.setup()
    try:
        migrate()
        if os.environ.get("SUPPORT_DEMO_ORDERS", "1") != "1":
            return []
        from support.orders.demo import load_demo_orders

        latest_day = datetime.now(timezone(timedelta(hours=-12))).date()  # where a day ends last (I.where)
        return [(order.number, order.email, order.postcode, order.what) for order in load_demo_orders(latest_day)]
    except (DatabaseError, OSError) as error:
        raise Problem(f"the database cannot be used ({str(error).strip()}): SUPPORT_DATABASE_URL names it") from error


if __name__ == "__main__":
    try:
        print(PREPARED + json.dumps(prepare()))
    except Problem as problem:
        sys.exit(str(problem))
