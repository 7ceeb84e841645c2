"""Facts that break the schema: the error names the field, what it got and what it takes."""

from __future__ import annotations

from datetime import datetime, timezone

import pytest
from policy_cases import NEVER_MISSING, NOW, RETURN, VALUES

from policy import BadFacts, parse_facts
from policy.codes import COUNTRIES, CURRENCIES
from policy.facts import FIELDS

DELIVERED = {"order.delivered": True}
WAITING = {"order.delivered": False}


def refused(facts: dict) -> BadFacts:
    with pytest.raises(BadFacts) as caught:
        parse_facts({"now": NOW, **facts})
    error = caught.value
    assert str(error) == f"{error.field}: got {error.got}, takes {error.takes}"
    assert str(error).isascii()
    assert "\n" not in str(error)
    return error


@pytest.mark.parametrize(
    ("field", "values"),
    [
        ("now", ["2026-06-15", "2026-06-15T12:00:00", "2026-06-15 12:00:00Z", "2026-06-15T25:00:00Z", 0, "now",
                 "2026-06-15T12:00:00+25:00", "2026-06-15T12:00:00Z\n", "\u0662026-06-15T12:00Z", "0001-01-01T00:00Z",
                 "9999-12-31T23:59:59Z", "unsure", "2026-02-29T00:00:00Z", "2026-06-15T12:00:60Z", "20260615T120000Z"]),
        ("customer_timezone", ["Mars/Base", "UTC+2", "localtime", "", "unsure", "../etc/passwd", "europe/berlin", 2]),
        ("request", ["refund", "Return", "unsure", "", True, [], {}]),
        ("order.channel", ["amazon", "unsure", 1]),
        ("order.country", ["UK", "us", "USA", "EU", "XX", "", 49]),
        ("order.purchased_on", ["2026-6-1", "01.06.2026", "2026-02-29", "20260601", "2026-06-01T00:00Z", "none", 2026,
                                "2026-W23-1", "2026-06-01 "]),
        ("order.delivered", ["true", 1, 0, "yes", "unsure", []]),
        ("order.replaced_on", ["unsure", "never", "2026-13-01"]),
        ("order.currency", ["usd", "US", "XYZ", "EURO", "unsure"]),
        ("order.price_paid", ["-1", "+1", "1.234", "1,50", "1e2", " 1", "", ".5", "5.", 79.9, 80, "NaN", "Infinity",
                              True, "unsure", "\u0667", "9" * 1001]),
        ("order.expedited_fee", [12.0]),
        ("order.gift_value", ["-0.01"]),
        ("order.free_product", ["unsure", "no"]),
        ("order.exchanges_made", [-1, 1.0, "1", True, "unsure", float("nan"), float("inf")]),
        ("order.fully_refunded", ["unsure", 0]),
        ("order.invoice_issued", ["unsure"]),
        ("claim.reason", ["broken", "", "Unsure", 3]),
        ("claim.unused", ["true", "Unsure", 1]),
        ("claim.exchange_for", ["other_colour"]),
        ("claim.remedy", ["exchange"]),
        ("claim.damage_cause", ["fall"]),
        ("claim.item_country", ["XK", "de"]),
        ("claim.serial_number", [12345, True, "x" * 20_001]),
        ("claim.defect_description", ["x" * 20_001, ["x"]]),
        ("claim.photos", [-1, 1.5, "2", True]),
        ("claim.issued_on", ["2026-06-31", "None"]),
    ],
)  # fmt: skip
def test_a_value_that_a_field_does_not_take_is_named(field, values):
    for value in values:
        error = refused({field: value})
        assert error.field == field
        assert error.takes == FIELDS[field].takes
        assert len(error.got) < 90


