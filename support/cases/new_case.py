"""What it takes to open a case."""

from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any


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
    """A case as the customer knows it."""

    number: str
    state: str
    review_by: date
