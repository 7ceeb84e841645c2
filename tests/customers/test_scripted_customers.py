"""A tenth of all scripted customers: each goal once, rather in a manner that failed once. `make customers`: all."""

from datetime import datetime

from support.run.stack import Stack
from tests.customers.goals import GOALS
from tests.customers.manners import MANNERS
from tests.customers.report import failure
from tests.customers.run import ALL, FAILED_ONCE, SAMPLE, let_all_talk

# What a customer means is read by a trained model: a sentence on the border falls on the other side where the
# arithmetic of a machine differs in the last digit. Each failing conversation is printed whole all the same.
MISREAD_MOST = len(SAMPLE) // 20


def test_customers_get_what_the_policy_gives_them(stack: Stack, opened_at: datetime) -> None:
    failed = [result for result in let_all_talk(stack, SAMPLE, opened_at) if not result.passed]
    report = "\n\n".join(failure(result) for result in failed)
    print(f"\n{len(SAMPLE) - len(failed)} of {len(SAMPLE)} customers got what the policy gives them\n{report}")
    assert len(failed) <= MISREAD_MOST


def test_there_are_sixty_goals_and_eight_manners() -> None:
    assert len(GOALS) >= 60
    assert len(MANNERS) == 8
    assert len({pair.name for pair in ALL}) == len(GOALS) * len(MANNERS)


def test_what_failed_once_is_still_there() -> None:
    assert set(FAILED_ONCE) <= {pair.name for pair in ALL}


def test_the_sample_has_every_goal_and_every_manner() -> None:
    assert {pair.goal for pair in SAMPLE} == set(range(len(GOALS)))
    assert {pair.manner for pair in SAMPLE} == set(range(len(MANNERS)))
