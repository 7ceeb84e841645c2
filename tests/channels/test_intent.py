"""Which intent the rules act on, where a message is a wish and a question about the policy at once."""

import pytest

from channels.intent import (
    about_an_order,
    acted_on,
    asked,
    asks_the_same,
    asks_where,
    by_name,
    calls_for_help,
    in_another_language,
    is_for_a_person,
    lets_go,
    undoes,
)

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


@pytest.mark.parametrize(
    ("text", "is_one"),
    [
        ("need help with my order", True),
        ("Hi, can you help me?", True),
        ("I have a problem with my order.", True),
        ("I need help to return my toothbrush", False),
        ("it has a problem with the charger", False),
    ],
)
def test_a_call_for_help_says_nothing_else(text: str, is_one: bool) -> None:
    assert calls_for_help(text) is is_one


@pytest.mark.parametrize(
    ("text", "is_one"),
    [("where do I find it?", True), ("and where can I see that", True), ("where do I send it?", False)],
)
def test_where_it_is_found_asks_about_the_question(text: str, is_one: bool) -> None:
    assert asks_where(text) is is_one


@pytest.mark.parametrize(
    ("text", "intent"),
    [
        ("Kann ich mit einem Menschen sprechen?", "talk_to_human"),
        ("quiero hablar con una persona", "talk_to_human"),
        ("je voudrais parler à un conseiller", "talk_to_human"),
        ("meine Zahnbürste lädt nicht mehr", "other_language"),
    ],
)
def test_a_person_is_heard_in_other_languages(text: str, intent: str) -> None:
    assert in_another_language(text, {"name": "out_of_scope"})["name"] == intent


@pytest.mark.parametrize("text", ["hmm no, exchange is fine", "swap would be better", "exchange then"])
def test_a_wish_by_its_name_may_be_called_fine(text: str) -> None:
    assert by_name({"text": text, "intent": {"name": "ask_exchange_policy"}})["name"] == "start_exchange"


@pytest.mark.parametrize(
    ("text", "is_one"),
    [
        ("can I cancel the return?", True),
        ("please withdraw my warranty claim", True),
        ("cancel my order", False),
        ("I want to cancel it and return the brush", False),
    ],
)
def test_a_return_that_is_cancelled_is_let_go_of(text: str, is_one: bool) -> None:
    assert lets_go(text) is is_one


@pytest.mark.parametrize(
    "text",
    [
        "Without an answer by Friday my attorney will write to you.",
        "or I'll see you in court",
        "I will sue you for this",
        "I've opened a dispute with my bank",
        "there is a chargeback running",
        "my bank is reversing the payment",
        "We shall take legal action.",
    ],
)
def test_a_threat_of_law_or_a_disputed_payment_is_for_a_person(text: str) -> None:
    assert is_for_a_person(text)


@pytest.mark.parametrize(
    "text",
    [
        "I sued it for two weeks",
        "my wife Sue wants to return it",
        "the card was charged back in May",
        "no dispute about that",
    ],
)
def test_words_that_only_sound_like_law_or_bank_are_not(text: str) -> None:
    assert not is_for_a_person(text)


def test_a_question_with_an_order_number_begins_a_request() -> None:
    number = [{"entity": "order_number", "value": "SC10234"}]
    intent = {"name": "ask_return_policy", "also": []}
    assert about_an_order(intent, {"entities": number}) == {"name": "give_information", "also": ["ask_return_policy"]}
    assert about_an_order(intent, {"entities": []}) == intent
    assert about_an_order({"name": "change_order"}, {"entities": number}) == {"name": "change_order"}


@pytest.mark.parametrize(
    ("text", "same"),
    [
        ("and for the brush heads?", True),
        ("ok what about my flosser?", True),
        ("and the flosser leaks, what can I do about it?", False),
        ("the brush heads", False),
    ],
)
def test_what_asks_the_same_of_another_thing_has_no_verb(text: str, same: bool) -> None:
    named = [{"entity": "product", "value": "brush head"}]
    assert asks_the_same({"text": text, "entities": named}) is same
    assert not asks_the_same({"text": text, "entities": []})


@pytest.mark.parametrize(
    ("text", "undo"), [("wait can i still undo that", True), ("please reverse the polarity", False)]
)
def test_what_was_done_may_be_undone(text: str, undo: bool) -> None:
    assert undoes(text) is undo
