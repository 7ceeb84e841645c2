"""A customer lets go of a case: asked once more, then withdrawn, as long as the goods are not there."""

from __future__ import annotations

from typing import Any

from asgiref.sync import sync_to_async
from rasa_sdk import Action, Tracker
from rasa_sdk.events import EventType, FollowupAction, SlotSet
from rasa_sdk.executor import CollectingDispatcher

from actions.message import Message
from actions.status import known_cases
from actions.words import part, say
from support.cases.services import MoveNotAllowed, may_withdraw, withdraw_own

Domain = dict[str, Any]
NO = ("keep_case", "deny")
FORGOTTEN = (SlotSet("withdrawing", None), SlotSet("withdrawing_case", None))


async def offer_to_withdraw(dispatcher: CollectingDispatcher, tracker: Tracker) -> list[EventType]:
    """Asks whether the case that was named, or the only one that is open, is to be withdrawn; nothing if there is none.

    In the middle of a request only a case that was named is meant: else it is the request that is let go.
    """
    cases, named = await known_cases(tracker), _named(tracker)
    meant = [case for case in cases if case.number in named]
    if not meant and not tracker.active_loop.get("name"):
        meant = [case for case in cases if may_withdraw(case.state)]
    if not meant:
        return []
    if len(meant) > 1:
        say(dispatcher, "utter_which_case_to_withdraw", numbers=", ".join(case.number for case in meant))
        return list(FORGOTTEN)
    if not may_withdraw(meant[0].state):
        return _too_late(dispatcher, meant[0].number)
    buttons = [
        {"title": part("button_withdraw"), "payload": "intent=withdraw_case"},
        {"title": part("button_keep_case"), "payload": "intent=keep_case"},
    ]
    say(dispatcher, "utter_ask_withdraw", number=meant[0].number, buttons=buttons)
    asked = {"number": meant[0].number, "asked_by": Message.of(tracker).id}
    return [SlotSet("withdrawing", True), SlotSet("withdrawing_case", asked)]


class WithdrawCase(Action):
    """The answer to it, by a button or by a yes or no right after the question."""

    def name(self) -> str:
        return "action_withdraw_case"

    async def run(self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: Domain) -> list[EventType]:
        events = await self._answered(dispatcher, tracker)
        return [*events, FollowupAction("request_form" if tracker.active_loop.get("name") else "action_listen")]

    async def _answered(self, dispatcher: CollectingDispatcher, tracker: Tracker) -> list[EventType]:
        message, asked = Message.of(tracker), tracker.get_slot("withdrawing_case")
        said_in_words = message.intent in ("affirm", "deny")
        if not asked or (said_in_words and asked["asked_by"] != _message_before(tracker)):
            say(dispatcher, "utter_anything_else")
            return list(FORGOTTEN)
        if message.intent in NO:
            say(dispatcher, "utter_case_kept", number=asked["number"])
            return list(FORGOTTEN)
        return await _withdraw(dispatcher, tracker, message, asked["number"])


async def _withdraw(
    dispatcher: CollectingDispatcher, tracker: Tracker, message: Message, number: str
) -> list[EventType]:
    proven = tracker.get_slot("proven_orders") or []
    try:
        moved = await sync_to_async(withdraw_own)(number, tracker.sender_id, proven, message.now, message.id)
    except MoveNotAllowed:
        return _too_late(dispatcher, number)
    say(dispatcher, "utter_case_withdrawn_now", number=number, case={"number": number, "state": moved.state})
    return list(FORGOTTEN)


def _too_late(dispatcher: CollectingDispatcher, number: str) -> list[EventType]:
    person = [{"title": part("button_person"), "payload": "intent=talk_to_human"}]
    say(dispatcher, "utter_too_late_to_withdraw", number=number, buttons=person)
    return list(FORGOTTEN)


def _named(tracker: Tracker) -> set[str]:
    return {str(number).upper() for number in Message.of(tracker).values("case_number")}


def _message_before(tracker: Tracker) -> str | None:
    """The id of the customer's last message before this one."""
    said = [event for event in tracker.events if event.get("event") == "user"]
    return (said[-2].get("metadata") or {}).get("message_id") if len(said) > 1 else None
