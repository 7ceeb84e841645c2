"""People are answered, programs are not."""

import pytest

from support.mail.kinds import OURS, Kind, kind_of
from support.mail.letter import read_letter
from tests.support.mail.mails import mail

REPORT = (
    b"From: %s\nTo: support@soocas.example\nSubject: %s\nMIME-Version: 1.0\n"
    b'Content-Type: multipart/report; report-type=%s; boundary="b"\n\n--b\n\nA report\n--b\nContent-Type: message/%s\n\n%s\n--b--\n'
)


def kind(headers: dict[str, str], text: str = "Hello", **given: str) -> Kind:
    return kind_of(read_letter(mail(text, headers=headers, **given).as_bytes()))


@pytest.mark.parametrize(
    "subject",
    ["My toothbrush", "Re: Automatic reply you sent me", "delivery failed? where is my parcel", "Undelivered parcel SC10236",
     "Message status of my return", "", "Delivery report: my brush came broken"],
)  # fmt: skip
def test_a_person_is_a_person_whatever_the_subject(subject):
    assert kind({"Return-Path": "<farah@example.com>", "Auto-Submitted": "no"}, subject=subject) is Kind.PERSON


@pytest.mark.parametrize(
    "headers",
    [
        {"Auto-Submitted": "auto-replied"},
        {"Auto-Submitted": "auto-generated (rejected)"},
        {"Precedence": "bulk"},
        {"Precedence": "auto_reply"},
        {"X-Auto-Response-Suppress": "All"},
        {"X-Autoreply": "yes"},
        {"Return-Path": "<>"},
        {"Subject": "Automatic reply: My toothbrush"},
        {"Subject": "Abwesenheitsnotiz: My toothbrush"},
        {"Subject": "Out of Office: back on Monday"},
        {"From": "no-reply@example.com"},
    ],
)
def test_an_automatic_answer_is_told_by_what_it_says_of_itself(headers):
    assert kind(headers) is Kind.AUTO_REPLY


@pytest.mark.parametrize(
    "text",
    [
        "Hello,\n\nI am out of the office until 7 December and will answer your message when I am back.\n\nPat",
        "Thank you for your mail. I am currently on annual leave with limited access to e-mail.",
        "I'm on vacation until Monday. For urgent matters please write to jane@example.com.",
        "Ich bin bis Montag nicht im Büro. In dringenden Fällen hilft Ihnen Frau Roe.",
    ],
)
def test_an_absence_note_whose_headers_say_nothing_is_told_by_its_words_as_an_answer_to_ours(text):
    assert kind({"In-Reply-To": "<1@soocas.example>", "Subject": "Re: My toothbrush"}, text) is Kind.AUTO_REPLY
    assert kind({}, text) is Kind.PERSON


@pytest.mark.parametrize(
    "text",
    [
        "I'm on vacation until Monday, then I can send the photos.",
        "1. yes\n2. I am away from the office, the box is at home. I'll answer that one tomorrow.",
        "It arrived while we were on holiday, so I could not reply earlier. It has never been used.",
    ],
)
def test_a_customer_who_is_away_is_a_customer(text):
    assert kind({"In-Reply-To": "<1@soocas.example>", "Subject": "Re: My toothbrush"}, text) is Kind.PERSON


def test_a_list_is_no_customer():
    assert kind({"List-Id": "<news.example.com>"}) is Kind.LIST


def test_a_customer_who_writes_to_our_address_is_one_where_that_address_is_a_list():
    by_our_group = {
        "List-Id": "<support.soocas.example>",
        "Precedence": "list",
        "List-Unsubscribe": "<mailto:x@y.example>",
    }
    assert kind(by_our_group) is Kind.PERSON


def test_our_own_letter_coming_back_is_never_answered():
    assert kind({OURS: "1", "Auto-Submitted": "no"}) is Kind.OWN


@pytest.mark.parametrize(
    ("report", "expected"),
    [("delivery-status", Kind.BOUNCE), ("disposition-notification", Kind.RECEIPT), ("feedback-report", Kind.COMPLAINT)],
)
def test_reports_are_told_by_their_structure(report, expected):
    raw = REPORT % (
        b"farah@example.com",
        b"Hello",
        report.encode(),
        report.encode(),
        b"Final-Recipient: rfc822; a@b.example",
    )
    assert kind_of(read_letter(raw)) is expected


@pytest.mark.parametrize(
    ("sender", "subject", "text"),
    [
        ("MAILER-DAEMON@mx.example.com", "Undelivered Mail Returned to Sender", "550 5.1.1 user unknown"),
        ("postmaster@example.com", "failure notice", "no"),
        ("mx@example.com", "Undeliverable: Re: My toothbrush", "550 5.1.1 The address could not be delivered to"),
    ],
)
def test_a_bounce_without_structure_is_told_by_its_words(sender, subject, text):
    assert kind({"From": sender, "Subject": subject}, text) is Kind.BOUNCE
