"""What the assistant may know of an order, and the facts in it."""

import json
from dataclasses import replace
from datetime import date, datetime, timezone
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from policy import parse_facts
from support.orders.services import ShopGift, ShopLine, ShopOrder
from tests.orders.samples import NOW

BRUSH = ShopLine(0, "X3U-PNK", "X3U Sonic Toothbrush", "pink", 2, Decimal("79.90"), False, ("A1", "A2"), 0, None)
HEADS = ShopLine(1, "H2", "Brush heads", "", 1, Decimal("0.00"), True, (), 1, date(2026, 5, 1))
ORDER = ShopOrder(
    number="SC10234",
    channel="official_website",
    country="US",
    currency="USD",
    purchased_on=date(2026, 10, 1),
    delivered=True,
    delivered_on=date(2026, 10, 6),
    delivery_due_at=None,
    expedited_fee=Decimal("12.00"),
    invoice_issued=True,
    fully_refunded=False,
    gifts=(ShopGift("Travel case", Decimal("10.00")), ShopGift("Sticker", Decimal("0.50"))),
    lines=(BRUSH, HEADS),
)
UNDELIVERED = replace(ORDER, delivered=False, delivered_on=None)

cents = st.integers(0, 10**11 - 1).map(lambda number: Decimal(number).scaleb(-2))
days = st.dates(date(2000, 1, 1), date(2100, 1, 1))
words = st.text(max_size=20)
lines = st.builds(
    ShopLine, st.integers(0, 9), words, words, words, st.integers(1, 99), cents, st.booleans(),
    st.lists(words, max_size=3).map(tuple), st.integers(0, 3), st.none() | days,
)  # fmt: skip
orders = st.builds(
    ShopOrder, words, words, st.none() | words, words, days, st.none() | st.booleans(), st.none() | days,
    st.none() | st.datetimes(timezones=st.just(timezone.utc)), cents, st.none() | st.booleans(), st.booleans(),
    st.lists(st.builds(ShopGift, words, cents), max_size=3).map(tuple), st.lists(lines, max_size=3).map(tuple),
)  # fmt: skip


@given(orders)
def test_an_order_survives_its_way_through_a_slot(order):
    assert ShopOrder.from_json(json.loads(json.dumps(order.as_json()))) == order


def test_what_travels_holds_only_what_one_needs_to_choose_an_item():
    assert set(ORDER.as_json()) == {
        "number", "channel", "country", "currency", "purchased_on", "delivered", "delivered_on", "delivery_due_at",
        "expedited_fee", "invoice_issued", "fully_refunded", "gifts", "lines",
    }  # fmt: skip


def test_the_facts_of_a_delivered_order():
    assert ORDER.facts() == {
        "order.channel": "official_website",
        "order.country": "US",
        "order.purchased_on": "2026-10-01",
        "order.delivered": True,
        "order.delivered_on": "2026-10-06",
        "order.currency": "USD",
        "order.expedited_fee": "12.00",
        "order.gift_value": "10.50",
        "order.fully_refunded": False,
        "order.invoice_issued": True,
    }


def test_delivered_without_a_date_leaves_the_date_unknown():
    facts = replace(ORDER, delivered_on=None).facts()
    assert facts["order.delivered"] is True
    assert "order.delivered_on" not in facts


def test_undelivered_with_an_estimate_says_when():
    facts = replace(UNDELIVERED, delivery_due_at=datetime(2026, 11, 26, 20, tzinfo=timezone.utc)).facts()
    assert facts["order.delivery_due_at"] == "2026-11-26T20:00:00+00:00"


def test_undelivered_without_an_estimate_says_none():
    assert UNDELIVERED.facts()["order.delivery_due_at"] == "none"


def test_a_delivery_nobody_knows_of_is_no_fact_at_all():
    facts = replace(ORDER, delivered=None, delivered_on=None, country=None, invoice_issued=None).facts()
    unknown = {"order.delivered", "order.delivered_on", "order.delivery_due_at", "order.country"}
    assert not facts.keys() & (unknown | {"order.invoice_issued"})


@pytest.mark.parametrize("order", [ORDER, UNDELIVERED, replace(ORDER, delivered=None, delivered_on=None)])
def test_the_policy_takes_the_facts_as_they_are(order):
    parse_facts({"now": NOW.isoformat(), "request": "return"} | order.facts() | order.line_facts([0]))


def test_the_facts_of_a_line():
    assert ORDER.line_facts([0]) == {
        "order.price_paid": "159.80",
        "order.free_product": False,
        "order.exchanges_made": 0,
        "order.replaced_on": "none",
    }
    assert ORDER.line_facts([1])["order.replaced_on"] == "2026-05-01"


def test_one_piece_of_two_has_its_own_price():
    assert ORDER.line_facts([0], pieces={0: 1})["order.price_paid"] == "79.90"


def test_several_lines_add_up_and_promise_the_least():
    assert ORDER.line_facts([0, 1, 1]) == {
        "order.price_paid": "159.80",
        "order.free_product": True,
        "order.exchanges_made": 1,
        "order.replaced_on": "none",
    }


@pytest.mark.parametrize(("chosen", "pieces"), [([], None), ([2], None), ([-1], None), ([0], {0: 3}), ([0], {0: 0})])
def test_what_is_not_in_the_order_has_no_facts(chosen, pieces):
    with pytest.raises(ValueError, match=r"SC10234|pieces"):
        ORDER.line_facts(chosen, pieces)
