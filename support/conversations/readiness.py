"""Whether the database is there, with all the tables that this code wants."""

from __future__ import annotations

from django.db import connection
from django.db.migrations.executor import MigrationExecutor

_up_to_date = False


def database_state() -> dict[str, str]:
    """database and migrations, each "ok" or what is wrong in a word or two."""
    global _up_to_date
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1 FROM conversations_conversation WHERE id = ''")
    except Exception as error:
        connection.close()
        return {"database": type(error).__name__, "migrations": "unknown"}
    if not _up_to_date:  # once they are, they stay: nobody migrates backwards under a running process
        missing = _missing()
        _up_to_date = not missing
        return {"database": "ok", "migrations": f"{missing} to apply" if missing else "ok"}
    return {"database": "ok", "migrations": "ok"}


def _missing() -> int:
    executor = MigrationExecutor(connection)
    return len(executor.migration_plan(executor.loader.graph.leaf_nodes()))
