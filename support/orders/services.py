"""Orders, for everyone else: find one, prove one. Nothing else of this package is imported from outside."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime

from django import db

from support.orders import proof as proofs
from support.orders.customers import forget_customer
from support.orders.customers import kept_of as customer_orders
from support.orders.customers import numbers_of as order_numbers
from support.orders.customers import proven_in as proven_conversations
from support.orders.demo import DemoOrder, demo_orders_to_try
from support.orders.models import Order, ProofAttempt
from support.orders.order_number import normalise_number
from support.orders.shop_order import ShopGift, ShopLine, ShopOrder

__all__ = [
    "DemoOrder",
    "OrderNotFound",
    "OrdersUnavailable",
    "ProofFailed",
    "ShopGift",
    "ShopLine",
    "ShopOrder",
    "TooManyAttempts",
    "customer_orders",
    "demo_orders_to_try",
    "find_like_proven",
    "find_proven",
    "forget_customer",
    "normalise_number",
    "order_numbers",
    "prove_order",
    "proven_conversations",
    "proven_in",
]


class OrderNotFound(LookupError):
    """There is no order with this number."""


class ProofFailed(Exception):
    """No such order, or not this customer's: the two look alike. attempts_left: at least 1."""

    def __init__(self, attempts_left: int) -> None:
        super().__init__(f"number and proof do not belong together, {attempts_left} attempts left")
        self.attempts_left = attempts_left


class TooManyAttempts(Exception):
    """The limit of failures is reached, in this conversation or for this number: a person has to look."""


class OrdersUnavailable(Exception):
    """The orders cannot be looked up now. Says nothing about whether there is one."""


def prove_order(conversation_id: str, number: str, proof: str, now: datetime) -> ShopOrder:
    """The order with this number, if this e-mail address or postcode placed it.

    number, proof: as typed. An e-mail is compared without case, a postcode without case, spaces and hyphens.
    now: with a zone. Must not be called inside a transaction (RuntimeError): an attempt is not to be taken back.
    Raises ProofFailed (a wrong number and a wrong proof look alike, in time too), TooManyAttempts (with the fifth
    failure in the conversation or the twentieth within an hour for this number, existing or not, and for everything
    after it, also what would be right), OrdersUnavailable.
    """
    with _available():
        key = proofs.number_key(number)
        attempt = proofs.record_attempt(conversation_id, key, now)
        in_conversation, for_number = proofs.count_failures(conversation_id, key, now)
        if in_conversation > proofs.CONVERSATION_FAILURES_MAX or for_number > proofs.NUMBER_FAILURES_MAX:
            proofs.settle(attempt, ProofAttempt.Outcome.REFUSED)
            raise TooManyAttempts
        if proofs.is_proven(key, proof):
            proofs.settle(attempt, ProofAttempt.Outcome.PROVEN)
            return _load(key)
    if in_conversation == proofs.CONVERSATION_FAILURES_MAX or for_number == proofs.NUMBER_FAILURES_MAX:
        raise TooManyAttempts
    raise ProofFailed(proofs.CONVERSATION_FAILURES_MAX - in_conversation)


def find_like_proven(conversation_id: str, number: str, proven: str, now: datetime) -> ShopOrder:
    """The order with this number, if the address that placed it also placed one that this conversation has proven.

    It shows nobody more than their own orders, so that a miss counts for nothing, and no proof need be kept.
    Raises OrderNotFound (also for an order of somebody else), OrdersUnavailable.
    """
    with _available():
        key = proofs.number_key(number)
        if not proofs.is_of_the_same(key, proofs.number_key(proven)):
            raise OrderNotFound(f"no order {key} of the same customer")
        proofs.settle(proofs.record_attempt(conversation_id, key, now), ProofAttempt.Outcome.PROVEN)
        return _load(key)


def find_proven(number: str) -> ShopOrder:
    """The order with this number, for code that already holds a proof. Raises OrderNotFound, OrdersUnavailable."""
    with _available():
        return _load(proofs.number_key(number))


def proven_in(conversation_id: str) -> tuple[str, ...]:
    """The numbers of the orders that were proven in this conversation. Raises OrdersUnavailable."""
    with _available():
        proven = ProofAttempt.objects.filter(conversation_id=conversation_id, outcome=ProofAttempt.Outcome.PROVEN)
        return tuple(proven.values_list("number", flat=True).distinct())


@contextmanager
def _available() -> Iterator[None]:
    """Translates a database error, and drops a connection it broke so that the next call gets a fresh one."""
    try:
        yield
    except db.Error as error:
        db.connection.close_if_unusable_or_obsolete()
        raise OrdersUnavailable("the orders cannot be looked up now") from error


def _load(key: str) -> ShopOrder:
    order = Order.objects.filter(number=key).first()
    if order is None:
        raise OrderNotFound(f"there is no order {key}")
    return ShopOrder(
        number=order.number,
        channel=order.channel,
        country=order.country,
        currency=order.currency,
        purchased_on=order.placed_on,
        delivered=order.delivered,
        delivered_on=order.delivered_on,
        delivery_due_at=order.delivery_due_at,
        expedited_fee=order.expedited_fee,
        invoice_issued=order.invoice_issued,
        fully_refunded=order.fully_refunded,
        gifts=tuple(ShopGift(gift.name, gift.value) for gift in order.gifts.all()),
        lines=tuple(_line(line) for line in order.lines.all()),
    )


def forget_conversation(conversation_id: str) -> None:
    """Attempts to prove an order no longer say in which conversation they were made; they still count for the order."""
    ProofAttempt.objects.filter(conversation_id=conversation_id).update(conversation_id="")


def _line(line) -> ShopLine:
    return ShopLine(
        id=line.position,
        sku=line.sku,
        name=line.name,
        colour=line.colour,
        quantity=line.quantity,
        unit_price_paid=line.unit_price_paid,
        free=line.free,
        serials=tuple(line.serials),
        exchanges_made=line.exchanges_made,
        replaced_on=line.replaced_on,
    )
