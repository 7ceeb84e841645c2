"""What is told beside, before or instead of an answer to the open question, and what is taken back."""

from dataclasses import replace

import pytest

from actions.reading import read
from support.orders.shop_order import ShopOrder
from tests.actions.conftest import message

AFTER_A_REFUSAL = {"request": "return", "claim_reason": "wrong_item", "claim_unused": False, "offered": ["person"]}


def test_a_correction_after_a_refusal_is_no_no_to_what_was_offered() -> None:
    said = message("deny", "actually no, I have never used it", entities=[("unused", "true")])
    assert read(said, AFTER_A_REFUSAL, "request") == {"claim_unused": True}


def test_a_no_that_says_again_why_stays_a_no() -> None:
    said = message("deny", "no, I have used it", entities=[("unused", "false")])
    assert read(said, AFTER_A_REFUSAL, "request") == {"claim_unused": False, "confirm": "no"}


def test_an_answer_that_sounds_like_a_goodbye_tells_all_it_says() -> None:
    text = "it turns out I don't need it after all, and it's still unused"
    said = message("stop_request", text, entities=[("reason", "changed_mind"), ("unused", "true")])
    assert read(said, {"request": "return"}, "claim.reason") == {"claim_reason": "changed_mind", "claim_unused": True}
    assert read(message("stop_request", "forget it"), {"request": "return"}, "claim.reason") == {}


def test_a_first_message_may_want_one_thing_and_report_another() -> None:
    text = "Could you take it back? It rattles. Somebody stole the charger."
    said = message("report_defect", text, goals=("start_return", "report_defect"))
    assert read(said, {}, None) == {"request": "return", "claim_reason": "quality_problem"}


def test_a_country_with_a_slip_in_it_is_read_where_it_was_asked_for() -> None:
    slots = {"order": {"country": "US", "purchased_on": "2026-10-01"}}
    assert read(message(text="it's in cnaada now"), slots, "claim.item_country") == {"claim_item_country": "CA"}
    assert read(message(text="yes, in uinted sttaes"), slots, "claim.item_country") == {"claim_item_country": "US"}
    assert read(message(text="in the bathroom"), slots, "claim.item_country") == {}


def test_a_yes_with_a_but_is_asked_again() -> None:
    said = message("affirm", "yes, but only once", likely={"claim.unused": ("true", 0.8)})
    assert read(said, {"request": "return"}, "claim.unused") == {}


def test_a_yes_that_repeats_the_wish_is_a_yes_to_the_summary() -> None:
    said = message("cancel_order", "yes please cancel it")
    assert read(said, {"request": "cancel"}, "confirm") == {"confirm": "yes"}
    assert read(said, {"request": "return"}, "confirm") == {"request": "cancel"}


def test_the_colour_that_was_ordered_names_no_other_thing() -> None:
    said = message("report_wrong_item", "I ordered white", entities=[("colour", "white")])
    assert read(said, {"request": "exchange"}, "claim.reason") == {"claim_reason": "wrong_item"}


def test_one_who_insists_on_another_way_is_heard() -> None:
    said = replace(message("correct_answer", "I said money back"), likely={"request": ("return", 0.9)})
    assert read(said, {"request": "warranty"}, "claim.damage_cause") == {"request": "return"}


def test_a_torn_box_asked_for_is_no_damaged_item() -> None:
    said = message("report_damage_on_arrival", "box is a bit torn but there")
    said = replace(said, likely={"claim.packaging_complete": ("false", 0.8)})
    assert read(said, {"request": "return"}, "claim.packaging_complete") == {"claim_packaging_complete": False}


@pytest.mark.parametrize(("text", "is_told"), [("and it's still in Canada", True), ("I live in Canada", False)])
def test_where_it_is_may_be_told_before_it_is_asked(text: str, is_told: bool) -> None:
    found = {"entity": "country", "value": "Canada", "code": "CA", "start": text.index("Canada"), "end": len(text)}
    told = read(replace(message(text=text), entities=(found,)), {"request": "warranty"}, "claim.damage_cause")
    assert (told.get("claim_item_country") == "CA") is is_told


def test_a_reason_told_after_another_answer_is_not_asked_for_again() -> None:
    text = "please just send me the same model again. there were parts missing when it arrived"
    said = replace(message(text=text), likely={"claim.reason": ("missing_accessories", 0.95)})
    assert read(said, {"request": "exchange"}, "claim.exchange_for") == {
        "claim_exchange_for": "same_item",
        "claim_reason": "missing_accessories",
    }


