"""What each step of a case has to say to the customer: which sentences, and the clauses behind them."""

from collections.abc import Sequence

from django.conf import settings

from policy import CLAUSES
from support.cases.grants import currency_of
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
    clauses: list[str] = []
    if case.state == State.GOODS_AWAITED:
        pieces.append(_how_to_send(case, kept, clauses))
    pieces += [_what_comes(item, case, clauses) for item in kept]
    return Telling("approved", (*pieces, *_left_out(items), message), tuple(clauses))


def refused(case: Case, items: Items, clauses: tuple[str, ...], told: str) -> Telling:
    """No, and why; after an inspection also how to get the goods back (R.failed)."""
    pieces, cited = [text("case_refused", number=case.number)], []
    for item in items:
        speaks_against = [r["clause"] for r in item.decision["reasons"] if r["effect"] == "against"]
        for clause in clauses or speaks_against[:1]:
            cited.append(clause)
            pieces.append(why_not(clause, item))
    pieces += [told, *_goods_back(case, items, cited), text("case_refused_end")]
    return Telling("refused", tuple(dict.fromkeys(pieces)), tuple(cited))


def received(case: Case) -> Telling:
    return Telling("received", (text("case_received", number=case.number),))


def passed(case: Case, items: Items) -> Telling:
    """The goods are fine, and what follows by when (R.process.5)."""
    pieces, clauses = [text("case_passed", number=case.number)], ["R.process.5"]
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
    for item in items:
        if item.result == Result.REFUND:
            clauses += ["R.process.4", "R.process.6"]
            pieces.append(_refund_started(case, item))
        elif item.result == Result.REPLACEMENT:
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
        clauses.append("W.need.inspection")
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
    return " ".join(sentences)


def _what_comes(item: CaseItem, case: Case, clauses: list[str]) -> str:
    granted, decision = item.granted or {}, item.decision
    goods = "" if case.state == State.GOODS_AWAITED else "_now"
    if granted.get("remedy") != "refund":
        clauses.append("W.remedy" if granted.get("remedy") == "replacement" else "R.exchange.same")
        return text(f"part_case_{granted.get('remedy')}_comes{goods}", item=_name(item))
    amount = _amount(item)
    if decision["route"] == "cancel":
        return text("part_case_cancel_refund", amount=amount)
    days = decision["deadlines"].get("refund_starts_within_working_days")
    clauses += ["R.process.5", "R.process.6"] if days else ["W.remedy"]
    return text("part_case_refund_comes" + ("_in_days" if days and not goods else goods), amount=amount, days=days)


def _refund_started(case: Case, item: CaseItem) -> str:
    if case.money_by:
        return text("part_case_refunded_card", amount=_amount(item), day=day(case.money_by))
    return text("part_case_refunded", amount=_amount(item))


def _left_out(items: Items) -> list[str]:
    refused = [item for item in items if item.result == Result.REFUSED]
    return [text("part_case_left_out", item=_name(item), why=_why_left_out(item)) for item in refused]


def _why_left_out(item: CaseItem) -> str:
    why = str((item.granted or {}).get("refused_for", ""))
    return why_not(why, item) if why in CLAUSES else why


def _first_reason(item: CaseItem) -> str:
    against = [r["clause"] for r in item.decision["reasons"] if r["effect"] == "against"]
    return why_not(against[0], item) if against else ""


def _goods_back(case: Case, items: Items, clauses: list[str]) -> list[str]:
    if case.goods_back_by:
        clauses.append("R.failed")
        return [text("part_case_goods_back", day=day(case.goods_back_by))]
    if any("W.freight.3" in item.decision["freight"]["clauses"] for item in items):
        clauses.append("W.freight.3")
        return [text("part_case_works_freight")]
    return []


def _amount(item: CaseItem) -> str:
    amount = (item.granted or {}).get("amount")
    return money(amount, currency_of(item)) if amount is not None else text("part_case_the_price")


def _name(item: CaseItem) -> str:
    return item.name or text("part_item")
