"""JSON Lines in: every key checked, bad lines reported, good ones kept."""

import json
from datetime import date, datetime, timedelta, timezone
from decimal import Decimal

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from policy.codes import COUNTRIES, CURRENCIES
from support.orders.models import Channel, Gift, Line, Order
from support.orders.order_file import BATCH, OrderFileError
from support.orders.services import find_proven
from tests.orders.samples import CONTRACT_ORDER, NOW, a_line, an_order, bring, bring_one

pytestmark = pytest.mark.django_db


def complaint(tmp_path, **changes):
    """What is said of the contract's order with these changes, which does not come in."""
    count, bad = bring(tmp_path, [an_order(**changes)])
    assert (count.orders, count.bad, Order.objects.count()) == (0, 1, 0)
    return bad[0]


def test_the_contracts_own_line_comes_in_whole(tmp_path):
    bring_one(tmp_path)
    order = Order.objects.get(number="SC10234")
    assert order.placed_at == datetime(2026, 10, 2, 1, 20, tzinfo=timezone.utc)
    assert order.email == "dana@example.com"
    known = find_proven("SC10234")
    assert (known.delivered, known.delivered_on) == (True, date(2026, 10, 6))
    assert known.gift_value == Decimal("10.00")
    assert known.lines[0].unit_price_paid == Decimal("79.90")


def test_a_date_is_the_one_on_the_wall_clock_where_it_was_written(tmp_path):
    bring_one(tmp_path, placed_at="2026-09-30T23:30:00-07:00", delivered_at="2026-10-06T00:10:00+09:00")
    known = find_proven("SC10234")
    assert (known.purchased_on, known.delivered_on) == (date(2026, 9, 30), date(2026, 10, 6))


@pytest.mark.parametrize(
    ("said", "delivered"),
    [({"delivered_at": None, "delivery_due_at": "2026-11-26T12:00:00Z"}, False),
     ({"delivered_at": None, "delivered": True}, True),
     ({"delivered_at": None, "delivered": True, "delivery_due_at": "2026-10-05T12:00:00Z"}, True),
     ({"delivered_at": None, "delivered": False}, False),
     ({"delivered_at": None}, None),
     ({}, True)],
)  # fmt: skip
def test_delivered_is_what_the_line_says_and_unknown_where_it_says_nothing(tmp_path, said, delivered):
    bring_one(tmp_path, **said)
    assert find_proven("SC10234").delivered is delivered


def test_the_example_of_a_bad_line_reads_as_promised(tmp_path):
    orders = [an_order(number=f"SC{n}") for n in range(101, 107)]
    orders.append(an_order(lines=[a_line(unit_price_paid="abc")]))
    count, bad = bring(tmp_path, [*orders, an_order(number="SC108")])
    assert bad == ['line 7, order SC10234: lines[0].unit_price_paid: got "abc", takes a money amount such as "79.90"']
    assert (count.orders, count.bad, Order.objects.count()) == (7, 1, 7)


@pytest.mark.parametrize(
    ("changes", "said"),
    [({"color": "pink"}, "color: unknown key"),
     ({"lines": [a_line(size=1)]}, "lines[0].size: unknown key"),
     ({"number": 10234}, "number: got 10234"),
     ({"number": "none"}, 'number: got "none"'),
     ({"email": "dana"}, 'email: got "dana"'),
     ({"channel": "ebay"}, "takes one of official_website, amazon_store"),
     ({"channel": ["official_website"]}, "channel: got a list of 1"),
     ({"country": "us"}, 'country: got "us"'),
     ({"country": "UK"}, 'country: got "UK"'),
     ({"currency": "usd"}, 'currency: got "usd"'),
     ({"currency": "XQQ"}, 'currency: got "XQQ"'),
     ({"placed_at": "2026-10-01"}, "an instant with its offset"),
     ({"placed_at": "2026-10-01T18:20:00"}, "an instant with its offset"),
     ({"placed_at": "2026-02-30T18:20:00Z"}, "an instant with its offset"),
     ({"placed_at": None}, "placed_at: got null"),
     ({"expedited_fee": 12}, "expedited_fee: got 12, takes a money amount"),
     ({"expedited_fee": "-1.00"}, "takes a money amount"),
     ({"expedited_fee": "1.001"}, "takes a money amount"),
     ({"expedited_fee": "1,00"}, "takes a money amount"),
     ({"fully_refunded": None}, "fully_refunded: got null, takes true or false"),
     ({"invoice_issued": "yes"}, "takes true or false, or null"),
     ({"lines": []}, "lines: got a list of 0"),
     ({"lines": {}}, "lines: got an object"),
     ({"lines": ["X3U"]}, 'lines[0]: got "X3U", takes an object'),
     ({"lines": [a_line(), a_line(quantity=0)]}, "lines[1].quantity: got 0, takes a whole number from 1"),
     ({"lines": [a_line(quantity=True)]}, "lines[0].quantity: got true"),
     ({"lines": [a_line(quantity=1.5)]}, "lines[0].quantity: got 1.5"),
     ({"lines": [a_line(serials=["A", None])]}, "lines[0].serials[1]: got null"),
     ({"lines": [a_line(replaced_on="1.10.2026")]}, 'lines[0].replaced_on: got "1.10.2026", takes a date'),
     ({"gifts": [{"name": "Case"}]}, "gifts[0].value: is missing"),
     ({"phone": "1\n2"}, "phone: got"),
     ({"postcode": "9\x0016"}, "postcode: got"),
     ({"postcode": "\ud800"}, "postcode: got"),
     ({"delivered": False}, "delivered: got false, takes true or nothing when delivered_at is set"),
     ({"delivered_at": "2026-09-30T11:02:00-07:00"}, "takes an instant not before placed_at"),
     ({"placed_at": "2026-11-24T08:00:00Z"}, "placed_at: got"),
     ({"delivered_at": "2026-11-24T08:00:00Z"}, "takes a date up to 2026-11-23"),
     ({"lines": [a_line(replaced_on="2026-11-24")]}, "lines[0].replaced_on: got")],
)  # fmt: skip
def test_a_bad_value_is_named_with_what_it_got_and_takes(tmp_path, changes, said):
    assert said in complaint(tmp_path, **changes)


