"""Two real web processes, one of them killed in the middle of reminding: everybody is reminded, nobody twice."""

import signal
import subprocess
import sys
from collections import Counter

from web_server import ROOT

from tests.servers.own_database import rows_of
from tests.servers.programs import until

CASES = 120
FILL = f"""
import django; django.setup()
from datetime import datetime, timedelta, timezone
from django.db import transaction
from shelf import RETURN, act, opened
from support.cases.services import approve
approved_at = datetime.now(timezone.utc) - timedelta(days=2, hours=12)
bought = str((approved_at - timedelta(days=30)).date())
claim = {{**RETURN, "order.purchased_on": bought, "order.delivered_on": bought}}
with transaction.atomic():
    for _ in range({CASES}):
        case = opened(claim, timezone="UTC", now=approved_at)
        approve(case.number, act(at=approved_at))
    late = opened(claim, timezone="UTC", now=approved_at - timedelta(days=20))
"""


def rows(web, sql: str) -> list[tuple]:
    return [tuple(row.values()) for row in rows_of(web.database, sql)]


def reminded(web) -> int:
    return rows(web, "select count(*) from cases_reminder where what = 'soon'")[0][0]


def test_a_kill_in_the_middle_loses_nothing_and_repeats_nothing(own):
    _, make = own
    first = make(SUPPORT_DOMAIN=str(ROOT / "domain.yml"))
    environ = {**first.environ, "PYTHONPATH": f"{ROOT}:{ROOT / 'tests' / 'cases'}"}
    subprocess.run([sys.executable, "-c", FILL], check=True, cwd=ROOT, env=environ)
    second = make(SUPPORT_DOMAIN=str(ROOT / "domain.yml"))
    until(lambda: reminded(first) > 5, 20)
    first.stop(signal.SIGKILL)
    died_with = rows(first, "select holder from cases_lease")  # nobody takes it over if all was done by then
    until(lambda: reminded(first) == CASES, 30)
    until(lambda: rows(first, "select count(*) from cases_reminder where what = 'overdue'")[0][0] == 1)
    told = rows(first, "select conversation_id, text from conversations_message where text like 'A quick reminder%'")
    assert len(told) == CASES
    assert set(Counter(conversation for conversation, _ in told).values()) == {1}
    assert rows(first, "select count(*) from cases_notice where kind = 'reminder_send' and seq is null") == [(0,)]
    second.stop()
    assert set(rows(first, "select holder from cases_lease")) <= set(died_with)  # the other's is given back
    assert "Traceback" not in second.log()
