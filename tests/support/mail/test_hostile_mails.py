"""Bodies made to keep a program busy: each is read in under a second of CPU, and none is an error."""

import gc
import time

import pytest

from support.mail.kinds import kind_of
from support.mail.letter import read_letter

SIZE = 100_000
BODIES = {
    "marks": ">" * SIZE,
    "marked lines": ">\n" * (SIZE // 2),
    "attributions": "On 1 Nov 2026 x wrote\n" * (SIZE // 22),
    "attribution without end": "On Mon, " * (SIZE // 8) + " wrote",
    "long attribution lines": ("On Mon, 1 " + "a " * 400 + "\n") * (SIZE // 810),
    "spaces": " " * SIZE,
    "lines of spaces": (" " * 999 + "\n") * 100,
    "dashes": "-" * SIZE,
    "headers": "From: a\n" * (SIZE // 8),
    "brackets": "> <((\nx\n" * (SIZE // 8),
    "dates": "2026-11-04 10:12 <" + "a@" * (SIZE // 2),
    "devices": "Sent from my " + "a " * (SIZE // 2),
}
MARKUP = {
    "divs": "<div>" * (SIZE // 5),
    "quotes": "<blockquote>a</blockquote>" * (SIZE // 26),
    "open quotes": "<blockquote>" * (SIZE // 12),
    "tables": "<table><tr><td>" * (SIZE // 15),
    "lists": "<ul><li>" * (SIZE // 8),
    "rules": "<hr>" * (SIZE // 4),
    "margins": '<p style="margin-top:9999999em;padding:99999em">x</p>' * 100,
    "spans of cells": "<table><tr><td colspan=1000000000 rowspan=1000000>x</td></tr></table>",
    "hidden in hidden": "<div hidden><p hidden>x</p></div>" * 3000,
    "styles": "<style>" + "a{" * SIZE + "</style>x",
}
RAW = {
    "nothing": b"",
    "zeros": b"\0" * SIZE,
    "multiparts in each other": b"Content-Type: multipart/mixed; boundary=a\n\n"
    + b"--a\nContent-Type: multipart/mixed; boundary=a\n\n" * 2000,
    "thousands of parts": b"Content-Type: multipart/mixed; boundary=a\n\n" + b"--a\n\nx\n" * 14_000,
    "mails in each other": b"From: a@b.example\nContent-Type: message/rfc822\n\n" * 2000,
    "brackets in an address": b"From: " + b"(" * SIZE + b"\n\nx",
    "encoded words": b"Subject: " + b"=?utf-8?q?a?= " * 8000 + b"\n\nx",
    "parameters": b"Content-Type: " + b";a=b" * 25_000 + b"\n\nx",
    "no charset": b'Content-Type: text/plain; charset="rot13"\n\nx\xff',
    "no date": b"Date: " + b"1 " * 50_000 + b"\n\nx",
    "encoded to nothing": b"Content-Transfer-Encoding: base64\nContent-Type: text/plain\n\n====\xff",
}


def seconds_to_read(raw: bytes) -> float:
    """Of CPU; without the collector, whose time is that of everything else the tests of this process keep."""
    gc.disable()
    try:
        began = time.process_time()
        kind_of(read_letter(raw))
        return time.process_time() - began
    finally:
        gc.enable()


@pytest.mark.parametrize("name", BODIES)
def test_a_hostile_body_takes_no_time(name):
    assert seconds_to_read(b"Content-Type: text/plain; charset=utf-8\n\n" + BODIES[name].encode()) < 1


@pytest.mark.parametrize("name", MARKUP)
def test_hostile_markup_takes_no_time(name):
    assert seconds_to_read(b"Content-Type: text/html; charset=utf-8\n\n" + MARKUP[name].encode()) < 1


@pytest.mark.parametrize("name", RAW)
def test_hostile_bytes_take_no_time(name):
    assert seconds_to_read(RAW[name]) < 1


def test_of_a_mail_with_thousands_of_parts_the_first_are_parsed_and_read():
    letter = read_letter(RAW["thousands of parts"])
    assert sum(1 for _ in letter.message.walk()) < 2_000
    assert letter.text == "\n".join("x" for _ in range(200))
