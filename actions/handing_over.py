"""To a person and back: the handoff with when somebody is there, and what an agent settled before the bot goes on."""

from __future__ import annotations

from typing import Any

from asgiref.sync import sync_to_async
from rasa_sdk import Action, Tracker
from rasa_sdk.events import EventType, FollowupAction
from rasa_sdk.executor import CollectingDispatcher

from actions.fact_slots import SLOT_FACTS, slot_of
from actions.message import Message
from actions.words import part, say, term_words
from support.conversations import services
from support.orders.services import normalise_number

FORM = "request_form"
ORDER = "order.number"  # an order whose owner the agent has checked; the rest are facts of the decision contract


async def hand_over(
    dispatcher: CollectingDispatcher, tracker: Tracker, reason: str, response: str, clauses: tuple[str, ...] = ()
) -> None:
    """Put the conversation into the waiting line and say so, with the time at which somebody is there again."""
    now = Message.of(tracker).now
    await sync_to_async(services.hand_over)(tracker.sender_id, reason, now)
    when = await sync_to_async(services.when_somebody_is_there)(tracker.sender_id, now)
    there = part("there_now") if when is None else part("there_from", when=when) if when else ""
    say(dispatcher, response, clauses, there=there, buttons=back_to_bot(), **term_words())


def back_to_bot() -> list[dict[str, str]]:
    """The button that goes on with the assistant while a person is waited for."""
    return [{"title": part("button_back"), "payload": "owner=bot"}]


class TakeUpAgain(Action):
    """Back from a person: on with the request, which what the agent settled may have begun."""

    def name(self) -> str:
        return "action_take_up_again"

    async def run(self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: dict[str, Any]) -> list[EventType]:
        begins = bool(Message.of(tracker).settled) and not tracker.active_loop
        goes_on = begins or bool(tracker.active_loop)
        say(dispatcher, "utter_back_again" if goes_on else "utter_back_with_bot")
        return [FollowupAction(FORM)] if begins else []


def told_by_agent(message: Message) -> dict[str, Any]:
    """The slots that the agent's facts set; `settled` keeps them as facts with the source agent."""
    settled = message.settled
    if not settled:
        return {}
    told = {slot_of(fact): value for fact, value in settled.items() if slot_of(fact) in SLOT_FACTS}
    return told | {"settled": {fact: value for fact, value in settled.items() if fact != ORDER}}


def orders_checked(message: Message) -> tuple[str, ...]:
    """The order whose owner the agent has checked, in stored form."""
    number = normalise_number(str(message.settled.get(ORDER) or ""))
    return (number,) if number else ()
