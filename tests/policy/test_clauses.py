"""Every clause: written once, in our words, and used by a rule, an explanation, or a recorded reason."""

from __future__ import annotations

import ast
import importlib
import inspect
import re
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from policy_cases import CANCEL, EXCHANGE, RETURN, USED_DEFECT, WARRANTY, cited, decided

import policy
from policy import CLAUSES, TERMS
from policy.page import page

ROOT = Path(__file__).parents[2]
IDS = """
R.window R.channel R.unused R.complete R.refuse.1 R.refuse.2 R.refuse.3 R.gift R.pack R.one-parcel R.freight.soocas
R.freight.customer R.refund R.failed R.process.1 R.process.2 R.process.3 R.process.4 R.process.5 R.process.6
R.exchange.same R.exchange.once R.cancel.by-soocas R.cancel.by-customer R.hours R.amend
W.cover W.period W.country W.remedy W.after-replacement W.after-refund W.need.proof W.need.troubleshooting W.need.defect
W.need.inspection W.need.right-item W.proof.order W.proof.invoice W.proof.more W.claim-window W.freight.1 W.freight.2
W.freight.3 W.freight.4 W.freight.5 W.exclude.1 W.exclude.2 W.exclude.3 W.exclude.4 W.exclude.5 W.exclude.6 W.exclude.7
W.exclude.8 W.exclude.9 W.label W.dealer W.unauthorized W.apply
I.days I.where I.working-days I.fault-beats-condition I.damaged-on-arrival I.amazon I.abroad I.review I.other-reason
I.expedited I.water I.unsure I.delivery-date I.no-estimate
""".split()  # noqa: SIM905

GIFT = {**RETURN, "order.gift_value": "10", "claim.gift_returned": False}
DEALER = {**WARRANTY, "order.channel": "unauthorized"}
REFUSED = {"claim.reason": "wrong_item", "claim.unused": True}
# A decision whose reasons cite the clause.
CITED: dict[str, dict[str, Any]] = {
    **dict.fromkeys(("R.window", "R.channel", "R.unused", "R.complete", "R.pack", "R.one-parcel", "R.refund"), RETURN),
    **dict.fromkeys(("R.failed", "R.process.2", "R.process.3", "I.days", "I.where", "I.working-days"), RETURN),
    **dict.fromkeys(("I.review", "I.expedited"), RETURN),
    **dict.fromkeys(("R.exchange.same", "R.exchange.once"), EXCHANGE),
    **dict.fromkeys(("W.cover", "W.period", "W.remedy", "W.freight.3"), WARRANTY),
    **dict.fromkeys(("W.need.inspection", "W.need.right-item"), WARRANTY),
    "R.gift": GIFT,
    "R.refuse.1": {**RETURN, "claim.packaging_complete": False},
    "R.refuse.2": {**RETURN, "claim.unused": False},
    "R.refuse.3": {**RETURN, "claim.contents_complete": False},
    "R.cancel.by-customer": CANCEL,
    "R.cancel.by-soocas": {**CANCEL, "order.fully_refunded": True},
    "W.after-replacement": {**WARRANTY, "order.purchased_on": "2020-01-01", "order.replaced_on": "2026-06-01"},
    "W.after-refund": {**WARRANTY, "order.fully_refunded": True},
    "W.country": {**WARRANTY, "claim.item_country": "DE"},
    "W.freight.1": {**WARRANTY, "claim.item_country": "DE"},
    "I.abroad": {**WARRANTY, "claim.item_country": "DE"},
    "W.claim-window": {**WARRANTY, "order.purchased_on": "2020-01-01"},
    "W.exclude.1": {**WARRANTY, "claim.proof_of_purchase": False},
    "W.exclude.2": {**WARRANTY, "claim.reason": "lost_or_stolen"},
    "W.exclude.3": {**WARRANTY, "order.purchased_on": "2020-01-01"},
    "W.exclude.4": {**WARRANTY, **REFUSED, "order.delivered_on": "2026-01-01"},
    "W.exclude.5": {**WARRANTY, "order.free_product": True},
    "W.exclude.6": {**WARRANTY, "claim.damage_cause": "third_party_repair"},
    "W.exclude.7": {**WARRANTY, "claim.damage_cause": "external"},
    "W.exclude.8": {**WARRANTY, "claim.damage_cause": "abuse"},
    "W.exclude.9": DEALER,
    "W.unauthorized": DEALER,
    "W.dealer": {**WARRANTY, "order.channel": "authorized_dealer"},
    "W.label": {**WARRANTY, "claim.prepaid_label": True},
    "I.fault-beats-condition": USED_DEFECT,
    "I.damaged-on-arrival": {**RETURN, "claim.reason": "damaged_on_arrival"},
    "I.amazon": {**RETURN, "order.channel": "amazon_store"},
    "I.other-reason": {**RETURN, "claim.reason": "other"},
    "I.water": {**WARRANTY, "claim.damage_cause": "water"},
    "I.unsure": {**RETURN, "claim.reason": "unsure"},
    "I.no-estimate": {**CANCEL, "order.delivery_due_at": "none"},
}
# A decision that the clause shapes without being a reason: the facts, where to look, what stands there.
BARE = {**WARRANTY, "claim.serial_number": None, "claim.troubleshooting_done": None, "claim.photos": None}
SHAPES: dict[str, tuple[dict[str, Any], str, Any]] = {
    "R.freight.soocas": (WARRANTY, "freight", ("soocas", "soocas", ("R.freight.soocas",))),
    "R.freight.customer": (RETURN, "freight", ("customer", None, ("R.freight.customer",))),
    "R.process.1": ({**RETURN, "claim.photos": 0}, "evidence", ("photos",)),
    "R.process.4": (RETURN, "refund.amount", "79.90"),
    "R.process.5": (RETURN, "deadlines.refund_starts_within_working_days", 7),
    "R.process.6": (RETURN, "deadlines.card_days", (3, 7)),
    "R.amend": (RETURN, "policy_version", TERMS.version),
    "W.need.proof": ({**WARRANTY, "claim.proof_of_purchase": None}, "missing", ("claim.proof_of_purchase",)),
    "W.proof.order": ({**WARRANTY, "claim.proof_of_purchase": None}, "missing", ("claim.proof_of_purchase",)),
    "W.proof.invoice": ({**WARRANTY, "claim.proof_of_purchase": None}, "missing", ("claim.proof_of_purchase",)),
    "W.need.troubleshooting": ({**WARRANTY, "claim.troubleshooting_done": None}, "evidence", ("troubleshooting",)),
    "W.need.defect": ({**WARRANTY, "claim.serial_number": None}, "evidence", ("serial_number_or_description",)),
    "W.apply": (BARE, "evidence", ("photos", "troubleshooting", "serial_number_or_description")),
    "I.delivery-date": ({**RETURN, "order.delivered_on": None}, "missing", ("order.delivered_on",)),
}


