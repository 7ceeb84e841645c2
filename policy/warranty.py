"""Warranty claims, in the order of the document."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date, timedelta
from typing import Final

from policy.causes import natural_cause
from policy.dates import is_late, known_end, request_date
from policy.facts import Facts
from policy.step import (
    PASS,
    UNSURE_MATTERS,
    Step,
    all_of,
    ask,
    ask_softly,
    holds,
    holds_not,
    one_of,
    refuse,
    review,
)
from policy.terms import Terms

Rule = Callable[[Facts, Terms], Step]

NO_QUALITY_PROBLEM: Final = ("wrong_item", "missing_accessories", "changed_mind", "colour", "lost_or_stolen")
OVER: Final = refuse("W.exclude.3", "W.claim-window", "I.days", "I.where")
ABROAD: Final = review("I.abroad", "W.country", "W.freight.1")


def delivered(facts: Facts, terms: Terms) -> Step:
    """W.cover: defects of goods the customer has; before the delivery there is nothing to claim for."""
    return holds(facts.order_delivered, "order.delivered", refuse("W.cover"))


def not_refunded(facts: Facts, terms: Terms) -> Step:
    """W.after-refund: no warranty once everything was refunded."""
    return holds_not(facts.order_fully_refunded, "order.fully_refunded", refuse("W.after-refund"))


def not_free(facts: Facts, terms: Terms) -> Step:
    """W.exclude.5: no warranty on free products."""
    return holds_not(facts.order_free_product, "order.free_product", refuse("W.exclude.5"))


def proven(facts: Facts, terms: Terms) -> Step:
    """W.exclude.1, W.need.proof, W.proof.order, W.proof.invoice: an order number or an invoice."""
    return holds(facts.claim_proof_of_purchase, "claim.proof_of_purchase", refuse("W.exclude.1"))


def in_period(facts: Facts, terms: Terms) -> Step:
    """W.exclude.3, W.period, W.after-replacement, W.claim-window, I.days, I.where: in time by any of the dates.

    A date that is unknown or unsure counts only if some day it may have been would still change the answer.
    """
    today = request_date(facts, terms)
    end = known_end(facts, terms)
    if is_in_period(facts, terms):
        return PASS
    a_claim_could_help = end is not None and today <= end + timedelta(days=terms.claim_open_days)
    asked = _unknown_dates(facts, a_claim_could_help)
    purchase_unsure = facts.order_purchased_on == "unsure"
    claim_unsure = facts.claim_issued_on == "unsure" and a_claim_could_help
    if asked:
        return ask_softly(*asked) if purchase_unsure or claim_unsure else ask(*asked)
    return UNSURE_MATTERS if purchase_unsure or claim_unsure else OVER


def is_in_period(facts: Facts, terms: Terms) -> bool:
    """W.period, W.after-replacement, W.claim-window: whether the known dates alone keep the door open."""
    today = request_date(facts, terms)
    end, issued = known_end(facts, terms), facts.claim_issued_on
    if end is None or today <= end:
        return end is not None
    return isinstance(issued, date) and issued <= end and today <= issued + timedelta(days=terms.claim_open_days)


def _unknown_dates(facts: Facts, a_claim_could_help: bool) -> list[str]:
    """W.claim-window: the unknown dates that could still open the door; a claim helps if the warranty's end allows."""
    asked = []
    if facts.order_purchased_on is None:
        asked.append("order.purchased_on")
    if facts.order_replaced_on is None:
        asked.append("order.replaced_on")
    if facts.claim_issued_on is None and (asked or a_claim_could_help):
        asked.append("claim.issued_on")
    return asked


def quality_problem(facts: Facts, terms: Terms) -> Step:
    """W.cover, W.exclude.6, W.exclude.7, W.exclude.8, I.water: covered if it failed in normal use."""
    return natural_cause(facts, warranty_route=True)


def damaged_on_arrival(facts: Facts, terms: Terms) -> Step:
    """I.damaged-on-arrival: counts as a quality problem, whatever caused it on the way."""
    return PASS


def no_defect(facts: Facts, terms: Terms) -> Step:
    """W.cover, W.exclude.4: no defect; later than the return window another clause says so."""
    return refuse("W.exclude.4") if is_late(facts, terms) else refuse("W.cover")


def lost(facts: Facts, terms: Terms) -> Step:
    """W.exclude.2: lost or stolen goods are not covered."""
    return refuse("W.exclude.2")


def other(facts: Facts, terms: Terms) -> Step:
    """I.other-reason: no clause names it, a person looks."""
    return review("I.other-reason")


BY_REASON: Final[Mapping[str, Rule]] = {
    "damaged_on_arrival": damaged_on_arrival,
    "quality_problem": quality_problem,
    "wrong_item": no_defect,
    "missing_accessories": no_defect,
    "changed_mind": no_defect,
    "colour": no_defect,
    "lost_or_stolen": lost,
    "other": other,
}


def reason(facts: Facts, terms: Terms) -> Step:
    """W.cover, W.exclude.2, W.exclude.4, I.other-reason, I.unsure: only defects are covered."""
    if facts.claim_reason is None:
        rules = dict.fromkeys(BY_REASON.values())
        return one_of("claim.reason", (*(rule(facts, terms) for rule in rules), UNSURE_MATTERS))
    rule = BY_REASON.get(facts.claim_reason)
    return rule(facts, terms) if rule else UNSURE_MATTERS


def at_home(facts: Facts, terms: Terms) -> Step:
    """I.abroad, W.country, W.freight.1: goods elsewhere than in the country of purchase are for a person."""
    here, bought = facts.claim_item_country, facts.order_country
    if here == "unsure" or bought == "unsure":
        return UNSURE_MATTERS
    if here is None or bought is None:
        unknown = {"order.country": bought, "claim.item_country": here}
        return ask_softly(*(fact for fact, value in unknown.items() if value is None))
    return PASS if here == bought else ABROAD


def rules_after_redirect(facts: Facts, terms: Terms) -> Step:
    """W.exclude.5, W.exclude.1, W.period, W.country: what the return has not asked; reason and cause it has."""
    return all_of(not_free(facts, terms), proven(facts, terms), in_period(facts, terms), at_home(facts, terms))


def warranty_rules(facts: Facts, terms: Terms) -> Step:
    """W.cover, W.after-refund and the rest: everything a warranty claim has to meet."""
    return all_of(
        delivered(facts, terms),
        not_refunded(facts, terms),
        not_free(facts, terms),
        proven(facts, terms),
        in_period(facts, terms),
        reason(facts, terms),
        at_home(facts, terms),
    )
