"""The returns, exchange, warranty and cancellation policy of SOOCAS as one pure function.

decide(parse_facts({"now": "2026-11-22T10:00:00Z", "request": "return", …})).as_dict()
"""

from policy.alternatives import open_requests
from policy.clauses import CLAUSES
from policy.decision import Decision, decide
from policy.facts import UNSURE, BadFacts, Facts, parse_facts
from policy.inspection import Finding, decide_inspected, facts_found
from policy.intake import facts_from_json
from policy.terms import TERMS, Terms

__all__ = [
    "CLAUSES",
    "TERMS",
    "UNSURE",
    "BadFacts",
    "Decision",
    "Facts",
    "Finding",
    "Terms",
    "decide",
    "decide_inspected",
    "facts_found",
    "facts_from_json",
    "open_requests",
    "parse_facts",
]
