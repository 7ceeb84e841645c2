"""All cases decided again under other numbers: which answers flip, and what that costs."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any, NamedTuple

from policy import TERMS, BadFacts, Decision, Finding, Terms, decide, decide_inspected, parse_facts
from support.cases.models import CaseItem

AT_ONCE = 2000


class Answer(NamedTuple):
    """What one decision comes to. amount: of the refund that it allows, 0 without one. payers: of the two ways."""

    outcome: str
    route: str | None
    clauses: tuple[str, ...]
    amount: Decimal
    currency: str | None
    payers: tuple[str | None, str | None]

    def comes_to(self) -> tuple[object, ...]:
        """Everything but the clauses: the same answer for another reason is the same answer."""
        return self.outcome, self.route, self.amount, self.payers

    @classmethod
    def of(cls, decision: Decision) -> "Answer":
        refund = decision.refund
        decisive = ("against",) if decision.outcome == "not_eligible" else ("condition",)
        told = decision.outcome in ("not_eligible", "needs_review")
        clauses = tuple(reason.clause for reason in decision.reasons if told and reason.effect in decisive)
        return cls(
            decision.outcome,
            decision.route,
            clauses or decision.missing,
            refund.amount if refund else Decimal(0),
            refund.currency if refund else None,
            (decision.freight.return_, decision.freight.replacement),
        )


@dataclass(frozen=True)
class Flip:
    """One item of one case that another answer is given to."""

    case: str
    item: str
    before: Answer
    after: Answer


@dataclass
class Replay:
    """money: by currency, what refunds would grow by. legs: by who pays now and who would, each way counted."""

    items: int = 0
    cases: set[str] = field(default_factory=set)
    unreadable: int = 0
    flips: list[Flip] = field(default_factory=list)
    money: Counter[str] = field(default_factory=Counter)
    legs: Counter[tuple[str | None, str | None]] = field(default_factory=Counter)


def count_items() -> int:
    return CaseItem.objects.count()


def replay(terms: Terms, now_in_force: Terms = TERMS) -> Iterator[Replay]:
    """The same growing result after each item; the last one is whole. An empty one first, so that there always is one.

    Each item is decided twice from its facts as they stand, by the terms in force and by the others: what flips flips
    because of the numbers, not because somebody corrected a fact.
    """
    result = Replay()
    yield result
    rows = CaseItem.objects.order_by("pk").values_list("case__number", "name", "facts", "finding")
    for number, name, facts, finding in rows.iterator(chunk_size=AT_ONCE):
        result.items += 1
        result.cases.add(number)
        try:
            known = parse_facts({fact: entry["value"] for fact, entry in facts.items()})
        except BadFacts:
            result.unreadable += 1
        else:
            found = Finding(**finding) if finding is not None else None
            before, after = (Answer.of(_decide(known, found, under)) for under in (now_in_force, terms))
            if before.comes_to() != after.comes_to():
                _count(result, Flip(number, name, before, after))
        yield result


def _decide(known: Any, found: Finding | None, terms: Terms) -> Decision:
    return decide_inspected(known, found, terms) if found else decide(known, terms)


def _count(result: Replay, flip: Flip) -> None:
    before, after = flip.before, flip.after
    result.flips.append(flip)
    currency = after.currency or before.currency
    if before.amount != after.amount:
        result.money[currency or "?"] += after.amount - before.amount
    for payer, other in zip(before.payers, after.payers, strict=True):
        if payer != other:
            result.legs[payer, other] += 1
