"""Erased is erased: rows, files, the token; again and again, in the middle of a turn, after a kill."""

import datetime
import io

import pytest
from conversation_log import NOW, bot_says, say
from django.apps import apps
from PIL import Image

from support.cases import services as cases
from support.cases.models import Case
from support.cases.new_case import NewCase, NewItem
from support.conversations import erasure, history, log, photos, services, turns
from support.conversations.models import Conversation, Message, Note, OwnerChange, Photo, Rating, Turn
from support.desk.models import Seen
from support.orders.models import ProofAttempt
from support.privacy.erasure import carry_on, erase

pytestmark = pytest.mark.django_db
LEASE = datetime.timedelta(seconds=15)


@pytest.fixture
def token(db) -> str:
    return log.start("America/New_York", "de", NOW)[1]


@pytest.fixture
def conversation(token) -> str:
    return history.conversation_of(token)


def photo_of(conversation: str) -> str:
    out = io.BytesIO()
    Image.new("RGB", (8, 8)).save(out, "JPEG")
    return log.add_photo(conversation, out.getvalue(), photos.develop(out.getvalue()), NOW).pk


def files() -> set[str]:
    from django.conf import settings

    return {file.name for file in settings.PHOTOS_DIR.rglob("*") if file.is_file()}


def case_with(conversation: str, photo: str) -> Case:
    item = NewItem(
        name="X3U",
        lines=[[0, 1]],
        facts={
            "claim.reason": {"value": "quality_problem", "source": "customer"},
            "claim.defect_description": {"value": "It hums like my cat Minka", "source": "customer"},
        },
        evidence={"photos": [photo], "serial_number": "X3U1", "defect_description": "It hums like my cat Minka"},
        decision={"outcome": "eligible", "policy_version": "1"},
    )
    number = cases.open_case(NewCase("m:open", conversation, "SC1", NOW, NOW.date(), "", (item,))).number
    return Case.objects.get(number=number)


def test_nothing_that_was_said_or_sent_is_left(conversation):
    say(conversation, "I am Dana", photos=(photo_of(conversation),))
    photo_of(conversation)
    bot_says(conversation, "Hello Dana")
    services.hand_over(conversation, "asked", NOW)
    ProofAttempt.objects.create(conversation_id=conversation, number="SC1", at=NOW, outcome="failed")
    erase(conversation, NOW)
    for model in (Message, Turn, OwnerChange, Photo):
        assert not model.objects.exists(), model
    assert files() == set()
    assert ProofAttempt.objects.get().conversation_id == ""
    shell = Conversation.objects.get()
    assert (shell.timezone, shell.locale, shell.owner, shell.erased_at) == ("", "en", "closed", NOW)


def fields_naming_a_conversation() -> set[str]:
    """Those that are no foreign key: nothing deletes their rows by itself."""
    named = ("conversation", "conversation_id")
    every = (field for model in apps.get_models() for field in model._meta.get_fields() if field.name in named)
    return {f"{field.model._meta.label}.{field.name}" for field in every if not field.is_relation}


def test_every_table_that_names_a_conversation_is_thought_of():
    """A new one here: say in support/privacy/erasure.py what becomes of it, and test it."""
    assert fields_naming_a_conversation() == {
        "cases.Case.conversation",  # forget_conversation: its words and photos, once it is over
        "cases.Notice.conversation",  # the same
        "desk.AuditEntry.conversation",  # stays: it names nobody
        "desk.HelpdeskTicket.conversation",  # support.desk.tickets: until the ticket is deleted in the helpdesk
        "orders.ProofAttempt.conversation_id",  # forget_conversation
    }


def test_what_other_parts_of_the_house_keep_of_it_goes_too(conversation, django_user_model):
    agent = django_user_model.objects.create(username="mira")
    Seen.objects.create(agent=agent, conversation_id=conversation, seq=1)
    Note.objects.create(conversation_id=conversation, author="mira", text="Dana was angry", at=NOW)
    Rating.objects.create(conversation_id=conversation, asked_at=NOW)
    erase(conversation, NOW)
    for model in (Seen, Note, Rating):
        assert not model.objects.exists(), model


