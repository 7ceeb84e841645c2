"""What the assistant does beside a request: a person, an explanation, an answer about the policy, letting go."""

from __future__ import annotations

import re
from typing import Any

from rasa_sdk import Action, Tracker
from rasa_sdk.events import ActiveLoop, EventType, FollowupAction, SlotSet
from rasa_sdk.executor import CollectingDispatcher

from actions.absence import was_away
from actions.answering import answer, topic_of
from actions.facts import decision_of
from actions.finishing import forgotten
from actions.handing_over import hand_over
from actions.identifiers_read import lacks_number, read_identifiers
from actions.languages import has_words_for, tell_language
from actions.message import Message
from actions.plain_answers import is_pause
from actions.proof import with_last_order
from actions.status import tell_awaited
from actions.telling import tell_decision
from actions.temper import OFFERED, offer_a_person
from actions.ways import asks_which, explain_ways
from actions.withdrawing import offer_to_withdraw
from actions.words import has_part, has_response, part, say

Domain = dict[str, Any]
MISSES_BEFORE_A_PERSON = 3
MEANINGS = 3
HELP = re.compile(r"\bhelp\b", re.IGNORECASE)
EXPLAINED_BY = {  # the clauses because of which a question is asked
    "order_number": ("R.process.1", "W.proof.order"),
    "order_channel": ("R.channel",),
    "order_delivered": ("R.window",),
    "order_delivered_on": ("R.window", "I.delivery-date"),
    "claim_reason": ("R.process.1", "R.freight.soocas", "R.freight.customer"),
    "claim_unused": ("R.unused",),
    "claim_packaging_complete": ("R.refuse.1",),
    "claim_contents_complete": ("R.complete", "R.refuse.3"),
    "claim_gift_returned": ("R.gift",),
    "claim_exchange_for": ("R.exchange.same",),
    "claim_damage_cause": ("W.cover", "W.exclude.7", "W.exclude.8"),
    "claim_item_country": ("W.country",),
    "claim_issued_on": ("W.claim-window",),
    "claim_troubleshooting_done": ("W.need.troubleshooting",),
    "evidence_serial_number": ("W.need.defect",),
    "evidence_defect_description": ("W.need.defect",),
    "evidence_photos": ("R.process.1", "W.apply"),
    "confirm": ("I.review",),
}


class HandOver(Action):
    """A person, always, and without argument: what was collected stays in the conversation."""

    def name(self) -> str:
        return "action_hand_over"

    async def run(self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: Domain) -> list[EventType]:
        clauses = ("R.process.2", "R.hours")
        await hand_over(dispatcher, tracker, "customer asked for a person", "utter_handed_over", clauses)
        return []


class AnswerPolicy(Action):
    """A question about the policy, answered in our words with its clauses. In a request its form answers it."""

    def name(self) -> str:
        return "action_answer_policy"

    async def run(self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: Domain) -> list[EventType]:
        message = Message.of(tracker)
        answer(dispatcher, message, await with_last_order(tracker))
        await tell_awaited(dispatcher, tracker, topic_of(message))
        said = [SlotSet(*item) for item in read_identifiers(message, tracker.slots, None).items()]
        return [*said, *offer_a_person(dispatcher, tracker, message, answered=False)]


class TellWhere(Action):
    """Where a parcel is, only the carrier knows; whose order it is, is remembered for what comes next."""

    def name(self) -> str:
        return "action_tell_where"

    async def run(self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: Domain) -> list[EventType]:
        say(dispatcher, "utter_track_order")
        return [SlotSet(*item) for item in read_identifiers(Message.of(tracker), tracker.slots, None).items()]


class ExplainQuestion(Action):
    """Why something is asked, and where to find it."""

    def name(self) -> str:
        return "action_explain_question"

    async def run(self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: Domain) -> list[EventType]:
        asked = tracker.get_slot("requested_slot")
        if asked == "request" and tracker.get_slot("offered"):
            slots = {**tracker.slots, "offered": None}
            tell_decision(dispatcher, decision_of(slots, Message.of(tracker)), slots)
            return []
        if asked == "request" and explain_ways(dispatcher, tracker):
            return []
        known = has_response(f"utter_explain_{asked}")
        say(dispatcher, f"utter_explain_{asked}" if known else "utter_explain", EXPLAINED_BY.get(asked, ()))
        return []


class WelcomeBack(Action):
    """Hello in the middle of a request: where we were. A call for help: what is asked."""

    def name(self) -> str:
        return "action_welcome_back"

    async def run(self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: Domain) -> list[EventType]:
        if HELP.search(Message.of(tracker).text):
            return await ExplainQuestion().run(dispatcher, tracker, domain)
        if was_away(tracker, Message.of(tracker)):  # where it was left is said by the form
            say(dispatcher, "utter_hello_again")
            return []
        wish = part(f"wish_is_{tracker.get_slot('request') or 'open'}")
        say(dispatcher, "utter_greet_again", wish=wish)
        return []


