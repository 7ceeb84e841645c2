"""The form: every message is read, what it tells is taken in, and the policy names the next question."""

from __future__ import annotations

from typing import Any

from asgiref.sync import sync_to_async
from rasa_sdk import Action, Tracker
from rasa_sdk.events import ActiveLoop, EventType, SlotSet
from rasa_sdk.executor import CollectingDispatcher

from actions.absence import was_away, welcome_back
from actions.answering import answer, answer_beside
from actions.fact_slots import REQUEST_SLOTS, SLOT_FACTS, slot_of
from actions.finishing import forgotten
from actions.handing_over import hand_over, orders_checked, told_by_agent
from actions.languages import OTHER_LANGUAGE, tell_language
from actions.letter_read import read_letter
from actions.message import Message
from actions.next_question import Next
from actions.progress import A_PERSON, Progress
from actions.proof import CONFIRMED, proof_for, with_last_order, with_only_order
from actions.reading import read
from actions.status import known_cases, tell_case
from actions.telling import tell
from actions.temper import offer_a_person
from actions.topics import TOPIC_OF
from actions.whole_letter import ask_ahead, ask_further, further_questions
from actions.words import say
from support.cases.new_case import OpenedCase
from support.cases.services import open_case_about
from support.orders.services import OrdersUnavailable, ProofFailed, TooManyAttempts

Domain = dict[str, Any]
FORM = "request_form"
FORM_ACTIONS = ("action_listen", "action_extract_slots", FORM)


class ValidateRequestForm(Action):
    """Rasa calls this for every message while the form is active, and once when it begins."""

    def name(self) -> str:
        return f"validate_{FORM}"

    async def run(self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: Domain) -> list[EventType]:
        message, asked = Message.of(tracker), asked_fact(tracker)
        if was_interrupted(tracker):
            return await self._go_on(dispatcher, tracker, domain, told_by_agent(message), interrupted=True)
        understand = read_letter if message.by_mail else read
        told = understand(message, dict(tracker.slots), asked)
        if told or not asked:
            return await self._go_on(dispatcher, tracker, domain, told, interrupted=False)
        if message.intent not in TOPIC_OF:
            return []  # not an answer: Rasa lets the rules for its intent answer, and then comes back
        answer(dispatcher, message, await with_last_order(tracker))
        offered = offer_a_person(dispatcher, tracker, message, answered=False)
        tracker.add_slots(offered)
        told = told_by_agent(message)
        return [*offered, *await self._go_on(dispatcher, tracker, domain, told, interrupted=True)]

    async def _go_on(
        self,
        dispatcher: CollectingDispatcher,
        tracker: Tracker,
        domain: Domain,
        told: dict[str, Any],
        interrupted: bool,
    ) -> list[EventType]:
        """Takes in what was told, says what follows from it, and names what to ask next."""
        message, slots, asked = Message.of(tracker), dict(tracker.slots), asked_fact(tracker)
        if told.get("request") == A_PERSON:
            return await _to_a_person(dispatcher, tracker)
        slots.update(asked_again=True if interrupted else None, misses=slots.get("misses") if interrupted else None)
        if message.intent == OTHER_LANGUAGE and not interrupted:
            tell_language(dispatcher, message)
        away = bool(asked) and was_away(tracker, message)
        if away and not message.by_mail:
            _welcome_back(dispatcher, slots, asked)
        slots["proven_orders"] = [*(slots.get("proven_orders") or ()), *orders_checked(message)] or None
        told = await with_only_order(told, slots, message)
        progress = Progress(slots, message)
        if told.get("wants_status") and await known_cases(tracker):
            return changes(tracker, slots | told, Next(None))
        try:
            found = await progress.run(told, proof_for(tracker, message), away)
        except (ProofFailed, TooManyAttempts, OrdersUnavailable) as error:
            return await _not_proven(dispatcher, tracker, slots, error)
        if existing := await _case_about(progress.slots, tracker):
            await tell_case(dispatcher, tracker, existing, "utter_case_exists")
            return [*changes(tracker, progress.slots | dict.fromkeys(REQUEST_SLOTS), Next(None)), ActiveLoop(None)]
        goes_on = bool(told) and found.fact != asked
        offered = offer_a_person(dispatcher, tracker, message, answered=goes_on)
        if not interrupted:
            answer_beside(dispatcher, message, progress.slots)
        _tell_all(dispatcher, progress, told)
        await _ask_the_rest(dispatcher, tracker, domain, progress, found)
        return [*offered, *changes(tracker, progress.slots, found)]


