"""A tenth of all scripted customers: each goal once, rather in a manner that failed once. `make customers`: all."""

from datetime import datetime

from support.run.stack import Stack
from tests.customers.goals import GOALS
from tests.customers.manners import MANNERS
from tests.customers.report import EXTRA_MAX, failure, misunderstood, summary
from tests.customers.run import ALL, FAILED_ONCE, SAMPLE, SEEDS, let_all_talk, with_seed


def test_customers_get_what_the_policy_gives_them(stack: Stack, opened_at: datetime) -> None:
    results = list(let_all_talk(stack, SAMPLE, opened_at))
    failed = [result for result in results if not result.passed]
    report = "\n\n".join(failure(result) for result in failed)
    print(f"\n{summary(results)}\n\n{misunderstood(results)}\n{report}")
    assert not failed
    assert sum(result.extra for result in results) / len(results) <= EXTRA_MAX
    assert not [one for result in results for one in result.repeated]  # asked again although answered


def test_there_are_sixty_goals_and_eight_manners() -> None:
    assert len(GOALS) >= 60
    assert len(MANNERS) == 8
    assert len({pair.name for pair in ALL}) == len(GOALS) * len(MANNERS)


def test_what_failed_once_is_still_there() -> None:
    assert set(FAILED_ONCE) <= {pair.name for seed in SEEDS for pair in with_seed(seed)}


def test_the_sample_has_every_goal_and_every_manner() -> None:
    assert {pair.goal for pair in SAMPLE} == set(range(len(GOALS)))
    assert {pair.manner for pair in SAMPLE} == set(range(len(MANNERS)))