class Greet(Action):
    """Hello; to one whose browser speaks another language, that this is in English."""

    def name(self) -> str:
        return "action_greet"

    async def run(self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: Domain) -> list[EventType]:
        if has_words_for(Message.of(tracker)) and not tracker.get_slot("english_told"):
            tell_language(dispatcher, Message.of(tracker))
        say(dispatcher, "utter_greet")
        return [SlotSet("english_told", True)]


class TellLanguage(Action):
    """Written in another language: English, please, or a person."""

    def name(self) -> str:
        return "action_tell_language"

    async def run(self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: Domain) -> list[EventType]:
        tell_language(dispatcher, Message.of(tracker))
        return [SlotSet("english_told", True)]


class Soothe(Action):
    """Anger in the middle of a request: sorry, and a person once."""

    def name(self) -> str:
        return "action_soothe"

    async def run(self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: Domain) -> list[EventType]:
        offered = tracker.get_slot(OFFERED)
        say(dispatcher, "utter_sorry", buttons=None if offered else person())
        return [SlotSet(OFFERED, True)]


class StopRequest(Action):
    """Forget it: of a request nothing was written, nothing is kept; a case that is open already is asked about."""

    def name(self) -> str:
        return "action_stop_request"

    async def run(self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: Domain) -> list[EventType]:
        if offered := await offer_to_withdraw(dispatcher, tracker):
            return [*offered, FollowupAction("request_form" if tracker.active_loop.get("name") else "action_listen")]
        say(dispatcher, "utter_stopped")
        return [ActiveLoop(None), SlotSet("requested_slot", None), *forgotten()]


class AskAgain(Action):
    """What was said does not answer the open question: say so, and let the form ask it once more."""

    def name(self) -> str:
        return "action_ask_again"

    async def run(self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: Domain) -> list[EventType]:
        message = Message.of(tracker)
        if tracker.get_slot("requested_slot") == "request" and asks_which(message.text):
            explain_ways(dispatcher, tracker)  # after a refusal that leaves none, the question says what there is
            return []
        if message.intent == "out_of_scope" and message.asks_something and message.readable:
            say(dispatcher, "utter_outside")
            return []
        if tracker.get_slot("requested_slot") == "order_number" and lacks_number(message):
            return []  # the question says what to do then
        if message.is_a_question_mark:
            return await ExplainQuestion().run(dispatcher, tracker, domain)
        if message.has_no_words:
            say(dispatcher, "utter_no_words", buttons=person())
            return []
        if is_pause(message.text):
            say(dispatcher, "utter_take_your_time")
            return []
        misses = (tracker.get_slot("misses") or 0) + 1
        if misses >= MISSES_BEFORE_A_PERSON:
            return await give_up(dispatcher, tracker)
        offer = {"buttons": person()} if misses > 1 else {}
        say(dispatcher, "utter_rephrase_or_person" if offer else "utter_rephrase", **offer)
        return [SlotSet("misses", misses), *([SlotSet(OFFERED, True)] if offer else [])]


class OfferMeanings(Action):
    """Did you mean: the likeliest goals as buttons, and a person; the third miss in a row is handed over."""

    def name(self) -> str:
        return "action_default_fallback"

    async def run(self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: Domain) -> list[EventType]:
        message = Message.of(tracker)
        if message.is_a_question_mark or message.intent == "deny":  # the stories know the noes that end a conversation
            say(dispatcher, "utter_anything_else")
            return [FollowupAction("action_listen")]
        if message.has_no_words:
            say(dispatcher, "utter_no_words", buttons=person())
            return [FollowupAction("action_listen")]
        misses = (tracker.get_slot("misses") or 0) + 1
        if misses >= MISSES_BEFORE_A_PERSON:
            return await give_up(dispatcher, tracker)
        ranking = [found["name"] for found in (tracker.latest_message or {}).get("intent_ranking") or ()]
        likely = [name for name in ranking if has_part(f"mean_{name}")][:MEANINGS]
        buttons = [{"title": part(f"mean_{name}"), "payload": f"intent={name}"} for name in likely]
        if not likely:
            say(dispatcher, "utter_anything_else")
            return [SlotSet("misses", misses), FollowupAction("action_listen")]
        response = "utter_did_you_mean" if misses == 1 else "utter_did_you_mean_or_person"
        say(dispatcher, response, buttons=[*buttons, *person()])
        kept = read_identifiers(message, tracker.slots, None)
        return [
            *(SlotSet(*item) for item in kept.items()),
            SlotSet("misses", misses),
            SlotSet(OFFERED, True),
            FollowupAction("action_listen"),
        ]


async def give_up(dispatcher: CollectingDispatcher, tracker: Tracker) -> list[EventType]:
    """Hand over without being asked to: three messages in a row were not understood."""
    await hand_over(dispatcher, tracker, "not understood", "utter_gave_up", ("R.process.2",))
    return [SlotSet("misses", None), FollowupAction("action_listen")]


def person() -> list[dict[str, str]]:
    """The button that brings in a person."""
    return [{"title": part("button_person"), "payload": "intent=talk_to_human"}]
