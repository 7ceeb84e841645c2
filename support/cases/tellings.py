"""What each step of a case has to say to the customer: which sentences, and the clauses behind them."""

from collections.abc import Sequence
from decimal import Decimal

from django.conf import settings

from policy import CLAUSES
from support.cases.dates import limit
from support.cases.grants import against, currency_of
from support.cases.life import State
from support.cases.models import Case, CaseItem
from support.cases.notices import REMINDER_TO_SEND, Telling
from support.cases.wording import day, listed, money, text, why_not

Result = CaseItem.Result
Items = Sequence[CaseItem]


def approved(case: Case, items: Items, message: str) -> Telling:
    """Yes, and what the customer does now, and what follows."""
    kept = [item for item in items if item.result != Result.REFUSED]
    cancels = kept[0].decision["route"] == "cancel"
    pieces = [text("case_approved_cancel" if cancels else "case_approved", number=case.number)]
    clauses = ["R.cancel.by-customer"] if cancels else []
    if case.state == State.GOODS_AWAITED:
        pieces.append(_how_to_send(case, kept, clauses))
    refunds = [item for item in kept if (item.granted or {}).get("remedy") == "refund"]
    pieces += [_refund_comes(case, refunds, clauses)] if refunds else []
    pieces += [_goods_come(case, item, clauses) for item in kept if item not in refunds]
    return Telling("approved", (*pieces, *_left_out(items), message), tuple(clauses))


def refused(case: Case, items: Items, clauses: tuple[str, ...], told: str) -> Telling:
    """No, and why; after an inspection also how to get the goods back (R.failed)."""
    looked_at = any(item.finding for item in items)
    pieces, cited = [text("case_failed" if looked_at else "case_refused", number=case.number)], []
    for item in items:
        speaks_against = [] if _works(item) else against(item)
        for clause in clauses or speaks_against[:1]:
            cited.append(clause)
            pieces.append(why_not(clause, item))
    pieces += [told, *_goods_back(case, items, cited), text("case_refused_end")]
    return Telling("refused", tuple(dict.fromkeys(pieces)), tuple(cited))


def received(case: Case) -> Telling:
    return Telling("received", (text("case_received", number=case.number),))


def passed(case: Case, items: Items) -> Telling:
    """The goods are fine, and what follows by when (R.process.5)."""
    claimed = all(item.decision["route"] == "warranty" for item in items)
    pieces = [text("case_seen" if claimed else "case_passed", number=case.number)]
    clauses = ["R.process.5"]
    if case.refund_starts_by:
        pieces.append(text("part_case_refund_starts", day=day(case.refund_starts_by)))
    elif any(item.decision["route"] == "exchange" for item in items):
        pieces.append(text("part_case_exchange_next"))
    else:
        clauses = ["W.remedy"]
        pieces.append(text("part_case_remedy_next"))
    if any(item.finding and item.finding["fault_found"] is False for item in items):
        pieces.append(text("part_case_found_working"))
        clauses += [clause for item in items for clause in item.decision["freight"]["clauses"]]
    return Telling("passed", tuple(pieces), tuple(clauses))


def settled(case: Case, items: Items, message: str) -> Telling:
    """The money is on its way, or the goods are."""
    pieces, clauses = [text("case_settled", number=case.number)], []
    refunds = [item for item in items if item.result == Result.REFUND]
    if refunds:
        clauses += ["R.process.4", "R.process.6"]
        pieces.append(_refund_started(case, refunds))
    for item in items:
        if item.result == Result.REPLACEMENT:
            clauses += ["W.remedy", "W.after-replacement"]
            until = day(case.warranty_until) if case.warranty_until else ""
            pieces.append(text("part_case_replaced" + ("" if until else "_no_date"), item=_name(item), day=until))
        elif item.result == Result.EXCHANGE:
            clauses.append("R.exchange.once")
            pieces.append(text("part_case_exchanged", item=_name(item)))
    failed = [item for item in items if item.result == Result.REFUSED and item.finding]
    pieces += [text("part_case_left_out", item=_name(item), why=_first_reason(item)) for item in failed]
    pieces += _goods_back(case, failed, clauses)
    return Telling(case.state, (*pieces, message), tuple(clauses))


def withdrawn(case: Case) -> Telling:
    return Telling("withdrawn", (text("case_withdrawn", number=case.number),))


