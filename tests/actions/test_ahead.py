"""What letters tell of things whose turn comes later."""

from dataclasses import replace

import pytest

from actions.ahead import begun, line_of, merged, of_line
from actions.letter_read import read_letter
from actions.next_question import next_question
from actions.reading import read
from actions.whole_letter import further_questions
from tests.actions.conftest import message, order_line


def test_a_fact_and_a_choice_name_the_line_of_their_thing():
    assert of_line("claim.unused", [2, 1]) == "claim.unused@2"
    assert of_line("claim.unused=true", [2, 1]) == "claim.unused@2=true"
    assert line_of("claim.unused@2") == ("claim.unused", "2")
    assert line_of("claim.unused") == ("claim.unused", "")


def test_a_thing_begins_with_what_was_told_of_it_and_nothing_of_the_one_before(order):
    slots = {"request": "return", "claim_unused": False, "told": "eligible", "order": order.as_json()}
    told = {"ahead": {"1": {"claim_unused": True}, "flosser": {"claim_reason": "damaged_on_arrival"}}}
    now = begun(slots | told, [1, 1])
    assert (now["request"], now["claim_unused"], now["told"], now["order_lines"]) == ("return", True, None, [[1, 1]])
    assert now["claim_reason"] == "damaged_on_arrival"
    before = begun(slots | told, [0, 1])
    assert (before["claim_unused"], before["claim_reason"]) == (None, None)


def test_a_word_that_fits_two_things_of_the_order_tells_of_neither(order):
    two = replace(order, lines=(order_line(), order_line(1, colour="white"))).as_json()
    slots = {"order": two, "ahead": {"toothbrush": {"claim_unused": True}}}
    assert begun(slots, [0, 1])["claim_unused"] is None


def test_what_is_told_later_is_added():
    known = {"2": {"claim_unused": True}}
    told = {"2": {"claim_reason": "colour"}, "3": {"claim_unused": False}}
    assert merged(known, told) == {"2": {"claim_unused": True, "claim_reason": "colour"}, "3": {"claim_unused": False}}
    assert merged(None, told) == told


def said(thing: str, **given: object) -> dict:
    return {"thing": thing, "entities": [], "intent": "", "wants": "", "text": ""} | given


def test_each_thing_of_a_letter_has_its_own_reason():
    things = (
        said("toothbrush", entities=[{"entity": "reason", "value": "colour"}]),
        said("flosser", intent="report_damage_on_arrival"),
    )
    letter = message(
        "start_return", "…", by_mail=True, goals=("start_return", "report_damage_on_arrival"), things=things
    )
    told = read_letter(letter, {}, None)
    assert told["request"] == "return"
    assert "claim_reason" not in told
    reasons = {thing: facts["claim_reason"] for thing, facts in told["ahead"].items()}
    assert reasons == {"toothbrush": "colour", "flosser": "damaged_on_arrival"}


def test_what_is_wanted_of_one_thing_is_not_asked_before_the_order_is_known():
    slots = {"ahead": {"flosser": {"claim_reason": "quality_problem", "claim_remedy": "replacement"}}}
    assert next_question(slots, message()).fact == "order.number"
    letter = message(by_mail=True, entities=[("product", "toothbrush"), ("product", "flosser")])
    assert further_questions(slots, letter, "order.number") == ["order.email"]


@pytest.mark.parametrize("understand", [read, read_letter])
def test_each_thing_has_its_own_way(understand):
    things = (said("flosser", wants="start_return"), said("toothbrush", wants="start_exchange"))
    told = understand(message("start_return", "…", things=things), {}, None)
    assert told["request"] == "return"
    assert told["mentions"] == ["flosser", "toothbrush"]
    assert told["ahead"] == {"flosser": {"request": "return"}, "toothbrush": {"request": "exchange"}}


def test_one_way_for_both_is_the_way_of_the_request():
    things = (said("flosser", wants="start_return"), said("toothbrush", wants="start_return"))
    assert "ahead" not in read(message("start_return", "…", things=things), {}, None)
