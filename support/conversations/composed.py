"""The statements that every turn runs, composed once.

Django composes the SQL of a statement each time it runs, which costs several times what a database needs for one row.
What they say is still Django's: its columns, its conversions, its dialects.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import cache
from typing import Any

from django.db import connection
from django.db.models import Field, Model, QuerySet
from django.db.models.sql import InsertQuery


class Query:
    """A queryset for some values. make: the queryset when given them. samples: values that it could be given, no two
    of them alike and none of them in it already; one id without."""

    def __init__(self, make: Callable[..., QuerySet[Any]], *samples: Any) -> None:
        self._make, self._samples = make, samples or ("<id>",)
        self._composed: dict[str, tuple[str, list[Any], Any]] = {}

    def rows(self, *values: Any) -> Iterator[tuple[Any, ...]]:
        """The rows, read as they are asked for."""
        if connection.vendor not in self._composed:
            self._composed[connection.vendor] = self._compose()
        sql, params, compiler = self._composed[connection.vendor]
        given = dict(zip(self._samples, values, strict=True))
        with connection.cursor() as cursor:
            cursor.execute(sql, [given.get(param, param) for param in params])
            yield from compiler.results_iter(results=[cursor], tuple_expected=True)

    def _compose(self) -> tuple[str, list[Any], Any]:
        compiler = self._make(*self._samples).query.get_compiler("default")
        sql, params = compiler.as_sql()
        return sql, list(params), compiler


def insert(row: Model) -> None:
    """row.save(force_insert=True), for a table without parents and a row that nobody listens to."""
    sql, fields, returning = _insert(type(row), connection.vendor)
    with connection.cursor() as cursor:
        cursor.execute(sql, [_stored(field, getattr(row, field.attname)) for field in fields])
        if returning:
            row.pk = connection.ops.fetch_returned_insert_columns(cursor, ())[0]
    row._state.adding, row._state.db = False, "default"


def update(row: Model, *names: str, **only_if: Any) -> bool:
    """row.save(update_fields=names), if its other fields are stored as only_if says; whether they were."""
    sql, values, conditions = _update(type(row), names, tuple(only_if), connection.vendor)
    params = [_stored(field, getattr(row, field.attname)) for field in values]
    wanted = [row.pk, *only_if.values()]
    params += [_stored(field, value) for field, value in zip(conditions, wanted, strict=True)]
    with connection.cursor() as cursor:
        cursor.execute(sql, params)
        return cursor.rowcount > 0


def _stored(field: Field[Any, Any], value: Any) -> Any:
    return field.get_db_prep_save(value, connection)


@cache
def _insert(model: type[Model], _vendor: str) -> tuple[str, list[Field[Any, Any]], bool]:
    given = model._meta.auto_field
    fields = [field for field in model._meta.concrete_fields if field is not given]
    query = InsertQuery(model)
    query.insert_values(fields, [model()], raw=True)
    compiler = query.get_compiler("default")
    compiler.returning_fields = [given] if given else None
    [(sql, _)] = compiler.as_sql()
    return sql, fields, bool(given)


@cache
def _update(
    model: type[Model], names: tuple[str, ...], conditions: tuple[str, ...], _vendor: str
) -> tuple[str, list[Field[Any, Any]], list[Field[Any, Any]]]:
    values = [model._meta.get_field(name) for name in names]
    wanted = [model._meta.pk, *(model._meta.get_field(name) for name in conditions)]
    name_of = connection.ops.quote_name
    changes = ", ".join(f"{name_of(field.column)} = %s" for field in values)
    only = " AND ".join(f"{name_of(field.column)} = %s" for field in wanted)
    return f"UPDATE {name_of(model._meta.db_table)} SET {changes} WHERE {only}", values, wanted
