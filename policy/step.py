"""What one rule finds out, and how findings add up. Three values all the way: known, unknown, unsure."""

from __future__ import annotations

from collections.abc import Iterable
from functools import lru_cache
from typing import Final, NamedTuple

NOTHING: Final[frozenset[str]] = frozenset()


class Step(NamedTuple):
    """The finding of one or more rules on the facts as far as they are known.

    refusals, reviews: the clauses that refuse, or that send the case to a person, whatever else is learned.
    hard: unknown facts some value of which still refuses. soft: unknown facts that can no longer refuse, but send the
    case to a person, or change the route, the freight or the refund of an eligible answer.
    """

    refusals: tuple[str, ...] = ()
    reviews: tuple[str, ...] = ()
    hard: frozenset[str] = NOTHING
    soft: frozenset[str] = NOTHING

    @property
    def missing(self) -> frozenset[str]:
        """The unknown facts that can still change the answer. A refusal needs none; a review only what refuses."""
        if self.refusals:
            return NOTHING
        return self.hard if self.reviews else self.hard | self.soft


PASS: Final = Step()


@lru_cache(maxsize=256)
def refuse(*clauses: str) -> Step:
    return Step(refusals=clauses)


@lru_cache(maxsize=256)
def review(*clauses: str) -> Step:
    return Step(reviews=clauses)


UNSURE_MATTERS: Final = review("I.unsure")


@lru_cache(maxsize=256)
def ask(*facts: str) -> Step:
    """Unknown facts that can refuse."""
    return Step(hard=frozenset(facts))


@lru_cache(maxsize=256)
def ask_softly(*facts: str) -> Step:
    """Unknown facts that cannot refuse, but matter."""
    return Step(soft=frozenset(facts))


def holds(value: object, fact: str, otherwise: Step) -> Step:
    """Nothing if the fact is true, `otherwise` if it is false, a person if unsure (I.unsure)."""
    if value is True:
        return PASS
    if value is False:
        return otherwise
    if value is None:
        return ask(fact) if otherwise.refusals else ask_softly(fact)
    return UNSURE_MATTERS


def holds_not(value: object, fact: str, otherwise: Step) -> Step:
    """Nothing if the fact is false, `otherwise` if it is true."""
    return holds(not value if isinstance(value, bool) else value, fact, otherwise)


def all_of(*steps: Step) -> Step:
    """Every rule applies: refusals, reviews and questions add up."""
    refusals: tuple[str, ...] = ()
    reviews: tuple[str, ...] = ()
    hard = soft = NOTHING
    for step in steps:
        if step is not PASS:
            refusals += step.refusals
            reviews += step.reviews
            hard |= step.hard
            soft |= step.soft
    return Step(refusals, reviews, hard, soft)


def one_of(fact: str, options: Iterable[Step]) -> Step:
    """An unknown `claim.` fact chooses which option applies; learned as 'unsure', a person decides (I.unsure).

    options: what each of its values leads to, the plainest first. The fact refuses if an option can. Otherwise it
    matters unless every option ends with a person anyway; then the reviews are those of the first option.
    """
    options = tuple(options)
    open_options = [option for option in options if not option.refusals]
    hard = NOTHING.union(*(option.hard for option in open_options))
    if hard or len(open_options) < len(options):
        hard |= {fact}
    undecided = [option for option in open_options if not option.reviews]
    if undecided:
        return Step(hard=hard, soft=NOTHING.union(*(option.soft for option in undecided), {fact}))
    return Step(reviews=open_options[0].reviews if open_options else UNSURE_MATTERS.reviews, hard=hard)
