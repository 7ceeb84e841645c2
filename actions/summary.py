"""The request in a few lines before the yes, and what happens after it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from actions.words import day, has_part, money, part, term_words

TOLD_FACTS = (
    "claim.unused",
    "claim.packaging_complete",
    "claim.contents_complete",
    "claim.damage_cause",
    "claim.exchange_for",
)
SENT_BACK = ("return", "exchange")
SAID_IN_SUMMARY = frozenset(
    {
        *("R.gift", "R.refund", "R.one-parcel", "R.process.2", "R.process.3", "R.process.5", "W.remedy", "W.freight.3"),
        *("I.amazon", "I.abroad", "I.fault-beats-condition", "I.no-estimate", "I.other-reason", "I.unsure", "I.water"),
    }
)

Item = dict[str, Any]


def summary(items: list[Item], slots: Mapping[str, Any]) -> tuple[str, tuple[str, ...]]:
    """The lines of the summary and the clauses they rest on."""
    lines = [line for item in items for line in _item(item, slots)]
    if sum(item["decision"]["route"] in SENT_BACK for item in items) > 1:
        lines.append(part("one_parcel"))
    clauses = [clause for item in items for clause in _cited(item["decision"])]
    return "\n".join([*lines, *next_steps(items)]), tuple(dict.fromkeys(clauses))


def told_so_far(slots: Mapping[str, Any]) -> list[str]:
    """What an open request is about and what was told, settled items first; empty while there is nothing to say."""
    lines = [line for item in slots.get("items") or () for line in _item(item, slots)]
    wish = slots.get("request")
    name = slots.get("item_name")
    if not (wish or name or slots.get("claim_reason")):
        return lines
    if slots.get("order_lines") or not lines:
        title = part(f"wish_is_{wish or 'open'}").capitalize()
        lines.append(part("so_far_item", wish=title, item=name) if name else part("so_far", wish=title))
        if slots.get("order_number") and slots.get("order"):
            lines.append(part("so_far_order", order=slots["order_number"]))
        if slots.get("claim_reason"):
            lines.append(part("summary_reason", reason=part(f"reason_{slots['claim_reason']}")))
        lines += _told_facts({name: slots.get(name.replace(".", "_")) for name in ("claim.reason", *TOLD_FACTS)})
        if slots.get("evidence_photos"):
            lines.append(part("told_photos", count=len(slots["evidence_photos"])))
    return lines


def next_steps(items: list[Item]) -> list[str]:
    """What happens when, for both sides, as far as it is known before a person has looked."""
    decisions = [item["decision"] for item in items]
    known: dict[str, Any] = {}
    for decision in decisions:
        known = decision["deadlines"] | known
    steps = [part("step_review", day=day(max(d["deadlines"]["review_by"] for d in decisions)))]
    words = term_words()
    for name in ("ship_within_days", "refund_starts_within_working_days"):
        if name in known:
            steps.append(part(f"step_{name}", **words))
    if any("W.need.inspection" in _clauses(decision) for decision in decisions):
        steps.append(part("step_inspection"))
    return steps


def dated_steps(items: list[Item], days: list[dict[str, Any]]) -> list[str]:
    """The same once the case is open, with the days that follow if each step happens on its last day."""
    steps = [part(f"step_{d['name']}", day=day(d["date"])) for d in days if has_part(f"step_{d['name']}")]
    if any("W.need.inspection" in _clauses(item["decision"]) for item in items):
        steps.append(part("step_inspection"))
    return steps


def _item(item: Item, slots: Mapping[str, Any]) -> list[str]:
    decision = item["decision"]
    name = item["name"] or part("item")
    lines = [part(f"summary_{decision['outcome']}_{decision['route']}", item=name)]
    reason = item["facts"].get("claim.reason")
    if reason and decision["route"] != "cancel":
        lines.append(part("summary_reason", reason=part(f"reason_{reason['value']}")))
    lines += _as_told(item)
    if item["facts"].get("order.delivered_on", {}).get("source") == "customer":
        lines.append(part("summary_customers_date", day=_day_or_unsure(item["facts"]["order.delivered_on"]["value"])))
    lines += _remedy(decision) + _freight(decision) + _refund(item)
    return lines


def _as_told(item: Item) -> list[str]:
    """What the customer said and handed in, so that a misunderstanding can be seen."""
    facts = {name: fact["value"] for name, fact in item["facts"].items()}
    if item["decision"]["route"] != "exchange":
        facts = {name: value for name, value in facts.items() if name != "claim.exchange_for"}
    lines = _told_facts(facts)
    evidence = item["evidence"]
    if facts.get("claim.exchange_for") == "same_item_other_colour" and item["decision"]["route"] == "exchange":
        wanted = item["slots"].get("wanted_colour")
        lines.append(part("told_colour", colour=wanted) if wanted else part("told_other_colour"))
    if evidence["serial_number"]:
        lines.append(part("told_serial_number", serial=evidence["serial_number"]))
    if evidence["photos"]:
        lines.append(part("told_photos", count=len(evidence["photos"])))
    return lines


def _told_facts(facts: Mapping[str, Any]) -> list[str]:
    pieces = {name: f"told_{name.split('.')[1]}_{str(facts.get(name)).lower()}" for name in TOLD_FACTS}
    if facts.get("claim.reason") != "quality_problem":
        del pieces["claim.damage_cause"]
    return [part(piece) for piece in pieces.values() if has_part(piece)]


def _remedy(decision: dict[str, Any]) -> list[str]:
    if decision["route"] != "warranty" or not decision["remedies"]:
        return []
    return [part(f"remedy_{decision['remedies'][0]}")]


def _freight(decision: dict[str, Any]) -> list[str]:
    freight = decision["freight"]
    if freight["return"] is None:
        return []
    legs = "both" if freight["replacement"] else "return"
    return [part(f"freight_{freight['return']}_{legs}")]


def _refund(item: Item) -> list[str]:
    decision, refund = item["decision"], item["decision"]["refund"]
    if refund is None:
        return []
    kind = {"warranty": "refund_if_chosen", "cancel": "refund_cancel"}.get(decision["route"], "refund")
    fee = item["facts"].get("order.expedited_fee", {}).get("value", "0.00")
    if kind == "refund_cancel" and fee == "0.00":
        kind = "refund_cancel_no_fee"
    if decision["remedies"][0] == "refund" and kind == "refund_if_chosen":
        kind = "refund"
    lines = [part(kind, amount=money(refund["amount"], refund["currency"]))]
    for deduction in refund["deductions"]:
        lines.append(part(f"deduction_{deduction['what']}", amount=money(deduction["amount"], refund["currency"])))
    return lines


def _cited(decision: dict[str, Any]) -> list[str]:
    """The clauses that the summary's lines say, not every reading that a decision rests on."""
    reasons = [r["clause"] for r in decision["reasons"] if r["effect"] == "for" or r["clause"] in SAID_IN_SUMMARY]
    return [*reasons, *decision["freight"]["clauses"]]


def _clauses(decision: dict[str, Any]) -> set[str]:
    return {reason["clause"] for reason in decision["reasons"]}


def _day_or_unsure(value: str) -> str:
    return part("date_unsure") if value == "unsure" else day(value)
