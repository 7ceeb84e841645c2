"""What the customer can get."""

from __future__ import annotations

from policy.facts import Facts
from policy.verdict import Verdict


def remedies_of(facts: Facts, verdict: Verdict) -> tuple[str, ...]:
    """W.remedy: replacement or refund, the preferred one first; a return refunds, an exchange exchanges."""
    if verdict.outcome != "eligible":
        return ()
    if verdict.route == "exchange":
        return ("exchange",)
    if verdict.route != "warranty":
        return ("refund",)
    return ("refund", "replacement") if facts.claim_remedy == "refund" else ("replacement", "refund")
