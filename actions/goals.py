"""What a message wants and reports: a procedure named sets the request, a problem named the reason."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from actions.answers_read import WISHES
from actions.fact_slots import CLAIM_FACTS, slot_of
from actions.identifiers_read import PROOF_QUESTIONS
from actions.learned_answers import CERTAIN, LIKELY, learned_answer
from actions.message import Message
from actions.plain_answers import is_whole, plain_answer

Slots = Mapping[str, Any]
REQUESTS = {
    "start_return": "return",
    "start_exchange": "exchange",
    "start_warranty_claim": "warranty",
    "cancel_order": "cancel",
}
REASONS = {
    "report_defect": "quality_problem",
    "report_damage_on_arrival": "damaged_on_arrival",
    "report_wrong_item": "wrong_item",
    "report_missing_parts": "missing_accessories",
}
FAULT_REASONS = tuple(REASONS.values())
BY_THE_CUSTOMER = ("abuse", "third_party_repair")  # "I dropped it, it's cracked": no damage of the delivery
FAULTS = ("report_defect", "report_damage_on_arrival", "report_missing_parts")
NO_FAULT = (None, "changed_mind", "colour", "other", "unsure")
EXCHANGE = re.compile(r"\b(?:exchang(?:e|ed|ing)|swap(?:ped|ping)?)\b(?<!not exchange)(?<!n't exchange)")
OTHER_WAYS = re.compile(
    r"\b(?:return\w*|refund\w*|money|(?:send|give|take|bring|goes?)(?: \w+){0,3} back|warranty|guarantee|cancel\w*)\b"
)
DENIES = re.compile(r"\b(?:not|no|never|instead of|rather than)\b|n't\b")
FOR_MONEY = re.compile(r"\b(?:exchange|swap|trade)\b.{0,25} for (?:the |my )?(?:cash|money|refund)\b")
STATED = re.compile(r"[^.!?\n]+(?=[.!\n]|$)")  # a sentence that asks nothing


def goal_of(message: Message, slots: Slots, asked: str | None, told: Mapping[str, Any]) -> dict[str, Any]:
    """A procedure named sets the request, a problem named the reason.

    A problem named later corrects a reason that was none of SOOCAS' doing, unless it answers the open question.
    """
    answered = asked is not None and slot_of(asked) in told
    beside_the_seller = asked == "order.channel" and message.intent in FAULTS  # "on Amazon. It makes a noise"
    if answered and not (asked in PROOF_QUESTIONS or asked == "request" or beside_the_seller):
        return {}  # "I bought it on Amazon, I don't want it any longer" cancels nothing
    if message.guessed and (slots.get("request") or slots.get("claim_reason")):
        return {}
    if message.intent in REQUESTS:
        wanted = _by_name(message) or REQUESTS[message.intent]
        said_again = asked == "confirm" and wanted == slots.get("request")  # "yes, please cancel it"
        return {} if said_again else {"request": wanted}
    about_the_purchase = asked in PROOF_QUESTIONS and not told.keys() & {"order_number", "order_email"}
    if ("order_channel" in told or about_the_purchase) and message.intent not in FAULTS:
        return {}  # "I didn't buy it from you" is no wrong item
    about_the_box = message.intent == "report_damage_on_arrival" and "claim_packaging_complete" in told
    if "ahead" in told or about_the_box:
        return {}
    if asked in CLAIM_FACTS and asked != "claim.reason" and message.likely.get(asked, ("", 0))[1] >= LIKELY:
        return {}  # "the box is a bit torn", asked for the packaging, is no damage on arrival
    if message.intent == "report_missing_parts" and is_whole(message.text):
        return {}  # "box and everything is complete"
    open_reason = slots.get("claim_reason") is None or asked == "claim.reason"
    if message.intent in REASONS and slots.get("claim_reason") == REASONS[message.intent] and not told:
        return {"claim_reason": REASONS[message.intent]}  # said once more
    corrected = message.intent == "report_defect" and slots.get("claim_reason") in NO_FAULT and not answered
    if message.intent in REASONS and "claim_reason" not in told and (open_reason or corrected):
        likely, probability = message.likely.get("claim.reason", ("", 0))
        is_likelier = likely in FAULT_REASONS and probability >= CERTAIN
        stated = plain_answer("claim.reason", message.text)
        reported = "quality_problem" if told.get("claim_damage_cause") in BY_THE_CUSTOMER else REASONS[message.intent]
        said = stated if stated in FAULT_REASONS else likely if is_likelier else reported
        return {"claim_reason": said}
    insists = message.intent == "correct_answer" and not told and asked not in (None, "request", "confirm")
    return learned_answer("request", message, slots, CERTAIN) if insists else {}  # "I said money back"


def other_goals(message: Message, slots: Slots, told: Mapping[str, Any]) -> dict[str, Any]:
    """What other sentences of a letter or of a first message want and report: "Could you take it back? It rattles." """
    found: dict[str, Any] = {}
    wants = [REQUESTS[goal] for goal in message.goals if goal in REQUESTS]
    reported = [goal for goal in message.goals if goal in REASONS]
    reasons = [REASONS[goal] for goal in reported if goal != "report_missing_parts" or not is_whole(message.text)]
    if wants and not told.get("request") and (not slots.get("request") or _other_wish(message, slots) == wants[0]):
        found["request"] = _by_name(message) or wants[0]
    if "ahead" in told:
        return found
    if (told | found).get("request") and not (told.get("claim_reason") or slots.get("claim_reason")):
        reasons += filter(None, (plain_answer("claim.reason", words) for words in STATED.findall(message.text)))
    if reasons and not (told.get("claim_reason") or slots.get("claim_reason")):
        found["claim_reason"] = reasons[0]
    if not slots.get("request") and _is_only_a_wish(found, {**slots, **told, **found}):
        del found["request"]
    return found


def _is_only_a_wish(found: Mapping[str, Any], known: Mapping[str, Any]) -> bool:
    """ "It died. I'd rather have my money back": for a fault the warranty gives that, too, once a return is late."""
    wished = WISHES.get(known.get("claim_remedy") or "")
    return wished is not None and found.get("request") == wished and known.get("claim_reason") in FAULT_REASONS


def _other_wish(message: Message, slots: Slots) -> str | None:
    """Money back instead of another one, or the other way round, wished for outright: whatever else the letter says."""
    wished = {WISHES[wish] for wish in message.values("remedy") if wish in WISHES} - {slots.get("request")}
    return wished.pop() if len(wished) == 1 and slots.get("request") in WISHES.values() else None


def _by_name(message: Message) -> str | None:
    """ "I'd like to have it exchanged. I don't need it after all": an exchange, since no other way is named."""
    if FOR_MONEY.search(message.text.casefold()):
        return "return"  # "Can I swap it for cash?"
    pieces = re.split(r"[.!?;,]", message.text.casefold())
    wishes = any(EXCHANGE.search(piece) and not DENIES.search(piece) for piece in pieces)
    return "exchange" if wishes and not OTHER_WAYS.search(message.text.casefold()) else None


def warranty_taken_up(slots: Slots, asked: str | None, told: Mapping[str, Any]) -> dict[str, Any]:
    """A fault told after "if it's faulty, the warranty is still open": then that is what is wanted."""
    offered = asked == "request" and "warranty" in (slots.get("offered") or ())
    return {"request": "warranty"} if offered and told.get("claim_reason") == "quality_problem" else {}
