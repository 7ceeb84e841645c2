"""Answers to questions about the policy: in our words, with the numbers of the policy and the dates of the order."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from rasa_sdk.executor import CollectingDispatcher

from actions.fact_slots import ITEM_SLOTS
from actions.message import Message
from actions.order_lines import name_of, named, whole_order
from actions.own_facts import own_fact
from actions.topics import TOPIC_OF, TOPICS
from actions.words import part, say, term_words
from support.conversations.services import hours_in_words
from support.orders.services import ShopOrder

Slots = Mapping[str, Any]
MOST_ANSWERS = 2


def answer(dispatcher: CollectingDispatcher, message: Message, slots: Slots) -> None:
    """Answer what is asked: the topic where it is clear, else what the intent asks about.

    Where nothing is asked of the customer already, the buttons lead on.
    """
    asked = _of_sentences(message) or [topic_of(message)]
    for topic in asked:
        leads_on = topic == asked[-1] and not slots.get("requested_slot")
        _answer(dispatcher, topic, message, slots, leads_on)


def answer_beside(dispatcher: CollectingDispatcher, message: Message, slots: Slots) -> None:
    """Answer what was asked beside a goal or an answer: "I want to return it. Who pays the postage?" """
    if not message.asks_something:
        return
    asked = [message.topic] if message.topic else [TOPIC_OF.get(intent) for intent in (message.intent, *message.also)]
    for topic in _of_sentences(message) or dict.fromkeys(filter(None, asked)):
        _answer(dispatcher, topic, message, slots, leads_on=False)


def topic_of(message: Message) -> str:
    """The topic of this question; what the policy does not settle where neither topic nor intent names one."""
    return message.topic or TOPIC_OF.get(message.intent) or "unsettled"


def _of_sentences(message: Message) -> list[str]:
    """The topics of a message that asks several things: in the chat as many as one reads at once, by letter all."""
    return list(dict.fromkeys(message.topics))[: None if message.by_mail else MOST_ANSWERS]


def _of_the_named_thing(slots: Slots, message: Message) -> Slots:
    """The slots as they would be for another thing of the order that this question names."""
    if not slots.get("order") or not message.values("product"):
        return slots
    order = ShopOrder.from_json(slots["order"])
    lines = named(order, whole_order(order), message.values("product"))
    if len(lines) != 1 or [line for line, _ in lines] == [line for line, _ in slots.get("order_lines") or ()]:
        return slots
    return {**slots, **dict.fromkeys(ITEM_SLOTS), "order_lines": lines, "item_name": name_of(order, lines)}


def _answer(dispatcher: CollectingDispatcher, name: str, message: Message, slots: Slots, leads_on: bool) -> None:
    topic = TOPICS[name]
    summed_up = (slots.get("items") or [{}])[-1].get("slots", {}) if not slots.get("order_lines") else {}
    own = own_fact(topic.own, _of_the_named_thing({**slots, **summed_up}, message), message)
    buttons = [{"title": part(f"button_{way}"), "payload": f"request={way}"} for way in topic.ways] if leads_on else []
    extra = {"buttons": buttons} if buttons else {}
    say(dispatcher, f"utter_answer_{name}", topic.clauses, own=own, **extra, **term_words(), **hours_in_words())
