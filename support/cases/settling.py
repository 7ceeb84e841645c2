"""The end that the customer waits for: money, a new one, or the exchange."""

from collections.abc import Mapping
from decimal import Decimal, InvalidOperation

from support.cases import dates, tellings
from support.cases.docket import Docket, Moved, open_docket
from support.cases.goods import passed
from support.cases.grants import BadRequest, amount_of, remedy_of
from support.cases.life import Act, State
from support.cases.models import CaseItem
from support.cases.notices import announce
from support.conversations.dates import customer_date

Result = CaseItem.Result
STATES = {Result.REFUND: State.REFUNDED, Result.REPLACEMENT: State.REPLACED, Result.EXCHANGE: State.EXCHANGED}


def settle(
    number: str,
    act: Act,
    *,
    remedies: Mapping[int, str] | None = None,
    amounts: Mapping[int, str | Decimal] | None = None,
    reason: str = "",
    message: str = "",
) -> Moved:
    """The refund is started, the replacement or the exchange is sent: the customer is told what and by when.

    remedies, amounts: by position, where it is not what was promised. An item that failed the inspection is refused,
    unless remedies names it; that and another amount need a reason. The case is refunded if anything of it was, else
    replaced, else exchanged. Raises CaseNotFound, MoveNotAllowed, BadRequest (nothing is left to settle: refuse it).
    """
    with open_docket(number, act) as docket:
        if docket.repeated:
            return docket.repeated
        for item in docket.items:
            _settle_item(item, remedies or {}, amounts or {}, reason)
        results = {item.result for item in docket.items}
        state = next((state for result, state in STATES.items() if result in results), None)
        if state is None:
            raise BadRequest("remedies", "nothing passed the inspection: refuse the case instead")
        docket.move(state, reason=reason)
        _count_dates(docket)
        announce(docket.case, tellings.settled(docket.case, docket.items, message), act)
        docket.told = True
        return docket.moved()


def _settle_item(
    item: CaseItem, remedies: Mapping[int, str], amounts: Mapping[int, str | Decimal], reason: str
) -> None:
    if item.result == Result.REFUSED:
        return
    wanted = remedies.get(item.position)
    open_still = item.finding is not None and not passed(item)
    if open_still and wanted is None and item.decision["outcome"] == "not_eligible":
        item.result, item.granted = Result.REFUSED, None
        return
    if open_still and (wanted is None or not reason.strip()):
        field = "reason" if wanted else "remedies"
        raise BadRequest(field, f"item {item.position} did not pass: say what it gets all the same, and why")
    promised = item.granted or {}
    item.result = remedy_of(item, wanted or promised.get("remedy"))
    amount = None
    if item.result == Result.REFUND:
        amount = _amount(item, amounts.get(item.position), reason)
    item.granted = {**promised, "remedy": item.result, "amount": amount}


def _amount(item: CaseItem, given: str | Decimal | None, reason: str) -> str | None:
    usual = amount_of(item)
    if given is None:
        return usual
    try:
        amount = Decimal(given)
    except InvalidOperation:
        raise BadRequest("amounts", f"item {item.position}: {given!r} is no amount") from None
    if not amount.is_finite() or amount < 0 or amount != round(amount, 2):
        raise BadRequest("amounts", f"item {item.position}: {given!r} is no amount")
    if (usual is None or amount != Decimal(usual)) and not reason.strip():
        raise BadRequest("reason", f"item {item.position}: the policy says {usual}, say why it is {amount}")
    return f"{amount:.2f}"


def _count_dates(docket: Docket) -> None:
    case, now = docket.case, docket.act.at
    today = customer_date(now, case.timezone)
    decisions = [item.decision for item in docket.items]
    if any(item.result == Result.REFUND for item in docket.items):
        case.money_by = dates.money_by(decisions, today)
    replaced = [item for item in docket.items if item.result == Result.REPLACEMENT]
    ends = [dates.warranty_after_replacement(item.facts, today) for item in replaced]
    case.warranty_until = min((end for end in ends if end), default=case.warranty_until)
    failed = [item.decision for item in docket.items if item.result == Result.REFUSED and item.finding is not None]
    case.goods_back_by = dates.goods_back_by(failed, now, case.timezone)
