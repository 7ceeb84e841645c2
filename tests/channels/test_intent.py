"""Which intent the rules act on, where a message is a wish and a question about the policy at once."""

import pytest

from channels.intent import asked

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
