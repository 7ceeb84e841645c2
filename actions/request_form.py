"""The form: every message is read, what it tells is taken in, and the policy names the next question."""

from __future__ import annotations

from typing import Any

from asgiref.sync import sync_to_async
from rasa_sdk import Action, Tracker
from rasa_sdk.events import ActiveLoop, EventType, SlotSet
from rasa_sdk.executor import CollectingDispatcher

from actions.answering import answer_beside
from actions.fact_slots import REQUEST_SLOTS, SLOT_FACTS, slot_of
from actions.message import Message
from actions.next_question import Next
from actions.progress import Progress
from actions.proof import proof_for
from actions.reading import read
from actions.status import known_cases
from actions.telling import tell
from actions.words import say
from support.conversations.services import hand_over
from support.orders.services import OrdersUnavailable, ProofFailed, TooManyAttempts

FORM = "request_form"
FORM_ACTIONS = ("action_listen", "action_extract_slots", FORM)


class ValidateRequestForm(Action):
    """Rasa calls this for every message while the form is active, and once when it begins."""

    def name(self) -> str:
        return f"validate_{FORM}"

    async def run(self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: dict[str, Any]) -> list[EventType]:
        message, slots = Message.of(tracker), begun(tracker)
        asked, interrupted = SLOT_FACTS.get(tracker.get_slot("requested_slot") or ""), was_interrupted(tracker)
        told = {} if interrupted else read(message, slots, asked)
        if asked and not told and not interrupted:
            return []  # not an answer: Rasa lets the rules for its intent answer, and then comes back
        slots.update(asked_again=True if interrupted else None, misses=slots.get("misses") if interrupted else None)
        progress = Progress(slots, message)
        if told.get("wants_status") and await known_cases(tracker):
            return changes(tracker, slots | told, Next(None))
        try:
            found = await progress.run(told, proof_for(tracker, message))
        except (ProofFailed, TooManyAttempts, OrdersUnavailable) as error:
            return await _not_proven(dispatcher, tracker, slots, error)
        _tell_all(dispatcher, progress, told)
        if not interrupted:
            answer_beside(dispatcher, message, progress.slots)
        return changes(tracker, progress.slots, found)


async def _not_proven(
    dispatcher: CollectingDispatcher, tracker: Tracker, slots: dict[str, Any], error: Exception
) -> list[EventType]:
    """Asked once more, or a person: a wrong number and a wrong proof are answered alike."""
    if isinstance(error, OrdersUnavailable):
        say(dispatcher, "utter_orders_unavailable")
        return changes(tracker, slots | {"order_email": None}, Next("order.email"))
    if isinstance(error, ProofFailed):
        say(dispatcher, "utter_order_not_matched")
        return changes(tracker, slots | {"order_number": None, "order_email": None}, Next("order.number"))
    await sync_to_async(hand_over)(tracker.sender_id, "order could not be proven", Message.of(tracker).now)
    say(dispatcher, "utter_too_many_attempts")
    return [*changes(tracker, slots | dict.fromkeys(REQUEST_SLOTS), Next(None)), ActiveLoop(None)]


def _tell_all(dispatcher: CollectingDispatcher, progress: Progress, told: dict[str, Any]) -> None:
    for saying in progress.says:
        tell(dispatcher, saying, progress.slots)
    if told.get("claim_troubleshooting_done") is False:
        say(dispatcher, "utter_try_first")


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


def changes(tracker: Tracker, slots: dict[str, Any], asks: Next) -> list[EventType]:
    """SlotSet events for what changed, and for the slot to ask next (none ends the form)."""
    changed = [
        SlotSet(name, value)
        for name, value in slots.items()
        if name != "requested_slot" and value != tracker.slots.get(name)
    ]
    return [*changed, SlotSet("requested_slot", slot_of(asks.fact) if asks.fact else None)]
