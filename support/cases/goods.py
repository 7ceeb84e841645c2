"""The goods: awaited, received, inspected, and the decision made again from what was found."""

from collections.abc import Mapping

from policy import Finding, facts_found
from support.cases import dates, tellings
from support.cases.correcting import decide_again
from support.cases.docket import Docket, Moved, open_docket
from support.cases.grants import BadRequest
from support.cases.life import Act, State
from support.cases.models import CaseItem
from support.cases.notices import announce


def await_goods(number: str, act: Act, *, reason: str = "", message: str = "") -> Moved:
    """An approved claim that needed no goods has to be sent in after all. Raises CaseNotFound, MoveNotAllowed."""
    with open_docket(number, act) as docket:
        if docket.repeated:
            return docket.repeated
        case = docket.case
        docket.move(State.GOODS_AWAITED, reason=reason)
        case.send_by = dates.send_by((item.decision for item in docket.items), act.at, case.timezone)
        announce(case, tellings.approved(case, docket.items, message), act)
        docket.told = True
        return docket.moved()


def receive(number: str, act: Act, *, reason: str = "") -> Moved:
    """The parcel is here: the customer is told. Raises CaseNotFound, MoveNotAllowed."""
    with open_docket(number, act) as docket:
        if docket.repeated:
            return docket.repeated
        docket.move(State.RECEIVED, reason=reason)
        announce(docket.case, tellings.received(docket.case), act)
        docket.told = True
        return docket.moved()


def inspect(number: str, act: Act, findings: Mapping[int, Finding], *, reason: str = "") -> Moved:
    """What the warehouse found, item by item: each is decided again (R.failed, W.freight.3).

    findings: by position, one for each item that was not refused before. reason: the note of who looked. If everything
    passed, the customer is told and the days for the refund begin (R.process.5); otherwise `refuse` or `settle` tells.
    Looking again replaces the last finding; both are kept. Raises CaseNotFound, MoveNotAllowed, BadRequest, BadFacts.
    """
    with open_docket(number, act) as docket:
        if docket.repeated:
            return docket.repeated
        looked_at = _sent_in(docket)
        if {item.position for item in looked_at} != set(findings):
            raise BadRequest("findings", f"there are items {', '.join(str(item.position) for item in looked_at)}")
        docket.move(State.INSPECTED, reason=reason)
        for item in looked_at:
            _found(item, findings[item.position], act, reason)
        _tell_if_passed(docket, looked_at)
        return docket.moved()


def ask_goods_back(number: str, act: Act) -> bool:
    """The customer wants goods that failed the inspection back (R.failed); False: it is too late, or nothing is here.

    Asked again, the first time counts. Raises CaseNotFound.
    """
    with open_docket(number, act) as docket:
        case = docket.case
        if case.goods_back_by is None or act.at >= dates.end_of(case.goods_back_by, case.timezone):
            return False
        case.goods_back_asked_at = case.goods_back_asked_at or act.at
        return True


def passed(item: CaseItem) -> bool:
    """Nothing that was found speaks against what was promised."""
    outcome, promised = item.decision["outcome"], item.granted is not None
    return outcome == "eligible" or (outcome == "needs_review" and promised)


def _sent_in(docket: Docket) -> list[CaseItem]:
    return [item for item in docket.items if item.result != CaseItem.Result.REFUSED]


def _found(item: CaseItem, finding: Finding, act: Act, reason: str) -> None:
    found = {fact: {"value": value, "source": "agent"} for fact, value in facts_found(finding).items()}
    decide_again(item, {**item.facts, **found}, finding, act, reason)


def _tell_if_passed(docket: Docket, looked_at: list[CaseItem]) -> None:
    case, act = docket.case, docket.act
    case.refund_starts_by = case.money_by = None
    if not all(passed(item) for item in looked_at):
        return
    decisions = [item.decision for item in looked_at]
    case.refund_starts_by = dates.refund_starts_by(decisions, act.at, case.timezone)
    if case.refund_starts_by:
        case.money_by = dates.money_by(decisions, case.refund_starts_by)
    announce(case, tellings.passed(case, looked_at), act)
    docket.told = True
