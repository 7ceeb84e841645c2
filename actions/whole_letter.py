"""A letter asks for everything that is still missing at once, not one question a letter."""

from __future__ import annotations

import copy
from typing import Any

from rasa_sdk import Tracker
from rasa_sdk.executor import CollectingDispatcher

from actions.ahead import begun, of_line
from actions.answers_read import WISHES
from actions.asking import (
    AskDeliveredOn,
    AskIssuedOn,
    AskItemCountry,
    AskOrderLines,
    AskOrderNumber,
    AskPhotos,
    AskRequest,
)
from actions.fact_slots import ELSEWHERE, SLOT_FACTS, slot_of
from actions.facts import Slots, decision_of
from actions.message import Message
from actions.next_question import NO_FAULT
from actions.order_lines import name_of
from actions.words import part, say, written
from support.orders.services import ShopOrder

ASKERS = {
    "order.number": AskOrderNumber,
    "order.lines": AskOrderLines,
    "order.delivered_on": AskDeliveredOn,
    "request": AskRequest,
    "claim.issued_on": AskIssuedOn,
    "claim.item_country": AskItemCountry,
    "evidence.photos": AskPhotos,
}
ALONE = ("confirm", "change", "order.channel")  # nothing else is open beside these
OF_A_FAULT = ("claim.damage_cause", "claim.issued_on", "claim.item_country", "claim.troubleshooting_done")
NEEDS_AN_ORDER = ("claim.gift_returned", "claim.issued_on")
MOST_QUESTIONS = 9


def further_questions(slots: Slots, message: Message, first: str | None) -> list[str]:
    """What else is missing for this request beside the first question, in the order to ask.

    Before the order is known, what would be missing for one of the SOOCAS website: nobody is told anything by that.
    """
    if first is None or first in ALONE or slots.get("offered"):
        return []
    if slots.get("order_channel") == ELSEWHERE:
        return []
    wanted = _about_the_order(slots, message)
    if not (slots.get("wants_status") or _names_several_things(slots, message)):
        wanted += _of_the_claim(slots, message)
    return [fact for fact in dict.fromkeys(wanted) if fact != first and fact != _implied_by(first)][
        : MOST_QUESTIONS - 1
    ]


async def ask_further(
    dispatcher: CollectingDispatcher, tracker: Tracker, slots: dict[str, Any], domain: dict[str, Any], facts: list[str]
) -> None:
    """Says each question in its own words, with its choices."""
    asking = copy.copy(tracker)
    asking.slots = {**slots, "asked_again": None}
    for fact in facts:
        if fact == "claim.item_country" and not slots.get("order"):
            say(dispatcher, "utter_which_country", asks={"fact": fact, "kind": "text"})
        elif fact in ASKERS:
            await ASKERS[fact]().run(dispatcher, asking, domain)
        elif fact == "order.email":
            dispatcher.utter_message(response="utter_confirm_address")
        else:
            dispatcher.utter_message(response=f"utter_ask_{slot_of(fact)}")


async def ask_ahead(
    dispatcher: CollectingDispatcher, tracker: Tracker, slots: dict[str, Any], domain: dict[str, Any], message: Message
) -> None:
    """Asks for the things whose turn comes later too, each question with the name of its thing."""
    order = ShopOrder.from_json(slots["order"])
    for line in slots.get("waiting_lines") or ():
        about = begun(slots, line) | {"item_name": name_of(order, [line])}
        asked = CollectingDispatcher()
        missing = list(dict.fromkeys(_of_the_claim(about, message)))
        await ask_further(asked, tracker, about, domain, missing[:MOST_QUESTIONS])
        for said in asked.messages:
            _say_of(dispatcher, line, about["item_name"], said)


def _say_of(dispatcher: CollectingDispatcher, line: list[int], name: str, said: dict[str, Any]) -> None:
    """A question that an action asked, or domain.yml has, about the thing of this line."""
    words = written(said["response"])
    asks = (said["custom"] or words["custom"])["asks"]
    choices = said["buttons"] or words.get("buttons") or ()
    buttons = [{"title": choice["title"], "payload": of_line(choice["payload"], line)} for choice in choices]
    question = words["text"].format(**said)
    about = "" if name in question else part("about_another", item=name)
    asks = {**asks, "fact": of_line(asks["fact"], line)}
    say(dispatcher, "utter_about_another", about=about, question=question, buttons=buttons, asks=asks)


def _about_the_order(slots: Slots, message: Message) -> list[str]:
    """The number, the confirmed address and the wish; which thing is asked once the order is known."""
    asked = []
    if slots.get("order") is None and slots.get("order_channel") is None:
        asked += [] if slots.get("order_number") else ["order.number"]
        asked += [] if message.address else ["order.email"]
    of_things = (slots.get("ahead") or {}).values()
    wishes = [slots.get("claim_remedy"), *(told.get("claim_remedy") for told in of_things)]
    wish_is_known = slots.get("request") or slots.get("wants_status") or any(wish in WISHES for wish in wishes)
    if not wish_is_known:
        asked.append("request")
    return asked


def _names_several_things(slots: Slots, message: Message) -> bool:
    """Before the order is known nobody could tell which of them a question is about."""
    return slots.get("order") is None and set(message.values("product")) >= {"toothbrush", "flosser"}


def _of_the_claim(slots: Slots, message: Message) -> list[str]:
    known = dict(slots)
    if slots.get("order") is None and slots.get("order_channel") is None:
        known["order_channel"] = "official_website"
    fault = slots.get("claim_reason") not in NO_FAULT
    wished = WISHES.get(slots.get("claim_remedy") or "")
    known["request"] = slots.get("request") or wished or ("warranty" if fault else "return")
    if wished == "exchange" and not slots.get("claim_exchange_for"):
        known["claim_exchange_for"] = "same_item"  # "a new one", as Progress reads it too
    if known["request"] == "cancel":
        return []
    decision = decision_of(known, message)
    if decision.outcome == "not_eligible":
        return []
    missing = [fact for fact in decision.missing if fact.startswith("claim.") and slot_of(fact) in SLOT_FACTS]
    reason = [] if slots.get("claim_reason") else ["claim.reason"]
    asked = [*reason, *missing, *_evidence(known, fault or known["request"] == "warranty")]
    if not slots.get("order"):
        asked = [fact for fact in asked if fact not in NEEDS_AN_ORDER]
    if not fault and known["request"] != "warranty":
        asked = [fact for fact in asked if fact not in OF_A_FAULT]
    return asked


def _evidence(slots: Slots, may_be_warranty: bool) -> list[str]:
    """What would have to be handed in: photos always, for a fault that may go through the warranty more."""
    asked = []
    if may_be_warranty and slots.get("claim_unused") is not True:
        if slots.get("claim_troubleshooting_done") is None:
            asked.append("claim.troubleshooting_done")
        if not (slots.get("evidence_serial_number") or slots.get("evidence_defect_description")):
            asked.append("evidence.serial_number")
    return [*asked, *([] if slots.get("evidence_photos") else ["evidence.photos"])]


def _implied_by(first: str) -> str | None:
    """What need not be asked beside this: a description beside the serial number."""
    return {"evidence.defect_description": "evidence.serial_number"}.get(first)
