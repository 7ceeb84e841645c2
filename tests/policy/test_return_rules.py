"""Returns and exchanges: every rule, asserted by its clause."""

from __future__ import annotations

import pytest
from policy_cases import EXCHANGE, RETURN, USED_DEFECT, cited, decided

BOTH = pytest.mark.parametrize("start", [RETURN, EXCHANGE])


@BOTH
def test_unused_goods_that_are_not_liked_go_back_at_the_customers_freight(start):
    for reason in ("changed_mind", "colour"):
        decision = decided(start, claim_reason=reason)
        assert decision.outcome == "eligible"
        assert decision.freight.return_ == "customer"
        assert decision.freight.replacement == (None if start is RETURN else "customer")
        assert decision.freight.clauses == ("R.freight.customer",)
        assert decision.remedies == (("refund",) if start is RETURN else ("exchange",))


@pytest.mark.parametrize(
    ("fact", "clauses"),
    [
        ({"order_delivered": False, "order_delivered_on": None}, ["R.window"]),
        ({"order_fully_refunded": True}, ["R.refund"]),
        ({"claim_reason": "lost_or_stolen"}, ["R.refuse.2"]),
        ({"claim_unused": False}, ["R.unused", "R.refuse.2"]),
        ({"claim_packaging_complete": False}, ["R.refuse.1"]),
        ({"claim_contents_complete": False}, ["R.refuse.3", "R.complete"]),
        ({"claim_reason": "other", "claim_unused": False}, ["R.unused", "R.refuse.2"]),
        ({"claim_reason": "wrong_item", "claim_unused": False}, ["R.unused"]),
        ({"claim_reason": "missing_accessories", "claim_unused": False}, ["R.unused"]),
        ({"claim_reason": "quality_problem", "claim_damage_cause": "external"}, ["R.refuse.2"]),
        ({"claim_reason": "quality_problem", "claim_damage_cause": "abuse"}, ["R.refuse.2"]),
        ({"claim_reason": "quality_problem", "claim_damage_cause": "third_party_repair"}, ["R.refuse.2"]),
    ],
)
@BOTH
def test_a_refusal_names_its_clauses(start, fact, clauses):
    decision = decided(start, **fact)
    assert (decision.outcome, decision.route, decision.missing) == ("not_eligible", start["request"], ())
    assert cited(decision, "against") == clauses
    assert (decision.remedies, decision.refund, decision.evidence) == ((), None, ())
    assert decision.freight == (None, None, ())


@pytest.mark.parametrize(
    ("fact", "reading"),
    [
        ({"claim_reason": "other"}, "I.other-reason"),
        ({"claim_reason": "unsure"}, "I.unsure"),
        ({"claim_unused": "unsure"}, "I.unsure"),
        ({"claim_packaging_complete": "unsure"}, "I.unsure"),
        ({"order_delivered_on": "unsure"}, "I.unsure"),
        ({"claim_reason": "wrong_item", "claim_packaging_complete": False}, "I.fault-beats-condition"),
        ({"claim_reason": "wrong_item", "claim_contents_complete": False}, "I.fault-beats-condition"),
        ({"claim_reason": "missing_accessories", "claim_packaging_complete": False}, "I.fault-beats-condition"),
        ({"claim_reason": "damaged_on_arrival", "claim_contents_complete": False}, "I.fault-beats-condition"),
        ({"claim_reason": "damaged_on_arrival", "claim_unused": "unsure"}, "I.unsure"),
        ({"claim_reason": "quality_problem", "claim_damage_cause": "water"}, "I.water"),
        ({"claim_reason": "quality_problem", "claim_damage_cause": "unsure"}, "I.unsure"),
    ],
)
@BOTH
def test_a_review_names_its_reading(start, fact, reading):
    decision = decided(start, **fact)
    assert (decision.outcome, decision.route) == ("needs_review", start["request"])
    assert cited(decision) == [reading]
    assert decision.deadlines.review_by


