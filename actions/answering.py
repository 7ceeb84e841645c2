"""Answers to questions about the policy: in our words, with the numbers of the policy and the dates of the order."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from rasa_sdk.executor import CollectingDispatcher

from actions.message import Message
from actions.own_facts import own_fact
from actions.topics import TOPIC_OF, TOPICS
from actions.words import part, say, term_words
from support.conversations.services import hours_in_words

Slots = Mapping[str, Any]


def answer(dispatcher: CollectingDispatcher, message: Message, slots: Slots) -> None:
    """Answer what is asked: the topic where it is clear, else what the intent asks about.

    Where nothing is asked of the customer already, the buttons lead on.
    """
    _answer(dispatcher, topic_of(message), message, slots, leads_on=not slots.get("requested_slot"))


def answer_beside(dispatcher: CollectingDispatcher, message: Message, slots: Slots) -> None:
    """Answer what was asked beside a goal or an answer: "I want to return it. Who pays the postage?" """
    if not message.asks_something:
        return
    asked = [message.topic] if message.topic else [TOPIC_OF.get(intent) for intent in (message.intent, *message.also)]
    for topic in dict.fromkeys(asked):
        if topic:
            _answer(dispatcher, topic, message, slots, leads_on=False)


def topic_of(message: Message) -> str:
    """The topic of this question; what the policy does not settle where neither topic nor intent names one."""
    return message.topic or TOPIC_OF.get(message.intent) or "unsettled"


def _answer(dispatcher: CollectingDispatcher, name: str, message: Message, slots: Slots, leads_on: bool) -> None:
    topic = TOPICS[name]
    summed_up = (slots.get("items") or [{}])[-1].get("slots", {}) if not slots.get("order_lines") else {}
    own = own_fact(topic.own, {**slots, **summed_up}, message)
    buttons = [{"title": part(f"button_{way}"), "payload": f"request={way}"} for way in topic.ways] if leads_on else []
    extra = {"buttons": buttons} if buttons else {}
    say(dispatcher, f"utter_answer_{name}", topic.clauses, own=own, **extra, **term_words(), **hours_in_words())
