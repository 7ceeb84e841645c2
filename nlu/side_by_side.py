"""Training's work on both cores: coarse pieces in a thread each, because threads inside small products only wait."""

from __future__ import annotations

import warnings
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from typing import TypeVar

from sklearn.exceptions import ConvergenceWarning
from threadpoolctl import threadpool_limits

_WORKERS = 2
Item, Result, Other = TypeVar("Item"), TypeVar("Result"), TypeVar("Other")


@contextmanager
def one_thread_each() -> Iterator[None]:
    """Matrices are multiplied in the thread that asks for it, and regressions that stop early do not warn."""
    with warnings.catch_warnings(), threadpool_limits(1, user_api="blas"):
        warnings.simplefilter("ignore", ConvergenceWarning)
        yield


def side_by_side(work: Callable[[Item], Result], items: Iterable[Item]) -> list[Result]:
    """The work's result for each item, in their order; what it is does not depend on how many run at once.

    The settings are entered here, around all threads, because they are the process's and not a thread's.
    """
    with one_thread_each(), ThreadPoolExecutor(_WORKERS) as workers:
        return list(workers.map(work, items))


def both(one: Callable[[], Result], other: Callable[[], Other]) -> tuple[Result, Other]:
    """What the two return, each run in a thread of its own."""
    with one_thread_each(), ThreadPoolExecutor(1) as worker:
        waiting = worker.submit(other)
        return one(), waiting.result()
