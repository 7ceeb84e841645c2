"""The database brought up to date by one start at a time: a second one waits, and then finds nothing to do."""

from collections.abc import Iterator
from contextlib import contextmanager

LOCK = 0x50FA  # any number that nobody else takes


def migrate() -> None:
    """Runs what is new of the migrations. Raises DatabaseError."""
    from django.core.management import call_command

    with alone():
        call_command("migrate", verbosity=0, interactive=False)


@contextmanager
def alone() -> Iterator[None]:
    """Nobody else is within this, on PostgreSQL; a data folder with an SQLite file has one start anyway.

    The lock belongs to the connection: it ends with this process, whatever ends it.
    """
    from django.db import connection

    if connection.vendor != "postgresql":
        yield
        return
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_lock(%s)", [LOCK])
        try:
            yield
        finally:
            cursor.execute("SELECT pg_advisory_unlock(%s)", [LOCK])
