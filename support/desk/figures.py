"""Figures of a time: how many came, how many needed no person, how long people waited, how they liked it."""

import datetime
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from statistics import median

from django.db.models import Exists, OuterRef, QuerySet

from support.cases import figures as of_cases
from support.conversations.models import Conversation, Message, OwnerChange, Rating

RATINGS = {3: "well", 2: "so-so", 1: "not well"}
SHOWN_REASONS, SHOWN_CLAUSES = 12, 15
Rows = Sequence[tuple[str, float]]


@dataclass(frozen=True)
class Numbers:
    """since, until: the first day and the last, both included, in UTC. Times in minutes; None: nobody waited."""

    since: datetime.date
    until: datetime.date
    conversations: int
    contained: int
    handoffs: int
    by_day: Rows
    reasons: Rows
    clauses: Rows
    keeping: Sequence[of_cases.Keeping]
    first_answers: Sequence[float]
    ratings: Rows
    ratings_of_the_assistant: Rows

    @property
    def containment(self) -> float | None:
        """The share of conversations in which no person was needed, in percent."""
        return 100 * self.contained / self.conversations if self.conversations else None

    @property
    def median_minutes(self) -> float | None:
        return median(self.first_answers) if self.first_answers else None

    @property
    def slowest_tenth_minutes(self) -> float | None:
        """Nine of ten were answered within this."""
        ordered = sorted(self.first_answers)
        return ordered[min(len(ordered) - 1, int(0.9 * len(ordered)))] if ordered else None


def numbers_of(since: datetime.date, until: datetime.date, now: datetime.datetime) -> Numbers:
    start, end = _midnight(since), _midnight(until + datetime.timedelta(days=1))
    written = Message.objects.filter(conversation=OuterRef("pk"), sender=Message.Sender.CUSTOMER)
    came = Conversation.objects.filter(Exists(written), created_at__gte=start, created_at__lt=end)
    days = Counter(at.date() for at in came.values_list("created_at", flat=True))
    every_day = [since + datetime.timedelta(days=n) for n in range((until - since).days + 1)]
    handoffs = OwnerChange.objects.filter(owner="waiting", at__gte=start, at__lt=end)
    reasons = Counter(_reason(reason) for reason in handoffs.values_list("reason", flat=True))
    rated = Rating.objects.filter(asked_at__gte=start, asked_at__lt=end)
    clauses = of_cases.outcomes_by_clause(start, end)
    return Numbers(
        since,
        until,
        came.count(),
        came.exclude(_had_a_person("pk")).count(),
        handoffs.count(),
        [(day.isoformat(), days[day]) for day in every_day],
        reasons.most_common(SHOWN_REASONS),
        [(f"{row.clause or 'a reason only'}, {row.answer}", row.count) for row in clauses[:SHOWN_CLAUSES]],
        of_cases.deadline_keeping(start, end, now),
        _first_answers(start, end),
        _ratings(rated),
        _ratings(rated.exclude(_had_a_person("conversation"))),
    )


def _had_a_person(conversation: str) -> Exists:
    """Whether the conversation that this field names was ever out of the assistant's hands."""
    return Exists(OwnerChange.objects.filter(conversation=OuterRef(conversation), owner__in=("waiting", "agent")))


def as_rows(numbers: Numbers) -> list[tuple[str, str, str]]:
    """figure, what, value: the same for a spreadsheet."""
    single = {
        "conversations": numbers.conversations,
        "contained": numbers.contained,
        "handoffs": numbers.handoffs,
        "containment percent": _short(numbers.containment),
        "median minutes to first answer": _short(numbers.median_minutes),
        "nine of ten answered within minutes": _short(numbers.slowest_tenth_minutes),
    }
    rows = [(name, "", str(value)) for name, value in single.items()]
    lists = {"conversations by day": numbers.by_day, "handoffs by reason": numbers.reasons}
    lists |= {"answers by clause": numbers.clauses, "ratings": numbers.ratings}
    lists |= {"ratings without a person": numbers.ratings_of_the_assistant}
    rows += [(name, what, str(value)) for name, found in lists.items() for what, value in found]
    for kept in numbers.keeping:
        rows += [(f"promise: {kept.due}", what, str(getattr(kept, what))) for what in ("kept", "broken", "overdue_now")]
    return rows


def _first_answers(start: datetime.datetime, end: datetime.datetime) -> list[float]:
    """For each wait that began in this time and was answered: the minutes until a person wrote."""
    said = Message.objects.filter(sender=Message.Sender.AGENT, at__gte=start).order_by("at")
    answers: dict[str, list[datetime.datetime]] = {}
    for conversation, at in said.values_list("conversation", "at"):
        answers.setdefault(conversation, []).append(at)
    waits = OwnerChange.objects.filter(owner="waiting", at__gte=start, at__lt=end).values_list("conversation", "at")
    found = ((began, next((at for at in answers.get(pk, ()) if at >= began), None)) for pk, began in waits)
    return [(answered - began).total_seconds() / 60 for began, answered in found if answered]


def _ratings(asked: QuerySet[Rating]) -> list[tuple[str, float]]:
    given = Counter(asked.values_list("value", flat=True))
    return [(words, given[value]) for value, words in RATINGS.items()] + [("no answer", given[None])]


def _reason(reason: str) -> str:
    """Without what differs from one time to the next."""
    return reason.split(":")[0].strip() or "no reason given"


def _midnight(day: datetime.date) -> datetime.datetime:
    return datetime.datetime.combine(day, datetime.time.min, datetime.timezone.utc)


def _short(value: float | None) -> str:
    return "" if value is None else f"{value:.1f}"
