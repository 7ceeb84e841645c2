"""From what was told to the next question, with the real policy."""

import asyncio
from dataclasses import replace
from typing import Any

import pytest

from actions.order_lines import left_over, name_of, named, whole_order
from actions.progress import Progress
from actions.sayings import Noted, WholeOrder
from support.orders.services import OrderNotFound, ProofFailed
from support.orders.shop_order import ShopOrder
from tests.actions.conftest import message

GOOD = {"claim_unused": True, "claim_packaging_complete": True, "claim_contents_complete": True}


class Talk:
    """Tells facts one after the other, as the form does."""

    def __init__(self, order: ShopOrder, proofs: tuple[str, ...] = ("x", "94016")) -> None:
        self.order, self.message, self.proofs = order, message(), proofs
        self.same_customers: tuple[str, ...] = ()
        self.slots: dict[str, Any] = {}
        self.said: list[Any] = []

    def tell(self, **told: Any) -> str | None:
        """The fact that is asked next."""

        async def prove(number: str, proof: str) -> ShopOrder:
            if not proof and number not in (*(self.slots.get("proven_orders") or ()), *self.same_customers):
                raise OrderNotFound(number)
            if proof and proof not in self.proofs:
                raise ProofFailed(4)
            return replace(self.order, number=number)

        progress = Progress(self.slots, self.message)
        found = asyncio.run(progress.run(told, prove))
        self.slots, self.said = progress.slots, progress.says
        self.slots["requested_slot"] = found.fact and found.fact.replace(".", "_")
        return found.fact


@pytest.fixture
def talk(order: ShopOrder) -> Talk:
    return Talk(order)


@pytest.fixture
def brush(order: ShopOrder) -> Talk:
    """An order with the toothbrush alone."""
    return Talk(replace(order, lines=order.lines[:1], gifts=()))


def test_the_order_and_its_owner_come_first(talk: Talk) -> None:
    assert talk.tell(request="return") == "order.number"
    assert talk.tell(order_number="10234") == "order.email"
    assert talk.tell(order_email="94016") == "order.lines"
    assert talk.slots["order_email"] == "proven"


def test_the_only_thing_of_an_order_is_not_asked_for(brush: Talk) -> None:
    assert brush.tell(request="return", order_number="SC10234", order_email="x") == "claim.reason"
    assert brush.slots["item_name"] == "X3U Sonic Toothbrush (pink)"


def test_a_thing_named_before_the_order_was_known_is_not_asked_for(talk: Talk) -> None:
    told = {"request": "return", "mentions": ["toothbrush"], "order_number": "SC10234", "order_email": "x"}
    assert talk.tell(**told) == "claim.reason"


def test_of_a_thing_bought_twice_it_is_asked_how_many(talk: Talk) -> None:
    told = {"request": "return", "mentions": ["flosser"], "order_number": "SC10234", "order_email": "x"}
    assert talk.tell(**told) == "order.lines"


def test_evidence_is_asked_after_eligibility_and_where_it_stands_is_told_once(brush: Talk) -> None:
    brush.tell(request="return", order_number="SC10234", order_email="x", claim_reason="colour")
    assert brush.tell(**GOOD) == "evidence.photos"
    assert [saying.decision.outcome for saying in brush.said] == ["eligible"]
    assert brush.tell() == "evidence.photos"
    assert brush.said == []
    assert brush.tell(evidence_photos=["a"]) == "confirm"


def test_a_refusal_with_another_way_asks_which_way(brush: Talk) -> None:
    brush.tell(request="exchange", order_number="SC10234", order_email="x", claim_reason="changed_mind")
    assert brush.tell(claim_exchange_for="different_item") == "request"
    assert brush.slots["offered"] == ["return"]
    assert brush.tell(request="return") == "claim.unused"


