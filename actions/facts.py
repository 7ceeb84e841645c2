"""From slots to the facts of the decision contract, each with its source."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from actions.fact_slots import CLAIM_FACTS, ELSEWHERE, NOT_FOUND, ORDER_FACTS, UNSURE, slot_of
from actions.message import Message
from policy import Decision, decide, open_requests, parse_facts
from support.orders.services import ShopOrder

WISHES = {"return": "refund", "exchange": "replacement"}  # what they prefer if the warranty takes over

Slots = Mapping[str, Any]
Sourced = dict[str, dict[str, Any]]


def known_facts(slots: Slots, message: Message) -> Sourced:
    """Every known fact of the current item: {"claim.unused": {"value": True, "source": "customer"}, …}.

    What the shop knows wins over what the customer says, and what an agent settled over both.
    """
    facts = _said(slots)
    facts["now"] = {"value": message.now.isoformat(), "source": "shop"}
    if message.timezone:
        facts["customer_timezone"] = {"value": message.timezone, "source": "customer"}
    if slots.get("order"):
        facts.update(_of_the_shop(slots))
    facts.update({name: {"value": value, "source": "agent"} for name, value in (slots.get("settled") or {}).items()})
    is_delivered = facts.get("order.delivered", {}).get("value")
    if is_delivered is False:
        facts.setdefault("order.delivery_due_at", {"value": "none", "source": "shop"})
    for fact, fits in (("order.delivery_due_at", False), ("order.delivered_on", True)):
        if is_delivered is not fits:
            facts.pop(fact, None)  # the shop's, from before the agent's word
    return facts


def decision_of(slots: Slots, message: Message) -> Decision:
    """What the policy says of the current item."""
    return decide(parse_facts(values_of(known_facts(slots, message))))


def doors(slots: Slots, message: Message) -> tuple[str, ...]:
    """The requests that are still open for the current item."""
    return open_requests(parse_facts(values_of(known_facts(slots, message))))


def values_of(facts: Sourced) -> dict[str, Any]:
    """The facts without their sources, as policy.parse_facts takes them."""
    return {name: fact["value"] for name, fact in facts.items()}


def _said(slots: Slots) -> Sourced:
    facts = {}
    for name in ("request", *ORDER_FACTS, *CLAIM_FACTS):
        value = slots.get(slot_of(name))
        if value is not None and value != ELSEWHERE:
            facts[name] = {"value": value, "source": "customer"}
    if facts.get("order.delivered_on") and "order.delivered" not in facts:
        facts["order.delivered"] = {"value": True, "source": "customer"}
    if facts.get("order.delivered", {}).get("value") == UNSURE:
        del facts["order.delivered"]
    wish = WISHES.get(slots.get("request") or "")
    if wish and "claim.remedy" not in facts:
        facts["claim.remedy"] = {"value": wish, "source": "customer"}
    facts["claim.photos"] = {"value": len(slots.get("evidence_photos") or ()), "source": "photo"}
    serial = slots.get("evidence_serial_number")
    if serial and serial != NOT_FOUND:
        facts["claim.serial_number"] = {"value": serial, "source": "customer"}
    if slots.get("evidence_defect_description"):
        facts["claim.defect_description"] = {"value": slots["evidence_defect_description"], "source": "customer"}
    return facts


def _of_the_shop(slots: Slots) -> Sourced:
    order = ShopOrder.from_json(slots["order"])
    known = order.facts()
    if slots.get("order_lines"):
        pieces = dict(slots["order_lines"])
        known |= order.line_facts(pieces, pieces)
    known["claim.proof_of_purchase"] = True
    if _gift_is_counted(slots):
        known["order.gift_value"] = "0.00"
    return {name: {"value": value, "source": "shop"} for name, value in known.items() if value is not None}


def _gift_is_counted(slots: Slots) -> bool:
    """Whether an earlier item of this request already gives the order's gift back, or pays for it (R.gift)."""
    return any(item["decision"]["route"] == "return" for item in slots.get("items") or ())
