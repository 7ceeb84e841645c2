"""Whose order it is: asked of the orders once for each number of a conversation."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Mapping
from typing import Any

from asgiref.sync import sync_to_async
from rasa_sdk import Tracker

from actions.handing_over import orders_checked
from actions.message import Message
from support.cases.services import as_settled
from support.orders.services import (
    OrderNotFound,
    OrdersUnavailable,
    ShopOrder,
    find_like_proven,
    find_proven,
    normalise_number,
    order_numbers,
    prove_order,
)

Prove = Callable[[str, str], Awaitable[ShopOrder]]
PAUSES_S = (0.1, 0.4, 1.0, 2.0, 4.0)  # a database that was started again is back by then
CONFIRMED = "confirmed"  # the address a letter was sent to is the customer's


def proof_for(tracker: Tracker, message: Message) -> Prove:
    """How this conversation proves an order; in a thread, since it asks the database.

    The order comes with what our cases have done to it since. The function raises what prove_order raises, and
    without a proof what find_like_proven raises; OrdersUnavailable only once the database is away for seconds.
    """

    async def looked_up(number: str, proof: str) -> ShopOrder:
        proven = tracker.get_slot("proven_orders") or ()
        if normalise_number(number) in (*proven, *orders_checked(message)):
            found = await sync_to_async(find_proven)(number)
        elif proven and not proof:
            found = await sync_to_async(find_like_proven)(tracker.sender_id, number, proven[-1], message.now)
        else:
            found = await sync_to_async(prove_order)(tracker.sender_id, number, proof, message.now)
        return await sync_to_async(as_settled)(found)

    async def prove(number: str, proof: str) -> ShopOrder:
        for pause_s in PAUSES_S:
            try:
                return await looked_up(number, proof)
            except OrdersUnavailable:
                await asyncio.sleep(pause_s)
        return await looked_up(number, proof)

    return prove


async def find_order(slots: dict[str, Any], message: Message, prove: Prove) -> None:
    """Takes the order whose number is known into the slots, once it is proven. Raises what prove_order raises.

    Another order of the same customer needs no proof of its own.
    """
    number, proof = slots.get("order_number"), slots.get("order_email")
    proven = slots.get("proven_orders") or []
    if slots.get("order") or not number:
        return
    known = normalise_number(number) in proven
    if message.by_mail and not (message.address or known):
        return  # a sender proves nothing: nothing of an order goes out before the link in our letter was pressed
    proof = message.address if proof in (None, CONFIRMED) else proof
    if not (proof or proven):
        return
    if proof or known:
        slots["tried_number"] = number
    try:
        order = await prove(number, proof or "")
    except OrderNotFound:
        if proof or known:
            raise
        return
    slots.update(order=order.as_json(), order_number=order.number, order_email="proven", order_channel=None)
    slots["proven_orders"] = list(dict.fromkeys([*proven, order.number]))


async def with_only_order(told: dict[str, Any], slots: Mapping[str, Any], message: Message) -> dict[str, Any]:
    """What was told, with the number of the one order that the confirmed address of a letter placed, if none is known.

    Not once a number was tried in vain: another order may be meant then.
    """
    known = {**slots, **told}
    named = any(known.get(slot) for slot in ("order", "order_number", "order_channel", "tried_number"))
    if not (message.by_mail and message.address) or named:
        return told
    numbers = await sync_to_async(order_numbers)(message.address)
    return told | {"order_number": numbers[0]} if len(numbers) == 1 else told


async def with_last_order(tracker: Tracker) -> Mapping[str, Any]:
    """The slots, with the order that was proven last where no request is open: its dates still answer questions."""
    proven = tracker.get_slot("proven_orders") or ()
    if tracker.get_slot("order") or not proven:
        return tracker.slots
    try:
        order = await sync_to_async(as_settled)(await sync_to_async(find_proven)(proven[-1]))
    except (OrderNotFound, OrdersUnavailable):
        return tracker.slots
    return {**tracker.slots, "order": order.as_json()}
