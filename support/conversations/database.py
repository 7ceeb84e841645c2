"""The database from the event loop: in threads of our own that keep their connection."""

import asyncio
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from contextvars import copy_context
from functools import cache, partial
from typing import Any, TypeVar

from django.db import InterfaceError, OperationalError, connection

Result = TypeVar("Result")


async def reading(call: Callable[..., Result], *args: Any) -> Result:
    return await _in_thread_of(_pools()[0], call, args)


async def writing(call: Callable[..., Result], *args: Any) -> Result:
    """On SQLite one write after the other: waiting here is fair and quick, waiting for its lock is neither."""
    return await _in_thread_of(_pools()[1], call, args)


async def watching(call: Callable[..., Result], *args: Any) -> Result:
    """Always in the same thread, hence on the same connection."""
    return await _in_thread_of(_pools()[2], call, args)


def compact() -> None:
    """On SQLite: what was deleted is no longer in the file's log of changes either, unless somebody reads it now."""
    if connection.vendor == "sqlite":
        with connection.cursor() as cursor:
            cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)")


async def _in_thread_of(pool: ThreadPoolExecutor, call: Callable[..., Result], args: tuple[Any, ...]) -> Result:
    """As loop.run_in_executor, with one future where that has two that copy each other."""
    loop = asyncio.get_running_loop()
    result: asyncio.Future[Result] = loop.create_future()
    context = copy_context()

    def run() -> None:
        if result.cancelled():
            return
        try:
            tell = partial(_end, result, context.run(_call, call, args))
        except BaseException as error:
            tell = partial(_end, result, None, error)
        with suppress(RuntimeError):  # the loop has ended, and nobody waits
            loop.call_soon_threadsafe(tell)

    pool.submit(run)
    return await result


def _end(result: asyncio.Future[Any], found: Any, error: BaseException | None = None) -> None:
    if result.cancelled():
        return
    if error:
        result.set_exception(error)
    else:
        result.set_result(found)


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
