"""Figures over cases for a time: which clauses decided, whether promises were kept, how it ended, how long it took."""

from collections import Counter, defaultdict
from dataclasses import dataclass
from datetime import datetime, timedelta
from decimal import Decimal

from django.db.models import Count, F, Q, QuerySet
from django.db.models.fields.json import KeyTextTransform

from support.cases.life import SETTLED, State
from support.cases.models import Case, CaseItem, CaseMove

ANSWERS = (State.APPROVED, State.REFUSED)
FOR_ENDINGS = (
    KeyTextTransform("route", "decision"),
    "result",
    KeyTextTransform("value", KeyTextTransform("order.currency", "facts")),
    KeyTextTransform("amount", "granted"),
)


@dataclass(frozen=True)
class ClauseCount:
    """How many answers of one kind ("approved" or "refused") cite a clause. clause "": only a reason was given."""

    clause: str
    answer: str
    count: int


@dataclass(frozen=True)
class Keeping:
    """One promise ("answer", "send", "refund"): kept and broken ones that ended, and those that are broken still."""

    due: str
    kept: int
    broken: int
    overdue_now: int


@dataclass(frozen=True)
class Ending:
    """How items of one route ended. amount: what was refunded in this currency; for the rest 0."""

    route: str
    result: str
    currency: str
    count: int
    amount: Decimal


def outcomes_by_clause(since: datetime, until: datetime) -> list[ClauseCount]:
    """The clauses behind the answers given in this time (until: not included), the most cited first."""
    counted: Counter[tuple[str, str]] = Counter()
    for state, clauses in _moves(since, until).filter(state__in=ANSWERS).values_list("state", "clauses").iterator():
        counted.update((clause, state) for clause in clauses or ("",))
    return [ClauseCount(clause, state, count) for (clause, state), count in counted.most_common()]


def deadline_keeping(since: datetime, until: datetime, now: datetime) -> list[Keeping]:
    """For each promise: how many that ended in this time were kept, and how many are overdue at this moment."""
    ended = _moves(since, until).exclude(due="").order_by("due").values("due")
    rows = ended.annotate(kept=Count("pk", Q(at__lt=F("due_at"))), broken=Count("pk", Q(at__gte=F("due_at"))))
    by_due = {row["due"]: row for row in rows}
    late = dict(Case.objects.filter(due_at__lte=now).order_by("due").values_list("due").annotate(count=Count("pk")))
    return [
        Keeping(due, by_due.get(due, {}).get("kept", 0), by_due.get(due, {}).get("broken", 0), late.get(due, 0))
        for due in Case.Due.values
    ]


def endings(since: datetime, until: datetime) -> list[Ending]:
    """How the items of the cases that were settled or refused in this time ended; the most frequent first."""
    ended = _moves(since, until).filter(state__in=(*SETTLED, State.REFUSED)).values("case")
    items = CaseItem.objects.filter(case__in=ended).exclude(result="")
    counts: Counter[tuple[str, str, str]] = Counter()
    sums: dict[tuple[str, str, str], Decimal] = defaultdict(Decimal)
    for route, result, currency, amount in items.values_list(*FOR_ENDINGS).iterator(chunk_size=2000):
        key = (route or "", result, currency or "")
        counts[key] += 1
        sums[key] += Decimal(amount or 0) if result == CaseItem.Result.REFUND else 0
    return [Ending(*key, count, sums[key]) for key, count in counts.most_common()]


def answer_times(since: datetime, until: datetime) -> list[timedelta]:
    """How long each answer given in this time took, from the opening; the shortest first."""
    answered = _moves(since, until).filter(state__in=ANSWERS, previous=State.UNDER_REVIEW)
    return sorted(at - opened for at, opened in answered.values_list("at", "case__opened_at"))


def _moves(since: datetime, until: datetime) -> QuerySet[CaseMove]:
    return CaseMove.objects.filter(at__gte=since, at__lt=until).order_by()
