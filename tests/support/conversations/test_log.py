"""What is said is stored once, numbered without gaps, and owed an answer by its owner."""

import uuid

import pytest
from conversation_log import NOW, REASONS, agent, bot_says, owner_of, say

from support.conversations import bell, history, services
from support.conversations.log import Inbound, PhotosUnknown, PhotosUsed, add_photo, open_log, receive
from support.conversations.models import Conversation, Message, OwnerChange, Turn
from support.conversations.photos import Developed
from support.conversations.question import ChoiceExpired, ChoiceNeverOffered

pytestmark = pytest.mark.django_db
PHOTO = Developed("image/png", 2, 1, b"shown")


def said(conversation: str) -> list[tuple[str, str]]:
    return [(message["from"], message["text"]) for message in history.snapshot(conversation, 0).messages]


def test_messages_are_numbered_from_1_without_gaps(conversation):
    assert [say(conversation, "a"), say(conversation, "b")] == [1, 2]
    bot_says(conversation, "c")
    assert say(conversation, "d") == 4


def test_a_message_and_its_turn_are_stored_together(conversation):
    say(conversation, "hello")
    turn = Turn.objects.get()
    assert (turn.state, turn.seq, turn.message.text) == ("queued", 1, "hello")


def test_the_same_client_id_again_gives_the_same_seq_and_does_nothing(conversation):
    client_id = uuid.uuid4()
    first = say(conversation, "hello", client_id=client_id)
    say(conversation, "more")
    assert say(conversation, "hello", client_id=client_id) == first
    assert Message.objects.count() == Turn.objects.count() == 2


def test_two_conversations_may_use_the_same_client_id(conversation):
    from support.conversations.log import start

    other, _ = start("", "en", NOW)
    client_id = uuid.uuid4()
    assert say(conversation, "a", client_id=client_id) == say(other.pk, "b", client_id=client_id) == 1


def test_nothing_is_stored_when_the_transaction_fails(conversation):
    def breaks_off() -> None:
        with open_log(conversation, NOW) as writing:
            writing.append(Message.Sender.BOT, "never")
            raise RuntimeError

    with pytest.raises(RuntimeError):
        breaks_off()
    assert Message.objects.count() == 0
    assert Conversation.objects.get().last_seq == 0


def test_an_offered_choice_is_taken_and_shown_as_its_title(conversation):
    bot_says(conversation, "Why?", choices=REASONS)
    say(conversation, choice="claim.reason=colour")
    taken = Message.objects.get(sender="customer")
    assert (taken.text, taken.choice) == ("Wrong colour", "claim.reason=colour")


@pytest.mark.parametrize("typed", ["wrong colour", " Wrong Colour ", "2", "2.", "(2)"])
def test_typing_a_title_or_its_number_counts_as_the_choice_and_stays_as_typed(conversation, typed):
    bot_says(conversation, "Why?", choices=REASONS, asks={"fact": "claim.reason", "kind": "choice"})
    say(conversation, typed)
    taken = Message.objects.get(sender="customer")
    assert (taken.text, taken.choice) == (typed, "claim.reason=colour")


@pytest.mark.parametrize("typed", ["0", "3", "22", "2 weeks ago", "colour"])
def test_other_words_and_numbers_are_just_text(conversation, typed):
    bot_says(conversation, "Why?", choices=REASONS)
    say(conversation, typed)
    assert Message.objects.get(sender="customer").choice == ""


def test_a_number_is_just_text_when_a_number_is_asked_for(conversation):
    bot_says(conversation, "Your order number?", choices=REASONS, asks={"fact": "order.number", "kind": "order_number"})
    say(conversation, "2")
    assert Message.objects.get(sender="customer").choice == ""


def test_a_number_counts_in_the_newest_list(conversation):
    bot_says(conversation, "Why?", choices=REASONS)
    bot_says(conversation, "Sure?", choices=[{"title": "Yes", "payload": "confirm=yes"}])
    say(conversation, "1")
    assert Message.objects.get(sender="customer").choice == "confirm=yes"


def test_a_choice_of_an_earlier_question_has_expired(conversation):
    bot_says(conversation, "Why?", choices=REASONS)
    say(conversation, "hm")
    with pytest.raises(ChoiceExpired):
        say(conversation, choice="claim.reason=colour")


def test_the_way_to_a_person_is_open_before_anything_was_offered_and_after(conversation):
    say(conversation, choice="intent=talk_to_human")
    bot_says(conversation, "Which reason?", choices=REASONS)
    say(conversation, choice="claim.reason=colour")
    say(conversation, choice="intent=talk_to_human")
    chosen = Message.objects.filter(choice="intent=talk_to_human").values_list("text", flat=True)
    assert list(chosen) == ["Talk to a person", "Talk to a person"]


