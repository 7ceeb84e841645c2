"""The days of a case beside a message, and as a calendar file (RFC 5545)."""

from datetime import datetime, timedelta, timezone
from typing import Any

from icalendar import Calendar, Event

from support.cases.days import CaseDay, case_card, days_of
from support.cases.docket import CaseNotFound
from support.cases.models import Case
from support.cases.wording import text

MAKER = "-//SOOCAS//support//EN"
HOST = "cases.soocas.com"  # of the UIDs only: what makes them unlike anybody else's


def card_of(number: str, conversation: str) -> dict[str, Any]:
    """The same by the case's number. Raises CaseNotFound."""
    return case_card(_case(number), conversation)


def calendar_file(number: str, conversation: str, proven_orders: tuple[str, ...] = ()) -> bytes:
    """The days of this case as all-day events, each with the same UID every time, so that a newer file replaces it.

    Raises CaseNotFound, also for a case of another conversation about an order that was not proven here.
    """
    case = _case(number)
    if case.conversation != conversation and case.order_number not in proven_orders:
        raise CaseNotFound(number)
    calendar = Calendar()
    calendar.add("prodid", MAKER)
    calendar.add("version", "2.0")
    calendar.add("method", "PUBLISH")
    calendar.add("x-wr-calname", text("part_calendar_name", number=case.number))
    for day in days_of(case):
        calendar.add_component(_event(case, day))
    return bytes(calendar.to_ical())


def _event(case: Case, day: CaseDay) -> Event:
    changed = case.changed_at or case.opened_at
    event = Event()
    event.add("uid", f"{case.number}-{day.name}@{HOST}".lower())
    event.add("dtstamp", changed.astimezone(timezone.utc))
    event.add("last-modified", changed.astimezone(timezone.utc))
    event.add("sequence", _sequence(case, changed))
    event.add("dtstart", day.day)
    event.add("dtend", day.day + timedelta(days=1))
    event.add("summary", text("part_calendar_event", title=day.title, number=case.number))
    event.add("status", "TENTATIVE" if day.expected else "CONFIRMED")
    event.add("transp", "TRANSPARENT")
    return event


def _sequence(case: Case, changed: datetime) -> int:
    """Grows with every change, as a calendar program expects of a newer version."""
    return max(0, int((changed - case.opened_at).total_seconds()))


def _case(number: str) -> Case:
    found = Case.objects.filter(number=number.strip().upper()).prefetch_related("items").first()
    if found is None:
        raise CaseNotFound(number)
    return found