def test_a_problem_without_a_procedure_takes_the_only_open_door(order: ShopOrder) -> None:
    old = replace(order, lines=order.lines[:1], delivered_on=order.purchased_on.replace(month=3))
    talk = Talk(replace(old, purchased_on=order.purchased_on.replace(month=2)))
    told = {"claim_reason": "quality_problem", "order_number": "SC10234", "order_email": "x"}
    assert talk.tell(**told) == "claim.damage_cause"
    assert talk.slots["request"] == "warranty"


def test_a_serial_number_that_cannot_be_found_is_described_instead(brush: Talk) -> None:
    told = {"claim_reason": "quality_problem", "claim_damage_cause": "none", "claim_item_country": "US"}
    brush.tell(request="warranty", order_number="SC10234", order_email="x", **told)
    assert brush.tell(claim_troubleshooting_done=True) == "evidence.serial_number"
    assert brush.tell(evidence_serial_number="none") == "evidence.defect_description"
    assert brush.tell(evidence_defect_description="It does not start any more") == "evidence.photos"


def test_a_country_elsewhere_is_asked_for_by_name(brush: Talk) -> None:
    told = {"claim_reason": "quality_problem", "claim_damage_cause": "none"}
    assert brush.tell(request="warranty", order_number="SC10234", order_email="x", **told) == "claim.item_country"
    assert brush.tell(claim_item_country="elsewhere") == "claim.item_country"
    brush.tell(claim_item_country="DE")
    assert brush.said[-1].decision.outcome == "needs_review"


def test_another_order_drops_what_belonged_to_the_first(brush: Talk) -> None:
    brush.tell(request="return", order_number="SC10234", order_email="x", claim_reason="colour")
    brush.proofs = ("y",)
    assert brush.tell(order_number="SC10299") == "order.email"
    assert brush.slots["order"] is None
    assert brush.tell(order_email="y") == "claim.unused"


def test_another_order_of_the_same_customer_needs_no_proof(brush: Talk) -> None:
    brush.same_customers = ("SC10299",)
    brush.tell(request="return", order_number="SC10234", order_email="x", claim_reason="colour")
    assert brush.tell(order_number="SC10299") == "claim.unused"
    assert brush.slots["order"]["number"] == "SC10299"


def test_what_is_told_of_everything_is_told_of_each(talk: Talk) -> None:
    told = {"mentions": ["everything"], "claim_reason": "changed_mind", **GOOD, "claim_gift_returned": True}
    assert talk.tell(request="return", order_number="SC10234", order_email="x", **told) == "evidence.photos"
    assert talk.tell(evidence_photos=["a"]) == "evidence.photos"
    assert talk.slots["item_name"] == "2 × W3 Water Flosser (white)"


def test_what_is_told_of_two_things_by_name_is_not_told_of_both(order: ShopOrder) -> None:
    flosser = replace(order.lines[1], quantity=1)
    talk = Talk(replace(order, lines=(order.lines[0], flosser), gifts=()))
    told = {"mentions": ["toothbrush", "flosser"], "claim_reason": "missing_accessories", "claim_unused": True}
    talk.tell(request="return", order_number="SC10234", order_email="x", **told)
    assert talk.slots["waiting_lines"] == [[1, 1]]
    assert not talk.slots.get("ahead")


def test_of_several_things_by_name_all_pieces_are_meant(talk: Talk) -> None:
    told = {"request": "return", "mentions": ["flosser", "toothbrush"], "order_number": "SC10234", "order_email": "x"}
    assert talk.tell(**told) == "claim.reason"
    assert talk.slots["waiting_lines"] == [[1, 2]]


@pytest.mark.parametrize(("remedy", "wanted"), [("refund", "return"), ("replacement", "exchange")])
def test_what_the_warranty_gives_is_no_other_request(order: ShopOrder, remedy: str, wanted: str) -> None:
    old = replace(order, lines=order.lines[:1], delivered_on=order.purchased_on.replace(month=3))
    talk = Talk(replace(old, purchased_on=order.purchased_on.replace(month=2)))
    talk.tell(claim_reason="quality_problem", order_number="SC10234", order_email="x")
    assert talk.tell(request=wanted, claim_remedy=remedy) == "claim.damage_cause"
    assert (talk.slots["request"], talk.slots["claim_remedy"]) == ("warranty", remedy)


