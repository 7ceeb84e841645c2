"""How did we do: asked at an end, after something was done, and once."""

import pytest
from conversation_log import NOW, agent, bot_says, owner_of

from support.conversations import ownership, services

CASE = {"number": "C-7F3K-2QWX"}
CITED = [{"clause": "R.window", "text": "30 days"}]


@pytest.mark.parametrize(
    ("said", "is_goodbye", "asks"),
    [
        ({}, True, False),
        ({}, False, False),
        ({"citations": CITED}, True, True),
        ({"citations": CITED}, False, False),
        ({"case": CASE}, True, True),
        ({"case": CASE}, False, True),
    ],
)
def test_a_goodbye_asks_after_anything_was_told_and_thanks_only_after_a_case(conversation, said, is_goodbye, asks):
    bot_says(conversation, "Hello", **said)
    assert services.may_ask_rating(conversation, is_goodbye, NOW) is asks
    assert services.may_ask_rating(conversation, is_goodbye, NOW) is False


def test_who_was_asked_by_the_assistant_is_not_asked_again_by_a_person(conversation):
    bot_says(conversation, "Done.", case=CASE)
    assert services.may_ask_rating(conversation, False, NOW)
    ownership.take(conversation, agent("mia"), NOW)
    assert not services.may_ask_rating(conversation, True, NOW)
    ownership.close(conversation, agent("mia"), NOW)
    assert owner_of(conversation) == "closed"


def test_nobody_is_asked_while_a_person_is_awaited(conversation):
    bot_says(conversation, "Done.", case=CASE)
    services.hand_over(conversation, "asked", NOW)
    assert not services.may_ask_rating(conversation, True, NOW)
