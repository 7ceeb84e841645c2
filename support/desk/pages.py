"""What the desk shows: the lists, a conversation with its case card, photos, cases by what is due."""

import zoneinfo
from typing import Any

from django.contrib.auth.models import User
from django.core.exceptions import ObjectDoesNotExist
from django.db.models import Prefetch
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone

from policy import BadFacts, decide, parse_facts
from support.cases.case_list import count_overdue
from support.cases.models import Case, CaseItem
from support.conversations import photos
from support.conversations.models import Conversation, Photo
from support.desk import audit
from support.desk.canned import canned_for
from support.desk.card import card_of, in_words
from support.desk.doors import needs, refuse
from support.desk.fact_words import read_changes
from support.desk.line import address_of, lists_for, read_up_to, urgency_of
from support.desk.request_so_far import request_so_far
from support.desk.roles import ACT, LOOK, ROLES, may
from support.desk.transcript import entries_of
from support.mail import services as mail_services
from support.orders.services import normalise_number

SHOWN_CASES = 200


@needs(LOOK)
def desk(request: HttpRequest) -> HttpResponse:
    """The lists, and no conversation yet."""
    audit.looked(request.user, "looked at the lists")
    return render(request, "desk/desk.html", _frame(request))


@needs(LOOK)
def line(request: HttpRequest) -> HttpResponse:
    audit.looked(request.user, "looked at the lists")
    return render(request, "desk/line.html", _frame(request) | {"open_id": request.GET.get("open", "")})


@needs(LOOK)
def conversation(request: HttpRequest, conversation_id: str) -> HttpResponse:
    """The whole page of one conversation."""
    found = _conversation(request, conversation_id)
    shown = _frame(request) | _said(request, found) | _owner(request, found)
    return render(request, "desk/conversation.html", shown | {"open_id": found.pk})


@needs(LOOK)
def said(request: HttpRequest, conversation_id: str) -> HttpResponse:
    return render(request, "desk/said.html", _said(request, _conversation(request, conversation_id)))


@needs(LOOK)
def owner(request: HttpRequest, conversation_id: str) -> HttpResponse:
    """Who has it, what may be done with it, and where the agent writes."""
    return render(request, "desk/owner.html", _owner(request, _conversation(request, conversation_id)))


@needs(LOOK)
def card(request: HttpRequest, conversation_id: str) -> HttpResponse:
    return render(request, "desk/card.html", card_context(request, _conversation(request, conversation_id)))


@needs(LOOK)
def what_if(request: HttpRequest, conversation_id: str) -> HttpResponse:
    """The decision as it would be with the facts of the form; nothing is written."""
    found = _conversation(request, conversation_id)
    facts = facts_of(found, request.GET)
    changed = {name: fact["value"] for name, fact in facts.items()} | read_changes(request.GET, facts)
    try:
        decision = in_words(decide(parse_facts(changed)))
    except BadFacts as error:
        return render(request, "desk/what_if.html", {"problem": str(error)})
    return render(request, "desk/what_if.html", {"decision": decision})


@needs(LOOK)
def photo(request: HttpRequest, photo_id: str) -> HttpResponse:
    """The photo as it is shown, in its full size."""
    found = _photo(request, photo_id)
    return HttpResponse(photos.shown(found.pk), headers=photos.SHOWN_HEADERS)


@needs(LOOK)
def original(request: HttpRequest, photo_id: str) -> HttpResponse:
    """The file as it came: it may say where and when it was taken, so it is one look of its own."""
    found = _photo(request, photo_id)
    audit.record(request.user, "took the original of a photo", found.conversation_id, detail=found.pk)
    name = f"{found.pk}.{found.kind.removeprefix('image/')}"
    response = HttpResponse(photos.original(found.pk), content_type="application/octet-stream")
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    return response


