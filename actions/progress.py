"""From what was just told to the next question: whose order, which thing, which door, what is settled."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from actions.fact_slots import CORRECTABLE, ELSEWHERE, ITEM_SLOTS, slot_of
from actions.facts import known_facts
from actions.message import Message
from actions.next_question import SETTLED, Next, next_question, only_door, settled_item
from actions.order_lines import Chosen, left_over, name_of, named, whole_order
from actions.proof import Prove
from policy import Decision
from support.orders.services import ShopOrder, normalise_number

Saying = Decision | str | tuple[str, ...]


@dataclass
class Progress:
    """The slots as they change during one turn.

    says, before the next question: decisions, the name of an item that begins, the slots that were corrected.
    """

    slots: dict[str, Any]
    message: Message
    says: list[Saying] = field(default_factory=list)

    async def run(self, told: dict[str, Any], prove: Prove) -> Next:
        """Take in what was told and return what to ask next. prove raises what orders.services.prove_order does."""
        self._take_in(told)
        await self._find_order(prove)
        return self._advance()

    def _take_in(self, told: dict[str, Any]) -> None:
        number = told.get("order_number")
        if number and self.slots.get("order") and not is_number_of(number, self.slots["order"]["number"]):
            self._clear("order", "order_email", "waiting_lines", "items", "order_lines", "item_name", "told")
        if told.get("request") == "exchange" and self.slots.get("requested_slot") == "request":
            self.slots["claim_exchange_for"] = "same_item"  # that is what the button says
        if "change" in told or any(slot in ITEM_SLOTS for slot in told):
            self._reopen_last_item()
        if told.get("request") or told.get("claim_reason"):
            self._clear("wants_status")
        self._tell_corrected(told)
        self.slots.update(told)
        self._clear("offered", *(() if "date_readings" in told else ("date_readings",)))
        if self.slots.get("order_channel") == "official_website":
            self._clear("order_channel")
        if told.get("change"):
            self._clear(slot_of(told["change"]), "change")

    def _tell_corrected(self, told: dict[str, Any]) -> None:
        """What the customer now says otherwise; said in one line, since everything is decided again."""
        corrected = tuple(
            slot
            for slot, value in told.items()
            if slot in CORRECTABLE and self.slots.get(slot) not in (None, ELSEWHERE, value)
        )
        if corrected:
            self.says.append(corrected)

    def _reopen_last_item(self) -> None:
        """A fact that comes after the summary belongs to the item that was summed up last."""
        if self._is_between_items():
            *others, last = self.slots["items"]
            self.slots.update(last["slots"], items=others, confirm=None)

    async def _find_order(self, prove: Prove) -> None:
        number, proof = self.slots.get("order_number"), self.slots.get("order_email")
        proven = self.slots.get("proven_orders") or []
        known = bool(number) and normalise_number(number) in proven
        if self.slots.get("order") or not number or not (proof or known):
            return
        order = await prove(number, proof or "")
        self.slots.update(order=order.as_json(), order_number=order.number, order_email="proven", order_channel=None)
        self.slots["proven_orders"] = list(dict.fromkeys([*proven, order.number]))

    def _advance(self) -> Next:
        """Go on while nothing has to be asked: an item that is complete, a refused one among others, the next one."""
        while not self._is_between_items():
            self._choose_lines()
            if self.slots.get("request") is None and self.slots.get("order_lines"):
                self.slots["request"] = only_door(self.slots, self.message)
            found = next_question(self.slots, self.message)
            self._tell_settled(found)
            if found.fact:
                return found
            if self._is_refused_alone(found):
                return self._offer(found)
            self._close_item(found)
        return Next(self._about_the_whole())

    def _choose_lines(self) -> None:
        """The thing this item is about, where the order or the customer's words leave only one; its name."""
        if not self.slots.get("order"):
            return
        order = ShopOrder.from_json(self.slots["order"])
        if not self.slots.get("order_lines"):
            self.slots["order_lines"] = self._only_choice(order)
        if self.slots.get("order_lines"):
            chosen = self.slots["order_lines"]
            if len(chosen) > 1 and self.slots.get("request") != "cancel":
                self.slots["waiting_lines"] = [*chosen[1:], *(self.slots.get("waiting_lines") or ())]
                self.slots["order_lines"] = chosen[:1]
            self._name_item(name_of(order, self.slots["order_lines"]))

    def _name_item(self, name: str) -> None:
        """Say which thing the next questions are about, where there are several."""
        several = self.slots.get("waiting_lines") or self.slots.get("items")
        if several and name != self.slots.get("item_name"):
            self.says.append(name)
        self.slots["item_name"] = name
        if self._adds():
            self.slots["confirm"] = None

    def _only_choice(self, order: ShopOrder) -> Chosen | None:
        if self.slots.get("request") == "cancel":
            return whole_order(order)
        open_lines = left_over(order, self.slots.get("items") or [])
        fitting = named(order, open_lines, self.slots.get("mentions") or [])
        only = open_lines if len(open_lines) == 1 else fitting
        return only if len(only) == 1 and only[0][1] == 1 else None

    def _tell_settled(self, found: Next) -> None:
        """Say once, before the evidence is asked for, where the request stands."""
        if found.decision and found.decision.outcome in SETTLED and found.fact:
            standing = f"{found.decision.outcome}:{found.decision.route}"
            if self.slots.get("told") != standing:
                self.slots["told"] = standing
                self.says.append(found.decision)

    def _is_refused_alone(self, found: Next) -> bool:
        refused = found.decision is None or found.decision.outcome not in SETTLED
        return refused and not (self.slots.get("items") or self.slots.get("waiting_lines"))

    def _offer(self, found: Next) -> Next:
        """A refusal is the end, unless the policy leaves another way open and the customer has not said no to it."""
        others = [door.request for door in found.decision.alternatives] if found.decision else []
        if not others or self.slots.get("confirm") == "no":
            return found
        self.slots["offered"] = others
        return Next("request", found.decision)

    def _close_item(self, found: Next) -> None:
        """Keep the item for the summary, or tell that it is refused while others go on; then begin the next."""
        if found.decision.outcome in SETTLED:
            item = settled_item(self.slots, known_facts(self.slots, self.message), found.decision)
            self.slots["items"] = [*(self.slots.get("items") or ()), item]
        else:
            self.says.append(found.decision)
        photos, waiting = self.slots.get("evidence_photos"), self.slots.get("waiting_lines") or []
        self._clear(*ITEM_SLOTS, "mentions")
        if waiting:
            self.slots.update(order_lines=waiting[:1], waiting_lines=waiting[1:], evidence_photos=photos)

    def _is_between_items(self) -> bool:
        return bool(self.slots.get("items")) and not self.slots.get("order_lines") and not self._adds()

    def _adds(self) -> bool:
        return self.slots.get("confirm") == "add"

    def _about_the_whole(self) -> str | None:
        confirm = self.slots.get("confirm")
        return None if confirm in ("yes", "no") else "change" if confirm == "change" else "confirm"

    def _clear(self, *slots: str) -> None:
        for slot in slots:
            self.slots[slot] = None


def is_number_of(typed: str, number: str) -> bool:
    """Whether what was typed can be this order's number."""
    return normalise_number(typed) == number
