"""The end of a request: the case, the refusal, or nothing at all because the customer said no."""

from __future__ import annotations

from datetime import date
from typing import Any

from asgiref.sync import sync_to_async
from rasa_sdk import Action, Tracker
from rasa_sdk.events import EventType, SlotSet
from rasa_sdk.executor import CollectingDispatcher

from actions.fact_slots import REQUEST_SLOTS
from actions.facts import decision_of
from actions.message import Message
from actions.status import known_cases, tell_cases, tell_no_case
from actions.summary import dated_steps
from actions.telling import tell_decision
from actions.words import day, say
from support.cases.new_case import NewCase, NewItem, OpenedCase
from support.cases.services import card_of, open_case


class FinishRequest(Action):
    """Runs once the form has nothing left to ask."""

    def name(self) -> str:
        return "action_finish_request"

    async def run(self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: dict[str, Any]) -> list[EventType]:
        if tracker.get_slot("wants_status"):
            return await self._tell_status(dispatcher, tracker)
        items = tracker.get_slot("items") or []
        if not items and tracker.get_slot("confirm") == "no":
            say(dispatcher, "utter_not_sent")
            return forgotten()
        if not items:
            tell_decision(dispatcher, decision_of(tracker.slots, Message.of(tracker)), tracker.slots)
            return forgotten()
        if tracker.get_slot("confirm") != "yes":
            say(dispatcher, "utter_not_sent")
            return forgotten()
        case = await sync_to_async(open_case)(_new_case(tracker, items))
        self._tell(dispatcher, case, items, await sync_to_async(card_of)(case.number, tracker.sender_id))
        return forgotten()

    async def _tell_status(self, dispatcher: CollectingDispatcher, tracker: Tracker) -> list[EventType]:
        cases = await known_cases(tracker)
        if cases:
            await tell_cases(dispatcher, tracker, cases)
        else:
            tell_no_case(dispatcher)
        return forgotten()

    def _tell(
        self, dispatcher: CollectingDispatcher, case: OpenedCase, items: list[dict[str, Any]], card: dict[str, Any]
    ) -> None:
        steps = "".join(f"\n{step}" for step in dated_steps(items, card["dates"]))
        cancels = items[0]["decision"]["route"] == "cancel"
        say(
            dispatcher,
            "utter_case_opened_cancel" if cancels else "utter_case_opened",
            number=case.number,
            review_by=day(case.review_by),
            steps=steps,
            case=card,
            clauses=("I.review", "R.process.2"),
        )


def forgotten() -> list[EventType]:
    """A finished request does not leak into the next."""
    return [SlotSet(slot, None) for slot in REQUEST_SLOTS]


def _new_case(tracker: Tracker, items: list[dict[str, Any]]) -> NewCase:
    message = Message.of(tracker)
    return NewCase(
        opened_by=f"{message.id}:open_case",
        conversation=tracker.sender_id,
        order_number=tracker.get_slot("order_number") or "",
        now=message.now,
        review_by=max(date.fromisoformat(item["decision"]["deadlines"]["review_by"]) for item in items),
        timezone=message.timezone or "",
        items=tuple(_new_item(tracker, item) for item in items),
    )


def _new_item(tracker: Tracker, item: dict[str, Any]) -> NewItem:
    return NewItem(
        name=item["name"],
        lines=item["lines"],
        facts=item["facts"],
        evidence=item["evidence"]
        | {
            "serial_check": serial_check(item, tracker.get_slot("order")),
            "wanted_colour": item["slots"].get("wanted_colour"),
        },
        decision=item["decision"],
    )


def serial_check(item: dict[str, Any], order: dict[str, Any] | None) -> str | None:
    """What the review should know: "of_this_order", "not_of_this_order", "unknown_to_the_shop"; None without one."""
    serial = item["evidence"]["serial_number"]
    if not serial:
        return None
    known = {code for line in (order or {}).get("lines", ()) for code in line["serials"]}
    if not known:
        return "unknown_to_the_shop"
    return "of_this_order" if serial.upper() in known else "not_of_this_order"
