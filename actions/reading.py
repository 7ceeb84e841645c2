"""What a message tells: from words, entities, buttons and photos to slots. No policy, no database, no words."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from actions.ahead import line_of
from actions.answers_read import in_doubt, read_answer
from actions.fact_slots import CLAIM_FACTS, ELSEWHERE, SLOT_FACTS, UNSURE, YES_NO, slot_of
from actions.goals import goal_of, other_goals, warranty_taken_up
from actions.identifiers_read import PROOF_QUESTIONS, read_identifiers
from actions.languages import OTHER_LANGUAGE
from actions.learned_answers import CERTAIN, LIKELY, learned_answer
from actions.mentions import corrects
from actions.message import Message
from actions.named_facts import all_told_of, chosen, named_facts, slots_of, told_of_each
from actions.plain_answers import is_nod, plain_answer

Slots = Mapping[str, Any]
LEAVES_THE_FORM = frozenset({"talk_to_human", "stop_request", "ask_why", "goodbye"})
QUESTION = ("ask_", "track_order", "change_order", "check_case_status")
NOT_OURS = ("out_of_scope",)  # by itself; as an answer to a question it may well be ours
_IN_SO_MANY_WORDS = (
    r"^\W*(?:(?:sorry|oh|wait|actually|no|hold on|hmm+|ah)\W+)*(?:let me correct|correction|i made a mistake|my mistake"
    r"|(?:that|it|this) was(?: not right|n't right| wrong)|i was wrong|i meant)"
)
CORRECTS_ITSELF = re.compile(_IN_SO_MANY_WORDS)
TAKES_BACK = re.compile(rf"{_IN_SO_MANY_WORDS}|^\W*(?:sorry|oh wait|wait|actually)\b")
SENTENCES = re.compile(r"[.!?;\n]\s*\w")  # more than one, so that an answer can stand beside a question
ADDS = re.compile(r"\b(?:add|too|also|as well)\b", re.IGNORECASE)
BROKEN = re.compile(r"\W*(?:it'?s |it is |just )?(?:broken?|defect(?:ive)?|faulty|dead|kaput+)\W*")  # and nothing else
BOX_DAMAGED = re.compile(r"\b(?:box|packaging) (?:is|was|got)(?: \w+)? (?:damaged|torn|ripped|crushed|broken|dented)\b")
SEVERAL = re.compile(r"[.!?;,\n]\s*\w")
BOUGHT_AT = re.compile(  # a name that is none of ours: "bought your flosser at mediamarkt"
    r"\b(?:bought|purchased)\b(?: \w+){0,4}? (?:at|from) (?:(?:the|a|an|our|my|some) )?"
    r"(?!(?:the|a|an|our|my|some|soocas|you\w*|ur?|here|there|this|that|it|its|order|official|web\w*|sites?|online|shops?|stores?|"
    r"home|work|night|first|last|least|once|full|half|discount|sale|time|price|christmas|xmas|easter|black)\b)[a-z]\w+",
    re.IGNORECASE,
)
NEVER_OURS = ("amazon_store", "authorized_dealer", "unauthorized")  # "from your shop" may well be ours
MISTAKEN = ("order.channel", "claim.reason", "claim.troubleshooting_done")  # whose answers sound like leaving
STATES = ("claim.unused", "claim.packaging_complete", "claim.contents_complete", "claim.troubleshooting_done")
SURE = 0.95
FREE_TEXT = frozenset({"evidence.defect_description"})
SAYS_WHAT_IT_IS = YES_NO | {"claim.item_country", "claim.damage_cause"}  # a yes to it is a fact, not a consent


def read(message: Message, slots: Slots, asked: str | None) -> dict[str, Any]:
    """The slots this message sets; empty when it neither answers, adds nor corrects anything.

    asked: the fact of the open question, if there is one.
    """
    if message.answer:
        if ahead := {line: {slot_of(fact): chosen(fact, value)} for (fact, line), value in _of_later(message)}:
            return {"ahead": ahead}
        return {slot_of(fact): chosen(fact, value) for fact, value in message.answer.items() if _is_slot(fact)}
    told = photos_of(message, slots)
    if asked in SAYS_WHAT_IT_IS and slots.get("asked_again") and is_nod(message.text):
        return told  # to what was said in between
    if message.intent == "check_case_status" and not asked:
        return told | read_identifiers(message, slots, asked) | {"wants_status": True}
    if message.intent == OTHER_LANGUAGE:
        return told | read_identifiers(message, slots, asked)
    named = named_facts(message, asked)
    if _follows_from_it(named, message, slots, asked):
        named["claim_reason"] = slots["claim_reason"]
    if several := told_of_each(message):
        named = {slot: value for slot, value in named.items() if slot not in slots_of(several)} | {"ahead": several}
        if meant := all_told_of(several, message):
            named["mentions"] = meant
    named |= _of_the_gift(message, slots)
    if in_doubt(asked, message) and message.intent not in LEAVES_THE_FORM:
        return told | {slot_of(asked): UNSURE}
    goes_on = message.intent == "stop_request" and CORRECTS_ITSELF.search(message.text.casefold())
    if message.intent in LEAVES_THE_FORM and not goes_on:
        if (
            asked and slot_of(asked) in named
        ) or "claim_gift_returned" in named:  # "it turns out I don't need it, and it's unused": no goodbye
            return told | named
        if asked in PROOF_QUESTIONS and message.values("email") and message.intent != "talk_to_human":
            return told | read_identifiers(message, slots, asked)  # "that should be dana@example.com" asks no why
        return told | (_in_plain_words(asked, message) or _answered_all_the_same(asked, message, slots))
    if asked == "confirm" and ADDS.search(message.text) and "mentions" in named:
        return told | named  # "can I add the flosser too?"
    if message.intent.startswith(QUESTION) and message.asks_something:
        return told | (_only(named, asked) if SENTENCES.search(message.text) else {})
    if message.intent in NOT_OURS:
        answer = read_answer(asked, message, slots) if asked and asked not in FREE_TEXT else {}
        return told | (_only(named, asked) or answer or learned_answer(asked, message, slots, CERTAIN))
    if asked in FREE_TEXT and message.text.strip():
        return told | read_answer(asked, message, slots)
    told |= read_identifiers(message, slots, asked) | named
    return (
        told
        if asked == "claim.reason" and "claim_reason" in slots_of(several)
        else _with_the_words(message, slots, asked, told)
    )


def _with_the_words(message: Message, slots: Slots, asked: str | None, told: dict[str, Any]) -> dict[str, Any]:
    """`told`, and what else the words correct, answer, want and report; what is told already is not read again."""
    told |= _taken_back(message, slots, asked, told)
    told |= _described_instead(message, slots, asked, told)
    told |= {} if asked != "claim.reason" or "claim_reason" in told else _in_plain_words(asked, message)
    if asked == "order.number" and not told:
        told |= _no_order_of_ours(message)
    if not asked and not told.keys() & {"order_number", "order_channel"} and BOUGHT_AT.search(message.text):
        told["order_channel"] = ELSEWHERE
    if _may_answer(asked, message, slots, told):
        certain = learned_answer(asked, message, slots, CERTAIN)
        told |= certain and (read_answer(asked, message, slots) or certain)
    told |= goal_of(message, slots, asked, told)
    told |= {} if asked else other_goals(message, slots, told)
    told |= warranty_taken_up(slots, asked, told)
    if _may_answer(asked, message, slots, told):
        told |= read_answer(asked, message, slots) or learned_answer(asked, message, slots, LIKELY)
    told |= _volunteered(message, slots, asked, told)
    return told or _of_another_question(message, slots, asked)


def _may_answer(asked: str | None, message: Message, slots: Slots, told: Mapping[str, Any]) -> bool:
    """Whether the open question is still open, and the words are not about something else."""
    return bool(asked) and slot_of(asked) not in told and not _is_about_another(asked, message, slots, told)


def _of_later(message: Message) -> list[tuple[tuple[str, str], str]]:
    return [(line_of(fact), value) for fact, value in message.answer.items() if line_of(fact)[1]]


def _is_about_another(asked: str, message: Message, slots: Slots, told: Mapping[str, Any]) -> bool:
    """Whether another fact is told in place of the answer: at the summary any, after a refusal a changed one, else one
    that takes back an earlier answer.

    "Actually no, I have never used it" is no "no" to what was offered.
    """
    if asked == "confirm":
        return bool(told)
    changed = [slot for slot, value in told.items() if slot in SLOT_FACTS and slots.get(slot) != value]
    if asked == "request" and slots.get("offered"):
        return bool(changed)
    takes_back = TAKES_BACK.search(message.text.casefold())
    return bool(takes_back) and any(slots.get(slot) is not None for slot in changed)


def _volunteered(message: Message, slots: Slots, asked: str | None, told: Mapping[str, Any]) -> dict[str, Any]:
    """The reason, and that it was bought elsewhere, where a long message says so before anybody has asked for it."""
    answered = asked is not None and slot_of(asked) in told
    is_open = answered or asked in (None, "request", *PROOF_QUESTIONS)
    if (
        asked == "request"
        and not told
        and slots.get("claim_reason") is None
        and BROKEN.fullmatch(message.text.casefold())
    ):
        return {"claim_reason": "quality_problem"}
    if not is_open or not SEVERAL.search(message.text) or message.intent == "correct_answer":
        return {}
    given = {}
    if slots.get("claim_reason") is None and "claim_reason" not in told:
        given |= learned_answer("claim.reason", message, slots, CERTAIN, beside_a_question=True)
    names_no_order = not (told.keys() & {"order_number", "order_email"} or slots.get("order_number"))
    if names_no_order and slots.get("order_channel") is None and "order_channel" not in told:
        given |= learned_answer("order.number", message, slots, CERTAIN)
    return given


def _of_the_gift(message: Message, slots: Slots) -> dict[str, Any]:
    """ "I'll keep the case", where a travel case is the gift of this order."""
    gifts = (slots.get("order") or {}).get("gifts") or ()
    named = [
        gift for gift in gifts if re.search(rf"\b{re.escape(_last_word(gift['name']))}\b", message.text.casefold())
    ]
    kept = plain_answer("claim.gift_returned", message.text) if named and not message.asks_something else None
    return {} if kept is None else {"claim_gift_returned": kept}


def _last_word(name: str) -> str:
    return name.casefold().split()[-1]


def _of_another_question(message: Message, slots: Slots, asked: str | None) -> dict[str, Any]:
    """ "It's been used", asked for the reason: what answers a single other question, and that for sure."""
    is_plain = message.intent in ("give_information", "nlu_fallback") and len(message.text.split()) > 1
    likely = [fact for fact, (_, sure) in message.likely.items() if sure >= LIKELY]
    if asked in (None, "confirm") or not is_plain or len(likely) != 1:
        return {}
    is_open = likely[0] in STATES and slots.get(slot_of(likely[0])) is None
    return learned_answer(likely[0], message, slots, SURE) if is_open else {}


def _follows_from_it(named: Mapping[str, Any], message: Message, slots: Slots, asked: str | None) -> bool:
    """ "I can't charge it" of one whose charger is missing: no other reason, unless the customer corrects something."""
    comes_of = slots.get("claim_reason") in ("missing_accessories", "wrong_item")
    is_a_fault = named.get("claim_reason") == "quality_problem"
    return comes_of and is_a_fault and asked != "claim.reason" and not corrects(message)


def _only(named: dict[str, Any], asked: str | None) -> dict[str, Any]:
    """Beside a question, or what sounds like a goodbye, only the answer to the open question counts."""
    slot = slot_of(asked) if asked else None
    return {slot: named[slot]} if slot in named else {}


def _in_plain_words(asked: str | None, message: Message) -> dict[str, Any]:
    """ "Someone online" sounds like a wish for a person, "I changed my mind" or "already tired everything" like a
    goodbye; asked where it was bought, for the reason, or what was tried, they are the answer."""
    value = plain_answer(asked, message.text) if asked in MISTAKEN else None
    return {slot_of(asked): value} if asked and value is not None else {}


def _answered_all_the_same(asked: str | None, message: Message, slots: Slots) -> dict[str, Any]:
    """ "Let's return it" is no goodbye when it was asked what is wanted. Who asks for a person gets one."""
    may_be_meant = asked not in (None, "confirm") and message.intent != "talk_to_human"
    return learned_answer(asked, message, slots, CERTAIN) if may_be_meant else {}


def _is_slot(fact: str) -> bool:
    return slot_of(fact) in SLOT_FACTS


def photos_of(message: Message, slots: Slots) -> dict[str, Any]:
    """The photos so far and those of this message."""
    if not message.photos:
        return {}
    return {"evidence_photos": list(dict.fromkeys([*(slots.get("evidence_photos") or ()), *message.photos]))}


def _no_order_of_ours(message: Message) -> dict[str, Any]:
    """Bought elsewhere, and where, if that is said: "it's from Amazon"."""
    channel = plain_answer("order.channel", message.text)
    if channel in NEVER_OURS and not message.asks_something:
        return {"order_channel": channel}
    return {"order_channel": ELSEWHERE} if plain_answer("order.elsewhere", message.text) else {}


def _described_instead(message: Message, slots: Slots, asked: str | None, told: Mapping[str, Any]) -> dict[str, Any]:
    """The fault told at length where its serial number was asked for: either will do (W.need.defect)."""
    describes = message.intent == "report_defect" and not message.asks_something
    if asked != "evidence.serial_number" or not describes or told.keys() & {"evidence_serial_number", "claim_reason"}:
        return {}
    return read_answer("evidence.defect_description", message, slots)


def _taken_back(message: Message, slots: Slots, asked: str | None, told: Mapping[str, Any]) -> dict[str, Any]:
    """The fact of an earlier answer that sounds different now, where the customer says that something was wrong."""
    text = message.text.casefold()
    if not TAKES_BACK.search(text):
        return {}
    if reason := plain_answer("claim.reason", text.partition("reason")[2]):  # "sorry, the reason is that …"
        return {"claim_reason": reason}
    if BOX_DAMAGED.search(text):
        return {"claim_packaging_complete": False}
    if any(slot in told for slot in SLOT_FACTS):
        return {}
    settled = (slots.get("items") or [{}])[-1].get("slots", {})
    claims = [slot_of(fact) for fact in CLAIM_FACTS]
    said = {slot: settled.get(slot) if slots.get(slot) is None else slots[slot] for slot in claims}
    known = [fact for fact in CLAIM_FACTS if said[slot_of(fact)] is not None and fact != asked]
    known.sort(key=lambda fact: -message.likely.get(fact, ("", 0))[1])
    found = (learned_answer(fact, message, slots, LIKELY) for fact in known)
    return next((one for one in found if any(said[slot] != value for slot, value in one.items())), {})
