"""Only the owner answers, whoever does what in which order."""

import datetime
import uuid

import pytest
from conversation_log import NOW, agent, bot_says, owner_of, say
from django.db import IntegrityError, transaction
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase

from support.conversations import history, log, ownership, services, turns
from support.conversations.log import Inbound
from support.conversations.models import Conversation, Message, Note, OwnerChange, Rating, Turn
from support.conversations.ownership import NotTheOwner

pytestmark = pytest.mark.django_db
LEASE = datetime.timedelta(seconds=15)


def answer(conversation: str, by, text: str = "Hello", client_id=None) -> int:
    return ownership.answer(conversation, by, text, client_id or uuid.uuid4(), NOW)


def claimed(conversation: str) -> turns.Claim:
    return turns.claim(conversation, NOW, LEASE)


def bot_answers(held: turns.Claim, text: str = "Hi") -> None:
    turns.finish(held, [{"text": text}], NOW, LEASE)


def last(conversation: str) -> tuple[str, str]:
    message = history.snapshot(conversation, 0).messages[-1]
    return message["from"], message["text"]


@pytest.mark.parametrize("before", ["bot", "waiting", "closed"])
def test_an_agent_takes_what_no_agent_has(conversation, before):
    mia = agent("mia")
    if before == "waiting":
        services.hand_over(conversation, "asked", NOW)
    if before == "closed":
        ownership.take(conversation, mia, NOW)
        ownership.close(conversation, mia, NOW)
    ownership.take(conversation, mia, NOW)
    assert Conversation.objects.get().agent == mia
    change = OwnerChange.objects.last()
    assert (change.previous, change.owner, change.agent, change.who) == (before, "agent", "mia", "mia")


def test_two_agents_cannot_have_the_same_conversation(conversation):
    mia, tom = agent("mia"), agent("tom")
    ownership.take(conversation, mia, NOW)
    with pytest.raises(NotTheOwner) as refused:
        ownership.take(conversation, tom, NOW)
    assert refused.value.agent == mia
    assert Conversation.objects.get().agent == mia


def test_taking_twice_is_once(conversation):
    for _ in range(2):
        ownership.take(conversation, agent("mia"), NOW)
    assert OwnerChange.objects.count() == 1


def test_an_agents_owner_without_an_agent_is_refused_by_the_database(conversation):
    with pytest.raises(IntegrityError), transaction.atomic():
        Conversation.objects.update(owner="agent")


def test_only_the_agent_who_has_it_answers_gives_it_on_or_ends_it(conversation):
    mia, tom = agent("mia"), agent("tom")
    ownership.take(conversation, mia, NOW)
    for attempt in (
        lambda: answer(conversation, tom),
        lambda: ownership.transfer(conversation, tom, tom, "", NOW),
        lambda: ownership.hand_back(conversation, tom, {}, NOW),
        lambda: ownership.close(conversation, tom, NOW),
    ):
        with pytest.raises(NotTheOwner):
            attempt()
    assert Message.objects.count() == 0
    answer(conversation, mia, "Hello")
    assert (last(conversation), Message.objects.get().name) == (("agent", "Hello"), "Mia")


def test_an_answer_sent_twice_is_said_once(conversation):
    mia, client_id = agent("mia"), uuid.uuid4()
    ownership.take(conversation, mia, NOW)
    assert answer(conversation, mia, client_id=client_id) == answer(conversation, mia, client_id=client_id) == 1
    assert Message.objects.count() == 1


def test_a_note_is_no_message(conversation):
    ownership.note(conversation, "mia", "careful", NOW)
    assert history.snapshot(conversation, 0).messages == []
    assert Note.objects.get().text == "careful"
    assert Conversation.objects.get().revision == 1  # colleagues see it at once


def test_passed_on_to_a_colleague_or_back_into_the_line(conversation):
    mia, tom = agent("mia"), agent("tom")
    ownership.take(conversation, mia, NOW)
    ownership.transfer(conversation, mia, tom, "speaks Polish", NOW)
    assert Conversation.objects.get().agent == tom
    ownership.transfer(conversation, tom, None, "", NOW)
    stored = Conversation.objects.get()
    assert (stored.owner, stored.agent, stored.waiting_since) == ("waiting", None, NOW)


def test_a_lead_puts_back_what_somebody_left(conversation):
    ownership.take(conversation, agent("mia"), NOW)
    ownership.release(conversation, agent("lead"), NOW)
    assert owner_of(conversation) == "waiting"
    assert OwnerChange.objects.last().who == "lead"


def test_what_the_bot_still_owes_when_an_agent_comes_is_left_to_the_agent(conversation):
    say(conversation, "hello")
    ownership.take(conversation, agent("mia"), NOW)
    assert (Turn.objects.get().state, history.snapshot(conversation, 0).working) == ("skipped", False)


def test_the_answer_to_a_turn_that_ran_while_an_agent_came_is_a_note(conversation):
    say(conversation, "hello")
    held = claimed(conversation)
    ownership.take(conversation, agent("mia"), NOW)
    bot_answers(held, "Your case is C-1")
    assert last(conversation) == ("customer", "hello")
    assert (Note.objects.get().author, Note.objects.get().text) == ("", "Your case is C-1")


