"""/desk/numbers as plots and as CSV, and the messages that were not understood."""

import csv
import datetime
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone

from support.desk import audit
from support.desk.doors import is_part, needs, refuse
from support.desk.figures import Numbers, as_rows, numbers_of
from support.desk.misunderstood import intents, most_misunderstood, propose
from support.desk.plots import Plot, lying, standing
from support.desk.roles import ACT, LOOK
from support.desk.turn_counts import Rows, Understanding, understanding_of

PERIODS = (7, 30, 90, 365)
UTC = datetime.timezone.utc


@needs(LOOK)
def numbers(request: HttpRequest) -> HttpResponse:
    days, found = _asked(request)
    told = understanding_of(found.since, found.until)
    audit.looked(request.user, "looked at the numbers")
    start = datetime.datetime.combine(found.since, datetime.time.min, UTC)
    shown: dict[str, Any] = {
        "numbers": found,
        "days": days,
        "periods": PERIODS,
        "plots": [
            standing("Conversations a day", found.by_day),
            lying("Handoffs by reason", found.reasons),
            lying("Answers by clause", found.clauses),
            lying("How was it?", found.ratings),
            lying("How was it, without a person?", found.ratings_of_the_assistant),
            *_understanding(told),
        ],
        "misunderstood": most_misunderstood(start, timezone.now()),
        "intents": intents(),
    }
    return render(request, "desk/numbers.html", shown)


@needs(LOOK)
def numbers_csv(request: HttpRequest) -> HttpResponse:
    """figure, what, value."""
    _, found = _asked(request)
    told = understanding_of(found.since, found.until)
    audit.looked(request.user, "took the numbers as CSV")
    response = HttpResponse(content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="numbers-{found.since}-{found.until}.csv"'
    writer = csv.writer(response)
    writer.writerow(("figure", "what", "value"))
    writer.writerows((_no_formula(figure), _no_formula(what), value) for figure, what, value in as_rows(found))
    writer.writerows((title, _no_formula(what), value) for title, rows in _titled(told) for what, value in rows)
    return response


@needs(ACT, "POST")
def training_line(request: HttpRequest) -> HttpResponse:
    """What a message that was not understood means, for whoever trains next."""
    words, intent = request.POST.get("text", ""), request.POST.get("intent", "")
    try:
        propose(words, intent, request.user.get_username())
    except ValueError:
        return refuse(request, 400, "That is no line to learn from", "Pick what the message means.")
    audit.record(request.user, "proposed a training line", detail=intent)
    if is_part(request):
        return render(request, "desk/proposed.html", {"intent": intent})
    return redirect("numbers")


def _understanding(told: Understanding | None) -> list[Plot]:
    """As plots; none where Rasa tells nothing (SUPPORT_BROKER_URL)."""
    return [lying(title, rows) for title, rows in _titled(told) if rows]


def _titled(told: Understanding | None) -> list[tuple[str, Rows]]:
    if told is None:
        return []
    return [
        ("Messages by what they meant", told.intents),
        ("How sure that was", told.sureness),
        ("Not understood, nearest to", told.misread),
        ("Steps by the policy that took them", told.policies),
    ]


def _asked(request: HttpRequest) -> tuple[int, Numbers]:
    given = request.GET.get("days", "")
    days = int(given) if given.isdigit() and int(given) in PERIODS else 30
    now = timezone.now()
    until = now.date()
    return days, numbers_of(until - datetime.timedelta(days=days - 1), until, now)


def _no_formula(cell: str) -> str:
    """A cell that a spreadsheet takes for text: reasons are typed by people."""
    return f"'{cell}" if cell[:1] in ("=", "+", "-", "@", "\t", "\r") else cell
