"""A turn is run by one runner at a time, in order, and ends once."""

import datetime

import pytest
from conversation_log import NOW, REASONS, agent, bot_says, owner_of, say

from support.conversations import history, services, turns
from support.conversations.log import open_log
from support.conversations.models import Conversation, Turn

pytestmark = pytest.mark.django_db
LEASE = datetime.timedelta(seconds=15)
ANSWER = [{"text": "Hi", "choices": [], "asks": None, "citations": [], "case": None}]


def claim(conversation: str, after_s: float = 0):
    return turns.claim(conversation, NOW + datetime.timedelta(seconds=after_s), LEASE)


def working(conversation: str) -> bool:
    return history.snapshot(conversation, 0).working


def test_a_claim_carries_what_the_channel_takes(conversation):
    bot_says(conversation, "Why?", choices=REASONS)
    say(conversation, "2")
    request = claim(conversation).request
    assert request == {
        "conversation": conversation,
        "message": Turn.objects.get().pk,
        "text": "2",
        "answer": {"fact": "claim.reason", "value": "colour"},
        "settled": None,
        "photos": [],
        "timezone": "America/New_York",
        "today": "2026-11-22",
        "now": "2026-11-22T10:00:00+00:00",
        "locale": "en",
        "channel": "chat",
        "asked": [],
        "answers": [],
        "address": None,
        "attempt": 1,
        "replay_only": False,
    }


def test_one_runner_at_a_time(conversation):
    say(conversation, "a")
    assert claim(conversation)
    assert claim(conversation, after_s=14) is None
    assert turns.due(NOW + datetime.timedelta(seconds=14), 10) == []


def test_a_turn_left_behind_is_taken_up_when_its_lease_ends(conversation):
    say(conversation, "a")
    first = claim(conversation)
    later = NOW + datetime.timedelta(seconds=16)
    assert turns.due(later, 10) == [conversation]
    second = turns.claim(conversation, later, LEASE)
    assert (second.turn, second.attempt, second.request["attempt"]) == (first.turn, 2, 2)


def test_a_lease_from_before_the_clock_was_put_back_holds_nobody_up(conversation):
    say(conversation, "hello")
    assert claim(conversation, after_s=3600)
    assert turns.due(NOW, 10) == [conversation]
    assert claim(conversation)
    assert claim(conversation) is None


def test_the_answer_of_a_lost_lease_is_dropped(conversation):
    say(conversation, "a")
    first = claim(conversation)
    second = claim(conversation, after_s=16)
    assert turns.finish(first, ANSWER, NOW, LEASE) is None
    assert working(conversation)
    turns.finish(second, ANSWER, NOW, LEASE)
    turns.finish(second, ANSWER, NOW, LEASE)
    assert [message["text"] for message in history.snapshot(conversation, 0).messages] == ["a", "Hi"]
    assert not working(conversation)


def test_a_renewed_lease_is_kept(conversation):
    say(conversation, "a")
    held = claim(conversation)
    assert turns.renew(held, NOW + datetime.timedelta(seconds=30))
    assert claim(conversation, after_s=16) is None
    assert claim(conversation, after_s=31)
    assert not turns.renew(held, NOW + datetime.timedelta(seconds=60))


def test_a_released_lease_is_free_at_once(conversation):
    say(conversation, "a")
    turns.release(claim(conversation))
    assert claim(conversation).attempt == 2


def test_turns_run_in_the_order_of_their_messages(conversation):
    for text in "abc":
        say(conversation, text)
    current, seen = claim(conversation), []
    while current:
        seen.append(current.request["text"])
        current = turns.finish(current, ANSWER, NOW, LEASE)
    assert seen == ["a", "b", "c"]
    assert Conversation.objects.get().lease_by == ""
    assert not working(conversation)


def test_the_whole_answer_and_the_end_are_one_moment(conversation):
    say(conversation, "a")
    turns.finish(claim(conversation), ANSWER + ANSWER, NOW, LEASE)
    moment = history.snapshot(conversation, 0)
    assert [message["seq"] for message in moment.messages] == [1, 2, 3]
    assert not moment.working


def test_a_failed_turn_is_said_once_and_a_person_is_asked(conversation):
    say(conversation, "a")
    say(conversation, "b")
    turns.fail(claim(conversation), "away", NOW)
    assert [message["text"] for message in history.snapshot(conversation, 0).messages] == [
        "a",
        "b",
        "Sorry, a colleague will answer.",
    ]
    assert owner_of(conversation) == "waiting"
    assert list(Turn.objects.order_by("seq").values_list("state", flat=True)) == ["failed", "skipped"]
    assert not working(conversation)
    assert claim(conversation, after_s=100) is None


def test_a_bot_that_says_nothing_has_failed(conversation):
    say(conversation, "a")
    turns.finish(claim(conversation), [], NOW, LEASE)
    assert owner_of(conversation) == "waiting"


def test_a_turn_that_hands_over_still_speaks_and_later_ones_are_left_to_the_person(conversation):
    say(conversation, "a person please")
    say(conversation, "quick")
    held = claim(conversation)
    services.hand_over(conversation, "asked", NOW)
    assert turns.finish(held, ANSWER, NOW, LEASE) is None
    assert history.snapshot(conversation, 0).messages[-1]["text"] == "Hi"
    assert list(Turn.objects.order_by("seq").values_list("state", flat=True)) == ["done", "skipped"]


def test_a_turn_killed_after_it_handed_over_is_still_brought_to_its_end(conversation):
    say(conversation, "a person please")
    claim(conversation)
    services.hand_over(conversation, "asked", NOW)
    again = claim(conversation, after_s=16)
    assert not again.request["replay_only"]
    turns.finish(again, ANSWER, NOW, LEASE)
    assert history.snapshot(conversation, 0).messages[-1]["text"] == "Hi"


def test_a_turn_killed_before_an_agent_came_is_found_but_never_run(conversation):
    say(conversation, "a")
    claim(conversation)
    with open_log(conversation, NOW) as writing:
        writing.give_to(Conversation.Owner.AGENT, "taken", "mia", agent("mia"))
    again = claim(conversation, after_s=16)
    assert again.request["replay_only"]
    turns.finish(again, [], NOW, LEASE)
    assert (owner_of(conversation), working(conversation)) == ("agent", False)


def test_queued_turns_are_left_to_the_person_who_has_the_conversation(conversation):
    say(conversation, "a")
    services.hand_over(conversation, "asked", NOW)
    assert claim(conversation) is None
    assert (Turn.objects.get().state, working(conversation)) == ("skipped", False)


def test_what_a_turn_has_waited_is_remembered(conversation):
    say(conversation, "a")
    held = turns.try_again(claim(conversation), 12.5, "away")
    assert (held.attempt, held.request["attempt"]) == (2, 2)
    again = claim(conversation, after_s=16)
    assert (again.attempt, again.patience_used_s) == (3, 12.5)


@pytest.mark.parametrize(("timezone", "today"), [("Pacific/Auckland", "2026-11-22"), ("", "2026-11-21")])
def test_today_is_the_customers_date_and_unknown_zones_end_last(db, timezone, today):
    from support.conversations.log import start

    conversation, _ = start(timezone, "en", NOW)
    say(conversation.pk, "a")
    assert claim(conversation.pk).request["today"] == today