@pytest.mark.parametrize("day", ["2026-11-22", "2026-11-23"])
def test_what_happened_today_anywhere_on_earth_has_happened(tmp_path, day):
    bring_one(tmp_path, delivered_at=f"{day}T01:00:00+14:00")


@pytest.mark.parametrize("key", ["number", "email", "postcode", "channel", "country", "currency", "placed_at", "lines"])
def test_a_missing_key_without_a_default_is_an_error(tmp_path, key):
    order = {name: value for name, value in CONTRACT_ORDER.items() if name != key}
    _, bad = bring(tmp_path, [order])
    assert bad == [f"line 1{'' if key == 'number' else ', order SC10234'}: {key}: is missing"]


def test_what_need_not_be_said_has_a_default_that_claims_nothing(tmp_path):
    needed = ("number", "email", "postcode", "channel", "country", "currency", "placed_at")
    line = {key: a_line()[key] for key in ("sku", "name", "quantity", "unit_price_paid")}
    bring(tmp_path, [{key: CONTRACT_ORDER[key] for key in needed} | {"lines": [line]}])
    known = find_proven("SC10234")
    assert (known.delivered, known.invoice_issued, known.fully_refunded, known.gifts) == (None, None, False, ())


def test_the_same_number_again_replaces_that_order(tmp_path):
    bring_one(tmp_path, lines=[a_line(), a_line(name="Flosser")])
    before = Order.objects.get().pk
    bring_one(tmp_path, number="#10234", gifts=[], email="new@example.com")
    order = Order.objects.get()
    assert (order.pk, order.email, order.printed_number) == (before, "new@example.com", "#10234")
    assert (Line.objects.count(), Gift.objects.count()) == (1, 0)


def test_of_one_number_twice_in_a_file_the_later_stays(tmp_path):
    count, bad = bring(tmp_path, [an_order(), an_order(number="sc 10234", postcode="10001")])
    assert (count.orders, bad, Order.objects.get().postcode) == (2, [], "10001")


def test_a_file_longer_than_a_batch_comes_in_whole(tmp_path):
    orders = [an_order(number=f"SC{100 + n}") for n in range(BATCH + 1)]
    assert bring(tmp_path, orders)[0].orders == BATCH + 1
    assert Line.objects.count() == BATCH + 1


@pytest.mark.parametrize(
    ("line", "said"),
    [(b"{", "is not JSON"),
     (b"[1, 2]", "takes an object"),
     (b"null", "takes an object"),
     (b'{"number": "SC1", "number": "SC2"}', 'key "number" is there twice'),
     (b'{"number": NaN}', "NaN is no value"),
     (b'{"number": -Infinity}', "-Infinity is no value"),
     (b'{"number": 1e999}', "number: got Infinity"),
     (b'{"number": ' + b"9" * 5000 + b"}", "a number of 5000 digits"),
     (b"[" * 100_000, "nested too deeply"),
     (b'{"lines": ' + b"[" * 900 + b"]" * 900 + b"}", "number: is missing"),
     (b'{"number": "\xff"}', "is not UTF-8 at byte"),
     (b'{"email": "' + b"x" * 1_000_000 + b'"}', "number: is missing"),
     (b'{"number": "' + b"x" * 3_000_000 + b'"}', "is longer than 1048576 bytes"),
     (b"\x00\x01\x02", "is not JSON")],
    ids=lambda value: str(value)[:30],
)  # fmt: skip
def test_a_hostile_line_is_reported_and_its_neighbours_kept(tmp_path, line, said):
    first, last = (json.dumps(an_order(number=number)).encode() for number in ("SC101", "SC103"))
    count, bad = bring(tmp_path, b"\n".join((first, line, last)))
    assert (count.orders, count.bad) == (2, 1)
    assert bad[0].startswith("line 2: ")
    assert said in bad[0]
    assert len(bad[0]) < 400


