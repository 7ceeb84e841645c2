"""From what was just told to the next question: whose order, which thing, which door, what is settled."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import Any

from actions.ahead import begun, merged
from actions.answers_read import WISHES
from actions.fact_slots import ITEM_SLOTS, UNSURE, slot_of
from actions.facts import known_facts
from actions.goals import FAULT_REASONS
from actions.items import Items
from actions.message import Message
from actions.next_question import SETTLED, Next, kept_slots, likely_door, next_question, only_door, settled_item
from actions.proof import Prove, find_order
from actions.sayings import Corrected, Noted, PhotosKept, Saying, Standing, Unsure, corrections
from actions.which_thing import WhichThing
from support.orders.services import normalise_number

ANSWERED_OTHERWISE = {"serial_tried", "date_readings", "claim_troubleshooting_done"}  # these have words of their own
A_NEW_ONE = re.compile(r"\b(?:a|brand) new\b|\banother one\b", re.IGNORECASE)
A_PERSON = "person"  # what is offered when every way of the policy is closed


@dataclass
class Progress:
    """The slots as they change during one turn, and what to say before the next question."""

    slots: dict[str, Any]
    message: Message
    says: list[Saying] = field(default_factory=list)

    async def run(self, told: dict[str, Any], prove: Prove, away: bool = False) -> Next:
        """Take in what was told and return what to ask next. prove raises what orders.services.prove_order does.

        away: the customer comes back after a while, so that the order and what was settled are looked at again.
        """
        if away and self.slots.get("order"):
            self.slots["order"] = (await prove(self.slots["order"]["number"], "")).as_json()
        if away and Items(self.slots, self.says).decide_again(self.message):
            told = {slot: value for slot, value in told.items() if slot != "confirm"}
        offered = self.slots.get("offered")
        self._take_in(told)
        await find_order(self.slots, self.message, prove)
        found = self._advance()
        refused_anew = bool(self.slots.get("offered")) and (not offered or "request" in told)
        asked_before = bool(found.fact) and slot_of(found.fact) == self.slots.get("requested_slot") and not refused_anew
        if told and asked_before and not self.says and not told.keys() & ANSWERED_OTHERWISE:
            self.says.append(Noted())
            self.slots["asked_again"] = True
        return found

    def _take_in(self, told: dict[str, Any]) -> None:
        told = dict(told)
        if ahead := told.pop("ahead", None):
            self.slots["ahead"] = merged(self.slots.get("ahead"), ahead)
        number = normalise_number(told.get("order_number") or "")
        if number and self.slots.get("order") and number != self.slots["order"]["number"]:
            self._clear("order", "order_email", "waiting_lines", "items", "order_lines", "item_name", "told")
        answered = self.slots.get("requested_slot") == "request"  # "The same item, new", pressed or in words
        a_new_one = answered or told.get("claim_remedy") == "replacement" or A_NEW_ONE.search(self.message.text)
        to_replace = self.slots.get("claim_reason") or told.get("claim_reason") in FAULT_REASONS
        if a_new_one and to_replace and told.get("request") == "exchange":
            told = {"claim_exchange_for": "same_item", **told}  # that is what the button and "a new one" say
        if told.get("request") or told.get("claim_reason"):
            self._clear("wants_status")
        if told.get("evidence_photos") and self.slots.get("requested_slot") != "evidence_photos":
            self.says.append(PhotosKept(len(self.message.photos)))
        if self._is_what_the_warranty_gives(told):
            del told["request"]
        told = Items(self.slots, self.says).sort_out(told, self.message)
        if corrected := corrections(self.slots, told):
            self.says.append(Corrected(corrected))
        self._help_to_find_out(told)
        self.slots.update(told | self._settled(told))
        self._clear("offered", *(() if "date_readings" in told else ("date_readings",)))
        if self.slots.get("order_channel") == "official_website":
            self._clear("order_channel")
        if told.get("change"):
            self._clear(slot_of(told["change"]), "change")
        self._take_in_colour(told)

    def _is_what_the_warranty_gives(self, told: dict[str, Any]) -> bool:
        """ "Money back", of a fault that the warranty alone is open for: there it is a choice, no other request."""
        wished = WISHES.get(told.get("claim_remedy") or "")
        if self.slots.get("request") != "warranty" or not wished or told.get("request") != wished:
            return False
        is_fault = self.slots.get("claim_reason") in FAULT_REASONS
        return is_fault and likely_door({**self.slots, **told}, self.message, wished) is None

    def _settled(self, told: dict[str, Any]) -> dict[str, Any]:
        """What an agent settled: the newest word of an agent, less what the customer has since told otherwise."""
        before, by_agent = self.slots.get("settled") or {}, told.get("settled")
        kept = before | by_agent if by_agent else {f: v for f, v in before.items() if slot_of(f) not in told}
        return {"settled": kept or None}

    def _help_to_find_out(self, told: dict[str, Any]) -> None:
        """How to find out what the customer is not sure of: once, when they say so; it is taken as it is (I.unsure)."""
        for slot, value in told.items():
            if value == UNSURE and self.slots.get(slot) != UNSURE:
                self.says.append(Unsure(slot))

    def _take_in_colour(self, told: dict[str, Any]) -> None:
        """The colour that is wanted in exchange for one that simply does not please.

        Whoever asks for another colour by themselves, and names no other reason, has said the reason.
        """
        if self.slots.get("request") != "exchange":
            return
        asked = self.slots.get("requested_slot") == "claim_exchange_for"
        wants = asked or self.message.intent == "start_exchange"
        colours = self.message.values("colour")
        if wants and colours and self.slots.get("claim_reason") in (None, "colour", "changed_mind", "other"):
            self.slots["wanted_colour"] = colours[-1]
            if self.slots.get("claim_exchange_for") is None:
                self.slots["claim_exchange_for"] = "same_item_other_colour"
        if not asked and told.get("claim_exchange_for") == "same_item_other_colour":
            self.slots["claim_reason"] = self.slots.get("claim_reason") or "colour"

    def _advance(self) -> Next:
        """Go on while nothing has to be asked: an item that is complete, a refused one among others, the next one."""
        WhichThing(self.slots, self.says).tell_that_all_of_it_is_cancelled()
        while not self._is_between_items():
            WhichThing(self.slots, self.says).choose()
            self._choose_request()
            found = next_question(self.slots, self.message)
            self._tell_settled(found)
            if found.fact:
                return found
            if self._is_refused_alone(found):
                return self._offer(found)
            self._close_item(found)
        return Next(self._about_the_whole())

    def _choose_request(self) -> None:
        """For one who named a problem and no procedure: the only open door, else the one they wished for."""
        where = self.slots.get("order_lines") or self.slots.get("order_channel")
        if self.slots.get("request") is not None or not where or self.slots.get("order_channel") == "elsewhere":
            return
        if self.slots.get("claim_reason") is None and self.slots.get("claim_damage_cause") is None:
            return
        self.slots["request"] = only_door(self.slots, self.message)
        wished = WISHES.get(self.slots.get("claim_remedy") or "")
        if self.slots["request"] is None and wished and self.slots.get("claim_reason"):
            self.slots["request"] = likely_door(self.slots, self.message, wished)
            if self.slots["request"] == "exchange" and self.slots.get("claim_exchange_for") is None:
                self.slots["claim_exchange_for"] = "same_item"

    def _tell_settled(self, found: Next) -> None:
        """Say once, before the evidence is asked for, where the request stands."""
        if found.decision and found.decision.outcome in SETTLED and found.fact:
            standing = f"{found.decision.outcome}:{found.decision.route}"
            if self.slots.get("told") != standing:
                self.slots["told"] = standing
                self.says.append(Standing(found.decision, self.slots.get("item_name")))

    def _is_refused_alone(self, found: Next) -> bool:
        refused = found.decision is None or found.decision.outcome not in SETTLED
        return refused and not (self.slots.get("items") or self.slots.get("waiting_lines"))

    def _offer(self, found: Next) -> Next:
        """A refusal ends with what is still open, a person at least, unless the customer has said no to it."""
        if not found.decision or self.slots.get("confirm") == "no":
            return found
        self.slots["offered"] = [door.request for door in found.decision.alternatives] or [A_PERSON]
        return Next("request", found.decision)

    def _close_item(self, found: Next) -> None:
        """Keep the item for the summary, or tell that it is refused while others go on; then begin the next."""
        if found.decision.outcome in SETTLED:
            item = settled_item(self.slots, known_facts(self.slots, self.message), found.decision)
            self.slots["items"] = [*(self.slots.get("items") or ()), item]
        else:
            self.says.append(Standing(found.decision, self.slots.get("item_name")))
            self.slots["refused"] = [*(self.slots.get("refused") or ()), *self.slots["order_lines"]]
            self.slots["refused_item"] = {"slots": kept_slots(self.slots)}
        waiting = self.slots.get("waiting_lines") or []
        self._clear(*ITEM_SLOTS, "mentions")
        if waiting:
            self.slots.update(begun(self.slots, waiting[0]), waiting_lines=waiting[1:])

    def _is_between_items(self) -> bool:
        adds = self.slots.get("confirm") == "add"
        return bool(self.slots.get("items")) and not self.slots.get("order_lines") and not adds

    def _about_the_whole(self) -> str | None:
        confirm = self.slots.get("confirm")
        return None if confirm in ("yes", "no") else "change" if confirm == "change" else "confirm"

    def _clear(self, *slots: str) -> None:
        for slot in slots:
            self.slots[slot] = None
