"""What a message tells, and what it must not be taken to tell."""

from dataclasses import replace
from typing import Any

import pytest

from actions.message import Message
from actions.reading import read
from tests.actions.conftest import message


@pytest.mark.parametrize(
    ("intent", "slots"),
    [
        ("start_return", {"request": "return"}),
        ("start_exchange", {"request": "exchange"}),
        ("start_warranty_claim", {"request": "warranty"}),
        ("cancel_order", {"request": "cancel"}),
        ("report_defect", {"claim_reason": "quality_problem"}),
        ("report_damage_on_arrival", {"claim_reason": "damaged_on_arrival"}),
        ("report_wrong_item", {"claim_reason": "wrong_item"}),
        ("report_missing_parts", {"claim_reason": "missing_accessories"}),
    ],
)
def test_a_procedure_sets_the_request_and_a_problem_the_reason(intent: str, slots: dict[str, Any]) -> None:
    assert read(message(intent), {}, None) == slots


def test_one_message_fills_several_facts() -> None:
    said = message(
        "start_return",
        entities=[("order_number", "SC10234"), ("email", "dana@example.com"), ("unused", "true"), ("colour", "pink")],
    )
    assert read(said, {}, None) == {
        "request": "return",
        "order_number": "SC10234",
        "order_email": "dana@example.com",
        "claim_unused": True,
        "mentions": ["pink"],
    }


def test_a_question_about_the_policy_tells_no_fact() -> None:
    asked = message("ask_freight", "who pays if I have used it?", entities=[("unused", "false")])
    assert read(asked, {}, "claim.unused") == {}


def test_what_sounds_like_a_question_but_asks_nothing_is_an_answer() -> None:
    said = message("ask_authenticity", "the original packaging is all there", entities=[("packaging_complete", "true")])
    assert read(said, {}, "claim.packaging_complete") == {"claim_packaging_complete": True}


def test_a_day_in_small_talk_is_no_delivery_date() -> None:
    text = "what do you think of the football last night?"
    date = {"entity": "date", "value": "last night", "readings": ["2026-11-21"], "start": 34, "end": 44}
    assert read(replace(message("out_of_scope", text), entities=(date,)), {}, "order.delivered_on") == {}


def test_an_answer_beside_a_question_is_taken() -> None:
    said = message("ask_freight", "never used. who pays the postage?", entities=[("unused", "true")])
    assert read(said, {}, "claim.unused") == {"claim_unused": True}


def test_two_facts_that_contradict_each_other_tell_nothing() -> None:
    said = message(entities=[("unused", "true"), ("unused", "false")])
    assert "claim_unused" not in read(said, {}, None)


def test_a_goal_that_nlu_is_not_sure_of_is_not_taken() -> None:
    assert read(message("nlu_fallback", hint="report_defect"), {}, "order.number") == {}


@pytest.mark.parametrize(("answer", "fact"), [("yes", True), ("no", False)])
def test_a_bare_yes_or_no_answers_a_yes_no_question(answer: str, fact: bool) -> None:
    said = message("affirm", entities=[("answer", answer)])
    assert read(said, {}, "claim.unused") == {"claim_unused": fact}


@pytest.mark.parametrize(
    ("fact", "text", "value"),
    [
        ("claim.packaging_complete", "sure, it's in the cupboard, all of it", True),
        ("claim.packaging_complete", "yes, mostly", None),
        ("claim.contents_complete", "yes but the manual is gone", None),
        ("claim.unused", "yes used", False),
        ("claim.troubleshooting_done", "yes, it made no difference", True),
        ("claim.troubleshooting_done", "yes, I will try tonight", False),
    ],
)
def test_a_yes_that_goes_on_counts_unless_it_takes_something_back(fact: str, text: str, value: bool | None) -> None:
    told = read(message("give_information", text), {}, fact)
    assert told.get(fact.replace(".", "_")) == value


def test_no_reason_is_heard_where_a_number_was_asked_for_and_none_was_given() -> None:
    assert read(message("report_wrong_item", "I didn't buy it on your site"), {}, "order.number") == {}
    said = message("report_defect", "SC10234, it is dead", entities=[("order_number", "SC10234")])
    assert read(said, {}, "order.number") == {"order_number": "SC10234", "claim_reason": "quality_problem"}


