"""The outcome: what the rules of one request find, added up, and the facts that can still change it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from functools import lru_cache
from typing import Final, Literal, NamedTuple

from policy.cancel import cancel_rules
from policy.channels import bought_officially, is_amazon
from policy.facts import Facts
from policy.returns import exchange_rules, is_redirected, return_rules
from policy.step import Step
from policy.terms import Terms
from policy.warranty import warranty_rules

Outcome = Literal["eligible", "not_eligible", "needs_review", "incomplete"]

RULES: Final[Mapping[str, Callable[[Facts, Terms], Step]]] = {
    "return": return_rules,
    "exchange": exchange_rules,
    "warranty": warranty_rules,
    "cancel": cancel_rules,
}

_RETURN_ORDER: Final = (
    *("order.channel", "order.delivered", "order.fully_refunded", "order.delivered_on", "order.exchanges_made"),
    *("order.free_product", "order.purchased_on", "order.replaced_on", "order.country"),
    *("claim.exchange_for", "claim.reason", "claim.damage_cause", "claim.unused", "claim.packaging_complete"),
    *("claim.contents_complete", "claim.proof_of_purchase", "claim.issued_on", "claim.item_country"),
    "claim.gift_returned",
)
ASKING_ORDER: Final[Mapping[str, tuple[str, ...]]] = {
    "return": _RETURN_ORDER,
    "exchange": _RETURN_ORDER,
    "warranty": (
        *("order.channel", "order.delivered", "order.fully_refunded", "order.free_product", "order.purchased_on"),
        *("order.replaced_on", "order.country", "claim.proof_of_purchase", "claim.issued_on", "claim.reason"),
        *("claim.damage_cause", "claim.item_country"),
    ),
    "cancel": ("order.channel", "order.delivered", "order.fully_refunded", "order.delivery_due_at"),
}


class Verdict(NamedTuple):
    outcome: Outcome
    route: str | None
    missing: tuple[str, ...] = ()
    clauses: tuple[str, ...] = ()  # what refuses, or what sends it to a person; each once


def judge(facts: Facts, terms: Terms) -> Verdict:
    """The outcome of the request. A refusal settles it, then what can still refuse, then a review, then the rest."""
    request = facts.request
    if request is None:
        return Verdict("incomplete", None, ("request",))
    if is_amazon(facts):
        return Verdict("needs_review", request, clauses=("I.amazon",))
    step = bought_officially(facts)
    if not step.refusals:
        step = RULES[request](facts, terms)
    missing = step.missing if facts.order_channel else step.missing | {"order.channel"}
    if missing:
        return Verdict("incomplete", request, _in_order(request, missing))
    if step.refusals:
        return Verdict("not_eligible", request, clauses=_once(step.refusals))
    route = "warranty" if request in ("return", "exchange") and is_redirected(facts) else request
    if step.reviews:
        return Verdict("needs_review", route, clauses=_once(step.reviews))
    return Verdict("eligible", route)


@lru_cache(maxsize=4096)
def _in_order(request: str, missing: frozenset[str]) -> tuple[str, ...]:
    return tuple(fact for fact in ASKING_ORDER[request] if fact in missing)


def _once(clauses: Iterable[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(clauses))