@pytest.mark.parametrize("reason", ["wrong_item", "missing_accessories", "damaged_on_arrival", "quality_problem"])
@BOTH
def test_our_fault_is_our_freight(start, reason):
    decision = decided(start, claim_reason=reason, claim_damage_cause="none")
    assert (decision.outcome, decision.route) == ("eligible", start["request"])
    assert decision.freight == ("soocas", None if start is RETURN else "soocas", ("R.freight.soocas",))


def test_contents_do_not_matter_when_accessories_were_missing():
    for contents in (True, False, "unsure", None):
        assert (
            decided(RETURN, claim_reason="missing_accessories", claim_contents_complete=contents).outcome == "eligible"
        )
    decision = decided(RETURN, claim_reason="missing_accessories", claim_contents_complete=False)
    assert "I.fault-beats-condition" in cited(decision, "condition")


def test_the_cause_does_not_matter_when_it_arrived_damaged():
    for cause in ("none", "abuse", "water", "unsure", None):
        decision = decided(RETURN, claim_reason="damaged_on_arrival", claim_damage_cause=cause)
        assert decision.outcome == "eligible"
        assert "I.damaged-on-arrival" in cited(decision)


@pytest.mark.parametrize("request_", ["return", "exchange"])
def test_a_defect_that_shows_in_use_goes_the_way_of_the_warranty(request_):
    decision = decided(USED_DEFECT, request=request_, claim_exchange_for="same_item", claim_packaging_complete=False)
    assert (decision.outcome, decision.route) == ("eligible", "warranty")
    assert decision.freight == ("soocas", "soocas", ("R.freight.soocas",))
    assert "I.fault-beats-condition" in cited(decision, "condition")
    assert decision.remedies == ("replacement", "refund")
    assert decision.deadlines.request_by is None
    assert decision.deadlines.warranty_until


def test_after_the_redirect_refusals_and_questions_keep_the_requests_route():
    refused = decided(USED_DEFECT, order_free_product=True)
    assert (refused.outcome, refused.route, cited(refused)) == ("not_eligible", "return", ["W.exclude.5"])
    asked = decided(USED_DEFECT, order_free_product=None)
    assert (asked.outcome, asked.route, asked.missing) == ("incomplete", "return", ("order.free_product",))
    abroad = decided(USED_DEFECT, claim_item_country="DE")
    assert (abroad.outcome, abroad.route) == ("needs_review", "warranty")
    abused = decided(USED_DEFECT, claim_damage_cause="abuse")
    assert (abused.outcome, abused.route, cited(abused)) == ("not_eligible", "return", ["R.refuse.2"])


def test_a_second_exchange_is_refused_and_a_return_offered():
    decision = decided(EXCHANGE, order_exchanges_made=1)
    assert (decision.outcome, cited(decision)) == ("not_eligible", ["R.exchange.once"])
    assert decision.alternatives == (("return", "R.window"),)
    assert decided(RETURN, order_exchanges_made=1).outcome == "eligible"


def test_an_exchange_for_another_item_is_refused_and_for_another_colour_is_not():
    decision = decided(EXCHANGE, claim_exchange_for="different_item")
    assert (decision.outcome, cited(decision)) == ("not_eligible", ["R.exchange.same"])
    assert decision.alternatives == (("return", "R.window"),)
    for same in ("same_item", "same_item_other_colour"):
        assert decided(EXCHANGE, claim_exchange_for=same).outcome == "eligible"
    assert decided(EXCHANGE, claim_exchange_for="unsure").outcome == "needs_review"


def test_a_late_return_of_a_defect_is_offered_the_warranty():
    decision = decided(USED_DEFECT, order_delivered_on="2026-05-15", order_purchased_on="2026-05-10")
    assert (decision.outcome, decision.alternatives) == ("not_eligible", (("warranty", "W.period"),))
    disliked = decided(RETURN, order_delivered_on="2026-05-15", order_purchased_on="2026-05-10")
    assert disliked.alternatives == ()


