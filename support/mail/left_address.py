"""A customer leaves an address in the chat: once the link sent to it was pressed, answers come there as well."""

from __future__ import annotations

import datetime
import json
import uuid

from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.db import transaction
from django.http import HttpRequest, HttpResponseNotAllowed, JsonResponse
from django.http.response import HttpResponseBase
from django.utils import timezone

from support.conversations.database import reading, writing
from support.conversations.history import conversation_of
from support.conversations.models import Conversation
from support.mail import brakes
from support.mail.blocks import Paragraph
from support.mail.links import Purpose
from support.mail.models import Correspondence
from support.mail.owed import Draft
from support.mail.page_of import confirmation
from support.mail.wording import text

MOST_BYTES = 2_000


class TooMany(Exception):
    """Enough letters went to this address for now."""


async def leave_address(request: HttpRequest, conversation_id: str) -> HttpResponseBase:
    """POST {"address": …} with the conversation's token. 202; 400, 401, 404, 429 in the shape of the chat API."""
    if request.method != "POST":
        return HttpResponseNotAllowed(["POST"])
    opened = await reading(conversation_of, request.headers.get("Authorization", "").removeprefix("Bearer ").strip())
    if opened is None:
        return _refusal(401, "unauthorized", "This needs the token of the conversation.")
    if opened != conversation_id:
        return _refusal(404, "not_found", "There is no such conversation.")
    try:
        address = address_in(request.body[:MOST_BYTES])
        await writing(begin, conversation_id, address, timezone.now())
    except (ValueError, ValidationError):
        return _refusal(400, "bad_request", "address takes an e-mail address.", "address")
    except TooMany:
        return _refusal(429, "too_many", "Enough letters went to this address for now. Please try again later.")
    return JsonResponse({"address": address}, status=202)


leave_address.csrf_exempt = True  # type: ignore[attr-defined]  # opened by a token, not by a cookie


def address_in(body: bytes) -> str:
    """The address, in lower case. Raises ValueError, ValidationError."""
    given = json.loads(body)
    address = given.get("address") if isinstance(given, dict) else None
    if not isinstance(address, str) or len(address) > 254:
        raise ValueError("address")
    validate_email(address.strip())
    return address.strip().lower()


def begin(conversation_id: str, address: str, now: datetime.datetime) -> None:
    """From now on this conversation is held with this address, too; a letter asks to confirm it. Raises TooMany."""
    with transaction.atomic():
        conversation = Conversation.objects.select_for_update().get(pk=conversation_id, erased_at=None)
        if brakes.holds(address, now):
            raise TooMany
        correspondence, is_new = Correspondence.objects.get_or_create(
            conversation=conversation,
            defaults={
                "address": address,
                "language": conversation.locale[:2],
                "began_here": False,
                "told_seq": conversation.last_seq,
                "created_at": now,
            },
        )
        if not is_new and correspondence.address != address:
            correspondence.address, correspondence.began_here = address, False
            correspondence.save(update_fields=["address", "began_here"])
        draft = Draft(correspondence, now)
        said = text(draft.language, "left_address")
        draft.body = [Paragraph(said), *confirmation(draft.language, draft.link(Purpose.CONFIRM))]
        draft.store(f"left:{uuid.uuid4().hex}", None, said)


def _refusal(status: int, code: str, message: str, field: str | None = None) -> JsonResponse:
    return JsonResponse({"error": {"code": code, "message": message, "field": field}}, status=status)
