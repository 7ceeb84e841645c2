"""Replicas of the code before a migration go on while it runs and after it: docs/operating.md says how."""

import pytest
from django.db import models
from django.db.migrations import AddField, CreateModel, DeleteModel, RemoveField, RenameField, RenameModel
from django.db.migrations.loader import MigrationLoader

BEFORE_THE_RULE = {
    "cases": 4,
    "conversations": 5,
    "desk": 3,
    "mail": 2,
    "orders": 1,
}
LET_GO: set[str] = set()  # "app 0007_name": takes away what the release before it uses no more
TAKES_AWAY = (DeleteModel, RemoveField, RenameField, RenameModel)


def trouble_with(operation: object) -> str:
    """Why code that does not know of this operation fails after it; empty if it does not."""
    if isinstance(operation, TAKES_AWAY):
        return "takes away what the code before may still use"
    if isinstance(operation, AddField):
        field = operation.field
        if not (field.null or field.has_db_default() or field.many_to_many):
            return "adds a column that the code before does not fill: null=True or db_default"
    return ""


def test_every_new_migration_lets_the_old_code_go_on():
    troubles = []
    for (app, name), migration in MigrationLoader(None).disk_migrations.items():
        if int(name[:4]) > BEFORE_THE_RULE.get(app, 10_000) and f"{app} {name}" not in LET_GO:
            troubles += [f"{app} {name}: {why}" for one in migration.operations if (why := trouble_with(one))]
    assert troubles == []


@pytest.mark.parametrize(
    ("operation", "goes_on"),
    [
        (AddField("case", "x", models.TextField(null=True)), True),
        (AddField("case", "x", models.TextField(db_default="")), True),
        (AddField("case", "x", models.TextField(default="")), False),
        (CreateModel("Thing", []), True),
        (RemoveField("case", "x"), False),
        (RenameField("case", "x", "y"), False),
        (DeleteModel("Thing"), False),
    ],
)
def test_what_the_rule_lets_through(operation, goes_on):
    assert bool(trouble_with(operation)) is not goes_on
