"""The decision made again from what the warehouse found, and what follows when the goods do not pass."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Final

from policy.decision import Decision, decide
from policy.facts import Facts
from policy.freight import Freight
from policy.reasons import Effect, reasons_citing
from policy.returns import SHOWS_IN_USE
from policy.terms import TERMS, Terms

FACTS_FOUND: Final[Mapping[str, str]] = {
    "unused": "claim.unused",
    "packaging_complete": "claim.packaging_complete",
    "contents_complete": "claim.contents_complete",
    "gift_returned": "claim.gift_returned",
    "damage_cause": "claim.damage_cause",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """What the warehouse found. None: it did not look, and the facts stand as they were told.

    fault_found: the fault or damage that was claimed is there; False: the item works. right_item: what came is what the
    case is about. damage_cause: as the fact of that name.
    """

    fault_found: bool | None = None
    right_item: bool = True
    unused: bool | None = None
    packaging_complete: bool | None = None
    contents_complete: bool | None = None
    gift_returned: bool | None = None
    damage_cause: str | None = None


def facts_found(finding: Finding) -> dict[str, object]:
    """The facts that the finding states, by their names in the decision contract."""
    found = {fact: getattr(finding, name) for name, fact in FACTS_FOUND.items()}
    return {fact: value for fact, value in found.items() if value is not None}


def decide_inspected(facts: Facts, finding: Finding, terms: Terms = TERMS) -> Decision:
    """R.failed, W.freight.3, W.need.right-item, R.refuse.2, W.cover: the decision once the goods have been looked at.

    facts: with those of the finding already in them. What works has no fault to answer for: a warranty claim ends, a
    return or exchange goes on as that of an item that is fine (R.freight.customer).
    """
    decision = decide(facts, terms)
    if not finding.right_item:
        return _not_what_was_agreed(decision, terms)
    if finding.fault_found is False and facts.claim_reason in SHOWS_IN_USE:
        if decision.route == "warranty":
            return _works(decision, terms)
        decision = decide(replace(facts, claim_reason="changed_mind"), terms)
    is_refused = decision.outcome == "not_eligible"
    return _failed(decision, terms) if is_refused and decision.route != "warranty" else decision


def _works(decision: Decision, terms: Terms) -> Decision:
    """W.cover, W.freight.3: no defect, so nothing to make good, and the customer pays the shipping both ways."""
    refused = _refused(decision, {"W.cover": "against", "W.freight.3": "condition"}, terms)
    return replace(refused, freight=Freight("customer", "customer", ("W.freight.3",)))


def _not_what_was_agreed(decision: Decision, terms: Terms) -> Decision:
    """W.need.right-item, R.refuse.2: another item came, or none."""
    if decision.route == "warranty":
        return _refused(decision, {"W.need.right-item": "against"}, terms)
    return _failed(_refused(decision, {"R.refuse.2": "against"}, terms), terms)


def _failed(decision: Decision, terms: Terms) -> Decision:
    """R.failed: nothing is refunded; the customer has some days to ask for the goods, at their own cost."""
    return replace(
        decision,
        reasons=(*decision.reasons, *reasons_citing({"R.failed": "condition"}, terms)),
        freight=Freight(None, "customer", ("R.failed",)),
        deadlines=decision.deadlines._replace(goods_back_request_days=terms.goods_back_request_days),
    )


def _refused(decision: Decision, clauses: Mapping[str, Effect], terms: Terms) -> Decision:
    return replace(
        decision,
        outcome="not_eligible",
        missing=(),
        evidence=(),
        reasons=reasons_citing(clauses, terms),
        freight=Freight(),
        remedies=(),
        refund=None,
        deadlines=type(decision.deadlines)(),
        alternatives=(),
    )
