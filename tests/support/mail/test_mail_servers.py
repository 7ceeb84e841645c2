"""The whole way by real servers: IMAP in, SMTP out."""

import tempfile
from pathlib import Path

import pytest
from house import Writer, read, reply_to, words
from mail_servers import Dovecot, PostOffice

ARCHIVE = "archive@soocas.example"


@pytest.fixture(scope="module")
def dovecot():
    """In a folder of its own: pytest's are closed to the user it runs as."""
    with tempfile.TemporaryDirectory(prefix="dovecot-", ignore_cleanup_errors=True) as folder:
        server = Dovecot(Path(folder))
        server.start()
        yield server
        server.stop()


@pytest.fixture(scope="module")
def post_office(dovecot):
    office = PostOffice(dovecot, ARCHIVE)
    office.open()
    yield office
    office.close()


@pytest.fixture(scope="module")
def town(shared_town_house, dovecot, post_office):
    house = shared_town_house(
        SUPPORT_MAIL_IN=dovecot.url("support"),
        SUPPORT_MAIL_OUT=f"smtp://127.0.0.1:{post_office.port}",
        SUPPORT_MAIL_ARCHIVE=ARCHIVE,
        SUPPORT_MAIL_ARCHIVE_IN=dovecot.url("archive"),
    )
    house.dovecot, house.office = dovecot, post_office
    return house


@pytest.fixture
def writer(town) -> Writer:
    return Writer(town)


def sent_to(writer, count=1):
    office = writer.house.office
    writer.house.until(lambda: len(office.letters_to(writer.address)) >= count, f"{count} letters sent")
    return [read(raw) for raw in office.letters_to(writer.address)]


def arrives(writer, letter):
    writer.house.dovecot.put("support", letter.as_bytes())


def settle(writer):
    """Nothing of this writer's is on its way any more; what a test before left to be tried again is not waited for."""

    def is_done() -> bool:
        letters = writer.house.rows("mail_outgoingletter", recipient=writer.address)
        coming = writer.house.rows("mail_incomingletter", sender=writer.address, state="received")
        return not coming and all(row["state"] not in ("queued", "sending") for row in letters)

    writer.house.until(is_done, "all is done")


def test_a_letter_in_the_mailbox_gets_one_threaded_answer_and_is_moved_not_deleted(writer):
    dovecot = writer.house.dovecot
    before = dovecot.count("support", "Processed")
    letter = writer.write("it broke", subject="My brush")
    arrives(writer, letter)
    (answer,) = sent_to(writer)
    assert (answer["Subject"], answer["In-Reply-To"]) == ("Re: My brush", letter["Message-ID"])
    settle(writer)
    assert (dovecot.count("support", "INBOX"), dovecot.count("support", "Processed")) == (0, before + 1)
    envelope = next(e for e in writer.house.office.taken if writer.address in e.rcpt_tos)
    assert envelope.mail_from.startswith("support+b")
    assert ARCHIVE in envelope.rcpt_tos


def test_a_reply_goes_on_in_the_same_conversation(writer):
    arrives(writer, writer.write("first"))
    (answer,) = sent_to(writer)
    arrives(writer, reply_to(answer, writer.write("second")))
    second = sent_to(writer, 2)[1]
    assert "You said: second" in words(second)
    assert answer["Message-ID"] in second["References"]
    assert len({turn["conversation"] for turn in writer.turns()}) == 1


def test_a_rebuilt_mailbox_answers_nothing_again(writer):
    arrives(writer, writer.write("it broke"))
    sent_to(writer)
    settle(writer)
    house = writer.house
    sent = len(house.office.taken)
    house.stop_mailroom()
    house.dovecot.rebuild("support")
    assert house.dovecot.count("support", "INBOX") > 0
    house.start_mailroom()
    house.until(lambda: house.dovecot.count("support", "INBOX") == 0, "the mailbox is read again")
    settle(writer)
    assert len(house.office.taken) == sent


def test_what_could_not_be_sent_for_a_while_is_sent_once_after(writer):
    with writer.house.office.closed():
        arrives(writer, writer.write("it broke"))
        writer.house.until(lambda: "SMTP at" in writer.house.log(), "it is tried")
        assert writer.house.office.letters_to(writer.address) == []
    sent_to(writer)
    settle(writer)
    assert len(writer.house.office.letters_to(writer.address)) == 1


def test_550_suppresses_the_address_and_tells_a_person(writer):
    writer.house.office.refuse[writer.address] = ["550 5.1.1 no such user"]
    arrives(writer, writer.write("it broke"))
    (noted,) = writer.house.until(
        lambda: writer.house.rows("mail_recipient", address=writer.address), "it is noted", 20
    )
    assert noted["suppressed_at"]
    assert writer.conversation()["owner"] == "waiting"
    assert [row["state"] for row in writer.house.rows("mail_outgoingletter", recipient=writer.address)] == [
        "suppressed"
    ]


def test_452_is_tried_again_later(writer):
    writer.house.office.refuse[writer.address] = ["452 4.2.2 mailbox full"]
    arrives(writer, writer.write("it broke"))
    find = {"recipient": writer.address, "attempts": 1}
    (letter,) = writer.house.until(lambda: writer.house.rows("mail_outgoingletter", **find), "it is refused once")
    assert (letter["state"], "452" in letter["error"]) == ("queued", True)
    assert writer.house.rows("mail_recipient", address=writer.address) == []


@pytest.mark.parametrize("point", ["support.mail.smtp:send:return", "support.mail.smtp:send:call"])
def test_a_letter_on_its_way_is_looked_up_before_it_is_sent_again(writer, point):
    house = writer.house
    house.stop_mailroom()
    arrives(writer, writer.write("it broke"))
    house.run_until_killed(point)
    house.start_mailroom()
    sent_to(writer)
    settle(writer)
    assert len(house.office.letters_to(writer.address)) == 1
