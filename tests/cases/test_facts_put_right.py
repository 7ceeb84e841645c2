"""An agent puts a fact right, or only asks what would be."""

import pytest
from shelf import NOW, RETURN, WARRANTY, act, again, item, opened, said

from policy import BadFacts
from support.cases.models import CaseItem, ItemVersion
from support.cases.services import BadRequest, CaseNotFound, approve, change_fact, refuse, settle, what_if


def test_a_fact_put_right_is_decided_again_and_the_earlier_decision_is_kept():
    case = opened(RETURN)
    decision = change_fact(case.number, 0, {"claim.unused": False}, act(), reason="the photo shows it")
    assert decision["outcome"] == "not_eligible"
    assert [r["clause"] for r in decision["reasons"]] == ["R.unused", "R.refuse.2"]
    now = item(case)
    assert now.facts["claim.unused"] == {"value": False, "source": "agent"}
    assert now.decision == decision
    first, second = now.versions.all()
    assert (first.facts["claim.unused"]["value"], first.decision["outcome"], first.actor) == (
        True,
        "eligible",
        "customer",
    )
    assert (second.facts["claim.unused"]["value"], second.reason, second.actor_name) == (
        False,
        "the photo shows it",
        "Maya",
    )
    assert again(case).outcome == "needs_review"
    assert said(case) == []


def test_the_same_key_changes_nothing_a_second_time():
    case = opened(RETURN)
    once = act(key="click")
    change_fact(case.number, 0, {"claim.unused": False}, once)
    change_fact(case.number, 0, {"claim.unused": True}, once)
    assert ItemVersion.objects.count() == 2
    assert item(case).facts["claim.unused"]["value"] is False


def test_a_fact_can_become_unknown_again():
    case = opened(RETURN)
    decision = change_fact(case.number, 0, {"claim.packaging_complete": None}, act())
    assert (decision["outcome"], decision["missing"]) == ("incomplete", ["claim.packaging_complete"])


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"claim.unused": "perhaps"}, "claim.unused"),
        ({"claim.colour": "red"}, "claim.colour"),
        ({"claim.colour": None}, "claim.colour"),
        ({"now": "2026-11-01T00:00:00Z"}, "now"),
        ({"order.delivered_on": "2026-12-24"}, "order.delivered_on"),
    ],
)
def test_a_bad_fact_is_named_and_changes_nothing(changes, field):
    case = opened(RETURN)
    for ask in (lambda: what_if(case.number, 0, changes), lambda: change_fact(case.number, 0, changes, act())):
        with pytest.raises(BadFacts) as bad:
            ask()
        assert bad.value.field == field
    assert not ItemVersion.objects.exists()


def test_what_if_writes_nothing():
    case = opened(WARRANTY)
    before = CaseItem.objects.values().get()
    assert what_if(case.number, 0, {"claim.damage_cause": "abuse"})["reasons"][0]["clause"] == "W.exclude.8"
    assert what_if(case.number, 0, {})["outcome"] == "eligible"
    assert CaseItem.objects.values().get() == before
    assert not ItemVersion.objects.exists()


def test_an_item_or_a_case_that_is_not_there_is_named():
    case = opened(RETURN)
    with pytest.raises(BadRequest, match="no item 3"):
        what_if(case.number, 3, {})
    with pytest.raises(CaseNotFound):
        what_if("C-0000-0000", 0, {})


def test_what_is_settled_is_not_put_right_any_more():
    case = opened(WARRANTY)
    approve(case.number, act(), goods=False)
    settle(case.number, act())
    with pytest.raises(BadRequest, match="reopen it first"):
        change_fact(case.number, 0, {"claim.damage_cause": "abuse"}, act())


def test_a_refusal_after_a_correction_cites_what_refuses():
    case = opened(RETURN)
    change_fact(case.number, 0, {"order.delivered_on": "2026-10-01", "order.purchased_on": "2026-09-20"}, act())
    refuse(case.number, act(at=NOW))
    assert "your parcel arrived on Thursday, 1 October 2026" in said(case)[-1].text
    assert case.moves.last().clauses == ["R.window"]
