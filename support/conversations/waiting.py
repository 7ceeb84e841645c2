"""How long customers wait at this moment: for the bot, for a person."""

from __future__ import annotations

import datetime
from dataclasses import dataclass

from django.db.models import Min, QuerySet

from support.conversations.models import Conversation, Turn


@dataclass(frozen=True)
class Waiting:
    """unanswered_s, longest_s: 0 where nobody waits."""

    unanswered_s: float
    line: int
    longest_s: float


def waiting_line() -> QuerySet[Conversation]:
    """Those who wait for a person. What is asked of them is in one small index."""
    return Conversation.objects.filter(
        owner=Conversation.Owner.WAITING, waiting_since__isnull=False, erased_at=None, last_seq__gt=0
    )


def waiting(now: datetime.datetime) -> Waiting:
    owed = Turn.objects.filter(state__in=Turn.OPEN).aggregate(since=Min("message__at"))["since"]
    line = waiting_line()
    first = line.order_by("waiting_since").values_list("waiting_since", flat=True).first()
    return Waiting(age_s(owed, now), line.count(), age_s(first, now))


def age_s(since: datetime.datetime | None, now: datetime.datetime) -> float:
    """How many seconds ago; 0 for never."""
    return max((now - since).total_seconds(), 0.0) if since else 0.0
