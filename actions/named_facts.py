"""The facts of the claim and the goods that a message names: of the whole message, and of each of several things."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from typing import Any

from actions.ahead import Ahead
from actions.fact_slots import ITEM_SLOTS, YES_NO, slot_of
from actions.goals import REASONS, REQUESTS
from actions.mentions import KINDS, Mentions
from actions.message import Message
from actions.plain_answers import plain_answer

CLAIM_ENTITIES = {
    "reason": "claim.reason",
    "unused": "claim.unused",
    "packaging_complete": "claim.packaging_complete",
    "contents_complete": "claim.contents_complete",
    "damage_cause": "claim.damage_cause",
    "remedy": "claim.remedy",
    "exchange_for": "claim.exchange_for",
    "troubleshooting_done": "claim.troubleshooting_done",
    "gift_returned": "claim.gift_returned",
    "purchase_channel": "order.channel",
}
SWAPS_FOR = re.compile(
    r"\b(?:exchang\w+|swap\w*|trade\w*|switch\w*) (?:(it|this|that|them)|(?:the|my|our|this|that)(?: \w+){1,4})"
    r" (?:for|to|against|with) (?:the|a|an|one of|your) (?:\w+ )?$"
)
IT_IS_IN = re.compile(
    r"\b(?:it(?:['\u2019]?s| is)|(?:brush|toothbrush|flosser|item) is)(?: \w+){0,2} in (?:the )?$|\bstill in (?:the )?$"
)


def chosen(fact: str, value: str) -> Any:
    """The value behind a button: "claim.unused=true" sets True, "order.lines=0x1" one piece of the first line."""
    if fact in YES_NO and value in ("true", "false"):
        return value == "true"
    if fact == "order.lines":
        return [[int(part) for part in chosen.split("x")] for chosen in value.split(",")]
    return value


def named_facts(message: Message, asked: str | None) -> dict[str, Any]:
    """The facts of the claim and the goods that were named; two that contradict each other tell nothing."""
    told: dict[str, Any] = {}
    for entity, fact in CLAIM_ENTITIES.items():
        values = set(message.values(entity))
        if len(values) == 1:
            told[slot_of(fact)] = chosen(fact, values.pop())
    if where := list(_countries_it_is_in(message)):
        told["claim_item_country"] = where[-1]
    of_another = message.intent in ("start_exchange", "report_wrong_item") or asked == "claim.exchange_for"
    kinds = ("product",) if of_another else KINDS  # "for the white one", "I had ordered a white one"
    named = Mentions.of(message, kinds)
    if other := _swapped_for(message):
        told |= {"claim_exchange_for": "different_item"}
        named = replace(named, meant=tuple(thing for thing in named.meant if thing != other))
    if named.meant:
        told["mentions"] = list(named.meant)
    if (named.ruled_out or named.others) and not message.intent.startswith("report_"):
        told["not_meant"] = list(named.ruled_out)
    return told


def _swapped_for(message: Message) -> str | None:
    """The other thing that is wanted: "exchange my toothbrush for the flosser", "swap it for a flosser"."""
    things = [found for found in message.entities if found.get("entity") == "product"]
    for found in things:
        text = message.text[: found.get("start", 0)].casefold()
        others = {one["value"] for one in things if one.get("start", 0) < found.get("start", 0)} - {found["value"]}
        if (swap := SWAPS_FOR.search(text)) and (others or swap[1]):
            return str(found["value"])
    return None


def _countries_it_is_in(message: Message) -> Iterator[str]:
    """ "… and it's still in Canada": where the thing is, said without being asked."""
    for found in message.entities:
        if found.get("entity") == "country" and IT_IS_IN.search(message.text[: found.get("start", 0)].casefold()):
            yield found["code"]


def told_of_each(message: Message) -> Ahead:
    """What is told of each of several things, by the word for it; in the chat nothing where only one is told of.

    Which line of the order that is turns out when the order is known. "Return the flosser and exchange the toothbrush":
    what is wanted of each, where it differs.
    """
    found: Ahead = {}
    wanted = {REQUESTS[said["wants"]] for said in message.things if said["wants"]}
    for said in message.things:
        text, intent = said["text"], said["intent"]
        facts = named_facts(replace(message, text=text, entities=tuple(said["entities"]), intent=intent), None)
        reason = REASONS.get(intent) or plain_answer("claim.reason", text)
        claim = {slot: value for slot, value in facts.items() if slot in ITEM_SLOTS}
        if len(wanted) > 1 and said["wants"]:
            claim["request"] = REQUESTS[said["wants"]]
        if told := ({"claim_reason": reason} if reason else {}) | claim:
            found[said["thing"]] = told
    return found if len(found) > 1 or message.by_mail else {}


def all_told_of(ahead: Ahead, message: Message) -> list[str]:
    """The things by their words, where something is told of every one that the message names; they are meant then."""
    names = [said["thing"] for said in message.things]
    return names if names and ahead.keys() >= set(names) else []


def slots_of(ahead: Ahead) -> set[str]:
    """What is told of any of them; the message as a whole tells it of none. What is wanted first it does want."""
    return {slot for told in ahead.values() for slot in told} - {"request"}
