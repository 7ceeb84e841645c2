"""Every date of a case, in one place: from the decision's own deadlines, counted on the customer's calendar.

Nothing here knows a number of days: those stand in the stored decision, as the policy gave them then. What a person
agreed to after a review has none there; it gets those in force.
"""

from collections.abc import Iterable
from dataclasses import dataclass, fields, replace
from datetime import date, datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from policy import TERMS, Terms, parse_facts
from policy.dates import warranty_until, working_days_after
from policy.deadlines import approved_deadlines
from support.cases.life import State
from support.cases.models import Case
from support.conversations.dates import LAST_TO_END, customer_date

Decisions = Iterable[dict[str, Any]]


@dataclass(frozen=True)
class CaseDates:
    """Dates in the customer's time zone, each the last day, included; None: does not apply, or not yet."""

    review_by: date | None = None
    send_by: date | None = None
    refund_starts_by: date | None = None
    money_by: date | None = None
    goods_back_by: date | None = None
    warranty_until: date | None = None

    def as_json(self) -> dict[str, str]:
        return {field.name: day.isoformat() for field in fields(self) if (day := getattr(self, field.name))}


def dates_of(case: Case) -> CaseDates:
    return CaseDates(**{field.name: getattr(case, field.name) for field in fields(CaseDates)})


def answer_by(asked_at: datetime, timezone: str, terms: Terms = TERMS) -> date:
    """R.process.2: the last day for our answer to what is asked now."""
    return working_days_after(customer_date(asked_at, timezone), terms.answer_latest_working_days, terms)


def send_by(decisions: Decisions, approved_at: datetime, timezone: str) -> date | None:
    """R.process.3: the last day for the parcel, if the policy sets one."""
    days = _smallest(decisions, "ship_within_days")
    return customer_date(approved_at, timezone) + timedelta(days=days) if days else None


def refund_starts_by(decisions: Decisions, passed_at: datetime, timezone: str, terms: Terms = TERMS) -> date | None:
    """R.process.5: the last day for the refund to start, counted from the confirmed arrival."""
    days = _smallest(decisions, "refund_starts_within_working_days")
    return working_days_after(customer_date(passed_at, timezone), days, terms) if days else None


def money_by(decisions: Decisions, started_on: date, terms: Terms = TERMS) -> date | None:
    """R.process.6: the day by which a bank has a card's money there, when the refund starts on this day."""
    latest = [card_days[1] for decision in decisions if (card_days := limit(decision, "card_days"))]
    return working_days_after(started_on, max(latest), terms) if latest else None


def goods_back_by(decisions: Decisions, told_at: datetime, timezone: str) -> date | None:
    """R.failed: the last day to ask for goods that did not pass."""
    days = _smallest(decisions, "goods_back_request_days")
    return customer_date(told_at, timezone) + timedelta(days=days) if days else None


def warranty_after_replacement(facts: dict[str, Any], replaced_on: date, terms: Terms = TERMS) -> date | None:
    """W.after-replacement: how far the warranty of a replacement that goes out on this day reaches."""
    known = parse_facts({name: fact["value"] for name, fact in facts.items()})
    return warranty_until(replace(known, order_replaced_on=replaced_on), terms)


def end_of(day: date, timezone: str) -> datetime:
    """The first instant after this day where the customer is; an unknown zone ends last (I.where)."""
    zone = ZoneInfo(timezone) if timezone else LAST_TO_END
    return datetime.combine(day + timedelta(days=1), time.min, zone)


def promise_of(case: Case) -> tuple[str, date] | None:
    """The promise that runs in this state, and its last day."""
    running = {
        State.UNDER_REVIEW: (Case.Due.ANSWER, case.review_by),
        State.GOODS_AWAITED: (Case.Due.SEND, case.send_by),
        State.INSPECTED: (Case.Due.REFUND, case.refund_starts_by),
    }
    due, day = running.get(State(case.state), ("", None))
    return (due, day) if day else None


def limit(decision: dict[str, Any], name: str, terms: Terms = TERMS) -> Any:
    """A limit of an agreed item: as its decision has it, else as the policy gives it to what a person agreed to."""
    stored = decision["deadlines"].get(name)
    agreed = decision["outcome"] == "needs_review"
    return stored if stored is not None or not agreed else getattr(approved_deadlines(decision["route"], terms), name)


def _smallest(decisions: Decisions, name: str) -> int | None:
    return min((days for decision in decisions if (days := limit(decision, name)) is not None), default=None)
