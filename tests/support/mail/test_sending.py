"""What is owed goes out once: after the server was away, and when a brake held it for a person."""

import datetime

import pytest
from mail_servers import PostOffice

from support.conversations.models import Conversation, OwnerChange
from support.mail.blocks import Paragraph
from support.mail.brakes import LIMITS
from support.mail.draft import Draft
from support.mail.folder import FolderSender
from support.mail.models import Correspondence, OutgoingLetter
from support.mail.sending import Away, due, look_up_first, send
from support.mail.servers import mail_server
from support.mail.services import standing_still, try_again
from support.mail.smtp import SmtpSender
from tests.cases.shelf import NOW

pytestmark = pytest.mark.django_db
ADDRESS = "farah@example.com"


@pytest.fixture
def correspondence():
    conversation = Conversation.objects.create(created_at=NOW, changed_at=NOW)
    return Correspondence.objects.create(conversation=conversation, address=ADDRESS, began_here=True, created_at=NOW)


@pytest.fixture
def office():
    """A real SMTP server; closed until the test opens it."""
    made = PostOffice(None, "")
    yield made
    made.close()


def write(correspondence, number=1, now=NOW):
    draft = Draft(correspondence, now)
    draft.body = [Paragraph(f"answer {number}")]
    return draft.store(f"test:{number}", None, f"answer {number}")


def test_ten_minutes_without_a_mail_server_cost_no_letter_and_double_none(correspondence, office):
    letters = [write(correspondence, number) for number in range(3)]
    sender = SmtpSender(mail_server(f"smtp://127.0.0.1:{office.port}"), "", "")
    for minute in range(10):
        now = NOW + datetime.timedelta(minutes=minute)
        assert due(now) == [letter.pk for letter in letters]
        for letter in due(now):
            with pytest.raises(Away):
                send(letter, sender, now)
    office.open()
    later = NOW + datetime.timedelta(minutes=10)
    assert [send(letter, sender, later) for letter in due(later)] == ["sent"] * 3
    assert due(later) == []
    assert [send(letter.pk, sender, later) for letter in letters] == ["sent"] * 3
    assert [b"answer %d" % number in raw for number, raw in enumerate(office.letters_to(ADDRESS))] == [True] * 3


def test_a_letter_that_went_out_after_the_backup_was_taken_does_not_go_again(correspondence, settings, tmp_path):
    settings.MAIL_DIR = tmp_path
    gone, waiting = write(correspondence, 1), write(correspondence, 2)
    FolderSender().send(gone)  # the backup has it as queued still
    went = FolderSender.file_of(gone)
    went.write_bytes(b"as it went out")
    assert look_up_first() == 2
    assert [send(letter, FolderSender(), NOW) for letter in due(NOW)] == ["sent"] * 2
    assert went.read_bytes() == b"as it went out"
    assert FolderSender.file_of(waiting).read_bytes() == bytes(waiting.content)


def test_the_sixth_answer_in_ten_minutes_is_held_where_people_see_it_and_goes_when_they_say_so(correspondence, office):
    span, most = LIMITS[0]
    answers = [write(correspondence, number) for number in range(most + 1)]
    assert [answer.state for answer in answers] == ["queued"] * most + ["held"]
    (still,) = standing_still(correspondence.conversation_id)
    assert (still.address, still.reason) == (ADDRESS, "5 answers to this address within 10 minutes: this may be a loop")
    conversation = Conversation.objects.get()
    assert (conversation.owner, OwnerChange.objects.get().reason) == ("waiting", still.reason)
    assert try_again(still.id, NOW)
    office.open()
    sender = SmtpSender(mail_server(f"smtp://127.0.0.1:{office.port}"), "", "")
    assert [send(letter, sender, NOW) for letter in due(NOW)] == ["sent"] * (most + 1)
    assert standing_still() == []
    assert OutgoingLetter.objects.filter(state="sent").count() == len(office.letters_to(ADDRESS)) == most + 1
    assert write(correspondence, 9, NOW + span).state == "queued"
