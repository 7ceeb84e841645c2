"""Why: the clauses a decision cites, each with its effect and its words."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from functools import lru_cache
from typing import Final, Literal, NamedTuple

from policy.clauses import CLAUSES
from policy.dates import purchase_end, replacement_end, request_date
from policy.facts import Facts
from policy.money import kept_gift
from policy.returns import NOT_LIKED, is_redirected
from policy.terms import Terms
from policy.verdict import Verdict

Effect = Literal["for", "against", "condition"]

UNDER_REVIEW: Final = ("R.process.2", "I.working-days", "I.review")


class Reason(NamedTuple):
    clause: str
    effect: Effect
    text: str


@lru_cache
def _book(terms: Terms) -> Mapping[tuple[str, Effect], Reason]:
    effects: tuple[Effect, ...] = ("for", "against", "condition")
    texts = {clause.id: clause.text_under(terms) for clause in CLAUSES.values()}
    return {(id_, effect): Reason(id_, effect, text) for id_, text in texts.items() for effect in effects}


def reasons_of(facts: Facts, verdict: Verdict, terms: Terms) -> tuple[Reason, ...]:
    """What speaks for or against the request and on what conditions; nothing while the answer is open."""
    if verdict.outcome == "incomplete" or verdict.route is None:
        return ()
    if verdict.outcome == "not_eligible":
        return refusal_reasons(verdict, terms)
    if verdict.outcome == "needs_review":
        return _cite(terms, (), verdict.clauses)
    return ELIGIBLE[verdict.route](facts, terms)


def refusal_reasons(verdict: Verdict, terms: Terms) -> tuple[Reason, ...]:
    """I.days, I.where: each refusing clause speaks against; a reading of the dates behind it is a condition."""
    book = _book(terms)
    readings = tuple(clause for clause in verdict.clauses if clause.startswith("I."))
    against = tuple(clause for clause in verdict.clauses if clause not in readings)
    return (*(book[clause, "against"] for clause in against), *(book[clause, "condition"] for clause in readings))


def return_reasons(facts: Facts, terms: Terms) -> tuple[Reason, ...]:
    """R.complete, R.pack, R.one-parcel, R.process.3, R.failed and the rest of an eligible return or exchange.

    R.refund, I.expedited, R.exchange.once, R.exchange.same, I.days, I.where, I.damaged-on-arrival,
    I.fault-beats-condition, R.process.2, I.working-days, I.review: where they apply.
    """
    speaks_for = ["R.channel", "R.window"]
    conditions = ["I.days", "I.where"]
    if facts.claim_reason in NOT_LIKED:
        speaks_for += ["R.unused", "R.complete"]
    if facts.claim_reason == "damaged_on_arrival":
        conditions.append("I.damaged-on-arrival")
    if facts.claim_reason == "missing_accessories" and facts.claim_contents_complete is False:
        conditions.append("I.fault-beats-condition")
    if facts.request == "exchange":
        speaks_for += ["R.exchange.once", "R.exchange.same"]
    else:
        conditions.append("R.refund")
        conditions += ["I.expedited"] if facts.order_expedited_fee else []
        conditions += ["R.gift"] if kept_gift(facts) else []
    conditions += ["R.pack", "R.one-parcel", "R.process.3", "R.failed", *UNDER_REVIEW]
    return _cite(terms, speaks_for, conditions)


def warranty_reasons(facts: Facts, terms: Terms) -> tuple[Reason, ...]:
    """W.cover, W.remedy, W.freight.3, W.label, W.need.inspection, W.need.right-item: of an eligible claim.

    W.period, W.after-replacement, W.claim-window, I.days, I.where: by which dates. I.damaged-on-arrival,
    I.fault-beats-condition, R.process.2, I.working-days, I.review: where they apply.
    """
    conditions = ["I.days", "I.where"]
    if is_redirected(facts) and facts.request != "warranty":
        conditions.append("I.fault-beats-condition")
    if facts.claim_reason == "damaged_on_arrival":
        conditions.append("I.damaged-on-arrival")
    conditions += ["W.remedy", "W.freight.3"]
    conditions += ["W.label"] if facts.claim_prepaid_label is True else []
    conditions += ["W.need.inspection", "W.need.right-item", *UNDER_REVIEW]
    return _cite(terms, ("R.channel", "W.cover", _in_time_by(facts, terms)), conditions)


def _in_time_by(facts: Facts, terms: Terms) -> str:
    today = request_date(facts, terms)
    ends = {"W.period": purchase_end(facts, terms), "W.after-replacement": replacement_end(facts, terms)}
    return next((clause for clause, end in ends.items() if end and today <= end), "W.claim-window")


def cancel_reasons(facts: Facts, terms: Terms) -> tuple[Reason, ...]:
    """R.cancel.by-customer, R.process.2, I.working-days, I.review: of an eligible cancellation."""
    return _cite(terms, ("R.channel", "R.cancel.by-customer"), UNDER_REVIEW)


ELIGIBLE: Final[Mapping[str, Callable[[Facts, Terms], tuple[Reason, ...]]]] = {
    "return": return_reasons,
    "exchange": return_reasons,
    "warranty": warranty_reasons,
    "cancel": cancel_reasons,
}


def reasons_citing(effects: Mapping[str, Effect], terms: Terms) -> tuple[Reason, ...]:
    """These clauses, each with its effect, in our words under these terms."""
    book = _book(terms)
    return tuple(book[clause, effect] for clause, effect in effects.items())


def _cite(terms: Terms, speaks_for: Iterable[str], conditions: Iterable[str]) -> tuple[Reason, ...]:
    book = _book(terms)
    return (*(book[c, "for"] for c in speaks_for), *(book[c, "condition"] for c in conditions))
