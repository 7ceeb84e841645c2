"""Where a case stands, what is next and by when: to the one who opened it, or who has proven its order."""

from __future__ import annotations

from typing import Any

from asgiref.sync import sync_to_async
from rasa_sdk import Action, Tracker
from rasa_sdk.events import EventType
from rasa_sdk.executor import CollectingDispatcher

from actions.message import Message
from actions.words import day, has_part, part, say, term_words
from support.cases.new_case import OpenedCase
from support.cases.services import card_of, cases_of_conversation, cases_of_order

Domain = dict[str, Any]
NEXT_DATE = {  # what the customer waits for, or has to do, in a state
    "under_review": "review_by",
    "goods_awaited": "send_by",
    "inspected": "refund_starts_by",
    "refunded": "money_by",
    "replaced": "warranty_until",
    "refused": "goods_back_by",
}
CLAUSES = {
    "under_review": ("R.process.2",),
    "goods_awaited": ("R.process.3", "R.pack"),
    "received": ("R.process.4", "R.process.5"),
    "inspected": ("R.process.5",),
    "refunded": ("R.process.6",),
    "replaced": ("W.after-replacement",),
    "exchanged": ("R.exchange.once",),
    "refused": ("R.failed",),
}

AWAITED = ("refund_time", "told_on_arrival", "answer_time", "review")  # topics of what customers with a case wait for


class TellStatus(Action):
    """In the middle of a request: what is known already, without asking anything."""

    def name(self) -> str:
        return "action_tell_status"

    async def run(self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: Domain) -> list[EventType]:
        cases = await known_cases(tracker)
        if cases:
            await tell_cases(dispatcher, tracker, cases)
        elif tracker.get_slot("requested_slot") == "confirm":
            say(dispatcher, "utter_no_case_before_the_yes")
        else:
            say(dispatcher, "utter_answer_check_case_status", ("R.process.2",), **term_words())
        return []


async def known_cases(tracker: Tracker) -> list[OpenedCase]:
    """The cases this customer may hear about: of this conversation, and of the orders proven in it."""
    found = await sync_to_async(cases_of_conversation)(tracker.sender_id)
    for number in tracker.get_slot("proven_orders") or ():
        found += await sync_to_async(cases_of_order)(number)
    return list({case.number: case for case in found}.values())


async def tell_cases(dispatcher: CollectingDispatcher, tracker: Tracker, cases: list[OpenedCase]) -> None:
    """The case that was asked for by its number, or all of them, each with its state and what is next."""
    named = {str(number).upper() for number in Message.of(tracker).values("case_number")}
    for case in [case for case in cases if case.number in named] or cases:
        await tell_case(dispatcher, tracker, case, "utter_case_status")


async def tell_awaited(dispatcher: CollectingDispatcher, tracker: Tracker, topic: str) -> None:
    """Beside the answer to a question after money, goods or an answer: how far this customer's own cases are."""
    if topic in AWAITED:
        await tell_cases(dispatcher, tracker, [case for case in await known_cases(tracker) if case.state in CLAUSES])


async def tell_case(dispatcher: CollectingDispatcher, tracker: Tracker, case: OpenedCase, response: str) -> None:
    """One case, in this response: its state, what is next and by when."""
    card = await sync_to_async(card_of)(case.number, tracker.sender_id)
    date = getattr(case.dates, NEXT_DATE.get(case.state, ""), None)
    clauses = () if case.state == "refused" and not date else CLAUSES.get(case.state, ())
    say(dispatcher, response, clauses, number=case.number, state=_state(case.state, date), case=card)


def _state(state: str, date: Any) -> str:
    """The rest of the sentence "Your case …", with the date where there is one."""
    dated = f"state_{state}_by"
    return part(dated, day=day(date)) if date and has_part(dated) else part(f"state_{state}")


def tell_no_case(dispatcher: CollectingDispatcher) -> None:
    """The order is theirs, and there is no case about it."""
    buttons = [{"title": part("button_person"), "payload": "intent=talk_to_human"}]
    say(dispatcher, "utter_no_case", buttons=buttons, **term_words())
