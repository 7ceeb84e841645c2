"""A goodbye: how did we do, where it ends a conversation that needed no person; in the middle, that all is kept."""

from __future__ import annotations

from typing import Any

from asgiref.sync import sync_to_async
from rasa_sdk import Action, Tracker
from rasa_sdk.events import ActiveLoop, EventType, FollowupAction
from rasa_sdk.executor import CollectingDispatcher

from actions.message import Message
from actions.words import part, say
from support.conversations import services


class AskRating(Action):
    """At a goodbye, or at thanks once a case is open; never in the middle of a request, by letter or a second time."""

    def name(self) -> str:
        return "action_ask_rating"

    async def run(self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: dict[str, Any]) -> list[EventType]:
        message = Message.of(tracker)
        if tracker.active_loop.get("name") and not message.by_mail:
            return _keep(dispatcher, tracker.active_loop["name"])
        if message.by_mail:
            return []
        is_goodbye = message.intent != "thank"
        if await sync_to_async(services.may_ask_rating)(tracker.sender_id, is_goodbye, message.now):
            say(dispatcher, "utter_ask_rating")
        return []


def _keep(dispatcher: CollectingDispatcher, form: str) -> list[EventType]:
    """Nothing is asked of one who leaves; one tap goes on, now or in a week."""
    say(dispatcher, "utter_all_is_kept", buttons=[{"title": part("button_go_on"), "payload": "intent=greet"}])
    return [ActiveLoop(form), FollowupAction("action_listen")]  # the form reads the next message, whatever it is
