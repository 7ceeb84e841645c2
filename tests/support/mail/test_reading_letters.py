"""What a letter says is read whatever its charset, its structure and its mistakes."""

import base64
import io

import pillow_heif
import pytest
from PIL import Image

from support.mail.evidence import photos_of
from support.mail.letter import read_letter
from tests.support.mail.mails import attach, mail, picture

RAW_HEAD = b"From: =?iso-8859-1?Q?J=FCrgen?= <J@Example.com>\nTo: support@soocas.example\n"


def test_valid_utf8_beats_the_declared_charset():
    letter = read_letter(RAW_HEAD + b"Content-Type: text/plain; charset=iso-8859-1\n\n" + "Zahnbürste läuft".encode())
    assert letter.text == "Zahnbürste läuft"
    assert (letter.sender, letter.sender_name) == ("j@example.com", "Jürgen")


@pytest.mark.parametrize(
    "charset", ["iso-8859-1", "windows-1252", "utf-16", "iso-8859-15", "unknown-8bit", "x-unknown"]
)
def test_other_charsets_are_read_as_declared(charset):
    codec = "cp1252" if charset.endswith(("8bit", "unknown")) else charset
    head = (
        RAW_HEAD + b"Content-Transfer-Encoding: base64\n" + f"Content-Type: text/plain; charset={charset}\n\n".encode()
    )
    assert read_letter(head + base64.b64encode("Zahnbürste".encode(codec))).text == "Zahnbürste"


def test_raw_bytes_in_a_subject_are_read():
    assert read_letter(b"Subject: Zahnb\xc3\xbcrste\n\nx").subject == "Zahnbürste"
    assert read_letter(b"Subject: Zahnb\xfcrste\n\nx").subject == "Zahnbürste"
    assert (
        read_letter(b"Subject: =?utf-8?B?WmFobmLDvA==?=\n =?utf-8?Q?rste_f=C3=BCr?= dich\n\nx").subject
        == "Zahnbürste für dich"
    )


def test_the_same_mail_has_the_same_key_and_another_another():
    one, other = mail("a", message_id="<1@x.example>"), mail("a", message_id="<2@x.example>")
    assert read_letter(one.as_bytes()).key == read_letter(b"Received: elsewhere\n" + one.as_bytes()).key
    assert read_letter(one.as_bytes()).key != read_letter(other.as_bytes()).key
    without = [
        mail(text, headers={"Message-ID": None, "Date": "Wed, 4 Nov 2026 10:00:00 +0000"}) for text in ("a", "a", "b")
    ]
    keys = [read_letter(message.as_bytes()).key for message in without]
    assert keys[0] == keys[1] != keys[2]


def test_the_topic_is_the_subject_without_answers_and_forwards():
    assert read_letter(b"Subject: Re: AW: Fwd: My brush: broken\n\nx").topic == "My brush: broken"


def test_photos_are_taken_and_other_files_refused_by_name():
    message = attach(mail("two photos"), picture(), "a.jpg")
    attach(message, picture(colour=(0, 0, 9)), "b.png", "application/octet-stream")
    attach(message, b"%PDF-1.4 bill", "bill.pdf", "application/pdf")
    taken, refused = photos_of(read_letter(message.as_bytes()))
    assert [photo.name for photo in taken] == ["a.jpg", "b.png"]
    assert [(file.name, file.reason) for file in refused] == [("bill.pdf", "kind")]


def test_a_logo_in_the_signature_and_a_picture_in_a_quote_are_no_evidence():
    html = '<p>it broke <img src="cid:mine"></p><div class="gmail_signature"><img src="cid:logo"></div>'
    html += '<blockquote><img src="cid:theirs"></blockquote>'
    message = mail("it broke", html)
    for name, content in (
        ("mine", picture()),
        ("logo", picture(300, 300)),
        ("theirs", picture(310, 310)),
        ("dot", picture(400, 20)),
    ):
        attach(message, content, f"{name}.jpg", inline=name)
    attach(message, picture(32, 32), "tiny.jpg", inline="tiny")
    taken, refused = photos_of(read_letter(message.as_bytes()))
    assert [photo.name for photo in taken] == ["mine.jpg"]
    assert refused == []


def heic() -> bytes:
    pillow_heif.register_heif_opener()
    file = io.BytesIO()
    Image.effect_noise((400, 300), 50).convert("RGB").save(file, "HEIF")
    return file.getvalue()


def test_a_heic_photo_is_taken_and_a_broken_one_refused_alone():
    message = attach(mail("photos"), heic(), "IMG_1.HEIC", "image/heic")
    attach(message, heic()[:-2000], "IMG_2.HEIC", "image/heic")
    taken, refused = photos_of(read_letter(message.as_bytes()))
    assert [photo.developed.kind for photo in taken] == ["image/heic"]
    assert taken[0].developed.shown.startswith(b"\xff\xd8")
    assert [(file.name, file.reason) for file in refused] == [("IMG_2.HEIC", "broken")]


def test_a_picture_of_too_many_pixels_is_refused_before_it_is_unpacked():
    file = io.BytesIO()
    Image.new("1", (20_000, 20_000)).save(file, "PNG")
    taken, refused = photos_of(read_letter(attach(mail("x"), file.getvalue(), "bomb.png", "image/png").as_bytes()))
    assert (taken, refused[0].reason) == ([], "pixels")


def test_the_eleventh_photo_is_one_too_many():
    message = mail("many")
    for count in range(11):
        attach(message, picture(colour=(count * 9, 0, 0)), f"{count}.jpg")
    taken, refused = photos_of(read_letter(message.as_bytes()))
    assert (len(taken), [file.reason for file in refused]) == (10, ["count"])
