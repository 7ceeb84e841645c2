"""Answers to questions about the policy: in our words, with the numbers of the policy and the dates of the order."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from rasa_sdk.executor import CollectingDispatcher

from actions.facts import decision_of
from actions.message import Message
from actions.words import day, part, say, term_words

CLAUSES_OF = {
    "ask_return_policy": ("R.window", "R.unused", "R.complete"),
    "ask_exchange_policy": ("R.exchange.same", "R.exchange.once"),
    "ask_warranty_policy": ("W.period", "W.cover", "W.remedy"),
    "ask_freight": ("R.freight.soocas", "R.freight.customer", "W.freight.3"),
    "ask_refund_time": ("R.process.5", "R.process.6"),
    "ask_hours": ("R.hours",),
    "ask_authenticity": ("R.channel", "W.unauthorized"),
    "change_order": ("R.cancel.by-customer",),
    "check_case_status": ("R.process.2",),
}
WAYS_ON = {
    "ask_return_policy": ("return",),
    "ask_exchange_policy": ("exchange",),
    "ask_warranty_policy": ("warranty",),
    "ask_freight": ("return", "exchange"),
}
OWN_DATES = {
    "ask_return_policy": ("return", "request_by"),
    "ask_exchange_policy": ("exchange", "request_by"),
    "ask_warranty_policy": ("warranty", "warranty_until"),
}


def answer(dispatcher: CollectingDispatcher, intent: str, message: Message, slots: Mapping[str, Any]) -> None:
    """Answer one question. Where nothing is asked already, the buttons lead on."""
    extra = {} if slots.get("requested_slot") else _ways_on(intent)
    own = _own_date(intent, message, slots)
    say(dispatcher, f"utter_answer_{intent}", CLAUSES_OF[intent], own=own, **extra, **term_words())


def answer_beside(dispatcher: CollectingDispatcher, message: Message, slots: Mapping[str, Any]) -> None:
    """Answer what was asked beside a goal: "I want to return it. Who pays the postage?" """
    for intent in dict.fromkeys((message.intent, *message.also)):
        if intent in CLAUSES_OF and message.asks_something:
            answer(dispatcher, intent, message, {**slots, "requested_slot": True})


def _ways_on(intent: str) -> dict[str, Any]:
    buttons = [{"title": part(f"button_{way}"), "payload": f"request={way}"} for way in WAYS_ON.get(intent, ())]
    return {"buttons": buttons} if buttons else {}


def _own_date(intent: str, message: Message, slots: Mapping[str, Any]) -> str:
    """The last day of this customer's own order, when it is known: "For your order, that's until …"."""
    if intent not in OWN_DATES or not slots.get("order") or not slots.get("order_lines"):
        return ""
    request, name = OWN_DATES[intent]
    deadlines = decision_of({**slots, "request": request}, message).as_dict()["deadlines"]
    return " " + part(f"own_{name}", day=day(deadlines[name])) if deadlines.get(name) else ""
