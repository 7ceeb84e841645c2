"""Everything a person needs to know about one case, read at once: the card beside the conversation."""

from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Any

from policy import Facts, decide, parse_facts
from support.cases.dates import CaseDates, dates_of, promise_of
from support.cases.docket import CaseNotFound
from support.cases.life import State, next_states
from support.cases.models import Case, CaseItem
from support.cases.new_case import OpenedCase
from support.cases.opening import cases_of_order
from support.orders.services import OrderNotFound, OrdersUnavailable, ShopOrder, find_proven

PROOFS = ("claim_photos", "claim_troubleshooting_done", "claim_serial_number", "claim_defect_description")


@dataclass(frozen=True)
class Fact:
    """source: shop, customer, photo, agent. before: what an agent replaced, None if nothing."""

    name: str
    value: Any
    source: str
    before: Any = None


@dataclass(frozen=True)
class Evidence:
    """One thing that the policy asks for; handed_in: it is there."""

    name: str
    handed_in: bool


@dataclass(frozen=True)
class Version:
    """How an item stood: number 1 is as it was opened, the last one is as it stands."""

    number: int
    at: datetime
    actor: str
    actor_name: str
    reason: str
    facts: dict[str, dict[str, Any]]
    finding: dict[str, Any] | None
    decision: dict[str, Any]


@dataclass(frozen=True)
class ItemFile:
    """decision: the contract's JSON as it stands. versions: all that it ever was, the oldest first."""

    position: int
    name: str
    lines: list[list[int]]
    facts: tuple[Fact, ...]
    evidence: tuple[Evidence, ...]
    handed_in: dict[str, Any]
    decision: dict[str, Any]
    finding: dict[str, Any] | None
    granted: dict[str, Any] | None
    result: str
    versions: tuple[Version, ...]


@dataclass(frozen=True)
class Move:
    previous: str
    state: str
    actor: str
    actor_name: str
    at: datetime
    clauses: tuple[str, ...]
    reason: str


@dataclass(frozen=True)
class Deadline:
    """due: answer, send or refund. whose: "ours" or "customer". ends_at: the first instant at which it is broken."""

    due: str
    whose: str
    last_day: date
    ends_at: datetime
    overdue: bool


@dataclass(frozen=True)
class Told:
    """What the customer was told. seq: of the message in the chat; letter: open, sent or not_needed."""

    kind: str
    pieces: tuple[str, ...]
    at: datetime
    chat: str
    seq: int | None
    letter: str


@dataclass(frozen=True)
class CaseFile:
    """deadline: the promise that runs now. order: None if the shop does not know it or cannot say now.

    history: the other cases of this order, the newest first. next_states: where an agent may take it from here.
    """

    number: str
    state: str
    conversation: str
    order_number: str
    outcome: str
    policy_version: str
    opened_at: datetime
    changed_at: datetime | None
    timezone: str
    items: tuple[ItemFile, ...]
    moves: tuple[Move, ...]
    dates: CaseDates
    deadline: Deadline | None
    goods_back_asked_at: datetime | None
    told: tuple[Told, ...]
    order: ShopOrder | None
    history: tuple[OpenedCase, ...]
    next_states: tuple[State, ...]


def case_file(number: str, now: datetime) -> CaseFile:
    """The file of this case as it stands at this moment. Raises CaseNotFound."""
    case = _read(number)
    items = list(case.items.all())
    cancels = all(item.decision.get("route") == "cancel" for item in items)
    return CaseFile(
        number=case.number,
        state=case.state,
        conversation=case.conversation,
        order_number=case.order_number,
        outcome=case.outcome,
        policy_version=case.policy_version,
        opened_at=case.opened_at,
        changed_at=case.changed_at,
        timezone=case.timezone,
        items=tuple(_item(item, case) for item in items),
        moves=tuple(_move(move) for move in case.moves.all()),
        dates=dates_of(case),
        deadline=deadline_of(case, now),
        goods_back_asked_at=case.goods_back_asked_at,
        told=tuple(_told(notice) for notice in case.notices.all()),
        order=_order(case.order_number),
        history=tuple(other for other in _cases_of(case.order_number) if other.number != case.number),
        next_states=next_states(case.state, cancels),
    )


def deadline_of(case: Case, now: datetime) -> Deadline | None:
    """The promise that runs now, and whether it is broken by now."""
    promise = promise_of(case)
    if promise is None or case.due_at is None:
        return None
    due, last_day = promise
    whose = "customer" if due == Case.Due.SEND else "ours"
    return Deadline(due, whose, last_day, case.due_at, case.due_at <= now)


def evidence_checklist(now: Facts, opened: Facts) -> tuple[Evidence, ...]:
    """What the policy asks for as evidence, and what of it is there (R.process.1, W.apply).

    opened: the facts as the case was opened: what is refused by now was asked for then.
    """
    proofs = {name: getattr(now, name) for name in PROOFS}
    known = now if decide(now).outcome in ("eligible", "needs_review") else replace(opened, **proofs)
    bare = replace(known, **dict.fromkeys(PROOFS))
    missing = decide(known).evidence
    return tuple(Evidence(name, name not in missing) for name in decide(bare).evidence)


def _read(number: str) -> Case:
    found = Case.objects.filter(number=number.strip().upper())
    case = found.prefetch_related("items__versions", "moves", "notices").first()
    if case is None:
        raise CaseNotFound(number)
    return case


def _item(item: CaseItem, case: Case) -> ItemFile:
    versions = _versions(item, case)
    opened = versions[0].facts
    facts = (
        Fact(name, fact["value"], fact["source"], _before(opened.get(name), fact)) for name, fact in item.facts.items()
    )
    return ItemFile(
        position=item.position,
        name=item.name,
        lines=item.lines,
        facts=tuple(facts),
        evidence=evidence_checklist(_known(item.facts), _known(opened)),
        handed_in=item.evidence,
        decision=item.decision,
        finding=item.finding,
        granted=item.granted,
        result=item.result,
        versions=versions,
    )


def _known(facts: dict[str, dict[str, Any]]) -> Facts:
    return parse_facts({name: fact["value"] for name, fact in facts.items()})


def _before(first: dict[str, Any] | None, fact: dict[str, Any]) -> Any:
    return first["value"] if first and fact["source"] == "agent" and first["value"] != fact["value"] else None


def _versions(item: CaseItem, case: Case) -> tuple[Version, ...]:
    kept = tuple(
        Version(v.version, v.at, v.actor, v.actor_name, v.reason, v.facts, v.finding, v.decision)
        for v in item.versions.all()
    )
    as_opened = Version(1, case.opened_at, "customer", "", "", item.facts, item.finding, item.decision)
    return kept or (as_opened,)


def _move(move: Any) -> Move:
    return Move(move.previous, move.state, move.actor, move.actor_name, move.at, tuple(move.clauses), move.reason)


def _told(notice: Any) -> Told:
    pieces = tuple(notice.pieces)
    return Told(notice.kind, pieces, notice.created_at, notice.chat, notice.seq, notice.letter)


def _cases_of(order_number: str) -> list[OpenedCase]:
    return cases_of_order(order_number) if order_number else []


def _order(number: str) -> ShopOrder | None:
    try:
        return find_proven(number) if number else None
    except (OrderNotFound, OrdersUnavailable):
        return None
