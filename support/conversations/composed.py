"""The statements that every turn runs, composed once.

Django composes the SQL of a statement each time it runs, which costs several times what a database needs for one row.
What they say is still Django's: its columns, its conversions, its dialects. A value that is stored as it is needs no
conversion, and the connection of this thread is looked up once for each statement.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from functools import cache
from typing import Any

from django.db import DEFAULT_DB_ALIAS, connections, models
from django.db.models import Field, Model, QuerySet
from django.db.models.sql import InsertQuery

AS_IT_IS: dict[type, type] = {
    models.BigAutoField: int,
    models.BooleanField: bool,
    models.CharField: str,
    models.FloatField: float,
    models.PositiveIntegerField: int,
    models.TextField: str,
}
Column = tuple[str, Any, Any]  # name of the attribute, field, type of what is stored as it is


class Query:
    """A queryset for some values. make: the queryset when given them. samples: values that it could be given, no two
    of them alike and none of them in it already; one id without."""

    def __init__(self, make: Callable[..., QuerySet[Any]], *samples: Any) -> None:
        self._make, self._samples = make, samples or ("<id>",)
        self._composed: dict[str, tuple[str, list[Any], Any, dict[int, Any]]] = {}

    def rows(self, *values: Any) -> Iterator[tuple[Any, ...]]:
        """The rows, read as they are asked for."""
        database = connections[DEFAULT_DB_ALIAS]
        if database.vendor not in self._composed:
            self._composed[database.vendor] = self._compose()
        sql, params, compiler, converters = self._composed[database.vendor]
        given = dict(zip(self._samples, values, strict=True))
        with database.cursor() as cursor:
            cursor.execute(sql, [given.get(param, param) for param in params])
            yield from map(tuple, compiler.apply_converters(cursor, converters)) if converters else cursor

    def _compose(self) -> tuple[str, list[Any], Any, dict[int, Any]]:
        compiler = self._make(*self._samples).query.get_compiler(DEFAULT_DB_ALIAS)
        sql, params = compiler.as_sql()
        read = [column for column, *_ in compiler.select[: compiler.col_count]]
        return sql, list(params), compiler, compiler.get_converters(read)


def insert(row: Model) -> None:
    """row.save(force_insert=True), for a table without parents and a row that nobody listens to."""
    database = connections[DEFAULT_DB_ALIAS]
    sql, columns, returning = _insert(type(row), database.vendor)
    with database.cursor() as cursor:
        cursor.execute(sql, _stored(columns, [getattr(row, name) for name, *_ in columns], database))
        if returning:
            row.pk = database.ops.fetch_returned_insert_columns(cursor, ())[0]
    row._state.adding, row._state.db = False, DEFAULT_DB_ALIAS


def update(row: Model, *names: str) -> None:
    """row.save(update_fields=names), a foreign key by the name of its column. One that is gone stays so."""
    change(type(row), row.pk, {name: getattr(row, name) for name in names})


def change(model: type[Model], pk: Any, values: Mapping[str, Any], **only_if: Any) -> bool:
    """The row gets these values, if its other fields are stored as only_if says; whether they were."""
    database = connections[DEFAULT_DB_ALIAS]
    sql, columns = _update(model, tuple(values), tuple(only_if), database.vendor)
    with database.cursor() as cursor:
        cursor.execute(sql, _stored(columns, (*values.values(), pk, *only_if.values()), database))
        return cursor.rowcount > 0


def _stored(columns: Sequence[Column], values: Iterable[Any], database: Any) -> list[Any]:
    """The values as the database takes them."""
    return [
        value if value is None or type(value) is kind else field.get_db_prep_save(value, database)
        for value, (_, field, kind) in zip(values, columns, strict=True)
    ]


def _column(field: Field[Any, Any]) -> Column:
    """With the type of those of its values that are stored as they are."""
    kept = field
    while isinstance(kept, models.ForeignKey):
        kept = kept.target_field
    return field.attname, field, AS_IT_IS.get(type(kept))


@cache
def _insert(model: type[Model], _vendor: str) -> tuple[str, list[Column], bool]:
    given = model._meta.auto_field
    fields = [field for field in model._meta.concrete_fields if field is not given]
    query = InsertQuery(model)
    query.insert_values(fields, [model()], raw=True)
    compiler = query.get_compiler(DEFAULT_DB_ALIAS)
    compiler.returning_fields = [given] if given else None
    [(sql, _)] = compiler.as_sql()
    return sql, list(map(_column, fields)), bool(given)


@cache
def _update(
    model: type[Model], names: tuple[str, ...], conditions: tuple[str, ...], _vendor: str
) -> tuple[str, list[Column]]:
    values = [model._meta.get_field(name) for name in names]
    wanted = [model._meta.pk, *(model._meta.get_field(name) for name in conditions)]
    name_of = connections[DEFAULT_DB_ALIAS].ops.quote_name
    changes = ", ".join(f"{name_of(field.column)} = %s" for field in values)
    only = " AND ".join(f"{name_of(field.column)} = %s" for field in wanted)
    sql = f"UPDATE {name_of(model._meta.db_table)} SET {changes} WHERE {only}"
    return sql, [_column(field) for field in (*values, *wanted)]
