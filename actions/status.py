"""Where a case stands: to the one who opened it, or who has proven its order."""

from __future__ import annotations

from typing import Any

from asgiref.sync import sync_to_async
from rasa_sdk import Action, Tracker
from rasa_sdk.events import EventType
from rasa_sdk.executor import CollectingDispatcher

from actions.answering import answer
from actions.message import Message
from actions.words import day, part, say, term_words
from support.cases.new_case import OpenedCase
from support.cases.services import cases_of_conversation, cases_of_order

Domain = dict[str, Any]


class TellStatus(Action):
    """In the middle of a request: what is known already, without asking anything."""

    def name(self) -> str:
        return "action_tell_status"

    async def run(self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: Domain) -> list[EventType]:
        cases = await known_cases(tracker)
        if cases:
            tell_cases(dispatcher, tracker, cases)
        else:
            answer(dispatcher, "check_case_status", Message.of(tracker), tracker.slots)
        return []


async def known_cases(tracker: Tracker) -> list[OpenedCase]:
    """The cases this customer may hear about: of this conversation, and of the orders proven in it."""
    found = await sync_to_async(cases_of_conversation)(tracker.sender_id)
    for number in tracker.get_slot("proven_orders") or ():
        found += await sync_to_async(cases_of_order)(number)
    return list({case.number: case for case in found}.values())


def tell_cases(dispatcher: CollectingDispatcher, tracker: Tracker, cases: list[OpenedCase]) -> None:
    """The case that was asked for by its number, or all of them, each with its state and what is next."""
    named = {str(number).upper() for number in Message.of(tracker).values("case_number")}
    chosen = [case for case in cases if case.number in named] or cases
    for case in chosen:
        state = part(f"state_{case.state}", day=day(case.review_by))
        about = {"number": case.number, "state": case.state, "review_by": case.review_by.isoformat()}
        say(dispatcher, "utter_case_status", ("R.process.2",), number=case.number, state=state, case=about)


def tell_no_case(dispatcher: CollectingDispatcher) -> None:
    """The order is theirs, and there is no case about it."""
    buttons = [{"title": part("button_person"), "payload": "intent=talk_to_human"}]
    say(dispatcher, "utter_no_case", buttons=buttons, **term_words())
