"""What an agent does with a conversation. Each is one act of the owner service and one line in the audit log."""

import uuid

from django.contrib.auth.models import User
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone

from policy import BadFacts, parse_facts
from support.conversations import ownership
from support.conversations.models import Conversation
from support.desk import audit
from support.desk.doors import is_part, needs, refuse
from support.desk.fact_words import read_changes
from support.desk.pages import facts_of
from support.desk.roles import ACT, LEAD, ROLES
from support.orders.services import normalise_number

LONGEST = 5000  # characters of an answer or a note


@needs(ACT, "POST")
def take(request: HttpRequest, conversation_id: str) -> HttpResponse:
    ownership.take(conversation_id, request.user, timezone.now())
    audit.record(request.user, "took the conversation", conversation_id)
    return _done(request, conversation_id)


@needs(ACT, "POST")
def say(request: HttpRequest, conversation_id: str) -> HttpResponse:
    """An answer to the customer, or (kind=note) a note for colleagues."""
    text, now = request.POST.get("text", "").strip(), timezone.now()
    if not text or len(text) > LONGEST:
        return refuse(request, 400, "Nothing was sent", f"An answer has 1 to {LONGEST} characters.")
    if request.POST.get("kind") == "note":
        ownership.note(conversation_id, request.user.get_username(), text, now)
        audit.record(request.user, "wrote a note", conversation_id)
        return _done(request, conversation_id)
    try:
        client_id = uuid.UUID(request.POST.get("client_id", ""))
    except ValueError:
        return refuse(request, 400, "Nothing was sent", "Please load the page again.")
    ownership.answer(conversation_id, request.user, text, client_id, now)
    audit.record(request.user, "answered", conversation_id)
    return _done(request, conversation_id)


@needs(ACT, "POST")
def transfer(request: HttpRequest, conversation_id: str) -> HttpResponse:
    """To a colleague, or (to empty) back into the waiting line."""
    to, name = None, request.POST.get("to", "")
    if name:
        may_act = [role for role in ROLES if ACT in ROLES[role]]
        to = User.objects.filter(is_active=True, groups__name__in=may_act).distinct().get(username=name)
    ownership.transfer(conversation_id, request.user, to, request.POST.get("reason", "").strip(), timezone.now())
    audit.record(request.user, "passed the conversation on", conversation_id, detail=name or "the waiting line")
    return _done(request, conversation_id)


@needs(LEAD, "POST")
def release(request: HttpRequest, conversation_id: str) -> HttpResponse:
    """Out of a colleague's hands, for one who went home."""
    ownership.release(conversation_id, request.user, timezone.now())
    audit.record(request.user, "put the conversation back into the line", conversation_id)
    return _done(request, conversation_id)


@needs(ACT, "POST")
def hand_back(request: HttpRequest, conversation_id: str) -> HttpResponse:
    """To the assistant, with the facts that the form puts right, and an order whose owner the agent has checked."""
    found = Conversation.objects.get(pk=conversation_id, erased_at=None)
    facts = facts_of(found, {}) if "request" in request.POST else {}
    settled = {fact: value for fact, value in read_changes(request.POST, facts).items() if value is not None}
    try:
        parse_facts({"now": timezone.now().isoformat()} | {n: f["value"] for n, f in facts.items()} | settled)
    except BadFacts as error:
        return refuse(request, 400, "A fact is not right yet", str(error))
    if order := request.POST.get("order", "").strip():
        if not (number := normalise_number(order)):
            return refuse(request, 400, "That is no order number", order)
        settled["order.number"] = number
    ownership.hand_back(conversation_id, request.user, settled, timezone.now())
    audit.record(request.user, "handed back to the assistant", conversation_id, detail=", ".join(settled))
    return _done(request, conversation_id)


@needs(ACT, "POST")
def close(request: HttpRequest, conversation_id: str) -> HttpResponse:
    ownership.close(conversation_id, request.user, timezone.now())
    audit.record(request.user, "closed the conversation", conversation_id)
    return _done(request, conversation_id)


def _done(request: HttpRequest, conversation_id: str) -> HttpResponse:
    """The page hears of the change by its event stream; without a script it is loaded again."""
    return HttpResponse(status=204) if is_part(request) else redirect("conversation", conversation_id)
