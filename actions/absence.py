"""Coming back after an hour or a week: where the request was left, in a few lines."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any

from rasa_sdk import Tracker
from rasa_sdk.executor import CollectingDispatcher

from actions.message import Message
from actions.summary import told_so_far
from actions.words import part, say

LONG = timedelta(hours=1)


def was_away(tracker: Tracker, message: Message) -> bool:
    """Whether the message before this one is an hour old or older."""
    moments = [(event.get("metadata") or {}).get("now") for event in tracker.events if event["event"] == "user"]
    if len(moments) < 2 or not moments[-2]:
        return False
    return message.now - datetime.fromisoformat(moments[-2].replace("Z", "+00:00")) >= LONG


def welcome_back(dispatcher: CollectingDispatcher, slots: Mapping[str, Any]) -> None:
    """What the request is about and what was told so far; the open question follows, so that one tap goes on."""
    lines = "\n".join(told_so_far(slots))
    buttons = [{"title": part("button_start_over"), "payload": "intent=stop_request"}]
    if lines:
        say(dispatcher, "utter_welcome_back", lines=lines, buttons=buttons)
    else:
        say(dispatcher, "utter_welcome_back_early", buttons=buttons)
