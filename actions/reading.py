"""What a message tells: from words, entities, buttons and photos to slots. No policy, no database, no words."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from actions.answers_read import read_answer
from actions.fact_slots import SLOT_FACTS, YES_NO, slot_of
from actions.message import Message

REQUESTS = {
    "start_return": "return",
    "start_exchange": "exchange",
    "start_warranty_claim": "warranty",
    "cancel_order": "cancel",
}
REASONS = {
    "report_defect": "quality_problem",
    "report_damage_on_arrival": "damaged_on_arrival",
    "report_wrong_item": "wrong_item",
    "report_missing_parts": "missing_accessories",
}
LEAVES_THE_FORM = frozenset({"talk_to_human", "stop_request", "ask_why", "goodbye"})
NOT_ABOUT_THE_ITEM = ("ask_", "out_of_scope", "track_order", "change_order", "check_case_status")
CLAIM_ENTITIES = {
    "reason": "claim.reason",
    "unused": "claim.unused",
    "packaging_complete": "claim.packaging_complete",
    "contents_complete": "claim.contents_complete",
    "damage_cause": "claim.damage_cause",
    "remedy": "claim.remedy",
    "exchange_for": "claim.exchange_for",
    "troubleshooting_done": "claim.troubleshooting_done",
    "gift_returned": "claim.gift_returned",
    "purchase_channel": "order.channel",
}
FREE_TEXT = frozenset({"evidence.defect_description"})


def read(message: Message, slots: Mapping[str, Any], asked: str | None) -> dict[str, Any]:
    """The slots this message sets; empty when it neither answers, adds nor corrects anything.

    asked: the fact of the open question, if there is one.
    """
    if message.answer:
        return {slot_of(fact): _chosen(fact, value) for fact, value in message.answer.items() if _is_slot(fact)}
    told = _photos(message, slots)
    if message.intent == "check_case_status" and not asked:
        return told | _entities(message) | {"wants_status": True}
    if message.intent in LEAVES_THE_FORM:
        return told
    if asked in FREE_TEXT and message.text.strip():
        return told | read_answer(asked, message, slots)
    if not message.intent.startswith(NOT_ABOUT_THE_ITEM):
        told |= _entities(message) | _goal(message, slots, asked)
    if asked and slot_of(asked) not in told:
        told |= read_answer(asked, message, slots)
    return told


def _is_slot(fact: str) -> bool:
    return slot_of(fact) in SLOT_FACTS


def _chosen(fact: str, value: str) -> Any:
    """The value behind a button: "claim.unused=true" sets True, "order.lines=0x1" one piece of the first line."""
    if fact in YES_NO and value in ("true", "false"):
        return value == "true"
    if fact == "order.lines":
        return [[int(part) for part in chosen.split("x")] for chosen in value.split(",")]
    return value


def _photos(message: Message, slots: Mapping[str, Any]) -> dict[str, Any]:
    if not message.photos:
        return {}
    return {"evidence_photos": list(dict.fromkeys([*(slots.get("evidence_photos") or ()), *message.photos]))}


def _entities(message: Message) -> dict[str, Any]:
    told: dict[str, Any] = {}
    for entity, fact in CLAIM_ENTITIES.items():
        values = set(message.values(entity))
        if len(values) == 1:  # two that contradict each other tell nothing
            told[slot_of(fact)] = _chosen(fact, values.pop())
    for entity, slot in (("order_number", "order_number"), ("email", "order_email")):
        if message.values(entity):
            told[slot] = message.values(entity)[-1]
    if message.values("serial_number"):
        told["evidence_serial_number"] = message.values("serial_number")[-1]
    mentions = [str(value) for entity in ("product", "colour") for value in message.values(entity)]
    return told | ({"mentions": mentions} if mentions else {})


def _goal(message: Message, slots: Mapping[str, Any], asked: str | None) -> dict[str, Any]:
    """A procedure named sets the request; a problem named sets the reason, unless one was given already."""
    if message.intent in REQUESTS:
        return {"request": REQUESTS[message.intent]}
    if message.intent in REASONS and (slots.get("claim_reason") is None or asked == "claim.reason"):
        return {"claim_reason": REASONS[message.intent]}
    return {}