def _welcome_back(dispatcher: CollectingDispatcher, slots: dict[str, Any], asked: str) -> None:
    """Where the request was left; at the end that is what the summary says anyway."""
    if asked == "confirm":
        slots["asked_again"] = None
        return
    slots["asked_again"] = True
    welcome_back(dispatcher, slots)


async def _ask_the_rest(
    dispatcher: CollectingDispatcher, tracker: Tracker, domain: Domain, progress: Progress, found: Next
) -> None:
    """By letter everything that is missing is asked at once."""
    by_mail = progress.message.by_mail
    further = further_questions(progress.slots, progress.message, found.fact) if by_mail else []
    progress.slots["unconfirmed"] = True if by_mail and not progress.message.address else None
    if further or progress.slots["unconfirmed"]:
        progress.slots["asked_again"] = None
    if further:
        await ask_further(dispatcher, tracker, progress.slots, domain, further)
    if by_mail and progress.slots.get("order") and found.fact and found.fact.startswith(("claim.", "evidence.")):
        await ask_ahead(dispatcher, tracker, progress.slots, domain, progress.message)


async def _case_about(slots: dict[str, Any], tracker: Tracker) -> OpenedCase | None:
    """A case that is open already about the thing this turn came to."""
    lines = slots.get("order_lines")
    if not slots.get("order") or not lines or lines == tracker.get_slot("order_lines"):
        return None
    bought = {line["id"]: line["quantity"] for line in slots["order"]["lines"]}
    return await sync_to_async(open_case_about)(slots["order"]["number"], lines, bought)


async def _to_a_person(dispatcher: CollectingDispatcher, tracker: Tracker) -> list[EventType]:
    """Yes to a colleague after a refusal."""
    await hand_over(dispatcher, tracker, "refused, wants a person", "utter_handed_over", ("R.process.2", "R.hours"))
    return [*forgotten(), SlotSet("requested_slot", None), ActiveLoop(None)]


async def _not_proven(
    dispatcher: CollectingDispatcher, tracker: Tracker, slots: dict[str, Any], error: Exception
) -> list[EventType]:
    """Asked once more, or a person: a wrong number and a wrong proof are answered alike."""
    if isinstance(error, OrdersUnavailable):
        say(dispatcher, "utter_orders_unavailable")
        return changes(tracker, slots | {"order_email": None}, Next("order.email"))
    if isinstance(error, ProofFailed):
        by_letter = Message.of(tracker).by_mail and slots.get("order_email") in (None, CONFIRMED)
        say(dispatcher, "utter_order_of_another_address" if by_letter else "utter_order_not_matched")
        return changes(tracker, slots | {"order_number": None, "order_email": None}, Next("order.number"))
    await hand_over(dispatcher, tracker, "order could not be proven", "utter_too_many_attempts")
    return [*changes(tracker, slots | dict.fromkeys(REQUEST_SLOTS), Next(None)), ActiveLoop(None)]


def _tell_all(dispatcher: CollectingDispatcher, progress: Progress, told: dict[str, Any]) -> None:
    for saying in progress.says:
        tell(dispatcher, saying, progress.slots)
    if told.get("serial_tried"):
        say(dispatcher, "utter_odd_serial")
    if told.get("claim_troubleshooting_done") is False:
        say(dispatcher, "utter_try_first")


def asked_fact(tracker: Tracker) -> str | None:
    """The fact that the form has asked for."""
    return SLOT_FACTS.get(tracker.get_slot("requested_slot") or "")


def was_interrupted(tracker: Tracker) -> bool:
    """Whether another action answered the latest message before the form came back."""
    for event in reversed(tracker.events):
        if event["event"] == "user":
            return False
        if event["event"] == "action" and event["name"] not in FORM_ACTIONS:
            return True
    return False


def changes(tracker: Tracker, slots: dict[str, Any], asks: Next) -> list[EventType]:
    """SlotSet events for what changed, and for the slot to ask next (none ends the form).

    `misses` is always among them: a form that sets no slot but the next to ask has understood nothing, says Rasa.
    """
    changed = [
        SlotSet(name, value)
        for name, value in {"misses": None, **slots}.items()
        if name == "misses" or (name != "requested_slot" and value != tracker.slots.get(name))
    ]
    return [*changed, SlotSet("requested_slot", slot_of(asks.fact) if asks.fact else None)]
