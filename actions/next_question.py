"""What to ask next: whose order it is, which thing, and then what policy.decide says is missing, and nothing else."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from actions.fact_slots import ELSEWHERE, KEPT_SLOTS, NOT_FOUND, SLOT_FACTS, UNSURE, slot_of
from actions.facts import Slots, decision_of, doors
from actions.message import Message
from policy import Decision

NO_FAULT = (None, "changed_mind", "colour", "other", "lost_or_stolen", "wrong_item", "missing_accessories")
SETTLED = ("eligible", "needs_review")


@dataclass(frozen=True)
class Next:
    """The fact to ask for next (None: nothing is left to ask) and the decision so far (None: no order yet)."""

    fact: str | None
    decision: Decision | None = None


def next_question(slots: Slots, message: Message) -> Next:
    """What to ask about the current item: the order and its owner, the thing, eligibility, then the evidence."""
    asked = _about_the_order(slots)
    if asked:
        return Next(asked)
    if slots.get("wants_status"):
        return Next(None)
    if slots.get("request") is None:
        return Next("request")
    decision = decision_of(slots, message)
    if decision.outcome == "incomplete":
        return Next(_askable(decision), decision)
    if decision.outcome not in SETTLED:
        return Next(None, decision)
    return Next(_reason(slots) or _evidence(slots, decision), decision)


def likely_door(slots: Slots, message: Message, wished: str) -> str | None:
    """The request that gives what was wished for, if it is open."""
    return wished if wished in doors(slots, message) else None


def only_door(slots: Slots, message: Message) -> str | None:
    """The one request the facts leave open for a customer who named a problem and no procedure.

    None while several are open; where none is, the one whose refusal says the most to this customer.
    """
    opened = doors(slots, message)
    if not opened:
        return "return" if slots.get("claim_reason") in NO_FAULT else "warranty"
    return opened[0] if len(opened) == 1 else None


def _about_the_order(slots: Slots) -> str | None:
    known = any(slots.get(name) is not None for name in ("request", "claim_reason", "order", "wants_status", "ahead"))
    if not known:
        return "request"
    if slots.get("order") is None and slots.get("order_channel") is None:
        return "order.number" if slots.get("order_number") is None else "order.email"
    if slots.get("order_channel") == ELSEWHERE:
        return "order.channel"
    about_a_thing = slots.get("request") != "cancel" and not slots.get("wants_status")
    if slots.get("order") and about_a_thing and not slots.get("order_lines"):
        return "order.lines"
    return None


def _askable(decision: Decision) -> str | None:
    """The first missing fact a customer can know; the shop's own facts are never asked of one."""
    return next((fact for fact in decision.missing if slot_of(fact) in SLOT_FACTS), None)


def _evidence(slots: Slots, decision: Decision) -> str | None:
    wanted = set(decision.evidence)
    if "troubleshooting" in wanted:
        return "claim.troubleshooting_done"
    if "serial_number_or_description" in wanted:
        looked = slots.get("evidence_serial_number") == NOT_FOUND
        return "evidence.defect_description" if looked else "evidence.serial_number"
    return "evidence.photos" if "photos" in wanted else None


def _reason(slots: Slots) -> str | None:
    """A person who has to decide wants the reason even where it settles nothing (R.process.1)."""
    needed = slots.get("request") != "cancel" and slots.get("claim_reason") is None
    return "claim.reason" if needed else None


def kept_slots(slots: Slots) -> dict[str, Any]:
    """What is known of the current item, as it is kept while another is talked about."""
    return {name: slots[name] for name in KEPT_SLOTS if slots.get(name) is not None}


def settled_item(slots: Slots, facts: dict[str, Any], decision: Decision) -> dict[str, Any]:
    """The current item as it is kept while the next one is talked about, and as the case will hold it."""
    serial = slots.get("evidence_serial_number")
    return {
        "name": slots.get("item_name") or "",
        "slots": kept_slots(slots),
        "lines": slots.get("order_lines") or [],
        "facts": facts,
        "evidence": {
            "photos": slots.get("evidence_photos") or [],
            "serial_number": None if serial in (None, NOT_FOUND, UNSURE) else serial,
            "defect_description": slots.get("evidence_defect_description"),
            "troubleshooting_done": slots.get("claim_troubleshooting_done"),
        },
        "decision": decision.as_dict(),
    }