def test_an_answer_with_a_goal_beside_it_changes_no_goal() -> None:
    said = message("cancel_order", "on Amazon. I don't want it", entities=[("purchase_channel", "amazon_store")])
    assert read(said, {"request": "return"}, "order.channel") == {"order_channel": "amazon_store"}


def test_someone_online_is_no_wish_for_a_person_where_it_was_asked_who_sold_it() -> None:
    assert read(message("talk_to_human", "someone online"), {}, "order.channel") == {"order_channel": "unauthorized"}
    assert read(message("talk_to_human", "someone please"), {}, "claim.unused") == {}


def test_where_it_was_bought_is_no_reason() -> None:
    said = message("report_wrong_item", "I didn't buy it from you", entities=[("purchase_channel", "amazon_store")])
    assert read(said, {}, "order.number") == {"order_channel": "amazon_store"}


def test_a_fact_told_at_the_summary_is_a_correction_and_no_answer() -> None:
    said = message("correct_answer", "I made a mistake, it is all there", entities=[("contents_complete", "true")])
    assert read(said, {}, "confirm") == {"claim_contents_complete": True}


def test_a_no_with_more_in_it_is_read_by_what_it_says() -> None:
    assert read(message("deny", "no, never used"), {}, "claim.unused") == {"claim_unused": True}
    assert read(message("deny", "no, that is not so"), {}, "claim.unused") == {}


def test_what_a_customer_may_have_done_is_for_a_person() -> None:
    said = message("give_information", "not sure, a child may have tried it", entities=[("unused", "false")])
    assert read(said, {}, "claim.unused") == {"claim_unused": "unsure"}


def test_a_problem_named_later_does_not_overwrite_the_reason() -> None:
    assert read(message("report_missing_parts"), {"claim_reason": "colour"}, "claim.packaging_complete") == {}


@pytest.mark.parametrize("intent", ["talk_to_human", "stop_request", "ask_why"])
def test_what_leaves_the_form_answers_nothing(intent: str) -> None:
    assert read(message(intent, "call me at once please, this is urgent"), {}, "evidence.defect_description") == {}


def test_photos_are_kept_whenever_they_come_and_each_once() -> None:
    told = read(message("send_photos", photos=("b", "a")), {"evidence_photos": ["a"]}, "order.number")
    assert told == {"evidence_photos": ["a", "b"]}


@pytest.mark.parametrize(
    ("fact", "value", "slots"),
    [
        ("claim.unused", "true", {"claim_unused": True}),
        ("claim.unused", "unsure", {"claim_unused": "unsure"}),
        ("order.lines", "0x1,1x2", {"order_lines": [[0, 1], [1, 2]]}),
        ("claim.damage_cause", "none", {"claim_damage_cause": "none"}),
        ("nonsense", "x", {}),
    ],
)
def test_a_button_says_exactly_one_thing(fact: str, value: str, slots: dict[str, Any]) -> None:
    assert read(message("choose", answer={fact: value}), {}, None) == slots


@pytest.mark.parametrize(
    ("typed", "proof"),
    [
        ("94016", "94016"),
        ("my zip is 94016.", "94016"),
        ("SW1A 1AA", "SW1A 1AA"),
        ("1234 AB in Amsterdam", "1234 AB"),
    ],
)
def test_an_email_or_a_postcode_is_found_however_it_is_typed(typed: str, proof: str) -> None:
    assert read(message(text=typed), {}, "order.email") == {"order_email": proof}


def test_an_email_is_a_proof_wherever_it_is_named() -> None:
    assert read(message(entities=[("email", "dana@example.com")]), {}, None) == {"order_email": "dana@example.com"}


def test_an_order_number_and_a_postcode_in_one_message() -> None:
    printed = {"entity": "order_number", "value": "SC10234", "start": 6, "end": 13}
    misread = {"entity": "order_number", "value": "94016", "start": 15, "end": 20}
    said = replace(message(text="order SC10234, 94016"), entities=(printed, misread))
    assert read(said, {}, "order.number") == {"order_number": "SC10234", "order_email": "94016"}


