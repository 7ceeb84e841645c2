import threading
import warnings

import pytest
from sklearn.exceptions import ConvergenceWarning
from threadpoolctl import threadpool_info

from nlu.side_by_side import both, side_by_side


def blas_threads(_=None):
    return max(one["num_threads"] for one in threadpool_info() if one["user_api"] == "blas")


def test_results_come_in_the_order_of_the_items():
    assert side_by_side(lambda item: item * item, range(100)) == [item * item for item in range(100)]


def test_products_inside_stay_in_their_thread_and_what_was_set_before_comes_back():
    before = blas_threads()
    assert side_by_side(blas_threads, range(3)) == [1, 1, 1]
    assert blas_threads() == before


def test_only_regressions_that_stop_early_are_silent():
    with warnings.catch_warnings(record=True) as heard:
        warnings.simplefilter("always")
        side_by_side(lambda kind: warnings.warn("early", kind, stacklevel=1), [ConvergenceWarning, UserWarning])
    assert [one.category for one in heard] == [UserWarning]


def test_an_error_inside_comes_out():
    with pytest.raises(ZeroDivisionError):
        side_by_side(lambda item: 1 / item, [1, 0])


def test_two_different_pieces_run_at_once():
    met = threading.Barrier(2, timeout=20)
    assert both(lambda: (met.wait() < 2, "one"), lambda: (met.wait() < 2, 2)) == ((True, "one"), (True, 2))
    with pytest.raises(ZeroDivisionError):
        both(lambda: 1, lambda: 1 / 0)
