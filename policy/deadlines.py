"""What happens by when. Dates are the customer's (I.where), and the last day is included."""

from __future__ import annotations

from datetime import date
from typing import NamedTuple

from policy.dates import claim_until, return_until, review_by, warranty_until
from policy.facts import Facts
from policy.terms import Terms
from policy.verdict import Verdict


class Deadlines(NamedTuple):
    """Those that apply; None: does not apply, or its dates are unknown."""

    request_by: date | None = None
    review_by: date | None = None
    ship_within_days: int | None = None
    refund_starts_within_working_days: int | None = None
    card_days: tuple[int, int] | None = None
    warranty_until: date | None = None
    claim_until: date | None = None
    goods_back_request_days: int | None = None


def deadlines_of(facts: Facts, verdict: Verdict, terms: Terms) -> Deadlines:
    """R.process.3, R.process.5, R.process.6, R.failed: and the dates of the window, the review and the warranty."""
    outcome, route = verdict.outcome, verdict.route
    goes_back = route in ("return", "exchange")
    goes_on = outcome in ("eligible", "needs_review")
    is_claim = goes_on and route == "warranty"
    agreed = approved_deadlines(route, terms) if outcome == "eligible" else Deadlines()
    return agreed._replace(
        request_by=return_until(facts, terms) if goes_back and outcome != "not_eligible" else None,
        review_by=review_by(facts, terms) if goes_on else None,
        warranty_until=warranty_until(facts, terms) if is_claim else None,
        claim_until=claim_until(facts, terms) if is_claim else None,
    )


def approved_deadlines(route: str | None, terms: Terms) -> Deadlines:
    """R.process.3, R.process.5, R.process.6, R.failed: what runs once it is agreed, also by a person after a review."""
    sends_back = route in ("return", "exchange")
    refunds = route == "return"
    return Deadlines(
        ship_within_days=terms.ship_within_days if sends_back else None,
        refund_starts_within_working_days=terms.refund_starts_within_working_days if refunds else None,
        card_days=(terms.card_earliest_days, terms.card_latest_days) if refunds else None,
        goods_back_request_days=terms.goods_back_request_days if sends_back else None,
    )
