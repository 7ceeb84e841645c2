"""Cancelling an order before it is delivered."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Final

from policy.facts import Facts
from policy.step import PASS, Step, all_of, ask, holds_not, refuse, review
from policy.terms import Terms

TOO_LATE: Final = refuse("R.cancel.by-customer")


def not_delivered(facts: Facts, terms: Terms) -> Step:
    """R.cancel.by-customer: only before the delivery."""
    return holds_not(facts.order_delivered, "order.delivered", TOO_LATE)


def not_refunded(facts: Facts, terms: Terms) -> Step:
    """R.cancel.by-soocas: an order that was cancelled and refunded cannot be cancelled again."""
    return holds_not(facts.order_fully_refunded, "order.fully_refunded", refuse("R.cancel.by-soocas"))


def in_time(facts: Facts, terms: Terms) -> Step:
    """R.cancel.by-customer, I.no-estimate: so many hours before the delivery, to the second; no estimate, a person."""
    due = facts.order_delivery_due_at
    if due is None:
        return ask("order.delivery_due_at") if facts.order_delivered is not True else PASS
    if not isinstance(due, datetime):
        return review("I.no-estimate")
    return PASS if facts.now <= due - timedelta(hours=terms.cancel_hours) else TOO_LATE


def cancel_rules(facts: Facts, terms: Terms) -> Step:
    """R.cancel.by-customer, R.cancel.by-soocas: everything a cancellation has to meet."""
    return all_of(not_delivered(facts, terms), not_refunded(facts, terms), in_time(facts, terms))
