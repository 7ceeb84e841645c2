"""Telling a decision: where the request stands, or why it cannot be, each with its clauses."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from rasa_sdk.executor import CollectingDispatcher

from actions.goals import FAULT_REASONS
from actions.sayings import About, Corrected, Found, PhotosKept, Queued, Saying, Standing, Unsure, WholeOrder
from actions.words import day, has_part, listed, part, say, term_words
from policy import Decision
from policy.reasons import Reason
from support.telemetry import metrics

SPEAKS_FIRST = ("W.dealer", "W.unauthorized")


def tell(dispatcher: CollectingDispatcher, saying: Saying, slots: Mapping[str, Any]) -> None:
    """Say one thing that Progress wants said."""
    if isinstance(saying, Standing):
        tell_decision(dispatcher, saying.decision, {**slots, "item_name": saying.item_name})
    elif isinstance(saying, About):
        say(dispatcher, "utter_about_first_item" if saying.is_first else "utter_about_item", item=saying.item_name)
    elif isinstance(saying, Found):
        say(dispatcher, "utter_order_found", order=saying.order_number, item=listed(saying.item_names))
    elif isinstance(saying, Queued):
        say(dispatcher, "utter_queued", item=saying.item_name)
    elif isinstance(saying, Corrected):
        _tell_corrected(dispatcher, saying, slots)
    elif isinstance(saying, Unsure):
        _tell_how_to_find_out(dispatcher, saying.slot)
    elif isinstance(saying, WholeOrder):
        say(dispatcher, "utter_whole_order_only", ("R.cancel.by-customer",), **term_words())
    elif isinstance(saying, PhotosKept):
        say(dispatcher, "utter_photos_kept" if saying.count > 1 else "utter_photo_kept")
    else:
        say(dispatcher, "utter_noted")


def tell_decision(dispatcher: CollectingDispatcher, decision: Decision, slots: Mapping[str, Any]) -> None:
    """One message: eligible and by which way, a person has to look and why, or refused and what else is open."""
    count_decision(decision)
    name = slots.get("item_name") or part("item")
    if decision.outcome == "not_eligible":
        _tell_refused(dispatcher, decision, slots, name)
        return
    kind = "review" if decision.outcome == "needs_review" else "route"
    clauses = tuple(reason.clause for reason in decision.reasons if reason.effect == "for" or _speaks(kind, reason))
    why = next((part(_piece(kind, clause)) + " " for clause in clauses if has_part(_piece(kind, clause))), "")
    needs = part("needs_more" if len(decision.evidence) > 1 else "needs_photos" if decision.evidence else "needs_yes")
    response = f"utter_{decision.outcome}_{decision.route}"
    say(dispatcher, response, clauses, item=name, why=why, needs=needs, **_dates(decision))


def count_decision(decision: Decision) -> None:
    """One more for the metrics: what came out, and the clauses that made it so."""
    effect = "against" if decision.outcome == "not_eligible" else "for"
    clauses = sorted({reason.clause for reason in decision.reasons if reason.effect == effect})
    metrics.DECISIONS.labels(decision.outcome, "+".join(clauses)).inc()


def _tell_how_to_find_out(dispatcher: CollectingDispatcher, slot: str) -> None:
    if has_part(f"find_out_{slot}"):
        say(dispatcher, "utter_find_out", ("I.unsure",), how=part(f"find_out_{slot}"))


def _tell_corrected(dispatcher: CollectingDispatcher, saying: Corrected, slots: Mapping[str, Any]) -> None:
    """One line: another thing by its name, everything else by what it is."""
    if "order_lines" in saying.slots and slots.get("item_name"):
        say(dispatcher, "utter_changed_item", item=slots["item_name"])
    changed = [slot for slot in saying.slots if slot != "order_lines"]
    if changed:
        say(dispatcher, "utter_changed", what=part("and").join(part(f"changed_{slot}") for slot in changed))


def refusal(decision: Decision) -> str:
    """The clause that refuses and says the most to the customer."""
    against = [reason.clause for reason in decision.reasons if reason.effect == "against"]
    return next((clause for clause in SPEAKS_FIRST if clause in against), against[0])


def _tell_refused(dispatcher: CollectingDispatcher, decision: Decision, slots: Mapping[str, Any], name: str) -> None:
    """Why not, and what else is open as buttons. Nothing is asked with it: this may well be the end."""
    clauses = tuple(reason.clause for reason in decision.reasons if reason.effect == "against")
    why = part(_refusal_piece(decision, slots), item=name, **term_words() | _of_the_order(slots))
    if slots.get("offered") is None:
        say(dispatcher, "utter_refused", clauses, why=why)
        return
    faulty = "_faulty" if slots.get("claim_reason") in FAULT_REASONS else ""
    pieces = [f"way_{door.request}" for door in decision.alternatives] or ["way_person"]
    ways = " ".join(part(piece + faulty if has_part(piece + faulty) else piece) for piece in pieces)
    buttons = [
        {"title": part(f"button_{door.request}"), "payload": f"request={door.request}"}
        for door in decision.alternatives
    ]
    buttons.append({"title": part("button_person"), "payload": "intent=talk_to_human"})
    buttons.append({"title": part("button_no_thanks"), "payload": "confirm=no"})
    again = "_again" if slots.get("asked_again") else ""
    say(dispatcher, f"utter_refused_but{again}", clauses, why=why, ways=ways, buttons=buttons)


def _refusal_piece(decision: Decision, slots: Mapping[str, Any]) -> str:
    """The piece that says why, for goods that never arrived in words of their own."""
    clause = refusal(decision)
    arrived = (slots.get("order") or {}).get("delivered")
    arrived = slots.get("order_delivered") if arrived is None else arrived
    special = _piece("refused", clause) + ("_not_arrived" if arrived is False else "_arrived")
    return special if has_part(special) else _piece("refused", clause)


def _speaks(kind: str, reason: Reason) -> bool:
    return has_part(_piece(kind, reason.clause))


def _piece(kind: str, clause: str) -> str:
    """The name of the piece that says this clause: ("refused", "R.window") is refused_R_window."""
    return f"{kind}_{clause.replace('.', '_').replace('-', '_')}"


def _dates(decision: Decision) -> dict[str, str]:
    known = decision.as_dict()["deadlines"]
    return {name: day(value) for name, value in known.items() if isinstance(value, (str, date))}


def _of_the_order(slots: Mapping[str, Any]) -> dict[str, str]:
    order = slots.get("order") or {}
    delivered = order.get("delivered_on") or slots.get("order_delivered_on")
    return {
        "delivered_on": day(delivered) if delivered and delivered != "unsure" else part("that_day"),
        "purchased_on": day(order["purchased_on"]) if order.get("purchased_on") else part("that_day"),
    }
