"""Warranty claims, cancellations and where it was bought: every rule, asserted by its clause."""

from __future__ import annotations

import pytest
from policy_cases import CANCEL, RETURN, WARRANTY, cited, decided


@pytest.mark.parametrize(
    ("fact", "clauses"),
    [
        ({"order_delivered": False, "order_delivered_on": None}, ["W.cover"]),
        ({"order_fully_refunded": True}, ["W.after-refund"]),
        ({"order_free_product": True}, ["W.exclude.5"]),
        ({"claim_proof_of_purchase": False}, ["W.exclude.1"]),
        ({"order_purchased_on": "2025-06-14"}, ["W.exclude.3", "W.claim-window"]),
        ({"claim_reason": "lost_or_stolen"}, ["W.exclude.2"]),
        ({"claim_damage_cause": "third_party_repair"}, ["W.exclude.6"]),
        ({"claim_damage_cause": "external"}, ["W.exclude.7"]),
        ({"claim_damage_cause": "abuse"}, ["W.exclude.8"]),
    ],
)
def test_a_refused_claim_names_its_clauses(fact, clauses):
    decision = decided(WARRANTY, **fact)
    assert (decision.outcome, decision.route) == ("not_eligible", "warranty")
    assert cited(decision, "against") == clauses


@pytest.mark.parametrize("reason", ["wrong_item", "missing_accessories", "changed_mind", "colour"])
@pytest.mark.parametrize(
    ("delivered_on", "clause", "others"),
    [
        ("2026-05-16", "W.cover", [("return", "R.window")]),
        ("2026-05-15", "W.exclude.4", []),
        (None, "W.cover", [("return", "R.window")]),
        ("unsure", "W.cover", [("return", "R.window")]),
    ],
)
def test_a_claim_without_a_defect_is_refused_and_a_return_offered_in_time(reason, delivered_on, clause, others):
    decision = decided(WARRANTY, claim_reason=reason, claim_unused=True, order_delivered_on=delivered_on)
    assert (decision.outcome, cited(decision)) == ("not_eligible", [clause])
    assert list(decision.alternatives) == others


@pytest.mark.parametrize(
    ("fact", "readings"),
    [
        ({"claim_reason": "other"}, ["I.other-reason"]),
        ({"claim_reason": "unsure"}, ["I.unsure"]),
        ({"claim_damage_cause": "water"}, ["I.water"]),
        ({"claim_damage_cause": "unsure"}, ["I.unsure"]),
        ({"claim_proof_of_purchase": "unsure"}, ["I.unsure"]),
        ({"claim_item_country": "unsure"}, ["I.unsure"]),
        ({"order_country": "unsure"}, ["I.unsure"]),
        ({"order_purchased_on": "unsure"}, ["I.unsure"]),
        ({"order_purchased_on": "2025-06-01", "claim_issued_on": "unsure"}, ["I.unsure"]),
    ],
)
def test_a_claim_in_review_names_its_reading(fact, readings):
    decision = decided(WARRANTY, **fact)
    assert (decision.outcome, cited(decision), decision.missing) == ("needs_review", readings, ())
    assert decision.freight == (None, None, ())


def test_a_claim_from_abroad_is_for_a_person_with_the_freight_on_the_customer():
    decision = decided(WARRANTY, claim_item_country="DE")
    assert (decision.outcome, cited(decision)) == ("needs_review", ["I.abroad", "W.country", "W.freight.1"])
    assert decision.freight == ("customer", "customer", ("W.freight.1",))


def test_two_reviews_list_both_readings():
    decision = decided(WARRANTY, claim_item_country="DE", claim_damage_cause="water")
    assert cited(decision) == ["I.water", "I.abroad", "W.country", "W.freight.1"]
    assert decision.freight.return_ == "customer"


def test_an_eligible_claim_replaces_or_refunds_as_preferred():
    decision = decided(WARRANTY)
    assert (decision.outcome, decision.remedies) == ("eligible", ("replacement", "refund"))
    assert decision.freight == ("soocas", "soocas", ("R.freight.soocas",))
    assert "W.freight.3" in cited(decision, "condition")
    assert str(decision.refund.amount) == "79.90"
    assert decided(WARRANTY, claim_remedy="refund").remedies == ("refund", "replacement")
    assert decided(WARRANTY, claim_remedy="unsure").remedies == ("replacement", "refund")
    assert list(decision.as_dict()["deadlines"]) == ["review_by", "warranty_until", "claim_until"]


def test_a_prepaid_label_is_cited_only_when_we_sent_one():
    for label in (None, False, "unsure"):
        assert "W.label" not in cited(decided(WARRANTY, claim_prepaid_label=label))
    assert "W.label" in cited(decided(WARRANTY, claim_prepaid_label=True), "condition")


