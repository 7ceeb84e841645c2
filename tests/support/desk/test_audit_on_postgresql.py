"""The audit log on PostgreSQL: our migrations run there, and its triggers refuse what SQLite's refuse."""

import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import psycopg2
import pytest

from tests.servers.postgresql import running_postgresql

ROOT = Path(__file__).resolve().parents[3]
WRITE = """
from support.conversations import erasure, log
from django.utils import timezone
conversation, _ = log.start("", "en", timezone.now())
erasure.begin(conversation.pk, timezone.now())
"""


@pytest.fixture(scope="module")
def database() -> Iterator[psycopg2.extensions.connection]:
    """Migrated, with one row in the audit log that our own code wrote."""
    with running_postgresql() as server:
        address = server.address()
        environ = os.environ | {"SUPPORT_DATABASE_URL": address, "DJANGO_SETTINGS_MODULE": "support.settings"}
        for command in (["migrate", "-v0"], ["shell", "-v0", "-c", WRITE]):
            subprocess.run([sys.executable, "-m", "django", *command], check=True, cwd=ROOT, env=environ)
        connection = psycopg2.connect(address)
        connection.autocommit = True
        yield connection
        connection.close()


def rows(database: psycopg2.extensions.connection) -> list[tuple[str, str]]:
    with database.cursor() as cursor:
        cursor.execute("SELECT who, action FROM desk_auditentry")
        return cursor.fetchall()


@pytest.mark.parametrize(
    "statement",
    ["UPDATE desk_auditentry SET who = 'x'", "DELETE FROM desk_auditentry", "TRUNCATE desk_auditentry"],
)
def test_the_database_refuses_to_change_or_delete_a_row(database, statement):
    with database.cursor() as cursor, pytest.raises(psycopg2.Error, match="append-only"):
        cursor.execute(statement)
    assert rows(database) == [("customer", "erased the conversation")]
