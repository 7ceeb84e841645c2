"""Everything that reads strangers' bytes, each as one function of bytes, with what it may be fed to begin with."""

from __future__ import annotations

import contextlib
import io
import json
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timezone

import pillow_heif
from django.test import RequestFactory
from PIL import Image

from policy import BadFacts, decide, facts_from_json
from support.conversations.photos import PhotoRefused, develop
from support.decide import run
from support.mail.kinds import kind_of
from support.mail.letter import read_letter
from support.orders.order_file import OrderFileError, open_orders
from support.widget.door import json_body
from support.widget.errors import ApiError
from support.widget.inbound import read_inbound, read_start
from tests.orders.samples import an_order
from tests.orders.test_shopify_export import BRUSH, DANA, FLOSSER, export
from tests.policy.policy_cases import USED_DEFECT
from tests.support.mail.mails import attach, mail

NOW = datetime(2026, 11, 22, 12, tzinfo=timezone.utc)
FACTS = {"now": "2026-11-22T10:00:00Z", "request": "warranty"} | USED_DEFECT
MESSAGE = {"client_id": "5f0c2a9e-6f0b-4b8c-9a52-1c1f6a7c9d11", "text": "hello", "choice": None, "photos": []}


@dataclass(frozen=True)
class Parser:
    """read: raises what is not documented. seeds: good inputs. tokens: what is worth putting somewhere."""

    read: Callable[[bytes], object]
    seeds: tuple[bytes, ...]
    tokens: tuple[bytes, ...]


def read_mail(raw: bytes) -> None:
    kind_of(read_letter(raw))


def read_photo(raw: bytes) -> None:
    with contextlib.suppress(PhotoRefused):
        develop(raw)


def read_orders(raw: bytes) -> None:
    with contextlib.suppress(OrderFileError):
        list(open_orders(io.BytesIO(raw), NOW)[1])


def read_facts(raw: bytes) -> None:
    """As a file, as lines, for people; and none of them says more than one line about what is wrong."""
    for options in (["-"], ["--text", "-"], ["--lines", "-"]):
        complaints = io.StringIO()
        done = run(options, io.BytesIO(raw), io.StringIO(), complaints)
        assert done in (0, 2)
        assert complaints.getvalue().count("\n") <= 1


def read_chat(raw: bytes) -> None:
    for read in (read_start, read_inbound):
        request = RequestFactory().post("/", raw, "application/json")
        with contextlib.suppress(ApiError):
            read(json_body(request))


def decide_facts(raw: bytes) -> None:
    """Whatever facts are taken, there is a decision about them, and it can be written down."""
    with contextlib.suppress(BadFacts):
        json.dumps(decide(facts_from_json(raw.decode("utf-8", "replace"))).as_dict())


def letters() -> tuple[bytes, ...]:
    quoted = "Yes please\n\nOn Mon, 2 Nov 2026 at 10:12 SOOCAS <support@soocas.example> wrote:\n> Is it unused?\n"
    html = "<div dir=ltr>It <b>broke</b><br><blockquote type=cite>What is it?</blockquote></div>"
    bounce = b"From: MAILER-DAEMON@x.example\nContent-Type: multipart/report; report-type=delivery-status; boundary=b\n"
    bounce += (
        b"\n--b\nContent-Type: message/delivery-status\n\nFinal-Recipient: rfc822; a@b.example\nStatus: 5.1.1\n--b--\n"
    )
    made = (
        mail(quoted),
        mail("plain", html),
        mail(html=html),
        attach(mail("a photo"), pictures()[0], "p.jpg", inline="x"),
    )
    raw = "Subject: =?utf-8?b?w7w=?= =?iso-8859-1?q?=FC?=\nContent-Type: text/plain; charset=big5\n\nhallo \xfc".encode(
        "latin1"
    )
    return (*(message.as_bytes() for message in made), bounce, raw)


def pictures() -> tuple[bytes, ...]:
    pillow_heif.register_heif_opener()
    image, notes = Image.linear_gradient("L").resize((24, 16)).convert("RGB"), Image.Exif()
    notes[0x0112], notes[0x010F] = 6, "Maker"
    found = []
    for kind in ("JPEG", "PNG", "WEBP", "HEIF"):
        out = io.BytesIO()
        image.save(out, kind, exif=notes)
        found.append(out.getvalue())
    return tuple(found)


def in_json(value: object) -> bytes:
    return json.dumps(value).encode()


JSON_TOKENS = (
    b"null",
    b"true",
    b"1e999",
    b"-0",
    b"NaN",
    b'"\\ud800"',
    b"[" * 2000,
    b'{"a":' * 500,
    b"9" * 5000,
    b'""',
    b",",
)
JSON_TOKENS += (
    b'"9999-12-31"',
    b'"0001-01-01"',
    b'"2026-02-30T25:61:61+99:99"',
    b'"none"',
    b'"unsure"',
    b"\xef\xbb\xbf",
    b"\xff",
)
MAIL_TOKENS = (
    b"\r\n",
    b"\n\n",
    b"--b\n",
    b"Content-Type: multipart/mixed; boundary=b\n\n",
    b"Content-Type: message/rfc822\n\n",
)
MAIL_TOKENS += (
    b"Content-Transfer-Encoding: base64\n",
    b"charset=utf-16",
    b"charset=\xff",
    b"=?utf-8?b?////?=",
    b"<",
    b">" * 300,
)
MAIL_TOKENS += (
    b"<table>" * 50,
    b"<blockquote>" * 50,
    b"On Mon, 2 Nov 2026 x wrote:\n",
    b"\0",
    b"(" * 200,
    b"Date: 99 Foo 99999\n",
)
CSV_TOKENS = (
    b'"',
    b"\r",
    b"\n",
    b",",
    b'""',
    b"#1",
    b"'",
    b"-1",
    b"1e9",
    b"9" * 40,
    b"2026-13-45 99:99:99 +9999",
    b"\0",
    b"\xff",
)
PHOTO_TOKENS = (
    b"\xff\xd8\xff",
    b"\xff\xda",
    b"\xff\xff\xff\xff",
    b"\0\0\0\0",
    b"IHDR",
    b"IDAT",
    b"IEND",
    b"RIFF",
    b"ftypheic",
    b"Exif\0\0",
)

PARSERS = {
    "mail": Parser(read_mail, letters(), MAIL_TOKENS),
    "photo": Parser(read_photo, pictures(), PHOTO_TOKENS),
    "orders as JSON Lines": Parser(
        read_orders, (in_json(an_order()), in_json(an_order()) + b"\n" + in_json(an_order())), JSON_TOKENS
    ),
    "orders from Shopify": Parser(read_orders, (export(DANA | BRUSH, FLOSSER).encode(),), CSV_TOKENS),
    "support decide": Parser(read_facts, (in_json(FACTS), in_json(FACTS) + b"\n" + in_json(FACTS)), JSON_TOKENS),
    "policy.decide": Parser(decide_facts, (in_json(FACTS),), JSON_TOKENS),
    "chat": Parser(
        read_chat, (in_json(MESSAGE), in_json({"timezone": "Europe/Vienna", "locale": "de-AT"})), JSON_TOKENS
    ),
}
