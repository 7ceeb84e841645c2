"""Returns and exchanges, in the order of the document."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Final

from policy import warranty
from policy.causes import natural_cause
from policy.dates import is_late
from policy.facts import Facts
from policy.step import PASS, UNSURE_MATTERS, Step, all_of, ask, ask_softly, holds, holds_not, one_of, refuse, review
from policy.terms import Terms

Rule = Callable[[Facts, Terms], Step]

NOT_LIKED: Final = ("changed_mind", "colour")  # the customer's own choice (R.freight.customer)
SHOWS_IN_USE: Final = ("quality_problem", "damaged_on_arrival")  # used goods go the warranty's way
PERSON_LOOKS: Final = review("I.fault-beats-condition")


def delivered(facts: Facts, terms: Terms) -> Step:
    """R.window: the days for a return begin with the delivery; before it there is nothing to send back."""
    return holds(facts.order_delivered, "order.delivered", refuse("R.window"))


def not_refunded(facts: Facts, terms: Terms) -> Step:
    """R.refund: the price is refunded once."""
    return holds_not(facts.order_fully_refunded, "order.fully_refunded", refuse("R.refund"))


def in_window(facts: Facts, terms: Terms) -> Step:
    """R.window, I.days, I.where, I.delivery-date: the last day included; without the date it is asked for."""
    if facts.order_delivered_on is None:
        return ask("order.delivered_on") if facts.order_delivered is not False else PASS
    if facts.order_delivered_on == "unsure":
        return UNSURE_MATTERS
    return refuse("R.window", "I.days", "I.where") if is_late(facts, terms) else PASS


def first_exchange(facts: Facts, terms: Terms) -> Step:
    """R.exchange.once: an item is exchanged a limited number of times."""
    if facts.order_exchanges_made is None:
        return ask("order.exchanges_made")
    return refuse("R.exchange.once") if is_exchanged(facts, terms) else PASS


def is_exchanged(facts: Facts, terms: Terms) -> bool:
    """R.exchange.once: whether the exchanges an item may have are used up."""
    return facts.order_exchanges_made is not None and facts.order_exchanges_made >= terms.exchanges_allowed


def same_item(facts: Facts, terms: Terms) -> Step:
    """R.exchange.same: for the item that was ordered; another colour of it is fine."""
    if facts.claim_exchange_for is None:
        return ask("claim.exchange_for")
    if facts.claim_exchange_for == "unsure":
        return UNSURE_MATTERS
    return refuse("R.exchange.same") if facts.claim_exchange_for == "different_item" else PASS


def lost(facts: Facts, terms: Terms) -> Step:
    """R.refuse.2: what is lost cannot come back."""
    return refuse("R.refuse.2")


def not_liked(facts: Facts, terms: Terms) -> Step:
    """R.unused, R.refuse.2, R.refuse.1, R.refuse.3, R.complete: as new, in its packaging, with everything."""
    return all_of(as_new(facts), gift(facts))


def as_new(facts: Facts) -> Step:
    """R.unused, R.refuse.2, R.refuse.1, R.refuse.3, R.complete: the three conditions that goods must meet."""
    return all_of(
        holds(facts.claim_unused, "claim.unused", refuse("R.unused", "R.refuse.2")),
        holds(facts.claim_packaging_complete, "claim.packaging_complete", refuse("R.refuse.1")),
        holds(facts.claim_contents_complete, "claim.contents_complete", refuse("R.refuse.3", "R.complete")),
    )


def other(facts: Facts, terms: Terms) -> Step:
    """I.other-reason: a person looks, once the conditions of every return are met."""
    return all_of(as_new(facts), review("I.other-reason"))


def wrong_item(facts: Facts, terms: Terms) -> Step:
    """R.unused, I.fault-beats-condition: unused; anything incomplete is for a person to judge."""
    return all_of(holds(facts.claim_unused, "claim.unused", refuse("R.unused")), complete(facts), gift(facts))


def missing_accessories(facts: Facts, terms: Terms) -> Step:
    """R.unused, I.fault-beats-condition: what we forgot to pack makes nothing incomplete, and keeps no gift."""
    return all_of(
        holds(facts.claim_unused, "claim.unused", refuse("R.unused")),
        holds(facts.claim_packaging_complete, "claim.packaging_complete", PERSON_LOOKS),
    )


def quality_problem(facts: Facts, terms: Terms) -> Step:
    """R.refuse.2, I.water: the cause first, then as goods damaged on arrival."""
    return all_of(natural_cause(facts, warranty_route=False), damaged_on_arrival(facts, terms))


def damaged_on_arrival(facts: Facts, terms: Terms) -> Step:
    """I.damaged-on-arrival, I.fault-beats-condition: unused, the return stands; used, the warranty's rules decide."""
    if facts.claim_unused == "unsure":
        return UNSURE_MATTERS
    if facts.claim_unused is True:
        return all_of(complete(facts), gift(facts))
    if facts.claim_unused is False:
        return warranty.rules_after_redirect(facts, terms)
    unused = all_of(complete(facts), gift(facts))
    return one_of("claim.unused", (unused, warranty.rules_after_redirect(facts, terms), UNSURE_MATTERS))


def complete(facts: Facts) -> Step:
    """I.fault-beats-condition: we are at fault, but packaging or contents are gone: a person decides."""
    return all_of(
        holds(facts.claim_packaging_complete, "claim.packaging_complete", PERSON_LOOKS),
        holds(facts.claim_contents_complete, "claim.contents_complete", PERSON_LOOKS),
    )


def gift(facts: Facts) -> Step:
    """R.gift: whether the gift comes back changes the refund of a return, nothing else."""
    no_gift = facts.order_gift_value == 0 or facts.claim_gift_returned is not None
    return PASS if no_gift or facts.request != "return" else ask_softly("claim.gift_returned")


BY_REASON: Final[Mapping[str, Rule]] = {
    "changed_mind": not_liked,
    "colour": not_liked,
    "wrong_item": wrong_item,
    "missing_accessories": missing_accessories,
    "quality_problem": quality_problem,
    "damaged_on_arrival": damaged_on_arrival,
    "lost_or_stolen": lost,
    "other": other,
}


def reason(facts: Facts, terms: Terms) -> Step:
    """R.refuse.2, I.other-reason, I.unsure: what is asked of the goods depends on why they come back."""
    if facts.claim_reason is None:
        rules = dict.fromkeys(BY_REASON.values())
        return one_of("claim.reason", (*(rule(facts, terms) for rule in rules), UNSURE_MATTERS))
    rule = BY_REASON.get(facts.claim_reason)
    return rule(facts, terms) if rule else UNSURE_MATTERS


def is_redirected(facts: Facts) -> bool:
    """I.fault-beats-condition: a defect that shows only in use goes the warranty's way."""
    return facts.claim_reason in SHOWS_IN_USE and facts.claim_unused is False


def return_rules(facts: Facts, terms: Terms) -> Step:
    """R.window, R.refund, R.refuse.2: everything a return has to meet."""
    return all_of(delivered(facts, terms), not_refunded(facts, terms), in_window(facts, terms), reason(facts, terms))


def exchange_rules(facts: Facts, terms: Terms) -> Step:
    """R.exchange.same, R.exchange.once: what a return has to meet, once, for the same item."""
    return all_of(
        delivered(facts, terms),
        not_refunded(facts, terms),
        in_window(facts, terms),
        first_exchange(facts, terms),
        same_item(facts, terms),
        reason(facts, terms),
    )
