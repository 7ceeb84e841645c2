"""Which intent the rules act on, where a message is a wish and a question about the policy at once."""

import pytest

from channels.intent import acted_on, asked

CERTAIN_TOPIC = {"name": "other_item", "intent": "ask_exchange_policy", "sure": 0.9, "near": 0.8}


@pytest.mark.parametrize(
    ("text", "goal"),
    [
        ("is it possible to swap my toothbrush?", "start_exchange"),
        ("is it still possible to cancel what I ordered?", "cancel_order"),
        ("could I send back the flosser I bought?", "start_return"),
    ],
)
def test_a_wish_for_ones_own_thing_stays_a_wish_when_it_is_worded_as_a_question(text: str, goal: str) -> None:
    intent, topic = asked({"name": goal, "zone": "accept"}, {"text": text, "topic": CERTAIN_TOPIC})
    assert intent["name"] == goal
    assert topic == CERTAIN_TOPIC  # answered beside it


@pytest.mark.parametrize("text", ["can I swap it for another model?", "can I swap my toothbrush if I used it?"])
def test_a_question_about_the_policy_is_one_although_it_sounds_like_a_wish(text: str) -> None:
    intent, _ = asked({"name": "start_exchange", "zone": "accept"}, {"text": text, "topic": CERTAIN_TOPIC})
    assert intent["name"] == "ask_exchange_policy"


@pytest.mark.parametrize(
    ("text", "wish"),
    [("exchange", "start_exchange"), ("Warranty please", "start_warranty_claim"), ("cancel my order", "cancel_order")],
)
def test_a_wish_by_its_bare_name_asks_for_no_policy(text: str, wish: str) -> None:
    assert acted_on({"text": text, "intent": {"name": "ask_exchange_policy", "zone": "accept"}})["name"] == wish


@pytest.mark.parametrize("text", ["return policy", "exchange conditions", "warranty?"])
def test_a_question_in_two_words_stays_one(text: str) -> None:
    intent = {"name": "ask_return_policy", "zone": "accept"}
    assert acted_on({"text": text, "intent": intent}) == intent


def test_a_likely_wish_that_is_named_is_sure_enough() -> None:
    intent = {"name": "start_exchange", "zone": "ask"}
    assert acted_on({"text": "hoping to exchnage what I ordered", "intent": intent})["name"] == "start_exchange"
    assert acted_on({"text": "hoping for the best", "intent": intent})["name"] == "nlu_fallback"


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("i was hoping to exchnage the toothbrush that i ordered", "start_exchange"),
        ("exchange it, you sent me another one than I ordered", "report_wrong_item"),
        ("this is no toothbrush", "report_wrong_item"),
    ],
)
def test_a_wish_to_exchange_reports_no_wrong_item_unless_it_says_so(text: str, name: str) -> None:
    intent = {"name": "report_wrong_item", "zone": "accept"}
    assert acted_on({"text": text, "intent": intent})["name"] == name