def test_a_byte_order_mark_crlf_and_empty_lines_are_passed_over(tmp_path):
    content = b"\xef\xbb\xbf" + json.dumps(an_order()).encode() + b"\r\n\r\n  \r\n" + b'{"number": "SC9"}\r\n'
    count, bad = bring(tmp_path, content)
    assert (count.orders, bad) == (1, ["line 4, order SC9: email: is missing"])


def test_an_empty_file_is_no_file_of_orders(tmp_path):
    with pytest.raises(OrderFileError, match="is empty"):
        bring(tmp_path, b"")


def test_a_utf16_file_is_named_as_such(tmp_path):
    with pytest.raises(OrderFileError, match="UTF-16"):
        bring(tmp_path, json.dumps(an_order()).encode("utf-16"))


prices = st.integers(0, 10**11 - 1).map(lambda cents: f"{cents // 100}.{cents % 100:02}")
words = st.text(st.characters(exclude_categories=("Cc", "Cs")), min_size=1, max_size=30).filter(
    lambda text: text == text.strip()
)
offsets = st.integers(-14 * 4, 14 * 4).map(lambda quarters: timezone(timedelta(minutes=15 * quarters)))
instants = st.builds(
    lambda when, zone: when.replace(microsecond=0, tzinfo=zone).isoformat(),
    st.datetimes(datetime(2001, 1, 1), datetime(2026, 11, 21)),
    offsets,
)
maybe = st.none() | words
written_lines = st.fixed_dictionaries({
    "sku": maybe, "name": words, "colour": maybe, "quantity": st.integers(1, 10_000), "unit_price_paid": prices,
    "free": st.booleans(), "serials": st.lists(words, max_size=3), "exchanges_made": st.integers(0, 9),
    "replaced_on": st.none() | st.dates(date(2001, 1, 1), date(2026, 11, 22)).map(str),
})  # fmt: skip
written_orders = st.fixed_dictionaries({
    "number": st.integers(100, 10**9 - 1).map("SC{}".format), "email": st.none() | st.just("Dana+x@Example.com"),
    "postcode": maybe, "phone": maybe, "channel": st.sampled_from(Channel.values),
    "country": st.none() | st.sampled_from(sorted(COUNTRIES)), "currency": st.sampled_from(sorted(CURRENCIES)),
    "placed_at": instants, "delivery_due_at": st.none() | instants, "delivered": st.none() | st.booleans(),
    "expedited_fee": prices, "invoice_issued": st.none() | st.booleans(), "payment": maybe,
    "fully_refunded": st.booleans(), "lines": st.lists(written_lines, min_size=1, max_size=3),
    "gifts": st.lists(st.fixed_dictionaries({"name": words, "value": prices}), max_size=3),
})  # fmt: skip


def written_out(number):
    """The stored order in the words of the import contract."""
    order = Order.objects.get(number=number)

    def at(instant, offset):
        return instant and instant.astimezone(timezone(timedelta(minutes=offset))).isoformat()

    own = ("number", "channel", "country", "currency", "invoice_issued", "fully_refunded", "delivered")
    return {name: getattr(order, name) for name in own} | {
        **{name: getattr(order, name) or None for name in ("email", "postcode", "phone", "payment")},
        "placed_at": at(order.placed_at, order.placed_offset_minutes),
        "delivered_at": at(order.delivered_at, order.delivered_offset_minutes),
        "delivery_due_at": order.delivery_due_at and order.delivery_due_at.isoformat(),
        "expedited_fee": str(order.expedited_fee),
        "lines": [
            {"sku": line.sku or None, "name": line.name, "colour": line.colour or None, "quantity": line.quantity,
             "unit_price_paid": str(line.unit_price_paid), "free": line.free, "serials": line.serials,
             "exchanges_made": line.exchanges_made, "replaced_on": line.replaced_on and str(line.replaced_on)}
            for line in order.lines.all()
        ],
        "gifts": [{"name": gift.name, "value": str(gift.value)} for gift in order.gifts.all()],
    }  # fmt: skip


def seen_from_utc(order):
    due = order["delivery_due_at"]
    return order | {"delivery_due_at": due and datetime.fromisoformat(due).astimezone(timezone.utc).isoformat()}


@given(written_orders, st.integers(0, 90))
@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_an_order_written_out_and_brought_in_again_is_the_same(tmp_path, order, days):
    placed = datetime.fromisoformat(order["placed_at"])
    arrived = min(placed + timedelta(days=days), NOW).astimezone(placed.tzinfo).isoformat()
    delivered = order["delivered"]
    if delivered is None:
        delivered = False if order["delivery_due_at"] else None
    order |= {"delivered": delivered, "delivered_at": arrived if delivered else None}
    _, bad = bring(tmp_path, [order])
    assert bad == []
    written = written_out(order["number"])
    assert written == seen_from_utc(order)
    bring(tmp_path, [written])
    assert written_out(order["number"]) == written
