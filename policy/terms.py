"""Every number of the policy, in one place, with its unit and the day from which it holds."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta, timezone


@dataclass(frozen=True, slots=True)
class Terms:
    """The numbers a decision is made under. Pass other terms to `decide` to see what they would change.

    Limits are inclusive: a window of 30 days ends with the 30th day after day 0 (I.days).
    """

    version: str
    holds_from: date  # the two documents carry no date of their own: the day on which we read them
    return_window_days: int = 30  # calendar days after the delivery (R.window)
    exchanges_allowed: int = 1  # per item (R.exchange.once)
    ship_within_days: int = 3  # calendar days after approval (R.process.3)
    answer_earliest_working_days: int = 1  # working days after the request (R.process.2)
    answer_latest_working_days: int = 3  # working days after the request (R.process.2)
    refund_starts_within_working_days: int = 7  # working days after the goods passed inspection (R.process.5)
    card_earliest_days: int = 3  # business days of the bank (R.process.6)
    card_latest_days: int = 7  # business days of the bank (R.process.6)
    goods_back_request_days: int = 30  # calendar days after being told that nothing is refunded (R.failed)
    warranty_years: int = 1  # calendar years after the purchase (W.period)
    replacement_months: int = 3  # calendar months after the replacement (W.after-replacement)
    claim_open_days: int = 30  # calendar days after an earlier claim was issued (W.claim-window)
    cancel_hours: int = 72  # hours before the delivery (R.cancel.by-customer)
    unknown_zone: timezone = timezone(timedelta(hours=-12))  # where a day ends last on Earth (I.where)
    public_holidays: frozenset[date] = frozenset()  # no working days; of the configured country (I.working-days)


TERMS = Terms(version="2026-11-22", holds_from=date(2026, 11, 22))
