"""What was settled counts for the next request about the same order, before the shop says so itself."""

from datetime import date
from decimal import Decimal

from shelf import CANCEL_IN_TIME, EXCHANGE, RETURN, WARRANTY, act, opened

from policy import Finding
from support.cases.services import approve, as_settled, inspect, open_case_about, receive, refuse, settle
from support.orders.services import ShopLine, ShopOrder


def an_order(quantity: int = 1, lines: int = 1) -> ShopOrder:
    return ShopOrder(
        number="SC10234",
        channel="official_website",
        country="US",
        currency="USD",
        purchased_on=date(2026, 11, 1),
        delivered=True,
        delivered_on=date(2026, 11, 10),
        delivery_due_at=None,
        expedited_fee=Decimal("0"),
        invoice_issued=None,
        fully_refunded=False,
        gifts=(),
        lines=tuple(
            ShopLine(place, "X", "Brush", "pink", quantity, Decimal("79.90"), False, (), 0, None)
            for place in range(lines)
        ),
    )


def settled(claim, **how):
    case = opened(claim)
    approve(case.number, act(), **how)
    if claim in (RETURN, EXCHANGE):
        receive(case.number, act())
        inspect(case.number, act(), {0: Finding()})
    settle(case.number, act())
    return case


def test_an_order_without_cases_is_as_the_shop_has_it():
    assert as_settled(an_order()) == an_order()


def test_an_exchange_counts_for_the_next_one():
    settled(EXCHANGE)
    assert as_settled(an_order()).lines[0].exchanges_made == 1
    assert as_settled(an_order(quantity=2)).lines[0].exchanges_made == 0


def test_a_replacement_carries_its_day():
    settled(WARRANTY, goods=False)
    assert as_settled(an_order()).lines[0].replaced_on == date(2026, 11, 23)
    assert as_settled(an_order(quantity=2)).lines[0].replaced_on is None


def test_an_order_of_which_everything_was_refunded_is_fully_refunded():
    settled(RETURN)
    assert as_settled(an_order()).fully_refunded
    assert not as_settled(an_order(lines=2)).fully_refunded


def test_a_cancelled_order_is_not_cancelled_twice():
    settled(CANCEL_IN_TIME)
    assert as_settled(an_order()).fully_refunded


def test_what_was_refused_leaves_everything_as_it_was():
    refuse(opened(RETURN).number, act(), reason="no")
    assert as_settled(an_order()) == an_order()


def test_what_is_open_or_refunded_is_not_asked_for_again():
    case = opened(RETURN)
    assert open_case_about("SC10234", [[0, 1]], {0: 1}).number == case.number
    assert open_case_about("SC10234", [[0, 1]], {0: 2}) is None
    refuse(case.number, act(), reason="no")
    assert open_case_about("SC10234", [[0, 1]], {0: 1}) is None
    paid = settled(RETURN)
    assert open_case_about("SC10234", [[0, 1]], {0: 1}).number == paid.number
    settled(WARRANTY, goods=False)
    assert open_case_about("SC10234", [[1, 1]], {0: 1, 1: 1}) is None
