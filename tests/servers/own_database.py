"""A database for one test: on the PostgreSQL of this run, if it has one (`python -m tests.servers`), else in a file."""

import os
import shutil
import sqlite3
import uuid
from datetime import date
from pathlib import Path
from typing import Any

import psycopg2

from tests.servers.postgresql import create

SQLITE = "sqlite:///"


def own_database(folder: Path, name: str = "support", like: str = "") -> str:
    """The address of an empty database, or of a copy of the one at `like`, to which nobody is connected."""
    given = os.environ.get("SUPPORT_DATABASE_URL", "")
    if not given.startswith("postgres"):
        if like:
            shutil.copy(like.removeprefix(SQLITE), folder / f"{name}.sqlite3")
        return f"{SQLITE}{folder}/{name}.sqlite3"
    server, own = given.rsplit("/", 1)[0], f"own_{uuid.uuid4().hex}"
    create(f"{server}/postgres", own, like.rpartition("/")[2] or "template1")
    return f"{server}/{own}"


def rows_of(address: str, query: str, *values: Any) -> list[dict[str, Any]]:
    """What the database with this address answers, row by row with its names; a value for each question mark.

    Days are as SQLite has them: "2026-12-01".
    """
    database = _connected(address)
    try:
        cursor = database.cursor()
        cursor.execute(_in_the_words_of(address, query), values)
        names = [column[0] for column in cursor.description]
        return [dict(zip(names, map(_as_in_a_file, row), strict=True)) for row in cursor.fetchall()]
    finally:
        database.close()


def change(address: str, statement: str, *values: Any) -> None:
    """Runs a statement in the database with this address, as somebody from outside."""
    database = _connected(address)
    try:
        database.cursor().execute(_in_the_words_of(address, statement), values)
        database.commit()
    finally:
        database.close()


def _connected(address: str) -> Any:
    is_file = address.startswith(SQLITE)
    return sqlite3.connect(address.removeprefix(SQLITE), timeout=20) if is_file else psycopg2.connect(address)


def _in_the_words_of(address: str, statement: str) -> str:
    return statement if address.startswith(SQLITE) else statement.replace("%", "%%").replace("?", "%s")


def _as_in_a_file(value: Any) -> Any:
    return value.isoformat() if type(value) is date else value
