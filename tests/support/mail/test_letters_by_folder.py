"""A letter goes in as a file, its one answer comes out as a file."""

import re
import time

import httpx
from house import read, reply_to, words

from tests.support.mail.mails import attach, picture

QUOTED_OFFER = "\n\nOn Wed, 4 Nov 2026 at 10:12, SOOCAS wrote:\n> 1. Changed my mind\n> 2. Wrong colour"


def settle(writer):
    writer.house.until(writer.house.settled, "all is done")


def test_one_letter_gets_one_answer_in_its_thread(writer):
    letter = writer.post("Hello,\n\nit broke.\n\nKind regards\nFarah", subject="My brush")
    answer = writer.answer()
    assert answer["Subject"] == "Re: My brush"
    assert answer["In-Reply-To"] == letter["Message-ID"]
    assert answer["Auto-Submitted"] == "auto-replied"
    assert "Hello Farah,\n\nYou said: My brush.\nit broke.\n" in words(answer)
    assert [part.get_content_type() for part in answer.iter_parts()] == ["text/plain", "text/html"]
    assert "You get this letter because" in words(answer)
    settle(writer)
    assert len(writer.answers()) == 1


def test_the_same_letter_twice_gets_one_answer(writer):
    letter = writer.post("it broke")
    writer.house.post(letter)
    writer.answer()
    settle(writer)
    assert len(writer.answers()) == len(writer.letters()) == 1


def test_two_letters_of_one_conversation_are_answered_in_order(writer):
    writer.post("first", subject="x")
    answer = writer.answer()
    for text in ("slow 0.4", "third"):
        writer.house.post(reply_to(answer, writer.write(text)))
    writer.answer(3)
    said = [line for letter in writer.answers() for line in words(letter).split("\n") if line.startswith("You said")]
    assert said == ["You said: x.", "You said: slow 0.4", "You said: third"]
    assert len(writer.house.rows("mail_correspondence", address=writer.address)) == 1


def test_photos_come_with_their_words_as_one_message(writer):
    letter = attach(
        attach(writer.write("see the photos"), picture(), "a.jpg"), b"%PDF-1.4 x", "bill.pdf", "application/pdf"
    )
    writer.house.post(letter)
    assert "About bill.pdf: I can't use this kind of file." in words(writer.answer())
    (turn,) = writer.turns()
    assert (turn["channel"], len(turn["photos"])) == ("mail", 1)


def test_an_automatic_letter_is_kept_and_never_answered(writer):
    writer.post("I am away", headers={"Auto-Submitted": "auto-replied"})
    writer.post("it broke")
    writer.answer()
    settle(writer)
    assert len(writer.answers()) == 1
    assert [row["state"] for row in writer.letters()] == ["stored", "taken"]


def test_a_number_takes_the_choice_of_the_letter_it_answers(writer):
    writer.post("offer", subject="offer")
    offer = writer.answer()
    assert "  1. Changed my mind\n  2. Wrong colour\n" in words(offer)
    writer.house.post(reply_to(offer, writer.write("2" + QUOTED_OFFER)))
    writer.answer(2)
    assert writer.turns()[-1]["answer"] == {"fact": "claim.reason", "value": "colour"}


def test_a_number_answers_the_letter_it_replies_to_although_another_came_after(writer):
    writer.post("offer", subject="offer")
    offer = writer.answer()
    writer.house.post(reply_to(offer, writer.write("something else")))
    writer.answer(2)
    writer.house.post(reply_to(offer, writer.write("1" + QUOTED_OFFER)))
    writer.answer(3)
    turn = writer.turns()[-1]
    assert (turn["answers"], turn["text"]) == ([{"fact": "claim.reason", "value": "changed_mind"}], "Changed my mind")