def test_what_is_not_delivered_can_be_cancelled_instead():
    start = {**RETURN, "order.delivered": False, "order.delivered_on": None}
    for request in ("return", "exchange", "warranty"):
        decision = decided(start, request=request, order_delivery_due_at="2026-07-01T00:00:00Z")
        assert decision.alternatives == (("cancel", "R.cancel.by-customer"),), request
    assert decided(start, order_delivery_due_at="2026-06-16T00:00:00Z").alternatives == ()


@pytest.mark.parametrize("returned", [False, "unsure"])
def test_a_kept_gift_comes_off_the_refund(returned):
    decision = decided(RETURN, order_gift_value="10", claim_gift_returned=returned)
    assert "R.gift" in cited(decision, "condition")
    assert decision.as_dict()["refund"] == {
        "amount": "69.90",
        "currency": "USD",
        "deductions": [{"what": "gift", "amount": "10.00", "clause": "R.gift"}],
    }


def test_a_gift_that_comes_back_costs_nothing():
    for facts in ({"claim_gift_returned": True}, {"claim_gift_returned": True, "order_gift_value": None}):
        decision = decided(RETURN, **{"order_gift_value": "10", **facts})
        assert "R.gift" not in cited(decision)
        assert str(decision.refund.amount) == "79.90"
        assert decision.refund.deductions == ()


def test_a_gift_dearer_than_the_goods_leaves_nothing_but_no_debt():
    refund = decided(RETURN, order_gift_value="100", claim_gift_returned=False).refund
    assert [str(refund.amount), str(refund.deductions[0].amount)] == ["0.00", "79.90"]
    nothing = decided(RETURN, order_price_paid="0", order_gift_value="100", claim_gift_returned=False).refund
    assert (str(nothing.amount), nothing.deductions) == ("0.00", ())


def test_the_gift_is_asked_about_unless_there_was_none():
    for value in ("10", None):
        assert decided(RETURN, order_gift_value=value).missing == ("claim.gift_returned",)
    assert decided(RETURN, order_gift_value="0").outcome == "eligible"
    assert decided(RETURN, order_gift_value="10", claim_reason="missing_accessories").outcome == "eligible"
    assert decided(EXCHANGE, order_gift_value="10").outcome == "eligible"


def test_a_refund_is_unknown_while_an_amount_in_it_is():
    assert decided(RETURN, order_price_paid=None).refund is None
    assert decided(RETURN, order_gift_value=None, claim_gift_returned=False).refund is None
    assert decided(RETURN, order_currency=None).refund.currency is None
    assert decided(EXCHANGE).refund is None
    missing = decided(RETURN, claim_reason="missing_accessories", order_gift_value=None, claim_gift_returned=False)
    assert str(missing.refund.amount) == "79.90"


def test_the_expedited_fee_is_never_refunded_with_a_return():
    decision = decided(RETURN, claim_reason="wrong_item")
    assert str(decision.refund.amount) == "79.90"
    assert "I.expedited" in cited(decision, "condition")


def test_photos_are_the_evidence_of_a_return():
    for photos in (None, 0, "unsure"):
        assert decided(RETURN, claim_photos=photos).evidence == ("photos",)
    assert decided(RETURN, claim_photos=1).evidence == ()


def test_an_eligible_return_says_what_happens_when():
    limits = decided(RETURN).as_dict()["deadlines"]
    assert limits == {
        "request_by": "2026-07-05",
        "review_by": "2026-06-18",
        "ship_within_days": 3,
        "refund_starts_within_working_days": 7,
        "card_days": [3, 7],
        "goods_back_request_days": 30,
    }
    exchange = decided(EXCHANGE).as_dict()["deadlines"]
    assert list(exchange) == ["request_by", "review_by", "ship_within_days", "goods_back_request_days"]


def test_a_refusal_beats_a_review():
    both = decided(RETURN, claim_reason="other", claim_packaging_complete="unsure", claim_contents_complete=False)
    assert (both.outcome, cited(both)) == ("not_eligible", ["R.refuse.3", "R.complete"])
    waiting = decided(RETURN, claim_reason="other", claim_packaging_complete="unsure", claim_contents_complete=None)
    assert (waiting.outcome, waiting.missing) == ("incomplete", ("claim.contents_complete",))