def test_single_things_are_taken_out_of_an_order_by_a_person(order: ShopOrder) -> None:
    talk = Talk(replace(order, delivered=False, delivered_on=None))
    assert talk.tell(request="cancel", order_number="SC10234", order_email="x") == "confirm"
    assert talk.tell(mentions=["flosser"]) == "confirm"
    assert talk.said == [WholeOrder()]
    assert talk.tell() == "confirm"
    assert talk.said == []


def test_another_refusal_is_told_in_full(brush: Talk) -> None:
    brush.tell(request="exchange", order_number="SC10234", order_email="x", claim_exchange_for="different_item")
    assert brush.tell(claim_reason="lost_or_stolen", request="return") == "request"
    assert Noted() not in brush.said


def test_a_fact_told_at_the_summary_reopens_the_item(brush: Talk) -> None:
    brush.tell(request="return", order_number="SC10234", order_email="x", claim_reason="colour", **GOOD)
    assert brush.tell(evidence_photos=["a"]) == "confirm"
    assert brush.tell(claim_unused=False) == "request"
    assert brush.slots["items"] == []
    assert brush.slots["offered"] == ["person"]


def test_the_gift_is_taken_off_once(order: ShopOrder) -> None:
    talk = Talk(order)
    talk.tell(request="return", order_number="SC10234", order_email="x", order_lines=[[0, 1], [1, 1]])
    talk.tell(claim_reason="colour", **GOOD, claim_gift_returned=False, evidence_photos=["a"])
    assert talk.slots["item_name"] == "W3 Water Flosser (white)"
    assert talk.tell(claim_reason="colour", **GOOD) == "evidence.photos"
    assert talk.tell(evidence_photos=["b"]) == "confirm"
    assert [item["decision"]["refund"]["amount"] for item in talk.slots["items"]] == ["69.90", "79.90"]


def test_what_got_a_thing_refused_can_be_taken_back_while_the_next_is_talked_about(order: ShopOrder) -> None:
    flosser = replace(order.lines[1], quantity=1)
    talk = Talk(replace(order, lines=(order.lines[0], flosser), gifts=()))
    talk.tell(request="return", order_number="SC10234", order_email="x")
    talk.tell(order_lines=[[0, 1], [1, 1]])
    talk.tell(claim_reason="changed_mind")
    assert talk.tell(claim_unused=False) == "claim.reason"
    assert talk.slots["order_lines"] == [[1, 1]]
    talk.message = message("correct_answer", "oh wait, I made a mistake, I have never used it")
    assert talk.tell(claim_unused=True) == "claim.packaging_complete"
    assert talk.slots["order_lines"] == [[0, 1]]
    assert talk.slots["claim_reason"] == "changed_mind"
    assert talk.slots["waiting_lines"] == [[1, 1]]
    assert talk.slots["refused"] == []


def test_one_piece_of_two_leaves_the_other(order: ShopOrder) -> None:
    assert left_over(order, [{"lines": [[1, 1]]}]) == [[0, 1], [1, 1]]
    assert whole_order(order) == [[0, 1], [1, 2]]
    assert name_of(order, [[1, 2]]) == "2 × W3 Water Flosser (white)"


@pytest.mark.parametrize(
    ("words", "lines"),
    [(["pink"], [0]), (["flosser"], [1]), (["white", "flosser"], [1]), (["X3U"], [0]), (["charger"], []), ([], [])],
)
def test_words_name_the_lines_they_fit_best(order: ShopOrder, words: list[str], lines: list[int]) -> None:
    assert [line for line, _ in named(order, whole_order(order), words)] == lines
