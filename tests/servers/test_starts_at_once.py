"""Several starts on one PostgreSQL: one of them brings the tables up to date, the others wait for it."""

import os
import subprocess
import sys
from collections.abc import Iterator

import psycopg2
import pytest

from support.run.environment import ROOT
from support.run.migrating import LOCK
from tests.servers.postgresql import PostgreSQL, running_postgresql
from tests.servers.programs import until

WAITING = "SELECT count(*) FROM pg_locks WHERE locktype = 'advisory' AND NOT granted"


@pytest.fixture(scope="module")
def server() -> Iterator[PostgreSQL]:
    with running_postgresql() as one:
        yield one


def start(address: str) -> subprocess.Popen[str]:
    environ = os.environ | {"SUPPORT_DATABASE_URL": address, "DJANGO_SETTINGS_MODULE": "support.settings"}
    return subprocess.Popen(
        [sys.executable, "-m", "support.run.prepare"],
        cwd=ROOT,
        env=environ | {"SUPPORT_DEMO_ORDERS": "0"},
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    )


def test_two_starts_on_an_empty_database_both_succeed_and_the_second_waits_for_the_first(server: PostgreSQL) -> None:
    address = server.create("two")
    with psycopg2.connect(address) as held, held.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_lock(%s)", [LOCK])  # a third start that takes long
        starts = [start(address) for _ in range(2)]

        def waiting() -> int:
            cursor.execute(WAITING)
            return cursor.fetchone()[0]

        until(lambda: waiting() == 2)
        cursor.execute("SELECT to_regclass('django_migrations')")
        assert cursor.fetchone()[0] is None
        cursor.execute("SELECT pg_advisory_unlock(%s)", [LOCK])
        held.commit()
        assert [one.wait(60) for one in starts] == [0, 0], [one.stdout.read() for one in starts]
        cursor.execute("SELECT count(*), count(DISTINCT (app, name)) FROM django_migrations")
        ran, different = cursor.fetchone()
        assert ran == different > 10


def test_a_start_that_is_killed_while_it_migrates_holds_nobody_up(server: PostgreSQL) -> None:
    address = server.create("killed")
    with psycopg2.connect(address) as watching, watching.cursor() as cursor:
        watching.autocommit = True
        killed = start(address)

        def holds() -> bool:
            cursor.execute("SELECT count(*) FROM pg_locks WHERE locktype = 'advisory' AND granted")
            return cursor.fetchone()[0] > 0

        until(holds)
        killed.kill()
        killed.wait()
    after = start(address)
    assert after.wait(60) == 0, after.stdout.read()
