"""What our own cases have done to an order since the shop last told us of it."""

from collections import Counter
from dataclasses import replace
from datetime import date

from support.cases.life import SETTLED
from support.cases.models import Case, CaseItem
from support.cases.opening import pieces_of
from support.conversations.dates import customer_date
from support.orders.services import ShopLine, ShopOrder

Result = CaseItem.Result


def as_settled(order: ShopOrder) -> ShopOrder:
    """The order with what cases have refunded, replaced and exchanged (R.refund, R.exchange.once, W.after-replacement).

    A line counts as exchanged or replaced once all its pieces were, the order as fully refunded once all lines were.
    Where the shop knows of more already, that stands. Each line knows how many of its pieces a case has.
    """
    cases = Case.objects.filter(order_number=order.number).prefetch_related("items")
    in_cases = sum((pieces_of(case) for case in cases), Counter())
    pieces: dict[str, Counter[int]] = {result: Counter() for result in Result.values}
    replaced_on: dict[int, date] = {}
    for item in _settled_items(order.number):
        for line, quantity in item.lines:
            pieces[item.result][line] += quantity
            if item.result == Result.REPLACEMENT:
                replaced_on[line] = _day(item)
    lines = tuple(_line(line, pieces, replaced_on, in_cases[line.id]) for line in order.lines)
    refunded = all(pieces[Result.REFUND][line.id] >= line.quantity for line in order.lines)
    return replace(order, lines=lines, fully_refunded=order.fully_refunded or (refunded and bool(order.lines)))


def _settled_items(order_number: str) -> list[CaseItem]:
    results = (Result.REFUND, Result.REPLACEMENT, Result.EXCHANGE)
    found = CaseItem.objects.filter(case__order_number=order_number, result__in=results)
    return list(found.select_related("case").prefetch_related("case__moves").order_by("case__opened_at"))


def _line(line: ShopLine, pieces: dict[str, Counter[int]], replaced_on: dict[int, date], in_cases: int) -> ShopLine:
    exchanges = pieces[Result.EXCHANGE][line.id] // line.quantity
    replaced = line.replaced_on
    if pieces[Result.REPLACEMENT][line.id] >= line.quantity:
        replaced = max(replaced or date.min, replaced_on[line.id])
    made = max(line.exchanges_made, exchanges)
    return replace(line, exchanges_made=made, replaced_on=replaced, in_cases=in_cases)


def _day(item: CaseItem) -> date:
    """The day it was settled, on the customer's calendar."""
    moves = [move for move in item.case.moves.all() if move.state in SETTLED]
    return customer_date(moves[-1].at, item.case.timezone)