@pytest.mark.parametrize(("text", "proof"), [("return SC10234, 94016", "94016"), ("SC10234 cost 79.90 in 2026", None)])
def test_unasked_only_a_zip_code_beside_the_number_is_a_proof(text: str, proof: str | None) -> None:
    start = text.index("SC10234")
    printed = {"entity": "order_number", "value": "SC10234", "start": start, "end": start + 7}
    assert read(replace(message(text=text), entities=(printed,)), {}, None).get("order_email") == proof


def test_a_serial_number_or_any_digits_do_not_change_the_order() -> None:
    said = message(text="SN1234567", entities=[("order_number", "1234567")])
    assert "order_number" not in read(said, {}, "evidence.serial_number")


def test_a_serial_number_of_an_odd_shape_is_asked_for_once_more_and_then_taken() -> None:
    said = message(text="it says SN-12345678")
    assert read(said, {}, "evidence.serial_number") == {"serial_tried": "SN-12345678"}
    told = read(said, {"serial_tried": "SN-12345678"}, "evidence.serial_number")
    assert told == {"evidence_serial_number": "SN-12345678"}


def test_an_email_alone_after_a_mismatch_goes_with_the_number_that_was_tried() -> None:
    said = message(entities=[("email", "dana@example.com")])
    told = read(said, {"tried_number": "SC10234"}, "order.number")
    assert told == {"order_email": "dana@example.com", "order_number": "SC10234"}


def test_words_without_a_digit_are_no_postcode() -> None:
    assert read(message("deny", "I do not want to tell you"), {}, "order.email") == {}


def dated(*readings: str, vague: bool = False) -> Message:
    date = {"entity": "date", "value": "then", "readings": list(readings), "vague": vague}
    return replace(message(), entities=(date,))


@pytest.mark.parametrize(
    ("said", "slots"),
    [
        (dated("2026-11-10"), {"order_delivered_on": "2026-11-10"}),
        (dated("2026-11-23"), {"date_readings": []}),
        (message(), {}),
        (dated("2026-03-04", "2026-04-03"), {"date_readings": ["2026-03-04", "2026-04-03"]}),
        (dated("2026-10-31", vague=True), {"date_readings": ["2026-10-31"]}),
    ],
)
def test_a_date_is_taken_when_only_one_day_can_be_meant_else_asked_back(said: Message, slots: dict[str, Any]) -> None:
    assert read(said, {}, "order.delivered_on") == slots


@pytest.mark.parametrize(("answer", "country"), [("yes", "US"), ("no", "elsewhere")])
def test_yes_means_the_country_of_the_order(answer: str, country: str) -> None:
    said = message(entities=[("answer", answer)])
    assert read(said, {"order": {"country": "US"}}, "claim.item_country") == {"claim_item_country": country}


@pytest.mark.parametrize(
    ("intent", "text", "entities", "confirm"),
    [
        ("affirm", "yes please", [("answer", "yes")], "yes"),
        ("affirm", "go ahead and open it", [], "yes"),
        ("affirm", "yes but change the reason", [], None),
        ("affirm", "is that ok?", [], None),
        ("nlu_fallback", "hmm", [], None),
        ("deny", "no", [("answer", "no")], "no"),
        ("deny", "no that's wrong", [], "change"),
    ],
)
def test_only_a_clear_yes_opens_a_case(intent: str, text: str, entities: list[Any], confirm: str | None) -> None:
    assert read(message(intent, text, hint="affirm", entities=entities), {}, "confirm").get("confirm") == confirm


def test_a_country_is_understood_by_its_code() -> None:
    named = replace(message(), entities=({"entity": "country", "value": "Germany", "code": "DE"},))
    assert read(named, {}, "claim.item_country") == {"claim_item_country": "DE"}


def test_yes_takes_the_only_way_that_was_offered_and_no_ends_it() -> None:
    offered = {"offered": ["warranty"]}
    assert read(message("affirm"), offered, "request") == {"request": "warranty"}
    assert read(message("deny"), offered, "request") == {"confirm": "no"}
    assert read(message("affirm"), {"offered": ["warranty", "cancel"]}, "request") == {}


def test_a_swap_for_cash_is_a_return() -> None:
    assert read(message("start_exchange", "Can I swap it for cash?"), {}, None) == {"request": "return"}
