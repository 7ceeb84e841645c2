"""The database from the event loop: in threads of our own that keep their connection."""

import asyncio
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from contextvars import copy_context
from functools import cache
from typing import Any, TypeVar

from django.db import InterfaceError, OperationalError, connection

Result = TypeVar("Result")


async def reading(call: Callable[..., Result], *args: Any) -> Result:
    return await asyncio.get_running_loop().run_in_executor(_pools()[0], copy_context().run, _call, call, args)


async def writing(call: Callable[..., Result], *args: Any) -> Result:
    """On SQLite one write after the other: waiting here is fair and quick, waiting for its lock is neither."""
    return await asyncio.get_running_loop().run_in_executor(_pools()[1], copy_context().run, _call, call, args)


async def watching(call: Callable[..., Result], *args: Any) -> Result:
    """Always in the same thread, hence on the same connection."""
    return await asyncio.get_running_loop().run_in_executor(_pools()[2], copy_context().run, _call, call, args)


def compact() -> None:
    """On SQLite: what was deleted is no longer in the file's log of changes either, unless somebody reads it now."""
    if connection.vendor == "sqlite":
        with connection.cursor() as cursor:
            cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)")


@cache
def _pools() -> tuple[ThreadPoolExecutor, ThreadPoolExecutor, ThreadPoolExecutor]:
    writers = 1 if connection.vendor == "sqlite" else 8
    sizes = {"read": 4, "write": writers, "watch": 1}
    read, write, watch = (ThreadPoolExecutor(size, f"database-{name}") for name, size in sizes.items())
    return read, write, watch


def _call(call: Callable[..., Result], args: tuple[Any, ...]) -> Result:
    try:
        return call(*args)
    except (InterfaceError, OperationalError):
        connection.close()
        raise
