"""Cases to try things on, opened as the assistant opens them."""

from __future__ import annotations

import itertools
from datetime import datetime, timezone
from typing import Any

from django.contrib.auth.models import User

from policy import Finding, decide, parse_facts
from support.cases.life import Act, Actor, agent
from support.cases.models import Case, CaseItem
from support.cases.new_case import NewCase, NewItem
from support.cases.services import open_case
from support.conversations.log import start
from support.conversations.models import Conversation, Message

NOW = datetime(2026, 11, 23, 15, tzinfo=timezone.utc)  # a Monday, ten in the morning in New York
NEW_YORK = "America/New_York"
MAYA = agent("7", "Maya")
COUNT = itertools.count()

ORDER: dict[str, Any] = {
    "order.channel": "official_website",
    "order.country": "US",
    "order.purchased_on": "2026-11-01",
    "order.delivered": True,
    "order.delivered_on": "2026-11-10",
    "order.currency": "USD",
    "order.price_paid": "79.90",
    "order.expedited_fee": "12.00",
    "order.gift_value": "0.00",
    "order.free_product": False,
    "order.exchanges_made": 0,
    "order.fully_refunded": False,
    "order.replaced_on": "none",
}
LIKE_NEW = {"claim.unused": True, "claim.packaging_complete": True, "claim.contents_complete": True}
RETURN = {"request": "return", "claim.reason": "changed_mind", **LIKE_NEW, "claim.photos": 1}
EXCHANGE = {**RETURN, "request": "exchange", "claim.exchange_for": "same_item_other_colour"}
FAULTY = {**RETURN, "claim.reason": "quality_problem", "claim.damage_cause": "none"}
WARRANTY = {
    "request": "warranty",
    "claim.reason": "quality_problem",
    "claim.damage_cause": "none",
    "claim.item_country": "US",
    "claim.proof_of_purchase": True,
    "claim.issued_on": "none",
    "claim.photos": 1,
    "claim.troubleshooting_done": True,
    "claim.serial_number": "X3U2409A001234",
}
ABROAD = {**WARRANTY, "claim.item_country": "DE"}
CANCEL = {"request": "cancel", "order.delivered": False, "order.delivered_on": None, "order.delivery_due_at": "none"}
CANCEL_IN_TIME = {**CANCEL, "order.delivery_due_at": "2026-11-30T12:00:00Z"}
FINE = Finding(unused=True, packaging_complete=True, contents_complete=True)


def act(by: Actor = MAYA, at: datetime = NOW, key: str | None = None) -> Act:
    return Act(by, at, key or f"act-{next(COUNT)}")


def opened(*claims: dict[str, Any], timezone: str = NEW_YORK, now: datetime = NOW, order: str = "SC10234", **new: Any):
    """A case as it stands in the database, with one item for each claim, in a conversation of its own."""
    conversation = new.pop("conversation", None) or start(timezone, "en", now)[0].pk
    items = tuple(_item(claim, timezone, now, place) for place, claim in enumerate(claims or (RETURN,)))
    limits = [item.decision["deadlines"].get("review_by", now.date().isoformat()) for item in items]
    case = open_case(
        NewCase(
            opened_by=new.pop("opened_by", f"message-{next(COUNT)}:open_case"),
            conversation=conversation,
            order_number=order,
            now=now,
            review_by=datetime.fromisoformat(max(limits)).date(),
            timezone=timezone,
            items=items,
        )
    )
    return Case.objects.get(number=case.number)


def _item(claim: dict[str, Any], timezone: str, now: datetime, place: int) -> NewItem:
    known = {**ORDER, **claim, "now": now.isoformat(), "customer_timezone": timezone or None}
    facts = {name: {"value": value, "source": _source(name)} for name, value in known.items() if value is not None}
    decision = decide(parse_facts({name: fact["value"] for name, fact in facts.items()})).as_dict()
    evidence = {"photos": ["photo"], "serial_number": known.get("claim.serial_number")}
    return NewItem(("Sonic Toothbrush", "Water Flosser")[place % 2], [[place, 1]], facts, evidence, decision)


def _source(name: str) -> str:
    return "customer" if name.startswith("claim.") else "shop"


def again(case: Case) -> Case:
    """The case as it is stored now."""
    return Case.objects.get(pk=case.pk)


def item(case: Case, position: int = 0) -> CaseItem:
    return CaseItem.objects.get(case=case, position=position)


def said(case: Case) -> list[Message]:
    """What the log of the case's conversation has."""
    return list(Message.objects.filter(conversation=case.conversation))


def owned_by(case: Case, owner: str) -> None:
    mia = User.objects.get_or_create(username="mia")[0] if owner == "agent" else None
    Conversation.objects.filter(pk=case.conversation).update(owner=owner, agent=mia)
