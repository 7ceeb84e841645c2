"""What the desk has before it in the tests: one customer, one order, one case under review."""

import datetime
import io
import uuid
from dataclasses import dataclass

from django.contrib.auth.models import User
from PIL import Image

from policy import decide, parse_facts
from support.cases.new_case import NewCase, NewItem
from support.cases.services import open_case
from support.conversations import log
from support.conversations.log import Inbound, add_photo, open_log
from support.conversations.models import Message
from support.conversations.photos import develop

NOW = datetime.datetime(2026, 11, 22, 10, 0, tzinfo=datetime.timezone.utc)
ROLES = {"agent": "mia", "lead": "lea", "auditor": "ada"}
FACTS = {
    "now": NOW.isoformat(),
    "request": "return",
    "order.channel": "official_website",
    "order.country": "US",
    "order.currency": "USD",
    "order.purchased_on": "2026-11-08",
    "order.delivered": True,
    "order.delivered_on": "2026-11-12",
    "order.price_paid": "79.90",
    "order.expedited_fee": "0.00",
    "order.gift_value": "0.00",
    "order.free_product": False,
    "order.exchanges_made": 0,
    "order.fully_refunded": False,
    "order.replaced_on": "none",
    "claim.reason": "changed_mind",
    "claim.unused": True,
    "claim.packaging_complete": True,
    "claim.contents_complete": True,
    "claim.proof_of_purchase": True,
    "claim.photos": 1,
}


@dataclass(frozen=True)
class Scene:
    conversation: str
    token: str
    photo: str
    case: str


def make_scene(now: datetime.datetime) -> Scene:
    conversation, token = log.start("America/New_York", "en", now)
    original = picture()
    photo = add_photo(conversation.pk, original, develop(original), now)
    log.receive(conversation.pk, Inbound(uuid.uuid4(), "It does not please me", "", (photo.pk,)), now)
    with open_log(conversation.pk, now) as writing:
        writing.append(Message.Sender.BOT, "A person will look at it.")
    return Scene(conversation.pk, token, photo.pk, open_a_case(conversation.pk, photo.pk, now))


def open_a_case(conversation: str, photo: str, now: datetime.datetime, **facts) -> str:
    """Its number."""
    known = FACTS | {"now": now.isoformat()} | facts
    decision = decide(parse_facts(known)).as_dict()
    sourced = {
        name: {"value": value, "source": "customer" if "claim" in name else "shop"} for name, value in known.items()
    }
    item = NewItem("X3U Sonic Toothbrush (pink)", [[0, 1]], sourced, {"photos": [photo] if photo else []}, decision)
    review_by = datetime.date.fromisoformat(decision["deadlines"].get("review_by") or "2026-11-25")
    new = NewCase(uuid.uuid4().hex, conversation, "SC10234", now, review_by, "America/New_York", (item,))
    return open_case(new).number


def picture() -> bytes:
    out = io.BytesIO()
    Image.linear_gradient("L").resize((320, 240)).convert("RGB").save(out, "JPEG")
    return out.getvalue()


def user(role: str) -> User:
    return User.objects.get(username=ROLES[role])
