"""The end of a conversation that needed no person: how did we do?"""

from __future__ import annotations

from typing import Any

from asgiref.sync import sync_to_async
from rasa_sdk import Action, Tracker
from rasa_sdk.events import EventType
from rasa_sdk.executor import CollectingDispatcher

from actions.message import Message
from actions.words import say
from support.conversations import services


class AskRating(Action):
    """At a goodbye, or at thanks once a case is open; never in the middle of a request, by letter or a second time."""

    def name(self) -> str:
        return "action_ask_rating"

    async def run(self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: dict[str, Any]) -> list[EventType]:
        message = Message.of(tracker)
        if message.by_mail or tracker.active_loop:
            return []
        is_goodbye = message.intent != "thank"
        if await sync_to_async(services.may_ask_rating)(tracker.sender_id, is_goodbye, message.now):
            say(dispatcher, "utter_ask_rating")
        return []
