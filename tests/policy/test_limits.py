"""Every limit of the policy: the day before, on, after."""

from __future__ import annotations

from datetime import date

import pytest
from policy_cases import CANCEL, EXCHANGE, RETURN, USED_DEFECT, WARRANTY, cited, decided

from policy import TERMS


@pytest.mark.parametrize(
    ("delivered_on", "outcome"),
    [("2026-05-17", "eligible"), ("2026-05-16", "eligible"), ("2026-05-15", "not_eligible")],
)
@pytest.mark.parametrize("start", [RETURN, EXCHANGE])
def test_request_on_day_30_is_in_time_and_on_day_31_is_late(start, delivered_on, outcome):
    decision = decided(start, order_delivered_on=delivered_on)
    assert decision.outcome == outcome
    assert ("R.window" in cited(decision, "against")) == (outcome == "not_eligible")
    assert {"I.days", "I.where"} <= set(cited(decision, "condition"))


@pytest.mark.parametrize(
    ("now", "zone", "outcome"),
    [
        ("2026-06-15T11:59:59Z", None, "eligible"),  # 14 June, 23:59:59 in UTC-12
        ("2026-06-15T12:00:00Z", None, "not_eligible"),  # 15 June has begun everywhere
        ("2026-06-15T11:59:59Z", "Etc/GMT+12", "eligible"),
        ("2026-06-15T12:00:00Z", "Etc/GMT+12", "not_eligible"),
        ("2026-06-14T09:59:59Z", "Pacific/Kiritimati", "eligible"),
        ("2026-06-14T10:00:00Z", "Pacific/Kiritimati", "not_eligible"),  # 15 June in UTC+14
        ("2026-06-14T21:59:59Z", "Europe/Berlin", "eligible"),
        ("2026-06-14T22:00:00Z", "Europe/Berlin", "not_eligible"),  # summer time
        ("2026-06-15T06:59:59Z", "America/Los_Angeles", "eligible"),
        ("2026-06-15T07:00:00Z", "America/Los_Angeles", "not_eligible"),
        ("2026-06-15T13:59:59+14:00", "UTC", "eligible"),
        ("2026-06-15T14:00:00+14:00", "UTC", "not_eligible"),
    ],
)
def test_the_day_of_a_request_is_the_customers_and_lasts_longest_where_the_zone_is_unknown(now, zone, outcome):
    # delivered on 15 May: 14 June is the last day
    decision = decided(RETURN, now=now, customer_timezone=zone, order_delivered_on="2026-05-15")
    assert decision.outcome == outcome


def test_the_last_day_for_a_return_is_named():
    assert decided(RETURN, order_delivered_on="2026-05-31").deadlines.request_by == date(2026, 6, 30)


@pytest.mark.parametrize(
    ("purchased_on", "now", "outcome"),
    [
        ("2025-06-16", "2026-06-15T12:00:00Z", "eligible"),
        ("2025-06-15", "2026-06-15T12:00:00Z", "eligible"),
        ("2025-06-14", "2026-06-15T12:00:00Z", "not_eligible"),
        ("2024-02-29", "2025-02-27T12:00:00Z", "eligible"),
        ("2024-02-29", "2025-02-28T12:00:00Z", "eligible"),  # 29 February ends on 28 February
        ("2024-02-29", "2025-03-01T12:00:00Z", "not_eligible"),
        ("2023-02-28", "2024-02-28T12:00:00Z", "eligible"),
        ("2023-02-28", "2024-02-29T12:00:00Z", "not_eligible"),
        ("2023-03-01", "2024-03-01T12:00:00Z", "eligible"),
    ],
)
def test_the_warranty_ends_with_the_same_date_one_year_later(purchased_on, now, outcome):
    decision = decided(WARRANTY, order_purchased_on=purchased_on, now=now, order_delivered_on=purchased_on)
    assert decision.outcome == outcome
    assert (cited(decision, "against") == ["W.exclude.3", "W.claim-window"]) == (outcome == "not_eligible")
    assert ("W.period" in cited(decision, "for")) == (outcome == "eligible")


@pytest.mark.parametrize(
    ("replaced_on", "now", "outcome"),
    [
        ("2026-03-16", "2026-06-15T12:00:00Z", "eligible"),
        ("2026-03-15", "2026-06-15T12:00:00Z", "eligible"),
        ("2026-03-14", "2026-06-15T12:00:00Z", "not_eligible"),
        ("2025-11-30", "2026-02-28T12:00:00Z", "eligible"),  # a shorter month ends with its last day
        ("2025-11-30", "2026-03-01T12:00:00Z", "not_eligible"),
        ("2023-11-29", "2024-02-29T12:00:00Z", "eligible"),
        ("2023-11-29", "2024-03-01T12:00:00Z", "not_eligible"),
    ],
)
def test_a_replacement_is_covered_for_three_months(replaced_on, now, outcome):
    decision = decided(WARRANTY, order_purchased_on="2022-01-01", order_replaced_on=replaced_on, now=now,
                       order_delivered_on="2022-01-05")  # fmt: skip
    assert decision.outcome == outcome
    assert ("W.after-replacement" in cited(decision, "for")) == (outcome == "eligible")