def test_the_evidence_of_a_claim_is_what_was_not_handed_in():
    bare = {"claim_photos": 0, "claim_troubleshooting_done": False, "claim_serial_number": None}
    assert decided(WARRANTY, **bare).evidence == ("photos", "troubleshooting", "serial_number_or_description")
    assert decided(WARRANTY, claim_serial_number="  ").evidence == ("serial_number_or_description",)
    assert decided(WARRANTY, claim_serial_number="unsure", claim_defect_description="Dead.").evidence == ()
    assert decided(WARRANTY, claim_troubleshooting_done="unsure").evidence == ("troubleshooting",)
    assert decided(WARRANTY, **bare, claim_damage_cause="abuse").evidence == ()


@pytest.mark.parametrize(
    ("facts", "missing"),
    [
        ({"order_replaced_on": None, "claim_issued_on": None}, ()),  # in time already
        ({"order_purchased_on": None}, ("order.purchased_on",)),
        ({"order_purchased_on": "2025-06-01", "claim_issued_on": None}, ("claim.issued_on",)),
        ({"order_purchased_on": "2025-05-01", "order_replaced_on": None}, ("order.replaced_on",)),
        ({"order_purchased_on": None, "order_replaced_on": "2026-06-01"}, ()),
        ({"order_purchased_on": "unsure", "order_replaced_on": None}, ("order.replaced_on",)),
    ],
)
def test_a_date_is_missing_only_while_it_can_change_the_answer(facts, missing):
    assert decided(WARRANTY, **facts).missing == missing


def test_an_unsure_earlier_claim_does_not_matter_long_after_the_warranty():
    near = decided(WARRANTY, order_purchased_on="2025-05-16", claim_issued_on="unsure")
    far = decided(WARRANTY, order_purchased_on="2025-05-15", claim_issued_on="unsure")
    assert (near.outcome, far.outcome) == ("needs_review", "not_eligible")
    assert decided(WARRANTY, order_purchased_on="2025-05-15", claim_issued_on=None).outcome == "not_eligible"


@pytest.mark.parametrize(
    ("channel", "standard", "warranty"),
    [
        ("authorized_dealer", ["R.channel", "W.dealer"], ["W.period", "W.dealer"]),
        ("unauthorized", ["R.channel", "W.unauthorized"], ["W.period", "W.exclude.9", "W.unauthorized"]),
        ("offline_store", ["R.channel"], ["W.period"]),
        ("other", ["R.channel"], ["W.period"]),
    ],
)
def test_other_channels_are_refused_with_nothing_else_known(channel, standard, warranty):
    for request in ("return", "exchange", "cancel", "warranty"):
        decision = decided({"now": RETURN["now"]}, request=request, order_channel=channel)
        assert (decision.outcome, decision.route, decision.missing) == ("not_eligible", request, ())
        assert cited(decision) == (warranty if request == "warranty" else standard)


def test_amazon_is_for_a_person_whatever_else_is_known():
    for start in (RETURN, WARRANTY, CANCEL, {**RETURN, "order.fully_refunded": True}):
        decision = decided(start, order_channel="amazon_store")
        assert (decision.outcome, decision.route, cited(decision)) == ("needs_review", start["request"], ["I.amazon"])


def test_nothing_is_settled_while_the_channel_is_unknown():
    for start in (RETURN, WARRANTY, CANCEL, {**RETURN, "order.fully_refunded": True}):
        decision = decided(start, order_channel=None)
        assert (decision.outcome, decision.missing) == ("incomplete", ("order.channel",))


def test_without_a_request_only_the_request_is_asked():
    decision = decided(RETURN, request=None, order_channel="amazon_store")
    assert (decision.outcome, decision.route, decision.missing) == ("incomplete", None, ("request",))
    assert decision.as_dict()["deadlines"] == {}


def test_a_cancellation_refunds_everything():
    decision = decided(CANCEL)
    assert (decision.outcome, decision.remedies, decision.freight) == ("eligible", ("refund",), (None, None, ()))
    assert str(decision.refund.amount) == "91.90"
    assert decided(CANCEL, order_expedited_fee=None).refund is None
    assert list(decision.as_dict()["deadlines"]) == ["review_by"]
    assert decision.evidence == ()


def test_a_refused_cancellation_names_its_clause():
    delivered = {"order_delivered": True, "order_delivery_due_at": None}
    after = decided(CANCEL, **delivered, order_delivered_on="2026-06-10")
    assert (after.outcome, cited(after)) == ("not_eligible", ["R.cancel.by-customer"])
    assert after.alternatives == (("return", "R.window"),)
    assert decided(CANCEL, **delivered, order_delivered_on="2026-01-10").alternatives == ()
    assert cited(decided(CANCEL, order_fully_refunded=True)) == ["R.cancel.by-soocas"]


def test_without_an_estimate_a_person_decides_about_a_cancellation():
    decision = decided(CANCEL, order_delivery_due_at="none")
    assert (decision.outcome, cited(decision)) == ("needs_review", ["I.no-estimate"])
    waiting = decided(CANCEL, order_delivery_due_at="none", order_fully_refunded=None)
    assert (waiting.outcome, waiting.missing) == ("incomplete", ("order.fully_refunded",))
