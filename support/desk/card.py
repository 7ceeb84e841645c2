"""The case card beside a conversation: what is known, what the policy says to it, what is promised by when."""

import datetime
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from babel.dates import format_date

from policy import BadFacts, Decision, decide, parse_facts
from policy.plain_words import HAND_IN, LIMITS, PAYERS, QUESTIONS, REQUEST_NAMES
from support.cases.case_file import CaseFile, ItemFile, case_file
from support.cases.models import Case, CaseItem
from support.conversations.models import Conversation
from support.desk.fact_words import LABELS, FactField, fact_fields, fact_rows, value_words
from support.desk.line import urgency_of
from support.desk.request_so_far import RequestSoFar, request_so_far
from support.orders.services import OrderNotFound, OrdersUnavailable, ShopOrder, find_proven

OUTCOMES = {
    "eligible": "The policy says yes",
    "not_eligible": "The policy says no",
    "needs_review": "A person has to decide",
    "incomplete": "Not decided yet",
}


@dataclass(frozen=True)
class DecisionInWords:
    """A decision of the contract's JSON, for people."""

    outcome: str
    headline: str
    route: str
    reasons: tuple[dict[str, str], ...]
    conditions: tuple[dict[str, str], ...]
    freight: tuple[str, ...]
    refund: str
    limits: tuple[str, ...]
    missing: tuple[str, ...]
    evidence: tuple[str, ...]


@dataclass(frozen=True)
class ItemCard:
    """put_right: label and earlier value of what an agent replaced. evidence: what is asked for, and if it is there."""

    item: CaseItem
    facts: list[tuple[str, str, str]]
    put_right: list[tuple[str, str]]
    fields: list[FactField]
    decision: DecisionInWords
    evidence: list[tuple[str, bool]]


@dataclass(frozen=True)
class CaseCard:
    case: Case
    file: CaseFile
    state: str
    urgency: str
    due: str
    items: list[ItemCard]


@dataclass(frozen=True)
class Card:
    conversation: Conversation
    cases: list[CaseCard]
    earlier: list[Case]
    order: ShopOrder | None
    so_far: RequestSoFar
    so_far_facts: list[tuple[str, str, str]]
    so_far_fields: list[FactField]
    so_far_decision: DecisionInWords | None


def card_of(conversation: Conversation, now: datetime.datetime) -> Card:
    cases = list(Case.objects.filter(conversation=conversation.pk).order_by("-opened_at").prefetch_related("items"))
    so_far = request_so_far(conversation.pk, now.isoformat())
    number = next((case.order_number for case in cases if case.order_number), so_far.order_number)
    return Card(
        conversation,
        [case_card(case, now) for case in cases],
        list(Case.objects.filter(order_number=number).exclude(conversation=conversation.pk)) if number else [],
        _order(number),
        so_far,
        fact_rows(so_far.facts),
        fact_fields(so_far.facts),
        decided(so_far.facts),
    )


def case_card(case: Case, now: datetime.datetime) -> CaseCard:
    file = case_file(case.number, now)
    return CaseCard(
        case,
        file,
        case.state.replace("_", " "),
        urgency_of(case, now),
        _due(case),
        [_item(item, filed) for item, filed in zip(case.items.all(), file.items, strict=True)],
    )


def decided(facts: Mapping[str, Mapping[str, Any]]) -> DecisionInWords | None:
    """What the policy says to these facts; None while there is no request to decide."""
    if "request" not in facts:
        return None
    try:
        return in_words(decide(parse_facts({name: fact["value"] for name, fact in facts.items()})))
    except BadFacts:
        return None


def in_words(decision: Decision | Mapping[str, Any]) -> DecisionInWords:
    known = decision.as_dict() if isinstance(decision, Decision) else decision
    freight, refund, reasons = known["freight"], known["refund"], known["reasons"]
    speaks = any(reason["effect"] != "condition" for reason in reasons)  # of a review, the conditions are what speaks
    legs = {"back to us": freight["return"], "out again": freight["replacement"]}
    return DecisionInWords(
        known["outcome"],
        OUTCOMES[known["outcome"]],
        REQUEST_NAMES.get(known["route"], "request"),
        tuple(reason for reason in reasons if reason["effect"] != "condition" or not speaks),
        tuple(reason for reason in reasons if reason["effect"] == "condition" and speaks),
        tuple(
            f"{leg}: {PAYERS[payer].replace('you pay', 'the customer pays')}" for leg, payer in legs.items() if payer
        ),
        _refund(refund) if refund else "",
        tuple(_limit(name, value) for name, value in known["deadlines"].items()),
        tuple(QUESTIONS[fact] for fact in known["missing"]),
        tuple(HAND_IN[name] for name in known["evidence"]),
    )


def _refund(refund: Mapping[str, Any]) -> str:
    taken = "".join(f", after {d['amount']} for the {d['what']} ({d['clause']})" for d in refund["deductions"])
    return f"{refund['amount']} {refund['currency'] or ''}{taken}"


def _limit(name: str, value: Any) -> str:
    words = {"review_by": "Answer by {}"}.get(name, LIMITS[name])
    if isinstance(value, str):
        value = short_day(value)
    return words.format(*value) if isinstance(value, list) else words.format(value)


def short_day(value: str | datetime.date) -> str:
    """Tue, 1 Dec 2026."""
    return format_date(
        datetime.date.fromisoformat(value) if isinstance(value, str) else value, "EEE, d MMM y", locale="en"
    )


def _due(case: Case) -> str:
    words = {"answer": "Answer by {}", "send": "Customer sends it by {}", "refund": "Refund starts by {}"}
    day = {"answer": case.review_by, "send": case.send_by, "refund": case.refund_starts_by}.get(case.due)
    return words[case.due].format(short_day(day)) if day else ""


def _item(item: CaseItem, filed: ItemFile) -> ItemCard:
    return ItemCard(
        item,
        fact_rows(item.facts),
        [(LABELS[fact.name], value_words(fact.before)) for fact in filed.facts if fact.before is not None],
        fact_fields(item.facts),
        in_words(item.decision),
        [(HAND_IN[one.name], one.handed_in) for one in filed.evidence],
    )


def _order(number: str) -> ShopOrder | None:
    try:
        return find_proven(number) if number else None
    except (OrderNotFound, OrdersUnavailable):
        return None
