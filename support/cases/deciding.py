"""A person says yes or no, and may say it again differently."""

from collections.abc import Mapping, Sequence

from policy import CLAUSES
from support.cases import dates, tellings
from support.cases.docket import Docket, Moved, open_docket
from support.cases.grants import BadRequest, against, grant
from support.cases.life import Act, MoveNotAllowed, State
from support.cases.models import CaseItem
from support.cases.notices import announce


def approve(
    number: str,
    act: Act,
    *,
    reason: str = "",
    goods: bool | None = None,
    remedy: str | None = None,
    freight: str | None = None,
    without: Mapping[int, str] | None = None,
    message: str = "",
) -> Moved:
    """Yes: the customer is told what happens next, and by when.

    reason: why, needed where the policy's own decision is not "eligible". goods: whether they have to come in first;
    None: yes, but for a cancellation, which has none. remedy, freight ("soocas" or "customer"): where the policy leaves
    them open. without: the items, by position, that are refused, each with a clause or the reason told to the customer.
    message: the agent's own sentence to the customer.
    Raises CaseNotFound, MoveNotAllowed, BadRequest.
    """
    with open_docket(number, act) as docket:
        if docket.repeated:
            return docket.repeated
        refused = without or {}
        granted = [item for item in docket.items if item.position not in refused]
        if not granted:
            raise BadRequest("without", "every item is left out: refuse the case instead")
        for item in granted:
            item.granted = grant(item, remedy, freight, reason)
        for position, why in refused.items():
            _refuse_item(docket, position, why)
        _go_on(docket, granted, reason, goods)
        announce(docket.case, tellings.approved(docket.case, docket.items, message), act)
        docket.told = True
        return docket.moved()


def refuse(number: str, act: Act, *, clauses: Sequence[str] = (), reason: str = "", message: str = "") -> Moved:
    """No, before the goods came or after they failed the inspection (R.failed: with the days to ask for them back).

    clauses: those that refuse; without any, those of the decision that speak against it. reason: needed if there are
    none, and then told to the customer. Raises CaseNotFound, MoveNotAllowed, BadRequest.
    """
    with open_docket(number, act) as docket:
        if docket.repeated:
            return docket.repeated
        case = docket.case
        cited = tuple(clauses) or tuple(dict.fromkeys(c for item in docket.items for c in against(item)))
        if unknown := [clause for clause in cited if clause not in CLAUSES]:
            raise BadRequest("clauses", f"{unknown[0]} is no clause of the policy")
        if not cited and not reason.strip():
            raise BadRequest("reason", "a refusal cites a clause or says why")
        came_in = case.state == State.INSPECTED
        docket.move(State.REFUSED, cited, reason)
        for item in docket.items:
            item.result = CaseItem.Result.REFUSED
        case.refund_starts_by = case.money_by = None
        if came_in:
            case.goods_back_by = dates.goods_back_by((i.decision for i in docket.items), act.at, case.timezone)
        told = message or ("" if cited else reason)
        announce(case, tellings.refused(case, docket.items, tuple(clauses), told), act)
        docket.told = True
        return docket.moved()


def withdraw(number: str, act: Act, *, reason: str = "") -> Moved:
    """The customer does not want it any more; told by an agent, it is confirmed. Raises as close."""
    with open_docket(number, act) as docket:
        if docket.repeated:
            return docket.repeated
        docket.move(State.WITHDRAWN, reason=reason)
        if act.by.kind == "agent":
            announce(docket.case, tellings.withdrawn(docket.case), act)
            docket.told = True
        return docket.moved()


def close(number: str, act: Act, *, reason: str = "") -> Moved:
    """Nothing is left to do. reason: needed where goods were awaited and never came. Says nothing to the customer.

    Raises CaseNotFound, MoveNotAllowed, BadRequest.
    """
    with open_docket(number, act) as docket:
        if docket.repeated:
            return docket.repeated
        if docket.case.state == State.GOODS_AWAITED and not reason.strip():
            raise BadRequest("reason", "say why a case ends whose goods have not come")
        docket.move(State.CLOSED, reason=reason)
        return docket.moved()


def reopen(number: str, act: Act, *, reason: str) -> Moved:
    """Under review once more, with new days for our answer; what was settled before stays written.

    Raises CaseNotFound, MoveNotAllowed, BadRequest.
    """
    with open_docket(number, act) as docket:
        if docket.repeated:
            return docket.repeated
        if not reason.strip():
            raise BadRequest("reason", "say why it is taken up again")
        case = docket.case
        if case.state == State.DRAFT:
            raise MoveNotAllowed(case.number, case.state, State.UNDER_REVIEW)
        docket.move(State.UNDER_REVIEW, reason=reason)
        case.review_by = dates.answer_by(act.at, case.timezone)
        case.send_by = case.refund_starts_by = case.money_by = case.goods_back_by = None
        for item in docket.items:
            item.result, item.granted = "", None
        announce(case, tellings.reopened(case), act)
        docket.told = True
        return docket.moved()


def _refuse_item(docket: Docket, position: int, why: str) -> None:
    item = next((item for item in docket.items if item.position == position), None)
    if item is None:
        raise BadRequest("without", f"the case has no item {position}")
    if not why.strip():
        raise BadRequest("without", f"item {position}: a refusal cites a clause or says why")
    item.result, item.granted = CaseItem.Result.REFUSED, {"refused_for": why}


def _go_on(docket: Docket, granted: list[CaseItem], reason: str, goods: bool | None) -> None:
    """Approved, and straight on to awaiting the goods where there are any to await."""
    case = docket.case
    decisions = [item.decision for item in granted]
    speaks_for = (r["clause"] for decision in decisions for r in decision["reasons"] if r["effect"] == "for")
    docket.move(State.APPROVED, tuple(dict.fromkeys(speaks_for)), reason)
    routes = {decision["route"] for decision in decisions}
    if routes & {"return", "exchange"} and goods is False:
        raise BadRequest("goods", "what is returned or exchanged has to come in")
    if docket.cancels and goods:
        raise BadRequest("goods", "a cancellation has no goods to send")
    if goods is not False and not docket.cancels:
        docket.move(State.GOODS_AWAITED)
        case.send_by = dates.send_by(decisions, docket.act.at, case.timezone)
