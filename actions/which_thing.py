"""Which thing of the order an item of the request is about."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from actions.ahead import merged, told_ahead
from actions.mentions import BOTH, EVERYTHING
from actions.order_lines import Chosen, all_of, each_named, left_over, name_of, named, whole_order
from actions.sayings import About, Found, Saying, WholeOrder
from support.orders.services import ShopOrder

OF_ALL = ("claim_reason", "claim_unused", "claim_packaging_complete", "claim_contents_complete", "claim_gift_returned")


@dataclass
class WhichThing:
    """The lines of the item as the slots hold them, where the order or the customer's words leave only one choice."""

    slots: dict[str, Any]
    says: list[Saying]

    def choose(self) -> None:
        """The thing this item is about, where the order or the customer's words leave only one; its name."""
        if not self.slots.get("order") or self.slots.get("wants_status"):
            return
        order = ShopOrder.from_json(self.slots["order"])
        if not self.slots.get("order_lines"):
            self.slots["order_lines"] = self._only_choice(order)
            if self.slots["order_lines"] and self.slots.get("request") != "cancel":
                names = tuple(name_of(order, [line]) for line in self.slots["order_lines"])
                self.says.append(Found(order.number, names))
        if self.slots.get("order_lines"):
            chosen = self.slots["order_lines"]
            if len(chosen) > 1 and self.slots.get("request") != "cancel":
                self._tell_of_all(chosen)
                self.slots["waiting_lines"] = [*chosen[1:], *(self.slots.get("waiting_lines") or ())]
                self.slots["order_lines"] = chosen[:1]
            if self.slots.get("ahead") and self.slots.get("request") != "cancel":
                ahead = told_ahead(self.slots, self.slots["order_lines"][0])
                new = {"request"} if self.slots.get("item_name") is None else set()
                self.slots.update(
                    {slot: told for slot, told in ahead.items() if self.slots.get(slot) is None or slot in new}
                )
            self._name_item(name_of(order, self.slots["order_lines"]))

    def tell_that_all_of_it_is_cancelled(self) -> None:
        """Some of the things were named with a cancellation: only a colleague takes single ones out of an order."""
        mentions = self.slots.get("mentions")
        if self.slots.get("request") != "cancel" or not self.slots.get("order") or not mentions:
            return
        order = ShopOrder.from_json(self.slots["order"])
        if len(order.lines) > 1 and named(order, whole_order(order), mentions):
            self.says.append(WholeOrder())
        self.slots["mentions"] = None

    def _tell_of_all(self, chosen: Chosen) -> None:
        """What was told before any single thing was named is told of each: "everything goes back, nothing was used"."""
        if set(self.slots.get("mentions") or ()) - {BOTH, EVERYTHING}:
            return
        told = {slot: self.slots[slot] for slot in OF_ALL if self.slots.get(slot) is not None}
        of_each = {str(line): told for line, _ in chosen[1:]} if told else {}
        self.slots["ahead"] = merged(of_each, self.slots.get("ahead") or {}) or None

    def _name_item(self, name: str) -> None:
        """Say which thing the next questions are about, where there are several."""
        before = self.slots.get("items") or self.slots.get("refused")
        if (before or self.slots.get("waiting_lines")) and name != self.slots.get("item_name"):
            if before:
                self.says[:] = [saying for saying in self.says if not isinstance(saying, Found)]
            self.says.append(About(name, is_first=any(isinstance(saying, Found) for saying in self.says)))
        self.slots["item_name"] = name
        if self.slots.get("confirm") == "add":
            self.slots["confirm"] = None

    def _only_choice(self, order: ShopOrder) -> Chosen | None:
        if self.slots.get("request") == "cancel":
            return whole_order(order)
        refused = {"lines": self.slots.get("refused") or []}
        mentions = self.slots.get("mentions") or []
        open_lines = left_over(order, [*(self.slots.get("items") or ()), refused])
        if {BOTH, EVERYTHING} & set(mentions):
            return all_of(open_lines, BOTH in mentions) or None
        fitting = named(order, open_lines, mentions) or self._in_a_case(order, mentions)
        only = fitting or (open_lines if len(open_lines) == 1 else [])
        if len(only) > 1 and self.slots.get("claim_reason") != "wrong_item":
            return each_named(order, open_lines, mentions) or None
        return only if only and all(quantity == 1 for _, quantity in only) else None

    def _in_a_case(self, order: ShopOrder, mentions: list[str]) -> Chosen:
        """What is in a case already: named once more, or because nothing else is left. Its case is told then."""
        known = [[line.id, line.quantity] for line in order.lines if line.in_cases]
        return named(order, known, mentions) or ([] if left_over(order, []) else known)
