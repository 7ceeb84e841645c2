"""A fact put right by an agent, decided again; or only tried out."""

from collections.abc import Mapping
from dataclasses import asdict
from typing import Any

from policy import BadFacts, Decision, Finding, decide, decide_inspected, parse_facts
from support.cases.docket import CaseNotFound, open_docket
from support.cases.grants import BadRequest
from support.cases.life import CUSTOMER, Act, State
from support.cases.models import Case, CaseItem, ItemVersion

FIXED = (State.REFUNDED, State.REPLACED, State.EXCHANGED, State.CLOSED, State.WITHDRAWN)


def change_fact(
    number: str, position: int, changes: Mapping[str, Any], act: Act, *, reason: str = ""
) -> dict[str, Any]:
    """The decision after these facts of an item were put right, source `agent`; the earlier one is kept as a version.

    changes: values as the decision contract writes them; None: unknown again. The customer is not told: that is for who
    answers next. Raises CaseNotFound, BadRequest (no such item, the case is over), BadFacts (names the field).
    """
    with open_docket(number, act) as docket:
        item = _item(docket.items, position)
        if item.versions.filter(key=act.key).exists():
            return dict(item.decision)
        if docket.case.state in FIXED:
            raise BadRequest("state", f"the case is {docket.case.state}: reopen it first")
        if not changes:
            raise BadRequest("changes", "no fact to change")
        decide_again(item, _changed(item, changes), finding_in(item), act, reason)
        _sum_up(docket.case, docket.items)
        return dict(item.decision)


def what_if(number: str, position: int, changes: Mapping[str, Any]) -> dict[str, Any]:
    """The decision as it would be with these facts changed; nothing is written. Raises as change_fact."""
    case = Case.objects.filter(number=number.strip().upper()).prefetch_related("items").first()
    if case is None:
        raise CaseNotFound(number)
    item = _item(list(case.items.all()), position)
    return _decide(_changed(item, changes), finding_in(item)).as_dict()


def decide_again(item: CaseItem, facts: dict[str, Any], finding: Finding | None, act: Act, reason: str) -> None:
    """The item with new facts and their decision; how it stood and how it stands are both written as versions."""
    decision = _decide(facts, finding).as_dict()
    count = item.versions.count()
    if count == 0:
        opened = Act(CUSTOMER, item.case.opened_at, item.case.opened_by)
        _keep(item, 1, opened, "")
        count = 1
    item.facts, item.decision = facts, decision
    item.finding = asdict(finding) if finding else None
    _keep(item, count + 1, act, reason)


def finding_in(item: CaseItem) -> Finding | None:
    """What the warehouse found, if it has looked."""
    return Finding(**item.finding) if item.finding is not None else None


def _decide(facts: Mapping[str, Any], finding: Finding | None) -> Decision:
    known = parse_facts({name: fact["value"] for name, fact in facts.items()})
    return decide_inspected(known, finding) if finding else decide(known)


def _changed(item: CaseItem, changes: Mapping[str, Any]) -> dict[str, Any]:
    if "now" in changes:
        raise BadFacts("now", "a change", "the moment the customer asked, which stays")
    set_now = {name: {"value": value, "source": "agent"} for name, value in changes.items() if value is not None}
    parse_facts({"now": item.facts["now"]["value"], **dict.fromkeys(changes)})  # names every unknown key
    kept = {name: fact for name, fact in item.facts.items() if name not in changes}
    return {**kept, **set_now}


def _item(items: list[CaseItem], position: int) -> CaseItem:
    for item in items:
        if item.position == position:
            return item
    raise BadRequest("position", f"the case has no item {position}")


def _keep(item: CaseItem, version: int, act: Act, reason: str) -> None:
    ItemVersion.objects.create(
        item=item,
        version=version,
        key=act.key,
        facts=item.facts,
        finding=item.finding,
        decision=item.decision,
        reason=reason,
        actor=act.by.kind,
        actor_id=act.by.id,
        actor_name=act.by.name,
        at=act.at,
    )


def _sum_up(case: Case, items: list[CaseItem]) -> None:
    outcomes = {item.decision["outcome"] for item in items}
    case.outcome = "eligible" if outcomes == {"eligible"} else "needs_review"
