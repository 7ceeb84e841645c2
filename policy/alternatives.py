"""Other doors that the same facts leave open when the one asked for is closed."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Final, NamedTuple

from policy.dates import is_late
from policy.facts import REQUESTS, Facts
from policy.returns import is_exchanged
from policy.terms import TERMS, Terms
from policy.verdict import Verdict, judge
from policy.warranty import NO_QUALITY_PROBLEM

WHY: Final[Mapping[str, str]] = {"warranty": "W.period", "cancel": "R.cancel.by-customer", "return": "R.window"}


class Alternative(NamedTuple):
    request: str
    why: str  # the clause that opens the door


def alternatives_of(facts: Facts, verdict: Verdict, terms: Terms) -> tuple[Alternative, ...]:
    """The candidates whose own decision on these facts is not a refusal."""
    if verdict.outcome != "not_eligible" or facts.order_channel != "official_website":
        return ()
    candidates = _candidates(facts, terms)
    return tuple(Alternative(request, WHY[request]) for request in candidates if is_open(facts, request, terms))


def _candidates(facts: Facts, terms: Terms) -> list[str]:
    request, found = facts.request, []
    if request == "cancel":
        return ["return"] if facts.order_delivered else []
    if request in ("return", "exchange") and is_late(facts, terms):
        found.append("warranty")
    if facts.order_delivered is False:
        found.append("cancel")
    if request == "exchange" and (is_exchanged(facts, terms) or facts.claim_exchange_for == "different_item"):
        found.append("return")
    if request == "warranty" and facts.claim_reason in NO_QUALITY_PROBLEM:
        found.append("return")
    return found


def is_open(facts: Facts, request: str, terms: Terms) -> bool:
    """Whether this request is not refused on the same facts."""
    return judge(replace(facts, request=request), terms).outcome != "not_eligible"


def open_requests(facts: Facts, terms: Terms = TERMS) -> tuple[str, ...]:
    """The requests that these facts do not refuse: where to take a customer who names a problem, not a procedure."""
    return tuple(request for request in REQUESTS if is_open(facts, request, terms))