@needs(LOOK)
def cases(request: HttpRequest) -> HttpResponse:
    """Open cases by what is due first; ?state= any other state, ?find= a case or an order number."""
    state, find = request.GET.get("state", ""), request.GET.get("find", "").strip()
    audit.looked(request.user, "looked at the list of cases", detail=f"{state} {find}".strip())
    found = Case.objects.prefetch_related(Prefetch("items", CaseItem.objects.only("case", "position", "name")))
    if find:
        numbers = [find.upper(), normalise_number(find) or find.upper()]
        found = (found.filter(number=find.upper()) | found.filter(order_number__in=numbers)).order_by("-opened_at")
    elif state:
        found = found.filter(state=state).order_by("-opened_at")
    else:
        found = found.filter(due_at__isnull=False).order_by("due_at")
    now = timezone.now()
    rows = [(case, urgency_of(case, now), address_of(case.conversation)) for case in found[:SHOWN_CASES]]
    shown = {"rows": rows, "states": Case.State.choices, "state": state, "find": find}
    return render(request, "desk/cases.html", shown | {"now": now, "overdue": count_overdue(now)})


def card_context(request: HttpRequest, found: Conversation) -> dict[str, Any]:
    shown = card_of(found, timezone.now())
    mine = found.owner == Conversation.Owner.AGENT and found.agent_id == request.user.pk
    return {"card": shown, "conversation": found, "acts": may(request.user, ACT), "mine": mine}


def facts_of(found: Conversation, form: Any) -> dict[str, dict[str, Any]]:
    """The facts that a form is about: of a case's item (`case`, `item`), else of the request that is under way.

    Raises ObjectDoesNotExist.
    """
    if form.get("case"):
        case = Case.objects.get(number=form["case"], conversation=found.pk)
        item = case.items.filter(position=int(form["item"])).first() if form.get("item", "").isdigit() else None
        if item is None:
            raise ObjectDoesNotExist
        return dict(item.facts)
    return request_so_far(found.pk, timezone.now().isoformat()).facts


def _frame(request: HttpRequest) -> dict[str, Any]:
    now = timezone.now()
    return {"lists": lists_for(request.user, now), "now": now, "overdue": count_overdue(now)}


def _conversation(request: HttpRequest, conversation_id: str) -> Conversation:
    """Looked at, which the audit log knows. Raises Conversation.DoesNotExist (erased, too)."""
    found = Conversation.objects.select_related("agent").get(pk=conversation_id, erased_at=None)
    audit.looked(request.user, "looked at a conversation", found.pk)
    return found


def _said(request: HttpRequest, found: Conversation) -> dict[str, Any]:
    read_up_to(request.user, found.pk, found.last_seq)
    return {"conversation": found, "entries": entries_of(found)}


def _owner(request: HttpRequest, found: Conversation) -> dict[str, Any]:
    colleagues = User.objects.filter(is_active=True, groups__name__in=[r for r in ROLES if ACT in ROLES[r]])
    return {
        "conversation": found,
        "acts": may(request.user, ACT),
        "mine": found.owner == Conversation.Owner.AGENT and found.agent_id == request.user.pk,
        "colleagues": colleagues.exclude(pk=request.user.pk).distinct(),
        "canned": canned_for(found, request.user),
        "customers_time": _customers_time(found.timezone),
        "address": mail_services.address_of(found.pk),
        "stopped": mail_services.standing_still(found.pk),
    }


def _customers_time(zone: str) -> str:
    return f"{timezone.now().astimezone(zoneinfo.ZoneInfo(zone)):%H:%M}" if zone else ""


def _photo(request: HttpRequest, photo_id: str) -> Photo:
    found = Photo.objects.get(pk=photo_id, message__isnull=False)
    audit.looked(request.user, "looked at a photo", found.conversation_id, detail=found.pk)
    return found


@needs(LOOK)
def not_there(request: HttpRequest) -> HttpResponse:
    return refuse(request, 404, "There is no such page", "The address may be mistyped.")
