"""Who pays the shipping, each way."""

from __future__ import annotations

from typing import Final, Literal, NamedTuple

from policy.facts import Facts
from policy.returns import NOT_LIKED
from policy.verdict import Verdict

Payer = Literal["soocas", "customer"]


class Freight(NamedTuple):
    """return_: back to SOOCAS. replacement: out to the customer again. None: no such leg, or not settled."""

    return_: Payer | None = None
    replacement: Payer | None = None
    clauses: tuple[str, ...] = ()


UNSETTLED: Final = Freight()


def freight_of(facts: Facts, verdict: Verdict) -> Freight:
    """R.freight.soocas, R.freight.customer, W.freight.1, I.abroad: who pays which leg of an eligible answer.

    In review only a claim abroad says so already.
    """
    if "I.abroad" in verdict.clauses:
        return Freight("customer", "customer", ("W.freight.1",))
    if verdict.outcome != "eligible" or verdict.route == "cancel":
        return UNSETTLED
    payer: Payer = "customer" if facts.claim_reason in NOT_LIKED else "soocas"
    replacement = None if verdict.route == "return" else payer
    return Freight(payer, replacement, (f"R.freight.{payer}",))
