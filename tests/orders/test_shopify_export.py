"""Shopify's own order export: read by its column names, and nothing invented."""

import csv
import io
from datetime import date
from decimal import Decimal

import pytest

from support.orders.models import Order
from support.orders.order_file import OrderFileError
from support.orders.services import find_proven, prove_order
from tests.orders.samples import NOW, bring

pytestmark = pytest.mark.django_db

# The header as Shopify writes it today; the values are invented.
COLUMNS = (
    "Name,Email,Financial Status,Paid at,Fulfillment Status,Fulfilled at,Accepts Marketing,Currency,Subtotal,Shipping,"
    "Taxes,Total,Discount Code,Discount Amount,Shipping Method,Created at,Lineitem quantity,Lineitem name,"
    "Lineitem price,Lineitem compare at price,Lineitem sku,Lineitem requires shipping,Lineitem taxable,"
    "Lineitem fulfillment status,Billing Name,Billing Street,Billing Zip,Billing Country,Shipping Name,Shipping Street,"
    "Shipping Zip,Shipping Country,Shipping Phone,Notes,Cancelled at,Payment Method,Refunded Amount,Vendor,Id,Tags,"
    "Source,Lineitem discount,Phone"
)
HEADER = COLUMNS.split(",")
BRUSH = {"Lineitem quantity": "1", "Lineitem name": "X3U Sonic Toothbrush - Pink", "Lineitem price": "79.90",
         "Lineitem sku": "X3U-PNK", "Lineitem discount": "0.00"}  # fmt: skip
FLOSSER = {"Lineitem quantity": "2", "Lineitem name": "W3 Water Flosser", "Lineitem price": "49.90"}
DANA = {"Email": "dana@example.com", "Financial Status": "paid", "Fulfillment Status": "fulfilled",
        "Fulfilled at": "2026-10-03 09:00:00 -0700", "Currency": "USD", "Subtotal": "79.90", "Shipping": "12.00",
        "Taxes": "0.00", "Total": "91.90", "Discount Amount": "0.00", "Created at": "2026-10-01 23:20:00 -0700",
        "Shipping Zip": "'02108", "Shipping Country": "US", "Payment Method": "Shopify Payments",
        "Refunded Amount": "0.00", "Source": "web"}  # fmt: skip


def export(*rows, header=HEADER):
    """The text of an export with these rows; a row has the name #10234 unless it says another."""
    out = io.StringIO()
    writer = csv.DictWriter(out, header, restval="", extrasaction="ignore", lineterminator="\r\n")
    writer.writeheader()
    writer.writerows([{"Name": "#10234"} | row for row in rows])
    return out.getvalue()


def read_one(tmp_path, *rows):
    """The order that these rows bring."""
    count, bad = bring(tmp_path, export(*rows))
    assert (count.orders, bad) == (1, [])
    return find_proven("SC10234")


def test_an_order_of_one_row_comes_in(tmp_path):
    order = read_one(tmp_path, DANA | BRUSH)
    assert (order.channel, order.country, order.currency) == ("official_website", "US", "USD")
    assert order.purchased_on == date(2026, 10, 1)
    assert order.expedited_fee == Decimal("12.00")
    assert (order.lines[0].sku, order.lines[0].unit_price_paid) == ("X3U-PNK", Decimal("79.90"))
    assert order.lines[0].name == "X3U Sonic Toothbrush - Pink"


@pytest.mark.parametrize("proof", ["dana@example.com", "02108"])
def test_it_is_proven_like_any_other(tmp_path, proof):
    read_one(tmp_path, DANA | BRUSH)
    assert prove_order("c1", "#10234", proof, NOW)


@pytest.mark.parametrize(
    ("status", "delivered"),
    [("unfulfilled", False), ("fulfilled", None), ("partial", None), ("restocked", None), ("", None)],
)
def test_fulfilled_is_not_delivered(tmp_path, status, delivered):
    order = read_one(tmp_path, DANA | BRUSH | {"Fulfillment Status": status})
    assert (order.delivered, order.delivered_on) == (delivered, None)
    assert ("order.delivered" in order.facts()) is (delivered is not None)