def test_a_delivery_date_goes_only_with_a_delivery():
    for delivered in ({}, WAITING):
        for day in ("2026-06-01", "unsure"):
            assert refused({"order.delivered_on": day, **delivered}).field == "order.delivered_on"
    for delivered in ({}, DELIVERED):
        for due in ("2026-06-20T00:00:00Z", "none"):
            assert refused({"order.delivery_due_at": due, **delivered}).field == "order.delivery_due_at"
    assert refused({**WAITING, "order.delivery_due_at": "unsure"}).field == "order.delivery_due_at"


@pytest.mark.parametrize("field", ["order.purchased_on", "order.delivered_on", "order.replaced_on", "claim.issued_on"])
def test_what_has_happened_lies_no_later_than_the_latest_date_on_earth(field):
    for now, latest, later in (
        ("2026-06-15T09:59:59Z", "2026-06-15", "2026-06-16"),
        ("2026-06-15T10:00:00Z", "2026-06-16", "2026-06-17"),  # the 16th has begun in UTC+14
        ("2026-06-14T22:00:00-12:00", "2026-06-16", "2026-06-17"),
    ):
        parse_facts({"now": now, **DELIVERED, field: latest})
        assert refused({"now": now, **DELIVERED, field: later}).field == field


def test_a_key_that_is_not_listed_is_bad():
    for key in ("order.colour", "Now", "order_channel", "", "a\nb", "ключ", "x" * 500):
        assert "not listed" in refused({key: None}).got


def test_now_is_required():
    for facts in ({}, {"now": None}):
        with pytest.raises(BadFacts, match="now: got nothing"):
            parse_facts(facts)


def test_absent_and_null_are_both_unknown():
    assert parse_facts({"now": NOW}) == parse_facts({**dict.fromkeys(FIELDS), "now": NOW})


def test_only_claim_facts_and_three_order_facts_may_be_unsure():
    unsure = {key for key, field in FIELDS.items() if field.may_be_unsure}
    claims = {key for key in FIELDS if key.startswith("claim.")}
    assert unsure == claims | {"order.delivered_on", "order.purchased_on", "order.country"}
    for key in unsure:
        parse_facts({"now": NOW, **DELIVERED, key: "unsure"})


def test_every_value_the_contract_lists_is_taken():
    for key, values in {**VALUES, **NEVER_MISSING}.items():
        for value in values:
            start = WAITING if key == "order.delivery_due_at" else DELIVERED
            parse_facts({"now": NOW, **start, key: value})


@pytest.mark.parametrize(
    "written",
    [
        *("2026-06-15T12:00:00Z", "2026-06-15T14:00:00+02:00", "2026-06-15T14:00+0200", "2026-06-15T14:00:00.000+02"),
        *("2026-06-15T00:00:00,0-12:00", "2026-06-16T02:00:00+14:00"),
    ],
)
def test_an_instant_has_an_offset_in_any_iso_form(written):
    assert parse_facts({"now": written}).now == datetime(2026, 6, 15, 12, tzinfo=timezone.utc)


def test_money_is_exact_at_any_size():
    assert parse_facts({"now": NOW, "order.price_paid": "7.5"}).order_price_paid == 750
    long = "12345678901234567890123456789012345678901234567890"
    assert parse_facts({"now": NOW, "order.price_paid": f"{long}.07"}).order_price_paid == int(f"{long}07")


def test_text_may_be_20000_characters_long():
    parse_facts({"now": NOW, "claim.defect_description": "ü" * 20_000})


def test_the_code_lists_are_those_of_iso():
    assert len(COUNTRIES) == 249
    assert {"US", "GB", "XK", "UK"} & COUNTRIES == {"US", "GB"}
    assert {"USD", "EUR", "CNY", "XXX", "ABC"} & CURRENCIES == {"USD", "EUR", "CNY", "XXX"}
    assert all(len(code) == 3 and code.isupper() for code in CURRENCIES)


def test_facts_are_frozen():
    facts = parse_facts(RETURN)
    with pytest.raises(AttributeError):
        facts.request = "cancel"  # type: ignore[misc]
