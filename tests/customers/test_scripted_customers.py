"""A tenth of the scripted customers: every goal once, every manner a dozen times. `make customers` runs all."""

from datetime import datetime

import pytest

from support.run.stack import Stack
from tests.customers.goals import GOALS
from tests.customers.manners import MANNERS
from tests.customers.report import failure
from tests.customers.run import ALL, SAMPLE, Pair, let_talk


@pytest.mark.parametrize("pair", SAMPLE, ids=lambda pair: pair.name)
def test_a_customer_gets_what_the_policy_gives_them(stack: Stack, opened_at: datetime, pair: Pair) -> None:
    result = let_talk(stack, pair, opened_at)
    assert result.passed, failure(result)


def test_there_are_sixty_goals_and_eight_manners() -> None:
    assert len(GOALS) >= 60
    assert len(MANNERS) == 8
    assert len({pair.name for pair in ALL}) == len(GOALS) * len(MANNERS)


def test_the_sample_has_every_goal_and_every_manner() -> None:
    assert {pair.goal for pair in SAMPLE} == set(range(len(GOALS)))
    assert {pair.manner for pair in SAMPLE} == set(range(len(MANNERS)))
