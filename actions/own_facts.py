"""What of a customer's own order belongs to an answer: the last day, the amount, who pays; empty while unknown."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date, timedelta
from typing import Any

from actions.facts import decision_of, known_facts, values_of
from actions.message import Message
from actions.order_lines import name_of, whole_order
from actions.words import country_name, day, moment, money, part
from policy import TERMS, Facts, parse_facts
from policy.dates import request_date, return_until, warranty_until
from support.orders.services import ShopOrder

Slots = Mapping[str, Any]


def own_fact(name: str, slots: Slots, message: Message) -> str:
    """The sentence with this customer's own date or amount, with a space before it; "" while there is none."""
    if not name or not slots.get("order"):
        return ""
    order = ShopOrder.from_json(slots["order"])
    known = with_the_only_line(slots, order)
    said = OWN[name](order, known, message)
    return f" {said}" if said else ""


def with_the_only_line(slots: Slots, order: ShopOrder) -> Slots:
    """The slots with the thing chosen and named, where the order leaves only one."""
    lines = slots.get("order_lines") or (whole_order(order) if len(order.lines) == 1 else None)
    return slots if not lines else {**slots, "order_lines": lines, "item_name": name_of(order, lines)}


def _facts(slots: Slots, message: Message) -> Facts:
    return parse_facts(values_of(known_facts(slots, message)))


def _until(piece: str, last: date | None, facts: Facts, **values: Any) -> str:
    """The piece for a last day that is still to come, or the one for a day that is past."""
    if last is None:
        return ""
    over = "_over" if last < request_date(facts, TERMS) else ""
    return part(f"own_{piece}{over}", day=day(last), **values)


def _request_by(_order: ShopOrder, slots: Slots, message: Message) -> str:
    facts = _facts(slots, message)
    if facts.order_channel != "official_website":
        return ""
    return _until("request_by", return_until(facts, TERMS), facts)


def _warranty_until(_order: ShopOrder, slots: Slots, message: Message) -> str:
    facts = _facts(slots, message)
    if facts.order_channel != "official_website":  # a dealer's warranty is the dealer's (W.dealer)
        return ""
    item = slots.get("item_name") or part("item")
    return _until("warranty_until", warranty_until(facts, TERMS), facts, item=item)


def _delivered_on(order: ShopOrder, _slots: Slots, _message: Message) -> str:
    return part("own_delivered_on", day=day(order.delivered_on)) if order.delivered_on else ""


def _cancel_until(order: ShopOrder, _slots: Slots, message: Message) -> str:
    if order.delivered or order.delivery_due_at is None:
        return ""
    last = order.delivery_due_at - timedelta(hours=TERMS.cancel_hours)
    over = "_over" if last < message.now else ""
    return part(f"own_cancel_until{over}", day=moment(last, message.timezone))


def _gift(order: ShopOrder, _slots: Slots, _message: Message) -> str:
    if not order.gifts:
        return part("own_no_gift")
    names = part("and").join(gift.name for gift in order.gifts)
    return part("own_gift", gift=names, amount=money(order.gift_value, order.currency))


def _expedited_fee(order: ShopOrder, _slots: Slots, _message: Message) -> str:
    fee = order.expedited_fee
    return part("own_expedited_fee", amount=money(fee, order.currency)) if fee else part("own_no_expedited_fee")


def _refund(order: ShopOrder, slots: Slots, message: Message) -> str:
    """What the decision says, or what was paid while there is none."""
    if not slots.get("order_lines"):
        return ""
    decided = decision_of({**slots, "request": slots.get("request") or "return"}, message).as_dict()["refund"]
    paid = known_facts(slots, message).get("order.price_paid")
    if decided:
        return part("own_refund", item=slots["item_name"], amount=money(decided["amount"], decided["currency"]))
    return part("own_paid", item=slots["item_name"], amount=money(paid["value"], order.currency)) if paid else ""


def _freight(_order: ShopOrder, slots: Slots, message: Message) -> str:
    """Who pays, once the decision says so."""
    if not slots.get("request") or not slots.get("order_lines"):
        return ""
    payer = decision_of(slots, message).as_dict()["freight"]["return"]
    return part(f"own_freight_{payer}") if payer else ""


def _exchanges_made(_order: ShopOrder, slots: Slots, message: Message) -> str:
    if not slots.get("order_lines"):
        return ""
    made = _facts(slots, message).order_exchanges_made
    return part("own_exchanged" if made else "own_not_exchanged", item=slots["item_name"])


def _country(order: ShopOrder, _slots: Slots, _message: Message) -> str:
    return part("own_country", country=country_name(order.country)) if order.country else ""


def _proof(order: ShopOrder, _slots: Slots, _message: Message) -> str:
    return part("own_proof", order=order.number)


def _invoice(order: ShopOrder, _slots: Slots, _message: Message) -> str:
    if order.invoice_issued is None:
        return ""
    return part("own_invoice" if order.invoice_issued else "own_no_invoice")


def _free_item(_order: ShopOrder, slots: Slots, message: Message) -> str:
    is_free = bool(slots.get("order_lines")) and _facts(slots, message).order_free_product
    return part("own_free_item", item=slots["item_name"]) if is_free else ""


OWN: dict[str, Callable[[ShopOrder, Slots, Message], str]] = {
    "request_by": _request_by,
    "warranty_until": _warranty_until,
    "delivered_on": _delivered_on,
    "cancel_until": _cancel_until,
    "gift": _gift,
    "expedited_fee": _expedited_fee,
    "refund": _refund,
    "freight": _freight,
    "exchanges_made": _exchanges_made,
    "country": _country,
    "proof": _proof,
    "invoice": _invoice,
    "free_item": _free_item,
}
