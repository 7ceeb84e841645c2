"""How quickly a desk with very many cases is served, and how quickly all are replayed. Prints figures, asserts nothing.

    python -m benchmarks.cases [--cases 100000]

Works in a database of its own: a new SQLite file, or the (empty!) one of CASES_BENCHMARK_DATABASE_URL. One case in
fifty is open, as after two years; each list is asked for as the desk asks for it, 50 lines a page.
"""

import argparse
import os
import random
import statistics
import tempfile
import time
from collections.abc import Callable, Iterator
from datetime import date, datetime, timedelta, timezone
from pathlib import Path
from typing import Any

NOW = datetime(2026, 11, 22, 12, tzinfo=timezone.utc)
ROUNDS = 9
BATCH = 5000


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--cases", type=int, default=100_000)
    asked = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        set_up(Path(folder))
        began = time.perf_counter()
        fill(asked.cases)
        print(f"filled with {asked.cases} cases in {time.perf_counter() - began:.0f} s")
        for what, call in calls().items():
            measure(what, call)
        measure_replay()
    return 0


def set_up(folder: Path) -> None:
    url = os.environ.get("CASES_BENCHMARK_DATABASE_URL", f"sqlite:///{folder / 'benchmark.sqlite3'}")
    os.environ |= {"SUPPORT_DATABASE_URL": url, "DJANGO_SETTINGS_MODULE": "support.settings"}
    import django
    from django.core.management import call_command

    django.setup()
    call_command("migrate", verbosity=0, skip_checks=True)
    print(f"database: {url.split(':')[0]}")


def fill(count: int) -> None:
    """Cases with one item and their moves, always the same ones, written past the services."""
    from support.cases.models import Case, CaseItem, CaseMove

    numbers = iter(range(count))
    while batch := [case for _, case in zip(range(BATCH), cases(numbers), strict=False)]:
        Case.objects.bulk_create(batch)
        CaseItem.objects.bulk_create(item(case) for case in batch)
        CaseMove.objects.bulk_create(move for case in batch for move in moves(case))


def cases(numbers: Iterator[int]) -> Iterator[Any]:
    from support.cases.docket import plan
    from support.cases.models import Case

    for number in numbers:
        chance = random.Random(number)
        is_open = number % 50 == 0
        opened = NOW - timedelta(days=chance.uniform(0, 12 if is_open else 700))
        state = chance.choice(("under_review", "goods_awaited")) if is_open else chance.choice(("closed", "refused"))
        case = Case(
            number=f"C-{number:08d}",
            opened_by=f"message-{number}",
            conversation=f"{number:032d}",
            order_number=f"SC{number // 2}",
            state=state,
            outcome="eligible",
            policy_version="2026-11-22",
            opened_at=opened,
            changed_at=opened,
            timezone="America/New_York",
            review_by=opened.date() + timedelta(days=5),
            send_by=opened.date() + timedelta(days=8),
        )
        plan(case)
        yield case


def item(case: Any) -> Any:
    from policy import decide, parse_facts
    from support.cases.models import CaseItem

    bought = str((case.opened_at - timedelta(days=20)).date())
    known = {
        "now": case.opened_at.isoformat(),
        "customer_timezone": "America/New_York",
        "request": "return",
        "order.channel": "official_website",
        "order.purchased_on": bought,
        "order.delivered": True,
        "order.delivered_on": bought,
        "order.currency": "USD",
        "order.price_paid": "79.90",
        "order.gift_value": "0",
        "claim.reason": "changed_mind",
        "claim.unused": True,
        "claim.packaging_complete": True,
        "claim.contents_complete": True,
        "claim.photos": 1,
    }
    facts = {name: {"value": value, "source": "customer"} for name, value in known.items()}
    decision = decide(parse_facts(known)).as_dict()
    result = "refused" if case.state == "refused" else ""
    evidence = {"photos": ["p"]}
    return CaseItem(
        case=case,
        position=0,
        name="Brush",
        lines=[[0, 1]],
        facts=facts,
        evidence=evidence,
        decision=decision,
        result=result,
    )


def moves(case: Any) -> Iterator[Any]:
    from support.cases.models import CaseMove

    answered = case.opened_at + timedelta(days=2)
    yield CaseMove(case=case, key="1", previous="draft", state="under_review", actor="customer", at=case.opened_at)
    if case.state != "under_review":
        given = {"due": "answer", "due_at": answered + timedelta(days=1), "clauses": ["R.window", "R.unused"]}
        answer = "refused" if case.state == "refused" else "approved"
        yield CaseMove(
            case=case, key="2", previous="under_review", state=answer, actor="agent", actor_id="7", at=answered, **given
        )


def calls() -> dict[str, Callable[[], Any]]:
    from support.cases import services
    from support.cases.reminding import is_anything_due

    open_states = ("under_review", "approved", "goods_awaited", "received", "inspected")
    year = (NOW - timedelta(days=365), NOW)
    number = "C-00000050"
    return {
        "list of open cases": lambda: services.list_cases(NOW, open_states),
        "list of open cases, page 20": lambda: services.list_cases(NOW, open_states, offset=1000),
        "list of all cases": lambda: services.list_cases(NOW),
        "overdue cases": lambda: services.overdue_cases(NOW),
        "how many are overdue": lambda: services.count_overdue(NOW),
        "due within a day": lambda: services.due_soon(NOW, NOW + timedelta(days=1)),
        "how many in each state": services.count_by_state,
        "the file of one case": lambda: services.case_file(number, NOW),
        "is anything due? (every 2 s)": lambda: is_anything_due(datetime.combine(date(2020, 1, 1), NOW.timetz())),
        "a year's outcomes by clause": lambda: services.outcomes_by_clause(*year),
        "a year's promises kept": lambda: services.deadline_keeping(*year, NOW),
        "a year's endings": lambda: services.endings(*year),
        "a year's answer times": lambda: services.answer_times(*year),
    }


def measure(what: str, call: Callable[[], Any]) -> None:
    taken = []
    for _ in range(ROUNDS):
        began = time.process_time(), time.perf_counter()
        call()
        taken.append((time.process_time() - began[0], time.perf_counter() - began[1]))
    cpu, wall = (statistics.median(column) * 1000 for column in zip(*taken, strict=True))
    print(f"{what:32} {wall:8.1f} ms, {cpu:8.1f} ms of our CPU")


def measure_replay() -> None:
    from dataclasses import replace

    from policy import TERMS
    from support.cases.replay import replay

    began, cpu = time.perf_counter(), time.process_time()
    *_, result = replay(replace(TERMS, version="trial", return_window_days=14))
    seconds, cpu = time.perf_counter() - began, time.process_time() - cpu
    print(f"replay: {result.items} items in {seconds:.1f} s ({cpu:.1f} s CPU), {len(result.flips)} answers flip")


if __name__ == "__main__":
    raise SystemExit(main())
