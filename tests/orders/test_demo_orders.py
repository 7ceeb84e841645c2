"""The demo orders open every door of the policy, all day long."""

from datetime import date, datetime, timedelta, timezone

import pytest

from policy import decide, parse_facts
from support.orders.demo import load_demo_orders
from support.orders.models import Gift, Line, Order, ProofAttempt
from support.orders.services import ShopOrder, find_proven, prove_order
from tests.orders.samples import bring_one

pytestmark = pytest.mark.django_db

TODAY = date(2026, 11, 22)
BEGINS = datetime(2026, 11, 22, 12, tzinfo=timezone.utc)  # when this date begins at UTC-12
CHANGED_MIND = {"claim.reason": "changed_mind", "claim.unused": True, "claim.packaging_complete": True,
                "claim.contents_complete": True, "claim.gift_returned": True}  # fmt: skip
DEFECT = {"claim.reason": "quality_problem", "claim.unused": False, "claim.damage_cause": "none",
          "claim.item_country": "US", "claim.proof_of_purchase": True}  # fmt: skip
EXCHANGE = CHANGED_MIND | {"claim.exchange_for": "same_item_other_colour"}


def test_dana_is_as_the_readme_tells_her():
    first = load_demo_orders(TODAY)[0]
    order = prove_order("c1", first.number, "dana@example.com", BEGINS)
    assert (first.number, first.postcode, order.delivered_on) == ("SC10234", "94016", date(2026, 11, 12))
    assert [line.name for line in order.lines] == ["X3U Sonic Toothbrush", "W3 Water Flosser"]
    assert order.lines[0].serials == ("X3U2409A001234",)
    assert (str(order.gift_value), str(order.expedited_fee)) == ("10.00", "12.00")


def test_each_has_its_own_number_and_address_and_either_proof_opens_it():
    demo = load_demo_orders(TODAY)
    assert len({order.number for order in demo}) == len({order.email for order in demo}) == len(demo) == 15
    assert all(order.email.endswith("@example.com") and order.what for order in demo)
    for order in demo:
        for proof in (order.email, order.postcode):
            assert prove_order("c1", order.number, proof, BEGINS).number == order.number
    assert not ProofAttempt.objects.exclude(outcome="proven").exists()


def test_loading_them_again_changes_nothing_but_the_dates():
    assert load_demo_orders(TODAY) == load_demo_orders(TODAY)
    counts = [table.objects.count() for table in (Order, Line, Gift)]
    load_demo_orders(TODAY + timedelta(days=1))
    assert [table.objects.count() for table in (Order, Line, Gift)] == counts
    assert find_proven("SC10234").delivered_on == date(2026, 11, 13)


def test_an_order_of_the_shops_own_is_never_overwritten(tmp_path):
    bring_one(tmp_path, email="real@example.com")
    assert "SC10234" not in {order.number for order in load_demo_orders(TODAY)}
    assert Order.objects.get(number="SC10234").email == "real@example.com"


@pytest.mark.parametrize("hours", [0, 12, 23])
@pytest.mark.parametrize(
    ("number", "request_", "claim", "outcome", "clause"),
    [("SC10234", "return", CHANGED_MIND, "eligible", "R.window"),
     ("SC10235", "return", CHANGED_MIND, "not_eligible", "R.window"),
     ("SC10236", "return", DEFECT, "eligible", "I.fault-beats-condition"),
     ("SC10237", "warranty", DEFECT, "eligible", "W.period"),
     ("SC10238", "warranty", DEFECT, "not_eligible", "W.exclude.3"),
     ("SC10239", "exchange", EXCHANGE, "not_eligible", "R.exchange.once"),
     ("SC10240", "cancel", {}, "eligible", "R.cancel.by-customer"),
     ("SC10241", "cancel", {}, "not_eligible", "R.cancel.by-customer"),
     ("SC10242", "return", CHANGED_MIND, "not_eligible", "W.dealer"),
     ("SC10243", "return", CHANGED_MIND, "needs_review", "I.amazon"),
     ("SC10244", "return", CHANGED_MIND, "incomplete", None),
     ("SC10245", "warranty", DEFECT, "eligible", "W.after-replacement"),
     ("SC10246", "exchange", EXCHANGE, "eligible", "R.exchange.same"),
     ("SC10247", "return", CHANGED_MIND, "not_eligible", "R.refund")],
)  # fmt: skip
def test_every_door_leads_where_it_says(number, request_, claim, outcome, clause, hours):
    load_demo_orders(TODAY)
    order: ShopOrder = find_proven(number)
    now = (BEGINS + timedelta(hours=hours)).isoformat()
    decision = decide(
        parse_facts({"now": now, "request": request_} | order.facts() | order.line_facts([0]) | claim)
    ).as_dict()
    assert decision["outcome"] == outcome, decision
    if clause:
        assert clause in {reason["clause"] for reason in decision["reasons"]}, decision
    else:
        assert decision["missing"] == ["order.delivered_on"]


def test_the_free_line_has_no_warranty():
    load_demo_orders(TODAY)
    order = find_proven("SC10248")
    outcomes = [
        decide(
            parse_facts(
                {"now": BEGINS.isoformat(), "request": "warranty"} | order.facts() | order.line_facts([n]) | DEFECT
            )
        ).as_dict()["outcome"]
        for n in (0, 1)
    ]
    assert outcomes == ["eligible", "not_eligible"]
