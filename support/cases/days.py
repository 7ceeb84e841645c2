"""The days of a case as a customer is shown them: those that are set, and those that follow if all goes its way."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from policy import TERMS, Terms
from policy.dates import working_days_after
from support.cases.dates import CaseDates, dates_of, money_by
from support.cases.life import State
from support.cases.models import Case
from support.cases.wording import text

IN_STATE = {  # which of the days still matter
    State.DRAFT: ("warranty_until",),
    State.UNDER_REVIEW: ("review_by", "send_by", "refund_starts_by", "money_by", "warranty_until"),
    State.APPROVED: ("warranty_until",),
    State.GOODS_AWAITED: ("send_by", "refund_starts_by", "money_by", "warranty_until"),
    State.RECEIVED: ("refund_starts_by", "money_by", "warranty_until"),
    State.INSPECTED: ("refund_starts_by", "money_by", "warranty_until"),
    State.REFUNDED: ("money_by",),
    State.REPLACED: ("warranty_until",),
    State.EXCHANGED: ("warranty_until",),
    State.REFUSED: ("goods_back_by",),
}


@dataclass(frozen=True)
class CaseDay:
    """One day in the customer's time zone, the last one included.

    expected: it hangs on the day before it in the list: if the answer, the parcel or the refund comes on that day.
    """

    name: str
    day: date
    expected: bool = False

    @property
    def title(self) -> str:
        """What happens by this day, for the customer."""
        return text(f"part_date_{self.name}" + ("_expected" if self.expected else ""))

    def as_json(self) -> dict[str, Any]:
        """As the chat contract has it."""
        return {"name": self.name, "title": self.title, "date": self.day.isoformat(), "expected": self.expected}


def case_card(case: Case, conversation: str) -> dict[str, Any]:
    """The case beside a message of this conversation: its state, its days, and where their calendar is."""
    days = days_of(case)
    card = {"number": case.number, "state": case.state, **dates_of(case).as_json()}
    calendar = f"/chat/api/conversations/{conversation}/cases/{case.number}.ics" if days and conversation else None
    return card | {"dates": [day.as_json() for day in days], "calendar": calendar}


def days_of(case: Case, terms: Terms = TERMS) -> list[CaseDay]:
    """The days that still matter in this state, in the order in which they come.

    case: as stored; its items are read.
    """
    known = dates_of(case)
    coming = _coming(case, known, terms)
    days = []
    for name in IN_STATE.get(State(case.state), ()):
        if day := getattr(known, name):
            days.append(CaseDay(name, day))
        elif name in coming:
            days.append(CaseDay(name, coming[name], expected=name != "warranty_until"))
    return days


def _coming(case: Case, known: CaseDates, terms: Terms) -> dict[str, date]:
    """What follows the next day that is set, by the counts of the stored decisions (R.process.3, R.process.5)."""
    decisions = [item.decision for item in case.items.all() if item.decision["outcome"] in ("eligible", "needs_review")]
    covered = [until for decision in decisions if (until := decision["deadlines"].get("warranty_until"))]
    coming = {"warranty_until": date.fromisoformat(min(covered))} if covered else {}
    return coming | dict(_follow([d for d in decisions if d["outcome"] == "eligible"], known, terms))


def _follow(decisions: list[dict[str, Any]], known: CaseDates, terms: Terms) -> Iterator[tuple[str, date]]:
    days = [decision["deadlines"] for decision in decisions]
    send_in, pay_in = _fewest(days, "ship_within_days"), _fewest(days, "refund_starts_within_working_days")
    if send_in is None or not known.review_by:
        return
    sent = known.send_by or known.review_by + timedelta(days=send_in)
    yield "send_by", sent
    if pay_in is None:
        return
    started = known.refund_starts_by or working_days_after(sent, pay_in, terms)
    yield "refund_starts_by", started
    if there := money_by(decisions, started, terms):
        yield "money_by", there


def _fewest(deadlines: list[dict[str, Any]], name: str) -> int | None:
    return min((days[name] for days in deadlines if days.get(name)), default=None)
