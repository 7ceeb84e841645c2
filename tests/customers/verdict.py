"""Is what stands in the database what had to come of it?"""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterator
from datetime import datetime
from typing import Any

from policy import decide, parse_facts
from support.run.stack import Stack
from tests.customers.expected import Expected, Item
from tests.customers.visit import Visit

SAME = ("outcome", "route", "freight", "remedies", "refund")
OWNER = {"case": "bot", "nothing": "bot", "person": "waiting"}


def cases_of(stack: Stack, conversation: str, order_number: str) -> list[dict[str, Any]]:
    """Every case of this conversation or about this order, with its items, as it is stored."""
    path = stack.settings["SUPPORT_DATABASE_URL"].removeprefix("sqlite:///")
    database = sqlite3.connect(path, timeout=30)
    database.row_factory = sqlite3.Row
    try:
        query = "select * from cases_case where conversation = ? or order_number = ?"
        found = database.execute(query, (conversation, order_number)).fetchall()
        return [dict(case) | {"items": _items(database, case["id"])} for case in found]
    finally:
        database.close()


def _items(database: sqlite3.Connection, case: int) -> list[dict[str, Any]]:
    rows = database.execute("select * from cases_caseitem where case_id = ? order by position", (case,))
    parsed = ("lines", "facts", "evidence", "decision")
    return [dict(row) | {name: json.loads(row[name]) for name in parsed} for row in rows]


def wrong_with(visit: Visit, cases: list[dict[str, Any]], due: Expected) -> Iterator[str]:
    """Everything about the end that is not as it had to be, in words."""
    customer = visit.customer
    if customer.owner != OWNER[due.end]:
        yield f"the conversation belongs to {customer.owner}, not to {OWNER[due.end]}"
    if due.end != "case":
        yield from (f"case {case['number']} was opened, nothing had to be" for case in cases)
        if due.end == "nothing" and due.refused_by and not due.refused_by & customer.cited():
            yield f"refused without {' or '.join(sorted(due.refused_by))}"
        return
    if len(cases) != 1:
        yield f"{len(cases)} cases were opened, not one"
        return
    yield from _wrong_with_case(visit, cases[0], due)


def _wrong_with_case(visit: Visit, case: dict[str, Any], due: Expected) -> Iterator[str]:
    told = visit.customer.case() or {}
    if told.get("number") != case["number"]:
        yield f"the customer was told case {told.get('number')}, stored is {case['number']}"
    number = visit.persona.number if visit.persona.bought else ""
    if case["order_number"] != number:
        yield f"the case is about order {case['order_number']!r}, not {number!r}"
    if len(case["items"]) != len(due.items):
        yield f"the case has {len(case['items'])} items, not {len(due.items)}"
    for stored, item in zip(case["items"], due.items, strict=False):
        yield from _wrong_with_item(visit, stored, item)


def _wrong_with_item(visit: Visit, stored: dict[str, Any], item: Item) -> Iterator[str]:
    if stored["lines"] != item.lines:
        yield f"lines {stored['lines']}, not {item.lines}"
    facts = {name: fact["value"] for name, fact in stored["facts"].items()}
    again = decide(parse_facts(facts)).as_dict()
    if again != stored["decision"]:
        yield "the stored facts decided again give another decision"
    wanted = item.decision.as_dict()
    for name in SAME:
        if stored["decision"][name] != wanted[name]:
            yield f"{name}: {stored['decision'][name]}, not {wanted[name]}"
    readings, due_readings = _readings(stored["decision"]), _readings(wanted)
    if stored["decision"]["outcome"] == "needs_review" and readings != due_readings:
        yield f"review because of {readings}, not {due_readings}"
    yield from _wrong_facts(visit, stored["facts"], item)
    yield from _wrong_evidence(stored["evidence"], item, visit.persona.truth(item.thing))


def _readings(decision: dict[str, Any]) -> list[str]:
    return sorted(reason["clause"] for reason in decision["reasons"] if reason["clause"].startswith("I."))


def _wrong_facts(visit: Visit, stored: dict[str, Any], item: Item) -> Iterator[str]:
    """Each fact is the truth, and from whom it had to be; none that decides is missing."""
    returned = stored.get("order.gift_value", {}).get("value") == "0.00"
    shop = visit.persona.shop_facts(item.thing, gift_is_counted=returned)
    truth = visit.persona.truth(item.thing) | {"request": item.facts["request"]}
    for name, fact in stored.items():
        true = shop.get(name, truth.get(name))
        if name in ("now", "customer_timezone", "claim.remedy", "claim.photos", "claim.serial_number"):
            continue
        if name == "claim.defect_description":
            continue
        if name == "order.delivered" and name not in shop:
            true = True
        if not _is_same(fact["value"], true):
            yield f"{name} is {fact['value']!r}, true is {true!r}"
        elif fact["source"] != ("shop" if name in shop else "customer"):
            yield f"{name} is said to come from {fact['source']}"
    needed = {name for name in item.facts if name.startswith(("order.", "claim.")) and name in (shop | truth)}
    if missing := sorted(needed - stored.keys()):
        yield f"not stored: {', '.join(missing)}"


def _is_same(stored: Any, true: Any) -> bool:
    """The same value, or the same instant written with another offset."""
    if stored == true or not (isinstance(stored, str) and isinstance(true, str) and "T" in true):
        return stored == true
    return datetime.fromisoformat(stored) == datetime.fromisoformat(true)


def _wrong_evidence(stored: dict[str, Any], item: Item, truth: dict[str, Any]) -> Iterator[str]:
    if ("photos" in item.evidence or "claim.photos" in item.facts) != bool(stored["photos"]):
        yield f"photos: {stored['photos']}"
    if "serial_number_or_description" in item.evidence:
        has_serial = truth["evidence.serial_number"] != "none"
        if has_serial and (stored["serial_number"] or "").upper() != truth["evidence.serial_number"]:
            yield f"serial number {stored['serial_number']!r}, true is {truth['evidence.serial_number']!r}"
        if not has_serial and not stored["defect_description"]:
            yield "neither a serial number nor a description"
    if "troubleshooting" in item.evidence and stored["troubleshooting_done"] is not True:
        yield f"troubleshooting: {stored['troubleshooting_done']}"