def test_a_link_shows_at_once_and_acts_once_when_its_button_is_pressed(writer):
    writer.post("offer", subject="offer")
    choice = re.findall(r'href="([^"]+/mail/[^"]+)"', writer.answer().get_body(("html",)).get_content())[0]
    for _ in range(2):
        shown = httpx.get(choice)
        assert (shown.status_code, "Changed my mind" in shown.text) == (200, True)
    assert len(writer.turns()) == 1
    assert "Changed my mind" in httpx.post(choice).text
    writer.answer(2)
    assert (httpx.post(choice).status_code, httpx.get(choice).status_code) == (410, 410)
    assert len(writer.turns()) == 2


def test_an_altered_token_is_held_for_a_person(writer):
    writer.post("first")
    local, _, domain = writer.answer()["Reply-To"].partition("@")
    wrong = f"{local[:-1]}{'a' if local[-1] != 'a' else 'b'}@{domain}"
    writer.post("let me in", headers={"To": wrong})
    writer.house.until(lambda: writer.letters(state="held"), "it is held")
    assert len(writer.turns()) == 1


def test_a_made_up_in_reply_to_is_held_for_a_person(writer):
    writer.post("first")
    identity = writer.answer()["Message-ID"]
    forged = identity[:40] + ("a" if identity[40] != "a" else "b") + identity[41:]
    writer.post("let me in", headers={"In-Reply-To": forged})
    writer.house.until(lambda: writer.letters(state="held"), "it is held")
    assert len(writer.turns()) == 1


def test_a_true_token_from_another_address_is_held_for_a_person(writer):
    writer.post("first")
    stranger = f"eve.{writer.address}"
    writer.house.post(reply_to(writer.answer(), writer.write("tell me all", headers={"From": f"Eve <{stranger}>"})))
    held = writer.house.until(lambda: writer.house.rows("mail_incomingletter", sender=stranger, state="held"), "held")
    assert "another address" in held[0]["reason"]
    assert len(writer.turns()) == 1


def test_two_auto_responders_facing_each_other_stop(writer):
    """Theirs says nothing about being one, and answers every letter at once with the same words."""
    writer.post("Thank you, we got your message.", subject="Got it")
    seen, quiet = 0, 0
    while quiet < 20:
        answers = writer.answers()
        if len(answers) > seen:
            writer.house.post(reply_to(answers[seen], writer.write("Thank you, we got your message.")))
            seen, quiet = seen + 1, 0
        quiet = quiet + 1 if writer.house.settled() else 0
        time.sleep(0.05)
    assert 2 <= seen <= 5
    assert writer.conversation()["owner"] == "waiting"


def test_a_bounce_for_good_suppresses_the_address_and_tells_a_person(writer):
    writer.post("first")
    writer.answer()
    report = (
        "From: MAILER-DAEMON@mx.example.com\r\nTo: support@soocas.example\r\nSubject: Undelivered Mail\r\n"
        "Return-Path: <>\r\nMIME-Version: 1.0\r\n"
        "Content-Type: multipart/report; report-type=delivery-status; boundary=b\r\n\r\n"
        "--b\r\nContent-Type: text/plain\r\n\r\n550 5.1.1 user unknown\r\n"
        "--b\r\nContent-Type: message/delivery-status\r\n\r\nReporting-MTA: dns; mx.example.com\r\n\r\n"
        f"Final-Recipient: rfc822; {writer.address}\r\nAction: failed\r\nStatus: 5.1.1\r\n--b--\r\n"
    )
    writer.house.post(read(report.encode()))
    noted = writer.house.until(lambda: writer.house.rows("mail_recipient", address=writer.address), "it is noted")
    assert noted[0]["suppressed_at"]
    assert writer.conversation()["owner"] == "waiting"
    assert len(writer.turns()) == 1


def test_a_letter_that_is_too_large_is_answered_politely(writer):
    writer.house.post(attach(writer.write("all my photos"), b"x" * 20_000_000, "all.zip", "application/zip"))
    assert "larger than 25 MB" in words(writer.answer())
    assert writer.turns() == []