def test_handing_back_says_so_and_the_bots_next_turn_carries_what_was_settled(conversation):
    mia = agent("mia")
    say(conversation, "hello")
    ownership.take(conversation, mia, NOW)
    ownership.hand_back(conversation, mia, {"claim.unused": True}, NOW)
    assert last(conversation) == ("bot", "Mia has handed you back.")
    request = claimed(conversation).request
    assert (request["answer"], request["text"]) == ({"fact": "owner", "value": "bot"}, None)
    assert request["settled"] == {"claim.unused": True}


@pytest.mark.parametrize("channel", ["chat", "mail"])
def test_handed_back_the_bot_goes_on_as_the_customer_wrote_last(conversation, channel):
    mia = agent("mia")
    log.receive(conversation, Inbound(uuid.uuid4(), "hello", channel=channel), NOW)
    ownership.take(conversation, mia, NOW)
    ownership.hand_back(conversation, mia, {}, NOW)
    assert claimed(conversation).request["channel"] == channel


def test_the_way_back_does_nothing_while_an_agent_has_the_conversation(conversation):
    back = [{"title": "Back", "payload": "owner=bot"}]
    bot_says(conversation, "Waiting", choices=back)
    ownership.take(conversation, agent("mia"), NOW)
    say(conversation, choice="owner=bot")
    assert (owner_of(conversation), Turn.objects.count()) == ("agent", 0)


def test_the_customer_is_asked_once_how_it_was(conversation):
    mia = agent("mia")
    for _ in range(2):
        ownership.take(conversation, mia, NOW)
        ownership.close(conversation, mia, NOW)
    assert [m["text"] for m in history.snapshot(conversation, 0).messages] == ["How was it?"]


def test_a_rating_is_kept_and_reopens_nothing(conversation):
    mia = agent("mia")
    ownership.take(conversation, mia, NOW)
    ownership.close(conversation, mia, NOW)
    say(conversation, choice="rating=3")
    assert (Rating.objects.get().value, owner_of(conversation), Turn.objects.count()) == (3, "closed", 0)
    assert last(conversation) == ("bot", "Thank you.")
    say(conversation, "one more thing")
    assert (owner_of(conversation), Turn.objects.count()) == ("bot", 1)


def test_a_failed_turn_outside_the_hours_says_once_when_somebody_is_there(conversation):
    closed = datetime.datetime(2026, 11, 22, 20, 0, tzinfo=datetime.timezone.utc)  # noon in California
    for _ in range(2):
        say(conversation, "hello")
        say(conversation, choice="owner=bot") if owner_of(conversation) == "waiting" else None
        turns.fail(turns.claim(conversation, closed, LEASE), "away", closed)
        bot_says(conversation, "Waiting", choices=[{"title": "Back", "payload": "owner=bot"}])
    apologies = [m["text"] for m in history.snapshot(conversation, 0).messages if m["text"].startswith("Sorry")]
    assert apologies == [
        "Sorry, a colleague will answer. Somebody will be there on Sunday, 22 November at 9:30 pm, your time.",
        "Sorry, a colleague will answer.",
    ]


MOVES = (
    "say",
    "choose back",
    "hand over",
    "take",
    "take by other",
    "answer",
    "pass on",
    "back",
    "close",
    "bot",
    "fail",
)


class AnySequenceOfMoves(TestCase):
    @given(st.lists(st.sampled_from(MOVES), max_size=14))
    @settings(max_examples=60, deadline=None)
    def test_the_bot_never_speaks_while_an_agent_owns(self, moves: list[str]) -> None:
        mia, tom = agent("mia"), agent("tom")
        conversation = log.start("America/New_York", "en", NOW)[0].pk
        bot_says(conversation, "Hi", choices=[{"title": "Back", "payload": "owner=bot"}])
        held: list[turns.Claim] = []
        do = {
            "say": lambda: say(conversation, "hello"),
            "choose back": lambda: say(conversation, "Back"),
            "hand over": lambda: services.hand_over(conversation, "", NOW),
            "take": lambda: ownership.take(conversation, mia, NOW),
            "take by other": lambda: ownership.take(conversation, tom, NOW),
            "answer": lambda: answer(conversation, mia),
            "pass on": lambda: ownership.transfer(conversation, mia, tom, "", NOW),
            "back": lambda: ownership.hand_back(conversation, mia, {}, NOW),
            "close": lambda: ownership.close(conversation, mia, NOW),
            "bot": lambda: bot_answers(held.pop()) if held else None,
            "fail": lambda: turns.fail(held.pop(), "away", NOW) if held else None,
        }
        for move in moves:
            before, spoken = Conversation.objects.get(pk=conversation), Message.objects.count()
            try:
                do[move]()
            except NotTheOwner:
                assert Message.objects.count() == spoken
            held += [claim for claim in [claimed(conversation)] if claim]
            after = Conversation.objects.get(pk=conversation)
            said = Message.objects.filter(seq__gt=before.last_seq).exclude(sender="customer")
            for message in said:
                may = {before.owner, after.owner} if move in ("back", "close", "hand over") else {before.owner}
                assert message.sender != "bot" or may - {"agent"}, (moves, move)
                assert message.sender != "agent" or before.agent == mia
            if before.owner != after.owner or before.agent != after.agent:
                change = OwnerChange.objects.filter(conversation=conversation).last()
                assert (change.previous, change.owner) == (before.owner, after.owner)