def test_every_clause_of_the_two_documents_and_every_reading_is_there():
    assert list(CLAUSES) == IDS


@pytest.mark.parametrize("clause", IDS)
def test_a_clause_is_cited_shapes_a_decision_or_says_why_it_decides_nothing(clause):
    ways = [clause in CITED, clause in SHAPES, CLAUSES[clause].decides_nothing is not None]
    assert sum(ways) == 1
    assert bool(CLAUSES[clause].used_by) != bool(CLAUSES[clause].decides_nothing)


@pytest.mark.parametrize("clause", CITED)
def test_a_decision_cites_the_clause(clause):
    assert clause in cited(decided(CITED[clause]))


@pytest.mark.parametrize("clause", SHAPES)
def test_a_decision_is_shaped_by_the_clause(clause):
    facts, where, expected = SHAPES[clause]
    found: Any = decided(facts)
    for name in where.split("."):
        found = getattr(found, name)
    assert (str(found) if where == "refund.amount" else found) == expected


def functions() -> dict[str, str]:
    """Every function of the policy with its docstring, as module.function."""
    found = {}
    for path in Path(policy.__file__).parent.glob("*.py"):
        module = importlib.import_module(f"policy.{path.stem}" if path.stem != "__init__" else "policy")
        for name, function in inspect.getmembers(module, callable):
            if getattr(function, "__module__", "") == module.__name__:
                found[f"{path.stem}.{name}"] = inspect.getdoc(function) or ""
    return found


def test_what_a_clause_says_it_is_used_by_names_it_in_its_docstring():
    docstrings = functions()
    for clause in CLAUSES.values():
        for name in clause.used_by:
            assert re.search(rf"{re.escape(clause.id)}(?![\w-])", docstrings[name]), (clause.id, name)


RULE_MODULES = (
    "returns",
    "warranty",
    "cancel",
    "causes",
    "channels",
    "freight",
    "money",
    "evidence",
    "deadlines",
    "reasons",
    "inspection",
)


@pytest.mark.parametrize("module", RULE_MODULES)
def test_rules_have_no_numbers_of_the_policy_and_no_sentences(module):
    tree = ast.parse((ROOT / "policy" / f"{module}.py").read_text(encoding="utf-8"))
    documented = (ast.Module, ast.FunctionDef, ast.ClassDef)
    docstrings = {ast.get_docstring(node, clean=False) for node in ast.walk(tree) if isinstance(node, documented)}
    for node in ast.walk(tree):
        if isinstance(node, ast.Constant) and node.value not in docstrings:
            assert not (isinstance(node.value, int) and node.value not in (True, False, 0, 100)), node.value
            assert not (isinstance(node.value, str) and node.value.count(" ") > 1), node.value


def test_words_take_their_numbers_from_the_terms():
    assert "30 days" in CLAUSES["R.window"].text
    assert "14 days" in CLAUSES["R.window"].text_under(replace(TERMS, return_window_days=14))
    for clause in CLAUSES.values():
        assert clause.text[0].isupper()
        assert clause.text.endswith(".")
        assert clause.text.isascii()
        assert len(clause.text) < 250


def test_other_terms_decide_otherwise():
    from policy import decide, parse_facts

    shorter = replace(TERMS, return_window_days=9, version="short")
    decision = decide(parse_facts(RETURN), shorter)
    assert (decision.outcome, decision.policy_version) == ("not_eligible", "short")
    assert decision.reasons[0].text == CLAUSES["R.window"].text_under(shorter)


def test_the_policy_page_is_fresh():
    written = (ROOT / "docs" / "policy.md").read_text(encoding="utf-8")
    assert written == page(), "stale: run `python -m policy.page > docs/policy.md`"


def test_the_policy_imports_only_the_standard_library_and_dateutil():
    import sys

    for path in (ROOT / "policy").glob("*.py"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            names = [a.name for a in node.names] if isinstance(node, ast.Import) else []
            names += [node.module or ""] if isinstance(node, ast.ImportFrom) else []
            for name in names:
                assert name.split(".")[0] in {*sys.stdlib_module_names, "dateutil", "policy"}, (path.name, name)
