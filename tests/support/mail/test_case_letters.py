"""What a case has to say goes out as a letter with its days, once, to those who write with us."""

from email import policy
from email.parser import BytesParser

import pytest

from support.cases.models import Notice
from support.cases.services import approve
from support.conversations.models import Conversation
from support.mail.models import Correspondence, OutgoingLetter
from support.mail.notices import owe_notices
from support.mail.owed import owe_answers
from support.mail.sending import Away, Fault, Refused, send
from support.mail.services import authenticity_in_words, standing_still, try_again
from tests.cases.shelf import NOW, act, opened

pytestmark = pytest.mark.django_db
ADDRESS = "farah@example.com"


def approved(is_confirmed=True, is_by_mail=True):
    """A case that was just approved: a notice waits for its letter."""
    case = opened()
    if is_by_mail:
        Correspondence.objects.create(
            conversation_id=case.conversation, address=ADDRESS, topic="My brush", began_here=True, created_at=NOW
        )
    if is_confirmed:
        Conversation.objects.filter(pk=case.conversation).update(address=ADDRESS)
    approve(case.number, act())
    return case


def read(letter):
    return BytesParser(policy=policy.default).parsebytes(bytes(letter.content))


def test_a_notice_is_one_letter_with_the_days_of_its_case():
    case = approved()
    assert owe_notices(NOW) == 1
    assert owe_notices(NOW) == 0
    (letter,) = OutgoingLetter.objects.all()
    message = read(letter)
    assert case.number in message.get_body(("plain",)).get_content()
    (calendar,) = message.iter_attachments()
    assert (calendar.get_content_type(), "BEGIN:VEVENT" in calendar.get_content()) == ("text/calendar", True)
    assert message["Subject"] == "Re: My brush"


def test_what_a_notice_says_in_the_chat_is_no_second_letter():
    approved()
    owe_notices(NOW)
    owe_answers(Correspondence.objects.get().pk, NOW)
    assert OutgoingLetter.objects.count() == 1


def test_an_address_that_is_not_confirmed_is_told_that_there_is_something_and_not_what():
    case = approved(is_confirmed=False)
    owe_notices(NOW)
    words = read(OutgoingLetter.objects.get()).get_body(("plain",)).get_content()
    assert "isn't confirmed yet" in words
    assert Notice.objects.get().pieces[0] not in words
    assert not list(read(OutgoingLetter.objects.get()).iter_attachments())
    assert case.conversation


def test_who_writes_no_letters_gets_none():
    approved(is_by_mail=False)
    assert owe_notices(NOW) == 0
    assert Notice.objects.get().letter == Notice.Letter.NOT_NEEDED


class Office:
    """A server that answers as it is told."""

    def __init__(self, *answers):
        self.answers, self.sent = list(answers), []

    def send(self, letter):
        answer = self.answers.pop(0) if self.answers else None
        if answer:
            raise answer
        self.sent.append(letter.pk)

    def was_sent(self, letter):
        return letter.pk in self.sent


def test_a_letter_that_is_refused_four_times_is_parked_and_goes_out_when_somebody_wants_it_to():
    approved()
    owe_notices(NOW)
    letter = OutgoingLetter.objects.get()
    office = Office(*[Refused("451 try later", Fault.NOW) for _ in range(4)])
    assert [send(letter.pk, office, NOW) for _ in range(4)] == ["queued", "queued", "queued", "parked"]
    assert send(letter.pk, office, NOW) == "parked"
    (still,) = standing_still()
    assert (still.state, still.address, "451" in still.reason) == ("parked", ADDRESS, True)
    assert try_again(still.id, NOW)
    assert send(letter.pk, office, NOW) == "sent"
    assert send(letter.pk, office, NOW) == "sent"
    assert office.sent == [letter.pk]


def test_a_server_that_is_away_costs_no_try():
    approved()
    owe_notices(NOW)
    letter = OutgoingLetter.objects.get()
    office = Office(*[Away("nobody there") for _ in range(9)])
    for _ in range(9):
        with pytest.raises(Away):
            send(letter.pk, office, NOW)
    assert send(letter.pk, office, NOW) == "sent"


def test_what_our_own_exchanger_found_out_is_said_in_words():
    assert authenticity_in_words(["dkim=pass header.d=example.com; dmarc=pass"]) == (
        "The sender's domain vouches for this letter (DMARC).",
        "It is signed, and unchanged since (DKIM).",
    )
    assert "proves nothing" in authenticity_in_words([])[0]
