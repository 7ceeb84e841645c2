"""Which of several things of an order a message is about: the current one, one that was summed up, or one more."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from actions.fact_slots import ITEM_SLOTS
from actions.facts import decision_of, known_facts
from actions.mentions import corrects
from actions.message import Message
from actions.next_question import settled_item
from actions.order_lines import Chosen, left_over, name_of, named
from actions.sayings import Queued, Saying
from support.orders.services import ShopOrder

BEGINS = ("start_return", "start_exchange", "start_warranty_claim", "report_")


@dataclass
class Items:
    """The items of a request as the slots hold them: settled ones, the current one, waiting ones."""

    slots: dict[str, Any]
    says: list[Saying]

    def sort_out(self, told: dict[str, Any], message: Message) -> dict[str, Any]:
        """What of this message is about the current item; what is about another one moves that item instead."""
        told = dict(told)
        self._revive(told, message)
        ruled_out = told.pop("not_meant", None)
        if self.slots.get("order") and "order_lines" not in told:
            order = ShopOrder.from_json(self.slots["order"])
            if ruled_out is not None and "claim_reason" not in told:
                told = self._another_thing(order, told, ruled_out)
            if told.get("mentions"):
                told = self._of_a_named_thing(order, told, message)
        concerns_an_item = any(slot in ITEM_SLOTS for slot in told) or "change" in told
        if concerns_an_item or self._is_other_request(told):
            self.reopen(-1)
        return told

    def _revive(self, told: dict[str, Any], message: Message) -> None:
        """What got a thing refused is taken back while the next one is talked about: that one comes first again."""
        refused = self.slots.get("refused_item")
        if not refused or not corrects(message):
            return
        changed = [slot for slot, value in told.items() if refused["slots"].get(slot) not in (None, value)]
        if not changed or any(slot == self.slots.get("requested_slot") or self.slots.get(slot) for slot in changed):
            return
        later = [*(self.slots.get("order_lines") or ()), *(self.slots.get("waiting_lines") or ())]
        lines = refused["slots"]["order_lines"]
        self.slots.update({**dict.fromkeys(ITEM_SLOTS), **refused["slots"], "told": None, "confirm": None})
        self.slots["refused"] = [line for line in self.slots["refused"] if line not in lines]
        self.slots.update(waiting_lines=later or None, refused_item=None, item_name=None)

    def decide_again(self, message: Message) -> bool:
        """What was settled a while ago, by today's date; True if something does not stand as it did.

        That one is talked about again, others of the kind after it.
        """
        settled, self.slots["items"] = self.slots.get("items") or [], []
        changed = []
        for item in settled:
            slots = {**self.slots, **dict.fromkeys(ITEM_SLOTS), **item["slots"]}
            decision = decision_of(slots, message)
            before = item["decision"]
            if (decision.outcome, decision.route) == (before["outcome"], before["route"]):
                again = settled_item(slots, known_facts(slots, message), decision)
                self.slots["items"] = [*self.slots["items"], again]
            else:
                changed.append(item)
        if changed:
            self.slots.update({**changed[0]["slots"], "told": None, "confirm": None})
            later = [line for item in changed[1:] for line in item["lines"]]
            self.slots["waiting_lines"] = [*later, *(self.slots.get("waiting_lines") or ())]
        return bool(changed)

    def reopen(self, position: int) -> None:
        """A fact that comes after the summary belongs to an item that was summed up: talk about it once more."""
        items = self.slots.get("items")
        if items and not self.slots.get("order_lines") and self.slots.get("confirm") != "add":
            last = items[position]
            self.slots.update(last["slots"], items=[item for item in items if item is not last], confirm=None)

    def _of_a_named_thing(self, order: ShopOrder, told: dict[str, Any], message: Message) -> dict[str, Any]:
        settled = self.slots.get("items") or []
        current = self.slots.get("order_lines")
        if not current and (place := self._place_of(order, settled, told["mentions"])) is not None:
            self.reopen(place)
            return told
        others = named(order, left_over(order, [*settled, *self._current()]), told["mentions"])
        fits_current = current and named(order, [*current, *others], told["mentions"])[:1] == current[:1]
        if len(others) != 1 or fits_current or not (current or settled):
            return told
        return self._one_more(order, others, told, message)

    def _another_thing(self, order: ShopOrder, told: dict[str, Any], ruled_out: list[str]) -> dict[str, Any]:
        """Not the current thing ("not the pink one", "the other one"): the one that is left, else it is asked again."""
        if not self.slots.get("order_lines"):
            self.reopen(-1)
        current, waiting = self.slots.get("order_lines"), self.slots.get("waiting_lines") or []
        if not current or (ruled_out and not named(order, current, ruled_out)):
            return told
        others = waiting or left_over(order, [*(self.slots.get("items") or ()), *self._current()])
        if not others:
            return told
        meant = named(order, others, told.pop("mentions", [])) or others
        if waiting:
            meant = meant[:1]
            self.slots["waiting_lines"] = [line for line in waiting if line not in meant]
        self._clear_evidence()
        return told | {"order_lines": meant if len(meant) == 1 else None, "mentions": None}

    def _clear_evidence(self) -> None:
        """What was sent in is of the thing that it is not about after all."""
        of_the_thing = ("told", "item_name", "evidence_serial_number", "evidence_photos", "serial_tried")
        self.slots.update(dict.fromkeys(of_the_thing))

    def _one_more(self, order: ShopOrder, lines: Chosen, told: dict[str, Any], message: Message) -> dict[str, Any]:
        """Another thing: instead of the current one in a correction, else after it, or now at the summary."""
        if corrects(message) and self.slots.get("order_lines"):
            self._clear_evidence()
            return told | {"order_lines": lines}
        if not self.slots.get("order_lines"):
            self.slots.update(confirm="add", order_lines=lines)
            return {slot: value for slot, value in told.items() if slot != "mentions"}
        if not message.intent.startswith(BEGINS):
            return told
        self.slots["waiting_lines"] = [*(self.slots.get("waiting_lines") or ()), *lines]
        self.says.append(Queued(name_of(order, lines)))
        return {}

    def _place_of(self, order: ShopOrder, items: list[dict[str, Any]], mentions: list[str]) -> int | None:
        every = [line for item in items for line in item["lines"]]
        best = named(order, [*every, *left_over(order, items)], mentions)
        places = [place for place, item in enumerate(items) if item["lines"] == best]
        return places[0] if places else None

    def _current(self) -> list[dict[str, Any]]:
        lines = [*(self.slots.get("order_lines") or ()), *(self.slots.get("waiting_lines") or ())]
        return [{"lines": lines}] if lines else []

    def _is_other_request(self, told: dict[str, Any]) -> bool:
        return "request" in told and told["request"] != self.slots.get("request")
