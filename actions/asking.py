"""Questions whose choices or words depend on the order: which thing, which way, where it is, is it all right so."""

from __future__ import annotations

from typing import Any

from rasa_sdk import Action, Tracker
from rasa_sdk.events import EventType
from rasa_sdk.executor import CollectingDispatcher

from actions.fact_slots import CLAIM_FACTS, ELSEWHERE, slot_of
from actions.facts import decision_of
from actions.goals import FAULT_REASONS
from actions.identifiers_read import lacks_number
from actions.message import Message
from actions.order_lines import left_over, name_of, whole_order
from actions.summary import summary
from actions.telling import tell_decision
from actions.ways import ways
from actions.words import country_name, day, part, say
from support.orders.services import ShopOrder

Domain = dict[str, Any]
MOST_DAYS = 3
MOST_ORDERS = 3
OF_A_BOUGHT_THING = ("return", "exchange", "warranty")


class AskOrderNumber(Action):
    """Which order: one proven before in this conversation is a button."""

    def name(self) -> str:
        return "action_ask_order_number"

    async def run(self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: Domain) -> list[EventType]:
        proven = tracker.get_slot("proven_orders") or []
        buttons = [{"title": number, "payload": f"order.number={number}"} for number in proven[-MOST_ORDERS:]]
        message = Message.of(tracker)
        if lacks_number(message):
            by_mail = "_of_address" if message.address else "_by_mail"
            say(dispatcher, f"utter_ask_lost_order_number{by_mail if message.by_mail else ''}")
            return []
        say(dispatcher, "utter_ask_order_number", buttons=buttons or None)
        return []


class AskOrderLines(Action):
    """Which thing of the order: names, colours and dates, nothing else of the order."""

    def name(self) -> str:
        return "action_ask_order_lines"

    async def run(self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: Domain) -> list[EventType]:
        order = ShopOrder.from_json(tracker.get_slot("order"))
        open_lines = left_over(order, tracker.get_slot("items") or [])
        choices = []
        for line, quantity in open_lines:
            choices.append([[line, quantity]])
            if quantity > 1:
                choices.append([[line, 1]])
        buttons = [
            {"title": name_of(order, choice), "payload": f"order.lines={_payload(choice)}"} for choice in choices
        ]
        if len(open_lines) > 1 and open_lines == whole_order(order):
            buttons.append({"title": part("button_everything"), "payload": f"order.lines={_payload(open_lines)}"})
        asks = {"fact": "order.lines", "kind": "choice"}
        say(dispatcher, "utter_which_lines", order=order.number, buttons=buttons, asks=asks)
        return []


class AskRequest(Action):
    """Which way to go: only the ways that the known facts leave open."""

    def name(self) -> str:
        return "action_ask_request"

    async def run(self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: Domain) -> list[EventType]:
        if tracker.get_slot("offered"):
            tell_decision(dispatcher, decision_of(tracker.slots, Message.of(tracker)), tracker.slots)
            return []
        reason = tracker.get_slot("claim_reason")
        kind = "wish" if reason else "button"
        buttons = [
            {"title": part(f"{kind}_{way}"), "payload": f"request={way}"}
            for way in ways(tracker) or _ways_to_be_refused(tracker)
            if not (way == "cancel" and reason in FAULT_REASONS)  # it is there, or nothing could be wrong with it
        ]
        buttons.append({"title": part("button_person"), "payload": "intent=talk_to_human"})
        response = "utter_which_wish" if reason else "utter_which_request"
        say(dispatcher, response, buttons=buttons, asks={"fact": "request", "kind": "choice"})
        return []


def _ways_to_be_refused(tracker: Tracker) -> tuple[str, ...]:
    """Why none of them is open is said of the one that is wanted."""
    order = tracker.get_slot("order") or {}
    return ("cancel",) if order.get("delivered") is False else OF_A_BOUGHT_THING


class AskDeliveredOn(Action):
    """The day of the delivery; where what was said can mean several days, which of them."""

    def name(self) -> str:
        return "action_ask_order_delivered_on"

    async def run(self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: Domain) -> list[EventType]:
        ask_date(dispatcher, tracker, "order.delivered_on", "utter_when_delivered", [])
        return []


class AskIssuedOn(Action):
    """The day of an earlier claim for the same fault, if there was one (W.claim-window)."""

    def name(self) -> str:
        return "action_ask_claim_issued_on"

    async def run(self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: Domain) -> list[EventType]:
        first_time = {"title": part("first_time"), "payload": "claim.issued_on=none"}
        ask_date(dispatcher, tracker, "claim.issued_on", "utter_when_reported", [first_time])
        return []


