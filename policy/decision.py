"""The decision: one pure function of the facts."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from policy.alternatives import Alternative, alternatives_of
from policy.deadlines import Deadlines, deadlines_of
from policy.evidence import evidence_of
from policy.facts import Facts
from policy.freight import Freight, freight_of
from policy.money import Refund, refund_of
from policy.reasons import Reason, reasons_of
from policy.remedies import remedies_of
from policy.terms import TERMS, Terms
from policy.verdict import Outcome, judge


@dataclass(frozen=True, slots=True)
class Decision:
    """What the policy says to these facts; the fields are those of the decision contract.

    missing: in the order to ask. deadlines: None where one does not apply.
    """

    outcome: Outcome
    route: str | None
    missing: tuple[str, ...]
    evidence: tuple[str, ...]
    reasons: tuple[Reason, ...]
    freight: Freight
    remedies: tuple[str, ...]
    refund: Refund | None
    deadlines: Deadlines
    alternatives: tuple[Alternative, ...]
    policy_version: str

    def as_dict(self) -> dict[str, Any]:
        """The contract's JSON shape: dates in ISO, money as text, keys always in the same order."""
        back, replacement, clauses = self.freight
        return {
            "outcome": self.outcome,
            "route": self.route,
            "missing": list(self.missing),
            "evidence": list(self.evidence),
            "reasons": [reason._asdict() for reason in self.reasons],
            "freight": {"return": back, "replacement": replacement, "clauses": list(clauses)},
            "remedies": list(self.remedies),
            "refund": _refund_as_dict(self.refund),
            "deadlines": {name: _plain(limit) for name, limit in self.deadlines._asdict().items() if limit is not None},
            "alternatives": [alternative._asdict() for alternative in self.alternatives],
            "policy_version": self.policy_version,
        }


def _plain(limit: object) -> object:
    if isinstance(limit, date):
        return limit.isoformat()
    return list(limit) if isinstance(limit, tuple) else limit


def _refund_as_dict(refund: Refund | None) -> dict[str, Any] | None:
    if refund is None:
        return None
    deductions = [{**deduction._asdict(), "amount": str(deduction.amount)} for deduction in refund.deductions]
    return {"amount": str(refund.amount), "currency": refund.currency, "deductions": deductions}


def decide(facts: Facts, terms: Terms = TERMS) -> Decision:
    """What the policy says to these facts, under the version it names (R.amend). Same facts, same decision."""
    verdict = judge(facts, terms)
    return Decision(
        outcome=verdict.outcome,
        route=verdict.route,
        missing=verdict.missing,
        evidence=evidence_of(facts, verdict),
        reasons=reasons_of(facts, verdict, terms),
        freight=freight_of(facts, verdict),
        remedies=remedies_of(facts, verdict),
        refund=refund_of(facts, verdict),
        deadlines=deadlines_of(facts, verdict, terms),
        alternatives=alternatives_of(facts, verdict, terms),
        policy_version=terms.version,
    )
