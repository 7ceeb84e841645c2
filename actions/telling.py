"""Telling a decision: where the request stands, or why it cannot be, each with its clauses."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from rasa_sdk.executor import CollectingDispatcher

from actions.words import day, has_part, part, say, term_words
from policy import Decision

SPEAKS_FIRST = ("W.dealer", "W.unauthorized")


def tell_decision(dispatcher: CollectingDispatcher, decision: Decision, slots: Mapping[str, Any]) -> None:
    """One message: eligible and by which way, a person has to look and why, or refused and what else is open."""
    name = slots.get("item_name") or part("your_item")
    if decision.outcome == "not_eligible":
        _tell_refused(dispatcher, decision, slots, name)
        return
    clauses = tuple(reason.clause for reason in decision.reasons if reason.effect != "against")
    why = _first(clauses, "review") if decision.outcome == "needs_review" else _first(clauses, "route")
    say(dispatcher, f"utter_{decision.outcome}_{decision.route}", clauses, item=name, why=why, **_dates(decision))


def refusal(decision: Decision) -> str:
    """The clause that refuses and says the most to the customer."""
    against = [reason.clause for reason in decision.reasons if reason.effect == "against"]
    return next((clause for clause in SPEAKS_FIRST if clause in against), against[0])


def _tell_refused(dispatcher: CollectingDispatcher, decision: Decision, slots: Mapping[str, Any], name: str) -> None:
    clauses = tuple(reason.clause for reason in decision.reasons if reason.effect == "against")
    why = part(f"refused_{_key(refusal(decision))}", item=name, **term_words() | _of_the_order(slots))
    ways = " ".join(part(f"way_{door.request}") for door in decision.alternatives)
    buttons = [
        {"title": part(f"button_{door.request}"), "payload": f"request={door.request}"}
        for door in decision.alternatives
    ]
    buttons.append({"title": part("button_person"), "payload": "intent=talk_to_human"})
    asks = {"fact": "request", "kind": "choice"}
    response = "utter_refused_but" if decision.alternatives else "utter_refused"
    say(dispatcher, response, clauses, why=why, ways=ways, buttons=buttons, asks=asks)


def _first(clauses: tuple[str, ...], kind: str) -> str:
    """The piece for the first of these clauses that has one; nothing when none has."""
    return next((part(f"{kind}_{_key(clause)}") for clause in clauses if has_part(f"{kind}_{_key(clause)}")), "")


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


def _key(clause: str) -> str:
    return clause.replace(".", "_").replace("-", "_")