def test_unfulfilled_has_no_estimate(tmp_path):
    order = read_one(tmp_path, DANA | BRUSH | {"Fulfillment Status": "unfulfilled", "Fulfilled at": ""})
    assert order.facts()["order.delivery_due_at"] == "none"


def test_what_the_export_cannot_say_is_unknown(tmp_path):
    order = read_one(tmp_path, DANA | BRUSH | {"Shipping Country": ""})
    assert (order.country, order.invoice_issued, order.lines[0].serials) == (None, None, ())


def test_the_rows_of_one_name_are_one_order(tmp_path):
    order = read_one(tmp_path, DANA | BRUSH | {"Subtotal": "179.70"}, {"Email": "dana@example.com"} | FLOSSER)
    assert [(line.name, line.quantity) for line in order.lines] == [
        ("X3U Sonic Toothbrush - Pink", 1),
        ("W3 Water Flosser", 2),
    ]


def test_each_name_is_an_order_of_its_own(tmp_path):
    count, _ = bring(
        tmp_path, export(DANA | BRUSH, FLOSSER, {"Name": "SC777"} | DANA | BRUSH, {"Name": "#999"} | DANA | FLOSSER)
    )
    assert count.orders == 3
    assert set(Order.objects.values_list("number", flat=True)) == {"SC10234", "SC777", "SC999"}


@pytest.mark.parametrize(
    ("order", "rows", "paid"),
    [({"Subtotal": "79.90"}, [BRUSH], ["79.90"]),
     ({"Subtotal": "71.91", "Discount Amount": "7.99"}, [BRUSH], ["71.91"]),
     ({"Subtotal": "71.91"}, [BRUSH | {"Lineitem discount": "7.99"}], ["71.91"]),
     ({"Subtotal": "161.73"}, [BRUSH, FLOSSER], ["71.91", "44.91"]),
     ({"Subtotal": "100.00"}, [BRUSH, BRUSH, BRUSH], ["33.33", "33.34", "33.33"]),
     ({"Subtotal": "169.72"}, [BRUSH, FLOSSER | {"Lineitem discount": "9.98"}], ["79.90", "44.91"]),
     ({"Subtotal": "0.00"}, [BRUSH], ["0.00"]),
     ({"Subtotal": "", "Discount Amount": "9.90"}, [BRUSH], ["70.00"]),
     ({"Subtotal": "", "Discount Amount": "9.90"}, [BRUSH | {"Lineitem discount": "9.90"}], ["70.00"])],
)  # fmt: skip
def test_what_was_paid_for_a_piece_has_every_discount_taken_off(tmp_path, order, rows, paid):
    read = read_one(tmp_path, DANA | order | rows[0], *rows[1:])
    assert [str(line.unit_price_paid) for line in read.lines] == paid


def test_only_what_has_no_price_is_free(tmp_path):
    gift = {"Lineitem quantity": "1", "Lineitem name": "Brush heads", "Lineitem price": "0.00"}
    order = read_one(tmp_path, DANA | BRUSH | {"Subtotal": "0.00"}, gift)
    assert [line.free for line in order.lines] == [False, True]


def test_items_taken_out_of_the_order_are_left_out(tmp_path):
    order = read_one(tmp_path, DANA | BRUSH, FLOSSER | {"Lineitem quantity": "0"})
    assert len(order.lines) == 1


@pytest.mark.parametrize(
    ("said", "refunded"),
    [({}, False), ({"Financial Status": "partially_refunded", "Refunded Amount": "91.89"}, False),
     ({"Financial Status": "partially_refunded", "Refunded Amount": "91.90"}, True),
     ({"Financial Status": "refunded"}, True), ({"Financial Status": "voided"}, True),
     ({"Total": "0.00"}, False), ({"Total": ""}, False)],
)  # fmt: skip
def test_fully_refunded_means_that_nothing_is_left_with_the_shop(tmp_path, said, refunded):
    assert read_one(tmp_path, DANA | BRUSH | said).fully_refunded is refunded