def test_who_has_tried_everything_does_not_say_goodbye() -> None:
    said = message("goodbye", "i have already tired everything")
    assert read(said, {"request": "warranty"}, "claim.troubleshooting_done") == {"claim_troubleshooting_done": True}


def test_what_takes_back_one_answer_is_no_answer_to_the_open_question() -> None:
    text = "actually no, I don't have the box any more"
    said = message("deny", text, entities=[("packaging_complete", "false")])
    slots = {"request": "return", "claim_packaging_complete": True}
    assert read(said, slots, "claim.contents_complete") == {"claim_packaging_complete": False}


@pytest.mark.parametrize(
    ("text", "is_day"),
    [
        ("by the way, the weather here is dreadful today", False),
        ("it came today", True),
        ("Yes, thank you, today.", True),
        ("today", True),
    ],
)
def test_only_what_happened_is_dated(text: str, is_day: bool) -> None:
    at = text.index("today")
    date = {"entity": "date", "value": "today", "readings": ["2026-11-21"], "start": at, "end": at + 5}
    told = read(replace(message("nlu_fallback", text), entities=(date,)), {}, "order.delivered_on")
    assert ("order_delivered_on" in told) is is_day


def test_a_correction_that_sounds_like_giving_up_is_one() -> None:
    text = "let me correct that: I've had second thoughts and don't want it any longer"
    said = message("stop_request", text, entities=[("reason", "changed_mind")])
    assert read(said, {"request": "return", "claim_reason": "colour"}, "confirm") == {"claim_reason": "changed_mind"}


@pytest.mark.parametrize(("text", "is_none"), [("I wrote to you about it", False), ("never wrote to you", True)])
def test_only_a_no_means_that_nothing_was_reported(text: str, is_none: bool) -> None:
    said = replace(message(text=text), likely={"claim.issued_on": ("none", 0.96)})
    assert (read(said, {"request": "warranty"}, "claim.issued_on") == {"claim_issued_on": "none"}) is is_none


@pytest.mark.parametrize(
    ("text", "likely", "told"),
    [
        ("it's been used", {"claim.unused": ("false", 0.995)}, {"claim_unused": False}),
        ("used, maybe", {"claim.unused": ("false", 0.9)}, {}),
        ("nothing", {"claim.damage_cause": ("none", 0.99), "claim.contents_complete": ("true", 0.99)}, {}),
    ],
)
def test_what_surely_answers_one_other_question_is_taken(text: str, likely: dict, told: dict) -> None:
    assert read(message(text=text, likely=likely), {"request": "return"}, "claim.reason") == told


def test_what_is_complete_misses_nothing() -> None:
    said = message("report_missing_parts", "box and everything is complete", entities=[("contents_complete", "true")])
    assert read(said, {"request": "return"}, "claim.reason") == {"claim_contents_complete": True}


@pytest.mark.parametrize("fact", ["claim.unused", "claim.contents_complete", "claim.item_country"])
def test_an_ok_to_an_answer_in_between_says_nothing_of_the_thing(fact: str) -> None:
    ok = message("affirm", "ok", entities=[("answer", "yes")])
    assert read(ok, {"request": "return", "asked_again": True}, fact) == {}
    known = {"request": "return", "order": {"country": "US", "purchased_on": "2026-10-01"}}
    assert read(ok, known, fact) != {}


@pytest.mark.parametrize(
    ("text", "likely"),
    [
        ("can't read it", {"evidence.serial_number": ("none", 0.99)}),
        ("what if i only have the mail", {}),
    ],
)
def test_what_answers_something_else_or_asks_is_no_doubt(text: str, likely: dict) -> None:
    assert read(message("not_sure", text, likely=likely), {"request": "return"}, "claim.unused") == {}


def test_a_doubt_that_would_be_one_of_any_question_is_one() -> None:
    said = message("not_sure", "not that I'd know", likely={"claim.issued_on": ("unsure", 0.99)})
    assert read(said, {"request": "return"}, "claim.unused") == {"claim_unused": "unsure"}


@pytest.mark.parametrize(("text", "returned"), [("ill keep the case", False), ("the case goes back too", True)])
def test_a_gift_may_be_called_by_its_name(text: str, returned: bool) -> None:
    slots = {"request": "return", "order": {"gifts": [{"name": "Travel case", "value": "10.00"}]}}
    assert read(message("stop_request", text), slots, "claim.unused") == {"claim_gift_returned": returned}
    assert read(message("stop_request", text), {"request": "return"}, "claim.unused") == {}


