"""What Rasa tells of its turns, counted by day: intents, how sure it was, which policies acted. Each event once."""

import datetime
import logging
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.db import transaction
from django.db.models import F, Sum

from support.desk.models import CountedEvent, TurnCount

logger = logging.getLogger(__name__)

What = TurnCount.What
KNOWN_FOR = datetime.timedelta(days=30)  # a redelivery comes within seconds
SHOWN = 15
Rows = Sequence[tuple[str, float]]
Key = tuple[datetime.date, str, str, str]


@dataclass(frozen=True)
class Understanding:
    """How messages were understood. sureness: by zone of confidence; misread: the likeliest where it was not sure."""

    intents: Rows
    sureness: Rows
    misread: Rows
    policies: Rows


def count(events: Sequence[Mapping[str, Any]]) -> int:
    """Counts the events that were not counted before, all or none; how many those were. Raises DatabaseError."""
    told = {str(event["id"]): event for event in events}
    with transaction.atomic():
        known = set(CountedEvent.objects.filter(pk__in=told).values_list("pk", flat=True))
        new = [told[pk] for pk in sorted(told) if pk not in known]
        CountedEvent.objects.bulk_create(CountedEvent(id=event["id"], at=_instant(event)) for event in new)
        pieces: Counter[Key] = Counter(key for event in new for key in _keys(event))
        for day, what, name, detail in sorted(pieces):  # in one order, so that two processes do not lock each other
            _add(pieces[day, what, name, detail], day=day, what=what, name=name, detail=detail)
    return len(new)


def forget_counted(now: datetime.datetime) -> None:
    """What nobody will send again need not be known; its counts stay."""
    CountedEvent.objects.filter(at__lt=now - KNOWN_FOR).delete()


def understanding_of(since: datetime.date, until: datetime.date) -> Understanding | None:
    """Of these days, both included, in UTC; None when nothing was told."""
    of_days = TurnCount.objects.filter(day__gte=since, day__lte=until)
    if not of_days.exists():
        return None
    found = (_sums(of_days.filter(what=what), by) for what, by in _SHOWN)
    return Understanding(*found)


_SHOWN = ((What.INTENT, "name"), (What.INTENT, "detail"), (What.MISREAD, "name"), (What.POLICY, "name"))


def _sums(counts: Any, by: str) -> Rows:
    sums = counts.exclude(**{by: ""}).values_list(by).annotate(sum=Sum("count")).order_by("-sum", by)
    return [(name, total) for name, total in sums[:SHOWN]]


def _add(pieces: int, **key: Any) -> None:
    counted = TurnCount.objects.filter(**key)
    if not counted.update(count=F("count") + pieces):  # the first of this day
        TurnCount.objects.bulk_create([TurnCount(**key)], ignore_conflicts=True)
        counted.update(count=F("count") + pieces)


def _keys(event: Mapping[str, Any]) -> list[Key]:
    day = _instant(event).date()
    if event["kind"] == "action":
        return [(day, What.POLICY, _short(event.get("policy")), "")]
    intent = _short(event.get("intent"))
    keys: list[Key] = [(day, What.INTENT, intent, _short(event.get("zone")))]
    if intent == "nlu_fallback":
        keys.append((day, What.MISREAD, _short(event.get("best")), ""))
    return keys


def _instant(event: Mapping[str, Any]) -> datetime.datetime:
    return datetime.datetime.fromtimestamp(float(event["at"]), datetime.timezone.utc)


def _short(name: Any) -> str:
    return str(name or "")[: TurnCount.LONGEST]