def ask_date(
    dispatcher: CollectingDispatcher, tracker: Tracker, fact: str, response: str, buttons: list[dict[str, str]]
) -> None:
    """Ask for a day; where the last answer could mean several, only which of them it was."""
    readings = tracker.get_slot("date_readings") or []
    days = [{"title": day(reading), "payload": f"{fact}={reading}"} for reading in readings[:MOST_DAYS]]
    unsure = {"title": part("not_sure"), "payload": f"{fact}=unsure"}
    asks = {"fact": fact, "kind": "date"}
    impossible = tracker.get_slot("date_readings") == []
    words = "utter_which_day" if days else "utter_no_such_day" if impossible else response
    others = [] if len(days) > 1 else [*buttons, unsure]
    say(dispatcher, words, buttons=[*days, *others], asks=asks)


class AskItemCountry(Action):
    """Whether the thing is still where it was bought (W.country)."""

    def name(self) -> str:
        return "action_ask_claim_item_country"

    async def run(self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: Domain) -> list[EventType]:
        if tracker.get_slot("claim_item_country") == ELSEWHERE:
            say(dispatcher, "utter_which_country", asks={"fact": "claim.item_country", "kind": "text"})
            return []
        code = (tracker.get_slot("order") or {}).get("country") or ""
        buttons = [
            {"title": part("yes_in_country"), "payload": f"claim.item_country={code}"},
            {"title": part("elsewhere"), "payload": "claim.item_country=elsewhere"},
            {"title": part("not_sure"), "payload": "claim.item_country=unsure"},
        ]
        asks = {"fact": "claim.item_country", "kind": "choice"}
        say(dispatcher, "utter_where_is_it", country=country_name(code), buttons=buttons, asks=asks)
        return []


class AskPhotos(Action):
    """A photo of the thing, by its name where it has one."""

    def name(self) -> str:
        return "action_ask_evidence_photos"

    async def run(self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: Domain) -> list[EventType]:
        name = tracker.get_slot("item_name") or part("item")
        faulty = tracker.get_slot("claim_reason") in FAULT_REASONS
        response = "utter_send_photos_of_fault" if faulty else "utter_send_photos"
        say(dispatcher, response, item=name, asks={"fact": "evidence.photos", "kind": "photos"})
        return []


class AskConfirm(Action):
    """The summary: what, by which way, who pays which freight, how much money, what happens when. And the yes."""

    def name(self) -> str:
        return "action_ask_confirm"

    async def run(self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: Domain) -> list[EventType]:
        items = tracker.get_slot("items")
        lines, clauses = summary(items, tracker.slots)
        response = "utter_confirm_again" if tracker.get_slot("asked_again") else "utter_summary"
        buttons = [{"title": part("button_confirm"), "payload": "confirm=yes"}]
        if tracker.get_slot("order") and items[0]["decision"]["route"] != "cancel":
            order = ShopOrder.from_json(tracker.get_slot("order"))
            if left_over(order, items):
                buttons.append({"title": part("button_add"), "payload": "confirm=add"})
        if changeable(items[-1]):
            buttons.append({"title": part("button_change"), "payload": "confirm=change"})
        buttons.append({"title": part("button_no"), "payload": "confirm=no"})
        say(dispatcher, response, clauses, lines=lines, buttons=buttons, asks=_confirming())
        return []


class AskChange(Action):
    """Which of the answers was not right."""

    def name(self) -> str:
        return "action_ask_change"

    async def run(self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: Domain) -> list[EventType]:
        facts = changeable(tracker.get_slot("items")[-1])
        buttons = [{"title": part(f"fact_{slot_of(fact)}"), "payload": f"change={fact}"} for fact in facts]
        say(dispatcher, "utter_what_to_change", buttons=buttons, asks={"fact": "confirm", "kind": "choice"})
        return []


def changeable(item: dict[str, Any]) -> list[str]:
    """The facts of an item that the customer gave and can take back."""
    facts = (*CLAIM_FACTS, "evidence.photos")
    return [fact for fact in facts if slot_of(fact) in item["slots"]]


def _payload(chosen: list[list[int]]) -> str:
    return ",".join(f"{line}x{quantity}" for line, quantity in chosen)


def _confirming() -> dict[str, str]:
    return {"fact": "confirm", "kind": "confirm"}
