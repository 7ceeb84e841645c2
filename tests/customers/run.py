"""Brings in the customers' orders, lets each customer talk, and notes what came of it."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import traceback
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from datetime import datetime, timezone
from functools import partial
from pathlib import Path

from support.run.stack import Stack
from tests.customers.expected import expected
from tests.customers.goals import GOALS
from tests.customers.listener import Listener
from tests.customers.manners import MANNERS
from tests.customers.persona import Persona
from tests.customers.verdict import cases_of, wrong_with
from tests.customers.visit import Derailed, Visit

AT_A_TIME = 8
SEEDS = range(10)


@dataclass(frozen=True)
class Pair:
    """A customer to be: this goal brought forward in this manner. seed: of the dice they throw, 0 to 9."""

    goal: int
    manner: int
    seed: int = 0

    @property
    def name(self) -> str:
        seed = f" #{self.seed}" if self.seed else ""
        return f"{GOALS[self.goal].name} [{MANNERS[self.manner].name}]{seed}"

    def persona(self, now: datetime) -> Persona:
        place = (self.seed * len(GOALS) + self.goal) * len(MANNERS) + self.manner
        return Persona(GOALS[self.goal], place, now)


@dataclass(frozen=True)
class Result:
    """What came of one customer. problems: empty when all is as it had to be. extra: questions beyond the minimum.

    repeated: questions that came again, each with the answer that was not understood. transcript: of a failing one.
    """

    pair: Pair
    problems: tuple[str, ...]
    messages: int
    extra: int
    repeated: tuple[tuple[str, str], ...]
    answer_ms: tuple[float, ...]
    transcript: str

    @property
    def passed(self) -> bool:
        return not self.problems


def with_seed(seed: int) -> tuple[Pair, ...]:
    """Every goal in every manner, with these dice."""
    return tuple(Pair(goal, manner, seed) for goal in range(len(GOALS)) for manner in range(len(MANNERS)))


ALL = with_seed(0)
FAILED_ONCE = tuple(Path(__file__).with_name("failed_once.txt").read_text(encoding="utf-8").splitlines())


def _sampled(goal: int) -> list[Pair]:
    """Every manner in which this goal failed once, else one, in turn."""
    customers = [Pair(goal, manner, seed) for manner in range(len(MANNERS)) for seed in SEEDS]
    return [one for one in customers if one.name in FAILED_ONCE] or [Pair(goal, goal % len(MANNERS))]


SAMPLE = tuple(pair for goal in range(len(GOALS)) for pair in _sampled(goal))


def bring_orders(stack: Stack, pairs: Sequence[Pair], file: Path, now: datetime) -> None:
    """The orders of all these customers, by the import command."""
    orders = [order for pair in pairs if (order := pair.persona(now).order())]
    file.write_text("".join(json.dumps(order) + "\n" for order in orders))
    command = [sys.executable, "-m", "support.cli", "orders", "import", str(file)]
    subprocess.run(command, check=True, env=os.environ | stack.settings, capture_output=True)


def let_talk(stack: Stack, pair: Pair, now: datetime, pause_s: float = 0) -> Result:
    """One customer from hello to the end, and the look into the database. pause_s: before each message, about."""
    persona, manner = pair.persona(now), MANNERS[pair.manner]()
    with Listener(stack.base_url, persona.timezone) as customer:
        visit = Visit(persona, manner, customer, pause_s, pair.seed)
        try:
            visit.run()
        except Derailed as derailed:
            visit.problems.append(str(derailed))
        except Exception:  # the other customers go on
            visit.problems.append(traceback.format_exc(limit=-3))
        visit.problems += wrong_with(visit, cases_of(stack, customer.id, persona.number), expected(persona))
        return _result(pair, visit)


def let_all_talk(stack: Stack, pairs: Sequence[Pair], now: datetime, pause_s: float = 0) -> Iterator[Result]:
    """Eight at a time; the results in the order of the pairs."""
    with ThreadPoolExecutor(AT_A_TIME) as pool:
        yield from pool.map(partial(let_talk, stack, now=now, pause_s=pause_s), pairs)


def _result(pair: Pair, visit: Visit) -> Result:
    is_person = visit.goal.person or visit.goal.cannot_prove
    return Result(
        pair,
        tuple(visit.problems),
        visit.messages,
        0 if is_person else len(visit.asked) - len(visit.needed()),
        tuple(visit.repeated),
        tuple(visit.customer.answered_in_ms()),
        visit.customer.transcript() if visit.problems else "",
    )


def now() -> datetime:
    return datetime.now(timezone.utc)
