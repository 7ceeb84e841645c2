"""The audit log's lock: triggers of the database, which no code of the application passes by. Used by migrations."""

from typing import Any

TABLE = "desk_auditentry"
WHY = "the audit log is append-only"
SQLITE = [
    f"CREATE TRIGGER {TABLE}_no_{change.lower()} BEFORE {change} ON {TABLE} BEGIN SELECT RAISE(ABORT, '{WHY}'); END"
    for change in ("UPDATE", "DELETE")
]
POSTGRESQL = [
    f"CREATE FUNCTION {TABLE}_refuse() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RAISE EXCEPTION '{WHY}'; END $$",
    f"CREATE TRIGGER {TABLE}_locked BEFORE UPDATE OR DELETE OR TRUNCATE ON {TABLE} "
    f"FOR EACH STATEMENT EXECUTE FUNCTION {TABLE}_refuse()",
]


def lock_audit_log(apps: Any, schema_editor: Any) -> None:
    for statement in SQLITE if schema_editor.connection.vendor == "sqlite" else POSTGRESQL:
        schema_editor.execute(statement)


def unlock_audit_log(apps: Any, schema_editor: Any) -> None:
    if schema_editor.connection.vendor == "sqlite":
        for change in ("update", "delete"):
            schema_editor.execute(f"DROP TRIGGER {TABLE}_no_{change}")
    else:
        schema_editor.execute(f"DROP TRIGGER {TABLE}_locked ON {TABLE}")
        schema_editor.execute(f"DROP FUNCTION {TABLE}_refuse()")