def test_the_token_opens_nothing_any_more_but_may_ask_again(conversation, token):
    erase(conversation, NOW)
    assert history.conversation_of(token) is None
    assert history.erasable_by(token) == conversation
    erase(conversation, NOW + LEASE)
    assert Conversation.objects.get().erased_at == NOW


def test_nobody_reads_or_writes_in_an_erased_conversation(conversation):
    say(conversation, "a")
    erase(conversation, NOW)
    for call in (
        lambda: history.snapshot(conversation, 0),
        lambda: say(conversation, "b"),
        lambda: services.hand_over(conversation, "asked", NOW),
    ):
        with pytest.raises(Conversation.DoesNotExist):
            call()
    assert not Message.objects.exists()


def test_a_turn_that_runs_meanwhile_stores_nothing(conversation):
    say(conversation, "a")
    held = turns.claim(conversation, NOW, LEASE)
    erase(conversation, NOW)
    with pytest.raises(Conversation.DoesNotExist):
        turns.finish(held, [{"text": "Hi"}], NOW, LEASE)
    with pytest.raises(Conversation.DoesNotExist):
        turns.try_again(held, 1, "away")
    with pytest.raises(Conversation.DoesNotExist):
        turns.fail(held, "away", NOW)
    assert not turns.renew(held, NOW + LEASE)
    assert turns.due(NOW + 2 * LEASE, 10) == []
    assert turns.claim(conversation, NOW, LEASE) is None
    assert not Message.objects.exists()


def test_what_a_kill_left_is_ended_later(conversation):
    photo = photo_of(conversation)
    say(conversation, "look", photos=(photo,))
    erasure.begin(conversation, NOW)  # and no further
    assert files()
    assert erasure.unfinished() == [(conversation, NOW)]
    photos.delete_shown(photo)  # killed between two files
    carry_on(conversation)
    assert files() == set()
    erasure.end(conversation, NOW)
    assert erasure.unfinished() == []


def test_an_upload_that_was_under_way_goes_too(conversation):
    erase(conversation, NOW)
    photo_of(conversation)
    carry_on(conversation)
    assert files() == set()
    assert not Photo.objects.exists()


def test_an_open_case_keeps_its_facts_and_evidence_and_nothing_else(conversation):
    evidence, other = photo_of(conversation), photo_of(conversation)
    say(conversation, "look", photos=(evidence, other))
    case = case_with(conversation, evidence)
    erase(conversation, NOW)
    assert files() == {f"{evidence}.jpg"}  # not the original: it may say where it was taken
    item = case.items.get()
    assert item.evidence["photos"] == [evidence]
    assert item.facts["claim.defect_description"]["value"] == "It hums like my cat Minka"
    assert not Message.objects.exists()
    assert erasure.with_held_photos() == [conversation]


@pytest.mark.parametrize("state", ["withdrawn", "closed"])
def test_when_the_case_is_over_words_and_photos_go_and_the_decision_stays(conversation, state):
    photo = photo_of(conversation)
    say(conversation, "look", photos=(photo,))
    case = case_with(conversation, photo)
    erase(conversation, NOW)
    Case.objects.update(state=state)
    carry_on(conversation)
    assert files() == set()
    assert erasure.with_held_photos() == []
    item = case.items.get()
    assert "Minka" not in str(item.evidence) + str(item.facts)
    assert item.evidence["serial_number"] == "X3U1"
    assert item.facts["claim.reason"] == {"value": "quality_problem", "source": "customer"}
    assert item.decision == {"outcome": "eligible", "policy_version": "1"}


def test_another_conversation_is_not_touched(conversation):
    other = log.start("", "en", NOW)[0].pk
    kept = photo_of(other)
    say(other, "look", photos=(kept,))
    erase(conversation, NOW)
    assert [message["text"] for message in history.snapshot(other, 0).messages] == ["look"]
    assert files() == {f"{kept}.jpg", f"{kept}.original"}


def test_what_is_not_there_cannot_be_erased(db):
    with pytest.raises(Conversation.DoesNotExist):
        erase("nothing", NOW)
