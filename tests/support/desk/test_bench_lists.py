"""The benchmark of the desk with very many cases, with few: every page it asks for is there."""

import json
import subprocess
import sys

import pytest

from benchmarks.bench_lists import PAGES


@pytest.mark.parametrize("database", [(), ("--postgresql",)], ids=["SQLite", "PostgreSQL"])
def test_the_benchmark_of_the_lists_opens_every_page_of_each_database(database):
    given = [sys.executable, "-m", "benchmarks.bench_lists", "--cases", "60", "--waiting", "3", *database]
    told = subprocess.run(given, check=True, capture_output=True, text=True).stdout
    opened = json.loads(told.splitlines()[-1])
    assert list(opened)[: len(PAGES)] == list(PAGES)
    assert all(ms > 0 for ms in opened.values())
