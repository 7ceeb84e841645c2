"""How quickly the desk opens with 100,000 cases and 5,000 people waiting, for `make bench`. Alone, on a new SQLite or
on a PostgreSQL of its own:

    python -m benchmarks.bench_lists [--cases 100000] [--waiting 5000] [--postgresql | --url postgresql://…/EMPTY]

Fills the tables past the services, starts a web process (no Rasa), signs in as an agent, opens pages. Prints JSON:
what is opened, and the median of so many milliseconds from asking to the last byte.
"""

from __future__ import annotations

import argparse
import json
import os
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import AbstractContextManager, nullcontext
from datetime import timedelta
from pathlib import Path
from typing import Any

from tests.servers.postgresql import PostgreSQL, running_postgresql

CASES, WAITING = 100_000, 5_000
ROUNDS = 9
BATCH = 5000
PAGES = {
    "the desk: all lists": "/desk/",
    "the lists again (at each change)": "/desk/line",
    "cases by what is due": "/desk/cases",
    "cases that are closed": "/desk/cases?state=closed",
    "a case by its number": "/desk/cases?find=C-00000050",
    "a conversation with its case": "/desk/conversations/{conversation}",
}
COMMAND = ("cases", "list")


def on_both_databases() -> dict[str, dict[str, float]]:
    """Milliseconds of each page and command, by what it is, of each database."""
    return {"SQLite": _measured(), "PostgreSQL": _measured("--postgresql")}


def _measured(*given: str) -> dict[str, float]:
    """In a process of its own: Django takes one database."""
    command = [sys.executable, "-m", "benchmarks.bench_lists", *given]
    told = subprocess.run(command, check=True, stdout=subprocess.PIPE, text=True).stdout
    return dict(json.loads(told.splitlines()[-1]))


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--cases", type=int, default=CASES)
    parser.add_argument("--waiting", type=int, default=WAITING)
    parser.add_argument("--url", help="of an empty database")
    parser.add_argument("--postgresql", action="store_true", help="on a server of its own")
    asked = parser.parse_args()
    with tempfile.TemporaryDirectory() as name, _server(asked.postgresql) as server:
        folder = Path(name)
        url = server.create("lists") if server else asked.url or f"sqlite:///{folder / 'support.sqlite3'}"
        _fill(url, asked.cases, asked.waiting)
        print(json.dumps(_opened(folder, url)))


def _server(is_wanted: bool) -> AbstractContextManager[PostgreSQL | None]:
    return running_postgresql() if is_wanted else nullcontext()


def _fill(url: str, cases: int, waiting: int) -> None:
    os.environ["CASES_BENCHMARK_DATABASE_URL"] = url
    from django.db import connection

    from benchmarks import cases as benchmark

    with tempfile.TemporaryDirectory() as unused:
        benchmark.set_up(Path(unused))
    benchmark.fill(cases)
    for rows in _batches(
        range(cases), lambda number: _conversation(number, number < waiting * 20 and number % 20 == 0)
    ):
        type(rows[0]).objects.bulk_create(rows)
    _say_in_each()
    for rows in _batches(range(0, waiting * 20, 20), _owner_changes):
        type(rows[0]).objects.bulk_create(rows)
    _agent()
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("analyze")  # which it does by itself, a minute later


def _batches(numbers: range, rows: Callable[[int], list[Any]]) -> Iterator[list[Any]]:
    for start in range(0, len(numbers), BATCH):
        yield [row for number in numbers[start : start + BATCH] for row in rows(number)]


def _conversation(number: int, waits: bool) -> list[Any]:
    """The conversation of the case of this number: waiting, or closed long ago."""
    from benchmarks.cases import NOW
    from support.conversations.models import Conversation

    changed = NOW - (timedelta(seconds=number) if waits else timedelta(minutes=5 * number))
    known = {"owner": "waiting", "waiting_since": changed} if waits else {"owner": "closed"}
    return [
        Conversation(
            id=f"{number:032d}",
            token_digest=f"{number:064d}",
            last_seq=2,
            revision=2,
            created_at=changed,
            changed_at=changed,
            **known,
        )
    ]


def _say_in_each() -> None:
    """Two messages in every conversation: those of the first, copied by the database."""
    from django.db import connection

    from benchmarks.cases import NOW
    from support.conversations.models import Message

    first = f"{0:032d}"
    said = [("customer", "My toothbrush stopped charging"), ("bot", "I'm sorry. Which order is it?")]
    for seq, (sender, text) in enumerate(said, 1):
        Message.objects.create(conversation_id=first, seq=seq, sender=sender, text=text, at=NOW)
    copied = [field.column for field in Message._meta.concrete_fields if field.name not in ("id", "conversation")]
    columns = ", ".join(f'"{column}"' for column in copied)
    of_each = ", ".join(f'm."{column}"' for column in copied)
    with connection.cursor() as cursor:
        cursor.execute(
            f"insert into conversations_message (conversation_id, {columns}) select c.id, {of_each}"
            " from conversations_conversation c, conversations_message m"
            " where m.conversation_id = %s and c.id <> m.conversation_id",
            [first],
        )


def _owner_changes(number: int) -> list[Any]:
    from benchmarks.cases import NOW
    from support.conversations.models import OwnerChange

    given = {"previous": "bot", "owner": "waiting", "reason": "customer asked for a person", "at": NOW}
    return [OwnerChange(conversation_id=f"{number:032d}", **given)]


def _agent() -> None:
    from django.contrib.auth.models import Group, User

    from tests.support.desk.live_desk import SECRET

    User.objects.create_user("mia", password=SECRET).groups.add(Group.objects.get(name="agent"))


def _opened(folder: Path, url: str) -> dict[str, float]:
    from support.run.free_ports import free_port
    from tests.support.desk.live_desk import DOMAIN, Desk
    from tests.support.widget.web_server import WebServer

    as_they_are = {"SUPPORT_CLOSE_CASES_DAYS": "0"}  # half of them were never closed, which it would do meanwhile
    web = WebServer(folder, free_port(), url, **as_they_are)
    web.prepare(DOMAIN)
    web.start()
    try:
        desk = Desk(web, "mia")
        pages = {what: path.format(conversation=f"{0:032d}") for what, path in PAGES.items()}
        found = {what: _milliseconds(lambda path=path: _open(desk, path)) for what, path in pages.items()}
    finally:
        web.stop()
    found["open cases, as the command lists them, in a running program"] = _milliseconds(_list)
    return found | {"`support cases list`, as a command": _milliseconds(lambda: _command(web.environ))}


def _open(desk: Any, path: str) -> None:
    desk.http.get(path).raise_for_status()


def _list() -> None:
    from benchmarks.cases import NOW
    from support.cases.case_list import count_by_state, list_cases
    from support.cases.case_sheet import case_line
    from support.cases.life import OPEN

    count_by_state()
    for row in list_cases(NOW, tuple(OPEN)):
        case_line(row)


def _command(environ: Mapping[str, str]) -> None:
    subprocess.run([sys.executable, "-m", "support.cli", *COMMAND], check=True, env=environ, capture_output=True)


def _milliseconds(call: Callable[[], None]) -> float:
    taken = []
    for _ in range(ROUNDS):
        began = time.perf_counter()
        call()
        taken.append(1000 * (time.perf_counter() - began))
    return statistics.median(taken)


if __name__ == "__main__":
    main()
