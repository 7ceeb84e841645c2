"""One customer's data as a whole, found by an e-mail address: handed out, or erased."""

import datetime
import io
import json
import zipfile
from contextlib import suppress
from dataclasses import dataclass
from typing import Any

from django.core.serializers.json import DjangoJSONEncoder

from support.cases.models import Case
from support.conversations import photos
from support.conversations.models import Conversation, Message, Photo
from support.orders.services import customer_orders, forget_customer, order_numbers, proven_conversations
from support.privacy.erasure import erase


@dataclass(frozen=True)
class Found:
    """What there is. theirs: conversations of this customer for certain; mentioned: the address was typed there."""

    email: str
    orders: tuple[str, ...]
    theirs: tuple[str, ...]
    mentioned: tuple[str, ...]
    cases: tuple[str, ...]

    @property
    def is_empty(self) -> bool:
        return not (self.orders or self.theirs or self.mentioned)


def find(email: str) -> Found:
    """A conversation is theirs if an order of theirs was proven in it, or a case of one opened, or it is by mail."""
    email = email.strip()
    if "@" not in email:
        return Found(email, (), (), (), ())
    orders = order_numbers(email)
    of_orders = Case.objects.filter(order_number__in=orders)
    by_mail = Conversation.objects.filter(address__iexact=email).values_list("pk", flat=True)
    theirs = proven_conversations(orders) | set(of_orders.values_list("conversation", flat=True)) | set(by_mail)
    known = Conversation.objects.filter(pk__in=theirs, erased_at=None).order_by("created_at")
    typed = Message.objects.filter(sender=Message.Sender.CUSTOMER, text__icontains=email)
    typed = typed.exclude(conversation__in=theirs).filter(conversation__erased_at=None)
    return Found(
        email,
        tuple(orders),
        tuple(known.values_list("pk", flat=True)),
        tuple(sorted(set(typed.values_list("conversation", flat=True)))),
        tuple(of_orders.order_by("number").values_list("number", flat=True)),
    )


def export(email: str) -> bytes:
    """A ZIP: data.json with orders, conversations and cases, and the photos beside it.

    Conversations in which the address was only typed are left out: they may be somebody else's.
    """
    found, out = find(email), io.BytesIO()
    data = {
        "email": found.email,
        "orders": customer_orders(email),
        "conversations": [_conversation(pk) for pk in found.theirs],
        "cases": [_case(number) for number in found.cases],
    }
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("data.json", json.dumps(data, cls=DjangoJSONEncoder, indent=1, ensure_ascii=False))
        for photo in Photo.objects.filter(conversation__in=found.theirs, message__isnull=False):
            with suppress(FileNotFoundError):
                archive.writestr(f"photos/{photo.pk}.jpg", photos.shown(photo.pk))
    return out.getvalue()


def erase_customer(email: str, now: datetime.datetime, who: str) -> Found:
    """What was found, now gone: conversations whole, orders without the person. Again: nothing is found.

    What the law makes us keep stays and names nobody: what was bought for how much, what was decided on which facts.
    Open cases keep their evidence until they are over (support.privacy.erasure). Raises OSError (files): again, then.
    """
    found = find(email)
    for conversation in (*found.theirs, *found.mentioned):
        erase(conversation, now, who)
    forget_customer(email)
    return found


def _conversation(pk: str) -> dict[str, Any]:
    conversation = Conversation.objects.get(pk=pk)
    said = conversation.messages.prefetch_related("photos")
    return {
        "id": pk,
        "began": conversation.created_at,
        "timezone": conversation.timezone,
        "said": [
            {
                "at": message.at,
                "from": message.sender,
                "name": message.name,
                "text": message.text,
                "photos": [photo.pk for photo in message.photos.all()],
            }
            for message in said
        ],
    }


def _case(number: str) -> dict[str, Any]:
    case = Case.objects.get(number=number)
    fields = ("name", "lines", "facts", "evidence", "decision", "granted", "result")
    return {
        "number": number,
        "state": case.state,
        "opened": case.opened_at,
        "policy": case.policy_version,
        "items": list(case.items.values(*fields)),
        "steps": list(case.moves.values("at", "state", "clauses", "reason")),
    }
