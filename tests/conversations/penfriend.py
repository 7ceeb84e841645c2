"""A customer who writes letters: puts them into the folder that is read, waits for the answers, presses their links."""

from __future__ import annotations

import base64
import email
import email.policy
import itertools
import os
import re
import time
from email.message import EmailMessage
from pathlib import Path

import httpx

from support.run.stack import Stack
from tests.conversations.customer import photo

PATIENCE_S = 60


class Penfriend:
    """A customer who only writes letters, from this address."""

    numbers = itertools.count(1)

    def __init__(self, stack: Stack) -> None:
        self.folder = Path(stack.settings["SUPPORT_MAIL_DIR"])
        self.address = f"penfriend{next(Penfriend.numbers)}@example.com"
        self.seen = {path.name for path in (self.folder / "out").glob("*.eml")}
        self.last: EmailMessage | None = None

    def write(self, text: str, subject: str = "My order", photos: int = 0) -> str:
        """Send a letter, a reply if one came before; the words of the answer."""
        message = self.reply(text) if self.last is not None else self.letter(text, subject)
        for number in range(photos):
            message.add_attachment(photo(), maintype="image", subtype="jpeg", filename=f"{number}.jpg")
        self.post(message)
        return self.read()

    def letter(self, text: str, subject: str) -> EmailMessage:
        """One that is not posted yet."""
        message = EmailMessage()
        message["From"], message["To"] = f"Dana <{self.address}>", "support@soocas.example"
        message["Subject"], message["Message-ID"] = subject, f"<{time.time_ns()}@example.com>"
        message.set_content(text)
        return message

    def reply(self, text: str, sender: str = "") -> EmailMessage:
        """To the last letter, from this or another address; it is not posted yet."""
        assert self.last is not None
        message = self.letter(text, self.last["Subject"])
        message.replace_header("To", self.last["Reply-To"])
        message["In-Reply-To"] = self.last["Message-ID"]
        if sender:
            message.replace_header("From", sender)
        return message

    def post(self, message: EmailMessage) -> None:
        """Sends any letter."""
        draft = self.folder / "in" / f".{time.time_ns()}"
        draft.parent.mkdir(parents=True, exist_ok=True)
        draft.write_bytes(message.as_bytes())
        os.utime(draft, (0, time.time() - 5))
        draft.rename(draft.with_name(f"{time.time_ns()}.eml"))

    def confirm(self) -> str:
        """Press the link of the last letter; the words of the letter that follows."""
        assert httpx.post(self.links()[0]).status_code == 200
        return self.read()

    def links(self) -> list[str]:
        """Those of the last letter's plain text, in their order."""
        return re.findall(r"http://\S+/mail/\S+", self.words())

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
        return self._body("plain").replace("\r\n", "\n")

    def html(self) -> str:
        return self._body("html")

    def _body(self, kind: str) -> str:
        assert self.last is not None
        body = self.last.get_body((kind,))
        assert body is not None
        return str(body.get_content())

    def conversation(self) -> str:
        """The id of the conversation that the last letter is of, as its Reply-To says."""
        assert self.last is not None
        token = self.last["Reply-To"].partition("+r")[2].partition("@")[0]
        return base64.b32decode(token.upper() + "=" * (-len(token) % 8))[:16].hex()

    def bounce(self, why: str) -> None:
        """The mail server of this customer refuses the last letter for good."""
        report = (
            "From: MAILER-DAEMON@mx.example.com\r\nTo: support@soocas.example\r\nSubject: Undelivered Mail\r\n"
            "Return-Path: <>\r\nMIME-Version: 1.0\r\n"
            "Content-Type: multipart/report; report-type=delivery-status; boundary=b\r\n\r\n"
            f"--b\r\nContent-Type: text/plain\r\n\r\n{why}\r\n"
            "--b\r\nContent-Type: message/delivery-status\r\n\r\nReporting-MTA: dns; mx.example.com\r\n\r\n"
            f"Final-Recipient: rfc822; {self.address}\r\nAction: failed\r\nStatus: {why.split()[1]}\r\n--b--\r\n"
        )
        self.post(email.message_from_string(report, policy=email.policy.default))  # type: ignore[arg-type]
