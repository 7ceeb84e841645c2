"""Every decision can be told: no clause without its words, no gap left open in a sentence."""

import itertools
import re
from functools import cache
from typing import Any

import pytest
from rasa_sdk.executor import CollectingDispatcher

from actions.telling import refusal, tell_decision
from actions.words import _parts, day, has_part, money, part, say, term_words
from policy import decide, parse_facts

VALUES: dict[str, list[Any]] = {
    "request": ["return", "exchange", "warranty", "cancel"],
    "order.channel": ["official_website", "amazon_store", "authorized_dealer", "unauthorized", "offline_store"],
    "order.delivered": [True, False],
    "order.fully_refunded": [False, True],
    "order.delivered_on": ["2026-11-12", "2026-10-01", "unsure"],
    "claim.reason": ["changed_mind", "quality_problem", "wrong_item", "lost_or_stolen", "other", "unsure"],
    "claim.unused": [True, False],
    "claim.damage_cause": ["none", "abuse", "external", "third_party_repair", "water"],
    "claim.item_country": ["US", "DE"],
}
FIXED = {
    "now": "2026-11-22T12:00:00-05:00",
    "order.purchased_on": "2026-09-20",
    "order.country": "US",
    "order.free_product": False,
    "order.replaced_on": "none",
    "order.exchanges_made": 0,
    "claim.exchange_for": "same_item",
    "claim.packaging_complete": True,
    "claim.contents_complete": True,
    "claim.proof_of_purchase": True,
    "claim.issued_on": "none",
    "order.gift_value": "0.00",
}
SLOTS = {"item_name": "X3U", "order": {"delivered_on": "2026-11-12", "purchased_on": "2026-09-20"}}


@cache
def decisions() -> list[Any]:
    """Every combination above, with what belongs together kept together."""
    found = []
    for values in itertools.product(*VALUES.values()):
        facts = FIXED | dict(zip(VALUES, values, strict=True))
        if facts["order.delivered"]:
            facts.pop("order.delivery_due_at", None)
        else:
            facts |= {"order.delivery_due_at": "2026-11-30T12:00:00Z", "order.delivered_on": None}
        found.append(decide(parse_facts(facts)))
    return found


def test_every_decision_has_its_words() -> None:
    told = 0
    for decision in decisions():
        if decision.outcome == "incomplete":
            continue
        dispatcher = CollectingDispatcher()
        tell_decision(dispatcher, decision, SLOTS | {"offered": [door.request for door in decision.alternatives]})
        assert dispatcher.messages[0]["custom"]["citations"]
        told += 1
    assert told > 10_000


def test_a_refusal_is_told_by_a_clause_that_has_words() -> None:
    for decision in decisions():
        if decision.outcome == "not_eligible":
            assert has_part("refused_" + re.sub("[.-]", "_", refusal(decision)))


def test_a_piece_with_a_gap_says_so_when_it_is_not_filled() -> None:
    with pytest.raises(KeyError):
        part("refused_R_window")


def test_pieces_have_no_gap_that_nobody_fills() -> None:
    known = {
        *term_words(),
        "item",
        "delivered_on",
        "purchased_on",
        "country",
        "amount",
        "day",
        "reason",
        "colour",
        "serial",
        "count",
        "wish",
        "order",
        "gift",
        "number",
        "title",
        "items",
        "days",
        "address",
        "when",
    }
    for name, text in _parts().items():
        if name.startswith("utter_part_case_"):  # filled by support/cases, and tested there
            continue
        assert set(re.findall(r"{(\w+)}", text)) <= known, name


def test_dates_and_money_are_written_as_people_write_them() -> None:
    assert day("2026-11-05") == "Thursday, 5 November 2026"
    assert money("79.90", "USD") == "$79.90"


def test_what_is_said_carries_its_clauses_once_with_their_text() -> None:
    dispatcher = CollectingDispatcher()
    say(dispatcher, "utter_thank", ("R.window", "R.window"))
    (citation,) = dispatcher.messages[0]["custom"]["citations"]
    assert citation["clause"] == "R.window"
    assert "30 days" in citation["text"]
