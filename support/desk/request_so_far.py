"""What the assistant has collected before a case is opened, read from Rasa's memory of the conversation."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cache
from typing import Any

import httpx
from django.conf import settings

from support.conversations.rasa_addresses import addresses_for
from support.orders.services import ShopOrder

TIMEOUT_S = 3
CLAIMS = (
    *("reason", "unused", "packaging_complete", "contents_complete", "gift_returned", "exchange_for", "remedy"),
    *("damage_cause", "item_country", "troubleshooting_done", "issued_on"),
)
SAID = ("request", "order.channel", "order.delivered", "order.delivered_on", *(f"claim.{claim}" for claim in CLAIMS))
WISHES = {"return": "refund", "exchange": "replacement"}  # what they prefer if the warranty takes over
NOT_SAID = ("elsewhere", None)  # an answer that only led to another question


@dataclass(frozen=True)
class RequestSoFar:
    """facts: {"claim.unused": {"value": True, "source": "customer"}, …}. is_open: the assistant asks for more."""

    item: str
    order_number: str
    facts: dict[str, dict[str, Any]] = field(default_factory=dict)
    is_open: bool = False
    is_known: bool = True


def request_so_far(conversation_id: str, now: str) -> RequestSoFar:
    """The current request; is_known is False when Rasa does not answer. now: the instant that counts, ISO."""
    given = {"token": settings.INTERNAL_TOKEN, "include_events": "NONE"}
    for address in addresses_for(conversation_id):
        try:
            reply = _client().get(f"{address}/conversations/{conversation_id}/tracker", params=given)
            reply.raise_for_status()
            return read_tracker(reply.json(), now)
        except (httpx.HTTPError, ValueError):
            continue
    return RequestSoFar("", "", is_known=False)


@cache
def _client() -> httpx.Client:
    """One for the process: making one reads all certificates. Connections are not kept, so that none is stale."""
    return httpx.Client(timeout=TIMEOUT_S, trust_env=False, limits=httpx.Limits(max_keepalive_connections=0))


def read_tracker(tracker: Mapping[str, Any], now: str) -> RequestSoFar:
    """The facts and sources that the assistant decides with; at the summary, those of its last item."""
    slots: dict[str, Any] = dict(tracker.get("slots") or {})
    is_open = bool((tracker.get("active_loop") or {}).get("name"))
    items = slots.get("items") or []
    if items and not slots.get("order_lines"):
        facts = {**items[-1]["facts"], "now": {"value": now, "source": "shop"}}
        return RequestSoFar(items[-1]["name"], slots.get("order_number") or "", facts, is_open)
    facts = {"now": {"value": now, "source": "shop"}, **_said(slots), **_of_the_shop(slots)}
    facts |= {fact: {"value": value, "source": "agent"} for fact, value in (slots.get("settled") or {}).items()}
    is_delivered = facts.get("order.delivered", {}).get("value")
    for fact, fits in (("order.delivery_due_at", False), ("order.delivered_on", True)):
        if is_delivered is not fits:
            facts.pop(fact, None)
    return RequestSoFar(slots.get("item_name") or "", (slots.get("order") or {}).get("number", ""), facts, is_open)


def _said(slots: Mapping[str, Any]) -> dict[str, dict[str, Any]]:
    told = {fact: slots.get(fact.replace(".", "_")) for fact in SAID}
    facts = {fact: {"value": value, "source": "customer"} for fact, value in told.items() if value not in NOT_SAID}
    if (wish := WISHES.get(slots.get("request") or "")) and "claim.remedy" not in facts:
        facts["claim.remedy"] = {"value": wish, "source": "customer"}
    if facts.get("order.delivered", {}).get("value") == "unsure":
        del facts["order.delivered"]
    if "order.delivered_on" in facts:
        facts.setdefault("order.delivered", {"value": True, "source": "customer"})
    facts["claim.photos"] = {"value": len(slots.get("evidence_photos") or ()), "source": "photo"}
    for name in ("serial_number", "defect_description"):
        if (value := slots.get(f"evidence_{name}")) and value != "none":
            facts[f"claim.{name}"] = {"value": value, "source": "customer"}
    return facts


def _of_the_shop(slots: Mapping[str, Any]) -> dict[str, dict[str, Any]]:
    if not slots.get("order"):
        return {}
    order = ShopOrder.from_json(slots["order"])
    pieces = dict(slots.get("order_lines") or ())
    known = order.facts() | (order.line_facts(pieces, pieces) if pieces else {}) | {"claim.proof_of_purchase": True}
    return {fact: {"value": value, "source": "shop"} for fact, value in known.items() if value is not None}