def test_a_choice_of_another_conversation_was_never_offered(conversation):
    from support.conversations.log import start

    other, _ = start("", "en", NOW)
    bot_says(other.pk, "Why?", choices=REASONS)
    with pytest.raises(ChoiceNeverOffered):
        say(conversation, choice="claim.reason=colour")
    assert Message.objects.filter(conversation=conversation).count() == 0


def test_a_choice_sent_again_with_its_client_id_is_not_expired(conversation):
    bot_says(conversation, "Why?", choices=REASONS)
    client_id = uuid.uuid4()
    first = say(conversation, choice="claim.reason=colour", client_id=client_id)
    assert say(conversation, choice="claim.reason=colour", client_id=client_id) == first


def test_photos_belong_to_one_message_in_their_order(conversation):
    first, second = (add_photo(conversation, b"x", PHOTO, NOW).pk for _ in range(2))
    say(conversation, "look", photos=(second, first))
    assert history.snapshot(conversation, 0).messages[0]["photos"] == [second, first]
    assert [photo.pk for photo in services.conversation_photos(conversation)] == [second, first]
    assert [photo.pk for photo in services.photos_of_message(Turn.objects.get().pk)] == [second, first]
    with pytest.raises(PhotosUsed):
        say(conversation, photos=(first,))


def test_a_photo_of_nobody_is_unknown(conversation):
    with pytest.raises(PhotosUnknown):
        say(conversation, photos=("0" * 32,))


def test_handing_over_twice_is_one_change_with_one_audit_row(conversation):
    services.hand_over(conversation, "asked for a person", NOW)
    services.hand_over(conversation, "again", NOW)
    change = OwnerChange.objects.get()
    assert (change.previous, change.owner, change.reason) == ("bot", "waiting", "asked for a person")
    assert Conversation.objects.get().waiting_since == NOW


def test_the_wait_is_explained_once_and_the_way_back_stays_open(conversation):
    services.hand_over(conversation, "", NOW)
    say(conversation, "hello?")
    say(conversation, "HELLO?")
    assert [text for sender, text in said(conversation) if sender == "bot"] == ["A colleague will answer."]
    assert Turn.objects.count() == 0
    say(conversation, choice="owner=bot")
    assert owner_of(conversation) == "bot"
    assert said(conversation)[-1] == ("customer", "Back to the assistant")
    assert Turn.objects.get().state == "queued"


def test_going_back_twice_has_expired(conversation):
    services.hand_over(conversation, "", NOW)
    say(conversation, "hello?")
    say(conversation, choice="owner=bot")
    with pytest.raises(ChoiceExpired):
        say(conversation, choice="owner=bot")


def test_a_second_wait_is_explained_again(conversation):
    for _ in range(2):
        services.hand_over(conversation, "", NOW)
        say(conversation, "hello?")
        say(conversation, choice="owner=bot")
    assert [text for _, text in said(conversation)].count("A colleague will answer.") == 2


def test_while_an_agent_answers_nobody_else_does(conversation):
    with open_log(conversation, NOW) as writing:
        writing.give_to(Conversation.Owner.AGENT, "taken", "mia", agent("mia"))
    say(conversation, "thanks")
    assert said(conversation) == [("customer", "thanks")]
    assert Turn.objects.count() == 0


def test_a_closed_conversation_goes_back_to_the_bot_when_the_customer_writes(conversation):
    with open_log(conversation, NOW) as writing:
        writing.give_to(Conversation.Owner.CLOSED, "done")
    say(conversation, "one more thing")
    assert owner_of(conversation) == "bot"
    assert Turn.objects.get().state == "queued"


def test_the_bell_rings_after_the_commit(conversation, django_capture_on_commit_callbacks):
    rung = []
    end = bell.listen(lambda ring: rung.append((ring.conversation, ring.owes_turn)))
    try:
        with django_capture_on_commit_callbacks(execute=True):
            receive(conversation, Inbound(uuid.uuid4(), "hello"), NOW)
            assert rung == []
    finally:
        end()
    assert rung == [(conversation, True)]


def test_a_snapshot_after_the_end_is_empty(conversation):
    say(conversation, "hello")
    moment = history.snapshot(conversation, 5)
    assert (moment.messages, moment.last_seq, moment.working) == ([], 1, True)


def test_a_token_opens_its_conversation_and_is_not_stored(db):
    from support.conversations.log import start

    conversation, token = start("", "en", NOW)
    assert history.conversation_of(token) == conversation.pk
    assert history.conversation_of(token + "x") is None
    assert token not in str(Conversation.objects.values())
