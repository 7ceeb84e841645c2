"""Which day it is for the customer, and where the days, months and years of the policy end (all inclusive)."""

from __future__ import annotations

from datetime import date, timedelta
from functools import lru_cache
from zoneinfo import ZoneInfo

from dateutil.relativedelta import relativedelta

from policy.facts import Facts, latest_date
from policy.terms import Terms

_zone = lru_cache(maxsize=1024)(ZoneInfo)
_MONDAY_TO_FRIDAY = range(5)


def request_date(facts: Facts, terms: Terms) -> date:
    """I.where: the day of the request in the customer's zone; without one, where the day ends last on Earth."""
    zone = _zone(facts.customer_timezone) if facts.customer_timezone else terms.unknown_zone
    return facts.now.astimezone(zone).date()


def return_until(facts: Facts, terms: Terms) -> date | None:
    """R.window, I.days: the last day for asking, when the day of the delivery is known."""
    delivered = facts.order_delivered_on
    return delivered + timedelta(days=terms.return_window_days) if isinstance(delivered, date) else None


def is_late(facts: Facts, terms: Terms) -> bool:
    """R.window, I.days, I.where: whether the known day of the delivery puts the request past the return window."""
    last_day = return_until(facts, terms)
    return last_day is not None and request_date(facts, terms) > last_day


@lru_cache(maxsize=4096)
def _later(day: date, *, years: int = 0, months: int = 0) -> date:
    return day + relativedelta(years=years, months=months)


def purchase_end(facts: Facts, terms: Terms) -> date | None:
    """W.period, I.days: how far the known day of purchase carries the warranty."""
    bought = facts.order_purchased_on
    return _later(bought, years=terms.warranty_years) if isinstance(bought, date) else None


def replacement_end(facts: Facts, terms: Terms) -> date | None:
    """W.after-replacement, I.days: how far a known replacement carries the warranty."""
    replaced = facts.order_replaced_on
    return _later(replaced, months=terms.replacement_months) if isinstance(replaced, date) else None


def known_end(facts: Facts, terms: Terms) -> date | None:
    """W.period, W.after-replacement: how far the known dates alone carry the warranty."""
    ends = (purchase_end(facts, terms), replacement_end(facts, terms))
    return max((end for end in ends if end), default=None)


def warranty_until(facts: Facts, terms: Terms) -> date | None:
    """W.period, W.after-replacement: the last day of the warranty, None while an unknown date could still move it."""
    end = known_end(facts, terms)
    if end is None or not isinstance(facts.order_purchased_on, date):
        return None
    if facts.order_replaced_on is None:
        latest_possible = _later(latest_date(facts), months=terms.replacement_months)
        return end if latest_possible <= end else None
    return end


def claim_until(facts: Facts, terms: Terms) -> date | None:
    """W.claim-window: the last day on which a claim is processed, None while an unknown date could still move it."""
    end = warranty_until(facts, terms)
    if end is None or facts.claim_issued_on == "none":
        return end
    open_days = timedelta(days=terms.claim_open_days)
    if isinstance(facts.claim_issued_on, date):
        return max(end, facts.claim_issued_on + open_days) if facts.claim_issued_on <= end else end
    return end if latest_date(facts) + open_days <= end else None


def review_by(facts: Facts, terms: Terms) -> date:
    """R.process.2, I.working-days: the last day for our answer; the day of the request is day 0."""
    return working_days_after(request_date(facts, terms), terms.answer_latest_working_days, terms)


def working_days_after(day: date, count: int, terms: Terms) -> date:
    """I.working-days: the working day that is so many after this day, which is day 0."""
    left = count
    while left:
        day += timedelta(days=1)
        left -= day.weekday() in _MONDAY_TO_FRIDAY and day not in terms.public_holidays
    return day
