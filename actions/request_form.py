"""The form: every message is read, what it tells is taken in, and the policy names the next question."""

from __future__ import annotations

from typing import Any

from asgiref.sync import sync_to_async
from rasa_sdk import Action, Tracker
from rasa_sdk.events import ActiveLoop, EventType, SlotSet
from rasa_sdk.executor import CollectingDispatcher

from actions.fact_slots import REQUEST_SLOTS, SLOT_FACTS, slot_of
from actions.message import Message
from actions.progress import Progress
from actions.reading import read
from actions.telling import tell_decision
from actions.words import say
from support.conversations.services import hand_over
from support.orders.services import (
    OrdersUnavailable,
    ProofFailed,
    ShopOrder,
    TooManyAttempts,
    find_proven,
    normalise_number,
    prove_order,
)

FORM = "request_form"
FORM_ACTIONS = ("action_listen", "action_extract_slots", FORM)


class ValidateRequestForm(Action):
    """Rasa calls this for every message while the form is active, and once when it begins."""

    def name(self) -> str:
        return f"validate_{FORM}"

    async def run(self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: dict[str, Any]) -> list[EventType]:
        message, slots = Message.of(tracker), begun(tracker)
        asked = SLOT_FACTS.get(tracker.get_slot("requested_slot") or "")
        told = {} if was_interrupted(tracker) else read(message, slots, asked)
        if asked and not told and not was_interrupted(tracker):
            return []  # not an answer: Rasa lets the rules for its intent answer, and then comes back
        if told:
            slots["misses"] = None
        progress = Progress(slots, message)
        try:
            found = await progress.run(told, _proof(tracker, message))
        except ProofFailed:
            say(dispatcher, "utter_order_not_matched")
            slots.update(order_number=None, order_email=None)
            return changes(tracker, slots, "order_number")
        except TooManyAttempts:
            await sync_to_async(hand_over)(tracker.sender_id, "order could not be proven", message.now)
            say(dispatcher, "utter_too_many_attempts")
            return [*changes(tracker, slots | dict.fromkeys(REQUEST_SLOTS), None), ActiveLoop(None)]
        except OrdersUnavailable:
            say(dispatcher, "utter_orders_unavailable")
            return changes(tracker, slots | {"order_email": None}, "order_email")
        for saying in progress.says:
            if isinstance(saying, str):
                say(dispatcher, "utter_about_item", item=saying)
            else:
                tell_decision(dispatcher, saying, progress.slots)
        if asked == "claim.troubleshooting_done" and told.get("claim_troubleshooting_done") is False:
            say(dispatcher, "utter_try_first")
        return changes(tracker, progress.slots, slot_of(found.fact) if found.fact else None)


def begun(tracker: Tracker) -> dict[str, Any]:
    """The slots this turn starts with: cleared where a new request begins after a finished one."""
    slots = dict(tracker.slots)
    goes_on = Message.of(tracker).intent in ("correct_answer", "give_information")
    if slots.get("finished") and not goes_on and not was_interrupted(tracker):
        slots.update(dict.fromkeys(REQUEST_SLOTS))
    return slots | {"finished": None}


def was_interrupted(tracker: Tracker) -> bool:
    """Whether another action answered the latest message before the form came back."""
    for event in reversed(tracker.events):
        if event["event"] == "user":
            return False
        if event["event"] == "action" and event["name"] not in FORM_ACTIONS:
            return True
    return False


def changes(tracker: Tracker, slots: dict[str, Any], question: str | None) -> list[EventType]:
    """SlotSet events for what changed, and for the slot to ask next (None ends the form)."""
    changed = [
        SlotSet(name, value)
        for name, value in slots.items()
        if name != "requested_slot" and value != tracker.slots.get(name)
    ]
    return [*changed, SlotSet("requested_slot", question)]


def _proof(tracker: Tracker, message: Message) -> Any:
    """How this conversation proves an order: once for each number, and in a thread, since it asks the database."""

    async def prove(number: str, proof: str) -> ShopOrder:
        proven = tracker.get_slot("proven_orders") or []
        if normalise_number(number) in proven:
            return await sync_to_async(find_proven)(normalise_number(number))
        return await sync_to_async(prove_order)(tracker.sender_id, number, proof, message.now)

    return prove