def test_the_longer_of_year_and_three_months_counts():
    first = decided(WARRANTY, order_replaced_on="2026-06-10")
    assert (first.deadlines.warranty_until, "W.period" in cited(first, "for")) == (date(2027, 6, 1), True)
    second = decided(WARRANTY, order_purchased_on="2025-06-20", order_replaced_on="2026-06-10")
    assert second.deadlines.warranty_until == date(2026, 9, 10)


@pytest.mark.parametrize(
    ("issued_on", "outcome"),
    [("2026-05-17", "eligible"), ("2026-05-16", "eligible"), ("2026-05-15", "not_eligible"), ("none", "not_eligible")],
)
def test_an_earlier_claim_stays_open_for_30_days(issued_on, outcome):
    decision = decided(WARRANTY, order_purchased_on="2025-05-20", claim_issued_on=issued_on)
    assert decision.outcome == outcome
    assert ("W.claim-window" in cited(decision, "for")) == (outcome == "eligible")


@pytest.mark.parametrize(
    ("issued_on", "outcome"), [("2026-06-01", "eligible"), ("2026-06-02", "eligible"), ("2026-06-03", "not_eligible")]
)
def test_an_earlier_claim_counts_only_if_it_was_issued_under_warranty(issued_on, outcome):
    assert decided(WARRANTY, order_purchased_on="2025-06-02", claim_issued_on=issued_on).outcome == outcome


def test_claim_until_is_the_later_of_the_warranty_and_the_claims_30_days():
    assert decided(WARRANTY, claim_issued_on="2026-06-10").deadlines.claim_until == date(2027, 6, 1)
    late = decided(WARRANTY, order_purchased_on="2025-06-20", claim_issued_on="2026-06-10").deadlines
    assert (late.warranty_until, late.claim_until) == (date(2026, 6, 20), date(2026, 7, 10))


@pytest.mark.parametrize(
    ("due", "outcome"),
    [
        ("2026-06-18T12:00:01Z", "eligible"),
        ("2026-06-18T12:00:00Z", "eligible"),
        ("2026-06-18T11:59:59Z", "not_eligible"),
        ("2026-06-18T14:00:00+02:00", "eligible"),
        ("2026-06-18T13:59:59+02:00", "not_eligible"),
    ],
)
def test_an_order_can_be_cancelled_until_72_hours_before_its_delivery(due, outcome):
    decision = decided(CANCEL, order_delivery_due_at=due)
    assert decision.outcome == outcome
    assert cited(decision, "for" if outcome == "eligible" else "against")[-1] == "R.cancel.by-customer"


@pytest.mark.parametrize(
    ("now", "review_by"),
    [
        ("2026-06-15T12:00:00Z", date(2026, 6, 18)),  # Monday
        ("2026-06-17T12:00:00Z", date(2026, 6, 22)),  # Wednesday
        ("2026-06-19T12:00:00Z", date(2026, 6, 24)),  # Friday
        ("2026-06-20T12:00:00Z", date(2026, 6, 24)),  # Saturday
        ("2026-06-21T12:00:00Z", date(2026, 6, 24)),  # Sunday
    ],
)
def test_the_answer_comes_within_three_working_days_after_the_day_of_the_request(now, review_by):
    assert decided(RETURN, now=now).deadlines.review_by == review_by


def test_a_public_holiday_is_no_working_day():
    from dataclasses import replace

    from policy import decide, parse_facts

    terms = replace(TERMS, public_holidays=frozenset({date(2026, 6, 16)}))
    assert decide(parse_facts(RETURN), terms).deadlines.review_by == date(2026, 6, 19)


def test_a_used_return_is_measured_by_both_windows():
    assert decided(USED_DEFECT, order_delivered_on="2026-05-15").outcome == "not_eligible"
    late = decided(USED_DEFECT, order_purchased_on="2025-06-14")
    assert (late.outcome, late.route, cited(late, "against")[0]) == ("not_eligible", "return", "W.exclude.3")


@pytest.mark.parametrize(("replaced_on", "known"), [("none", True), (None, False), ("2026-01-01", True)])
def test_an_unknown_replacement_leaves_the_end_of_the_warranty_open_if_it_could_move_it(replaced_on, known):
    end = decided(WARRANTY, order_purchased_on="2025-06-20", order_replaced_on=replaced_on).deadlines.warranty_until
    assert end == (date(2026, 6, 20) if known else None)
    assert decided(WARRANTY, order_replaced_on=replaced_on).deadlines.warranty_until == date(2027, 6, 1)
