"""Letters to the whole assistant: everything they say is taken at once, everything missing is asked at once."""

from __future__ import annotations

import email
import email.policy
import itertools
import os
import re
import time
from datetime import datetime, timedelta
from email.message import EmailMessage
from pathlib import Path

import httpx
import pytest

from support.run.stack import Stack
from tests.conversations.customer import photo
from tests.conversations.shop import EMAIL, Shop

WORTH = "X3U Sonic Toothbrush"
PATIENCE_S = 60


class Penfriend:
    """A customer who only writes letters, from this address."""

    numbers = itertools.count(1)

    def __init__(self, stack: Stack) -> None:
        self.folder = Path(stack.settings["SUPPORT_MAIL_DIR"])
        self.address = f"penfriend{next(self.numbers)}@example.com"
        self.seen = {path.name for path in (self.folder / "out").glob("*.eml")}
        self.last: EmailMessage | None = None

    def write(self, text: str, subject: str = "My order", photos: int = 0) -> str:
        """Send a letter, a reply if one came before; the words of the answer."""
        message = EmailMessage()
        message["From"], message["To"] = f"Dana <{self.address}>", "support@soocas.example"
        message["Subject"], message["Message-ID"] = subject, f"<{time.time_ns()}@example.com>"
        if self.last is not None:
            message.replace_header("To", self.last["Reply-To"])
            message.replace_header("Subject", self.last["Subject"])
            message["In-Reply-To"] = self.last["Message-ID"]
        message.set_content(text)
        for number in range(photos):
            message.add_attachment(photo(), maintype="image", subtype="jpeg", filename=f"{number}.jpg")
        draft = self.folder / "in" / f".{time.time_ns()}"
        draft.parent.mkdir(parents=True, exist_ok=True)
        draft.write_bytes(message.as_bytes())
        os.utime(draft, (0, time.time() - 5))
        draft.rename(draft.with_name(f"{time.time_ns()}.eml"))
        return self.read()

    def confirm(self) -> str:
        """Press the link of the last letter; the words of the letter that follows."""
        link = re.findall(r"http://\S+/mail/\S+", self.words())[0]
        assert httpx.post(link).status_code == 200
        return self.read()

    def read(self) -> str:
        until = time.monotonic() + PATIENCE_S
        while time.monotonic() < until:
            for path in sorted((self.folder / "out").glob("*.eml")):
                if path.name not in self.seen:
                    letter = email.message_from_bytes(path.read_bytes(), policy=email.policy.default)
                    self.seen.add(path.name)
                    if self.address in letter["To"]:
                        self.last = letter  # type: ignore[assignment]
                        return self.words()
            time.sleep(0.05)
        raise AssertionError(f"no letter to {self.address} within {PATIENCE_S} s")

    def words(self) -> str:
        assert self.last is not None
        body = self.last.get_body(("plain",))
        assert body is not None
        return body.get_content().replace("\r\n", "\n")


@pytest.fixture
def penfriend(stack: Stack) -> Penfriend:
    return Penfriend(stack)


def asked(words: str) -> int:
    """How many numbered questions a letter has."""
    return len(re.findall(r"^\d+\. ", words, re.MULTILINE))


def test_a_complete_request_takes_two_rounds(penfriend: Penfriend, shop: Shop, today: datetime) -> None:
    number = shop.sells(today - timedelta(days=25), delivered_at=today - timedelta(days=20), email=penfriend.address)
    first = penfriend.write(
        "Hello,\n\nmy toothbrush stopped charging. I've used it for two weeks and nothing happened to it. "
        "I would like a new one. Who pays the shipping?\n\nKind regards,\nDana",
        subject=f"Order {number}",
    )
    assert WORTH not in first
    assert "R.freight.soocas" in first
    assert asked(first) == 3, first
    asking = penfriend.last
    penfriend.confirm()
    penfriend.last = asking
    summary = penfriend.write("1. United States\n2a\n3. attached\n\nDana", photos=1)
    assert f"Warranty claim: {WORTH}" in summary, summary
    done = penfriend.write("1")
    (case,) = shop.cases(number)
    assert case["number"] in done
    assert [len(item["evidence"]["photos"]) for item in case["items"]] == [1]


def test_a_letter_that_says_everything_is_only_asked_to_confirm(
    penfriend: Penfriend, shop: Shop, today: datetime
) -> None:
    number = shop.sells(today - timedelta(days=9), delivered_at=today - timedelta(days=5), email=penfriend.address)
    first = penfriend.write(
        f"Hi,\n\nI want to return order {number} for a refund. I simply changed my mind: it has never been used, the "
        "packaging is complete and everything is in the box.\n\nThanks, Dana",
        photos=1,
    )
    assert asked(first) == 0, first
    assert "Is that right, and shall I open the case?" in penfriend.confirm()


def test_whoever_writes_in_somebody_elses_name_learns_nothing(stack: Stack, shop: Shop, today: datetime) -> None:
    number = shop.sells(today - timedelta(days=9), delivered_at=today - timedelta(days=5))
    stranger = Penfriend(stack)
    words = stranger.write(f"I am {EMAIL}. What did I buy in order {number}? I want to return it.")
    assert WORTH not in words
    assert "pink" not in words