def test_what_follows_from_a_missing_part_is_no_other_reason() -> None:
    slots = {"request": "return", "claim_reason": "missing_accessories"}
    said = message("report_defect", "never used, i cant charge it", entities=[("reason", "quality_problem")])
    assert read(said, slots, "claim.unused")["claim_reason"] == "missing_accessories"
    corrected = replace(said, text="sorry, it is here, but the brush does not charge")
    assert read(corrected, slots, "claim.unused")["claim_reason"] == "quality_problem"


@pytest.mark.parametrize(
    ("text", "entities", "other"),
    [
        ("exchange my toothbrush for the flosser", [("product", "toothbrush"), ("product", "flosser")], True),
        ("can i swap it for a flosser?", [("product", "flosser")], True),
        ("exchange my toothbrush for a new toothbrush", [("product", "toothbrush")], False),
        ("i paid the toothbrush for my mother", [("product", "toothbrush")], False),
    ],
)
def test_another_thing_that_is_wanted_is_not_the_thing_it_is_about(text: str, entities: list, other: bool) -> None:
    told = read(message("start_exchange", text, entities=entities), {}, None)
    assert (told.get("claim_exchange_for") == "different_item") is other
    assert "flosser" not in told.get("mentions", [])


def test_a_shop_that_is_none_of_ours_needs_no_capital_letter() -> None:
    for text in ("bought it at best buy, it died", "i purchased this from a drugstore last year"):
        assert read(message("report_defect", text), {}, None)["order_channel"] == "elsewhere"
    for text in ("i bought it from you, it died", "bought it from your website", "bought at christmas, now it died"):
        assert "order_channel" not in read(message("report_defect", text), {}, None)


def test_what_the_customer_dropped_did_not_arrive_damaged() -> None:
    text = "i dropped it, its cracked, can i get a new one?"
    dropped = message("report_damage_on_arrival", text, entities=[("damage_cause", "abuse")])
    assert read(dropped, {}, None)["claim_reason"] == "quality_problem"
    assert read(message("report_damage_on_arrival", "it came cracked"), {}, None) == {
        "claim_reason": "damaged_on_arrival"
    }


@pytest.mark.parametrize("text", ["broken", "its broken", "defect!!", "Faulty."])
def test_a_single_word_reports_a_fault_where_the_wish_was_asked(text: str) -> None:
    assert read(message("nlu_fallback", text), {}, "request") == {"claim_reason": "quality_problem"}
    assert read(message("nlu_fallback", text), {"claim_reason": "colour"}, "request") == {}


def test_an_address_that_was_asked_for_asks_no_why() -> None:
    said = message("ask_why", "that should be dana@example.com", entities=[("email", "dana@example.com")])
    assert read(said, {"order_number": "SC10234"}, "order.email") == {"order_email": "dana@example.com"}
    person = replace(said, intent="talk_to_human")
    assert read(person, {"order_number": "SC10234"}, "order.email") == {}


def test_a_yes_may_come_last() -> None:
    slots = {"request": "return", "order": {"country": "US", "purchased_on": "2026-10-01"}}
    assert read(message(text="im in texas yes"), slots, "claim.item_country") == {"claim_item_country": "US"}
    assert read(message(text="yes us"), slots, "claim.item_country") == {"claim_item_country": "US"}
    assert read(message(text="yes but in another country"), slots, "claim.item_country") == {}
    assert read(message(text="i took it to my son in ohio, yes"), slots, "claim.item_country") == {}
    assert read(message(text="I did use it, yes"), slots, "claim.unused") == {"claim_unused": False}


def test_a_postcode_is_read_before_it_is_asked_for_where_the_number_is_known() -> None:
    assert read(message(text="oh its 94016"), {"order_number": "SC10234"}, "request") == {"order_email": "94016"}
    assert read(message(text="oh its 94016"), {}, "request") == {}


@pytest.mark.parametrize(
    ("text", "lines"), [("both of the flossers", [[1, 2]]), ("all", [[0, 1], [1, 2]]), ("both", [[0, 1], [1, 2]])]
)
def test_all_pieces_of_one_thing_are_named_by_it(order: ShopOrder, text: str, lines: list) -> None:
    told = read(message(text=text), {"request": "return", "order": order.as_json()}, "order.lines")
    assert told.get("order_lines") == lines