@pytest.mark.parametrize(
    ("said", "channel"),
    [({"Source": "web"}, "official_website"), ({"Source": ""}, "official_website"),
     ({"Source": "580111"}, "official_website"), ({"Source": "shopify_draft_order"}, "official_website"),
     ({"Source": "pos"}, "offline_store"), ({"Source": "amazon-us"}, "amazon_store"),
     ({"Source": "eBay"}, "other"), ({"Tags": "vip, Amazon"}, "amazon_store"), ({"Tags": "pos"}, "official_website")],
)  # fmt: skip
def test_the_channel_is_the_shop_unless_the_export_names_another(tmp_path, said, channel):
    assert read_one(tmp_path, DANA | BRUSH | said).channel == channel


@pytest.mark.parametrize(
    ("said", "complaint"),
    [({"Lineitem price": "free"}, 'Lineitem price: got "free", takes a money amount'),
     ({"Lineitem quantity": "one"}, 'Lineitem quantity: got "one", takes a whole number'),
     ({"Created at": "yesterday"}, 'Created at: got "yesterday", takes an instant with its offset'),
     ({"Created at": "2026-12-24 10:00:00 +0000"}, "Created at: got"),
     ({"Currency": ""}, 'Currency: got "", takes'),
     ({"Shipping Country": "USA"}, 'Shipping Country: got "USA"'),
     ({"Email": "n/a"}, 'Email: got "n/a"')],
)  # fmt: skip
def test_a_bad_value_is_named_by_its_column_and_the_rest_is_kept(tmp_path, said, complaint):
    rows = [{"Name": "#777"} | DANA | BRUSH, DANA | BRUSH | said, {"Name": "#778"} | DANA | BRUSH]
    count, bad = bring(tmp_path, export(*rows))
    assert (count.orders, count.bad) == (2, 1)
    assert bad[0].startswith(f"line 3, order SC10234: {complaint}")


def test_a_bad_item_keeps_the_whole_order_out(tmp_path):
    count, bad = bring(tmp_path, export(DANA | BRUSH, FLOSSER | {"Lineitem price": "?"}))
    assert (count.orders, bad[0][:40]) == (0, "line 2, order SC10234: Lineitem price: g")


def test_a_byte_order_mark_and_quoted_line_breaks_do_no_harm(tmp_path):
    content = export(
        DANA | BRUSH | {"Notes": 'two\r\nlines, "quoted"'}, {"Name": "#777"} | DANA | BRUSH | {"Currency": "?"}
    )
    count, bad = bring(tmp_path, b"\xef\xbb\xbf" + content.encode())
    assert count.orders == 1
    assert bad[0].startswith("line 4, order SC777: Currency")


@pytest.mark.parametrize(
    "tail", [b"\x00,\x00\r\n", b'"' + b"x" * 200_000, b"\xff\xfe,,\r\n", b",,\r\n" * 3, b"," * 99 + b"\r\n"]
)
def test_garbage_at_the_end_leaves_the_good_orders(tmp_path, tail):
    count, _ = bring(tmp_path, export(DANA | BRUSH).encode() + tail)
    assert count.orders == 1


def test_an_export_without_a_needed_column_is_refused_whole(tmp_path):
    header = [name for name in HEADER if name not in ("Created at", "Currency")]
    with pytest.raises(OrderFileError, match="without the column Currency, Created at"):
        bring(tmp_path, export(DANA | BRUSH, header=header))


def test_an_export_of_the_older_kind_without_source_and_discount_columns_is_read(tmp_path):
    header = [
        name for name in HEADER if name not in ("Source", "Tags", "Lineitem discount", "Phone", "Refunded Amount")
    ]
    assert bring(tmp_path, export(DANA | BRUSH, header=header))[0].orders == 1


def test_a_header_alone_brings_nothing(tmp_path):
    count, bad = bring(tmp_path, export())
    assert (count.orders, bad) == (0, [])
