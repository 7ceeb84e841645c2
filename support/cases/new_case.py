"""What it takes to open a case, and what a customer knows of one."""

from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from support.cases.dates import CaseDates, dates_of
from support.cases.models import Case


@dataclass(frozen=True)
class NewItem:
    """One thing of a request, decided: see CaseItem for the shapes of facts and decision."""

    name: str
    lines: list[list[int]]
    facts: dict[str, dict[str, Any]]
    evidence: dict[str, Any]
    decision: dict[str, Any]


@dataclass(frozen=True)
class NewCase:
    """A request the customer has said yes to. now: an instant with a zone; review_by: the customer's calendar."""

    opened_by: str
    conversation: str
    order_number: str
    now: datetime
    review_by: date
    timezone: str
    items: tuple[NewItem, ...] = field(default=())


@dataclass(frozen=True)
class OpenedCase:
    """A case as the customer knows it. due: "answer", "send", "refund" or "": the promise that runs now."""

    number: str
    state: str
    review_by: date
    order_number: str = ""
    dates: CaseDates = field(default_factory=CaseDates)
    due: str = ""
    opened_at: datetime | None = None

    @classmethod
    def of(cls, case: Case) -> "OpenedCase":
        return cls(
            number=case.number,
            state=case.state,
            review_by=case.review_by,
            order_number=case.order_number,
            dates=dates_of(case),
            due=case.due,
            opened_at=case.opened_at,
        )