def reopened(case: Case) -> Telling:
    return Telling("reopened", (text("case_reopened", number=case.number, day=day(case.review_by)),), ("R.process.2",))


def reminder_to_send(case: Case) -> Telling:
    """The parcel is due soon (R.process.3)."""
    told = text("case_reminder_send", number=case.number, day=day(case.send_by or ""))
    return Telling(REMINDER_TO_SEND, (told,), ("R.process.3",))


def _how_to_send(case: Case, items: list[CaseItem], clauses: list[str]) -> str:
    names = listed([_name(item) for item in items])
    if case.send_by:
        clauses += ["R.process.3", "R.pack"]
        sentences = [text("part_case_send_by", items=names, day=day(case.send_by))]
    else:
        clauses += ["W.need.inspection", "W.freight.3"]
        sentences = [text("part_case_send_in", items=names)]
    if settings.RETURN_ADDRESS:
        sentences.append(text("part_case_address", address=settings.RETURN_ADDRESS))
    if len(items) > 1:
        clauses.append("R.one-parcel")
        sentences.append(text("part_case_one_parcel"))
    payers = {(item.granted or {}).get("freight", {}).get("return") for item in items}
    if len(payers) == 1 and (payer := payers.pop()):
        clauses += [clause for item in items for clause in item.decision["freight"]["clauses"]]
        sentences.append(text(f"part_case_freight_{payer}"))
        if payer == "soocas" and not case.send_by:
            sentences.append(text("part_case_if_it_works"))
    return " ".join(sentences)


def _refund_comes(case: Case, refunds: list[CaseItem], clauses: list[str]) -> str:
    amount = _amount(refunds)
    if refunds[0].decision["route"] == "cancel":
        return text("part_case_cancel_refund", amount=amount)
    if case.state != State.GOODS_AWAITED:
        clauses.append("W.remedy")
        return text("part_case_refund_comes_now", amount=amount)
    days = [limit(item.decision, "refund_starts_within_working_days") for item in refunds]
    if None in days:
        clauses.append("W.remedy")
        return text("part_case_refund_comes", amount=amount)
    clauses += ["R.process.5", "R.process.6"]
    return text("part_case_refund_comes_in_days", amount=amount, days=min(days))


def _goods_come(case: Case, item: CaseItem, clauses: list[str]) -> str:
    remedy, now = (item.granted or {}).get("remedy"), "" if case.state == State.GOODS_AWAITED else "_now"
    clauses.append("W.remedy" if remedy == "replacement" else "R.exchange.same")
    return text(f"part_case_{remedy}_comes{now}", item=_name(item))


def _refund_started(case: Case, refunds: list[CaseItem]) -> str:
    if case.money_by:
        return text("part_case_refunded_card", amount=_amount(refunds), day=day(case.money_by))
    return text("part_case_refunded", amount=_amount(refunds))


def _left_out(items: Items) -> list[str]:
    refused = [item for item in items if item.result == Result.REFUSED]
    return [text("part_case_left_out", item=_name(item), why=_why_left_out(item)) for item in refused]


def _why_left_out(item: CaseItem) -> str:
    why = str((item.granted or {}).get("refused_for", ""))
    return why_not(why, item) if why in CLAUSES else why


def _first_reason(item: CaseItem) -> str:
    speaks_against = against(item)
    return why_not(speaks_against[0], item) if speaks_against else ""


def _goods_back(case: Case, items: Items, clauses: list[str]) -> list[str]:
    if case.goods_back_by:
        clauses.append("R.failed")
        return [text("part_case_goods_back", day=day(case.goods_back_by))]
    working = [item for item in items if _works(item)]
    if working:
        clauses += ["W.cover", "W.freight.3"]
        return [text("part_case_works_freight", item=listed([_name(item) for item in working]))]
    return []


def _works(item: CaseItem) -> bool:
    """Found working, so that a warranty claim ends (W.freight.3)."""
    return "W.freight.3" in item.decision["freight"]["clauses"]


def _amount(items: list[CaseItem]) -> str:
    amounts = [(item.granted or {}).get("amount") for item in items]
    if None in amounts:
        return text("part_case_the_price")
    return money(sum(Decimal(amount) for amount in amounts), currency_of(items[0]))


def _name(item: CaseItem) -> str:
    return item.name or text("part_item")
