"""Every process is killed with -9 while customers talk: each message has exactly one answer, each case is there once.

The same for as long as one likes, and what else can go wrong: `python -m benchmarks.faults MINUTES`.
"""

from pathlib import Path

from support.run.stack import Stack
from tests.faults.crowd import Crowd, Customer, Visit
from tests.faults.judgement import answers_of, judge
from tests.faults.till import bring_in

CUSTOMERS = 4
BETWEEN = 8  # answers


def test_nothing_is_lost_or_doubled_when_each_process_is_killed_under_load(stack: Stack, tmp_path: Path) -> None:
    orders = bring_in(stack, tmp_path, 80001, 600)
    usual = Visit(next(orders))
    Customer(stack.base_urls, usual).talk()
    assert len(answers_of(usual)) == 3, usual
    with Crowd(stack, CUSTOMERS, orders) as crowd:
        for name in ("web", "actions", "mailroom", "rasa"):
            crowd.await_answers(BETWEEN)
            stack.kill(name)
    stack.await_healthy()
    found = judge(stack, crowd.visits, answers_of(usual))
    assert found.is_good, found
    assert found.informed == 0, found
