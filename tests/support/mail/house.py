"""A web process, a mailroom and a stand-in for Rasa, on data of their own; letters go in and out as files."""

from __future__ import annotations

import email
import email.policy
import itertools
import os
import re
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from email.message import EmailMessage
from pathlib import Path
from typing import Any

import httpx
from rasa_double import RasaDouble
from web_server import ROOT, WebServer

from support.run.free_ports import free_port
from tests.servers.own_database import own_database, rows_of
from tests.servers.programs import until
from tests.support.mail.mails import mail

PATIENCE_S = 60
READ = email.policy.default


class House:
    """Everything of one test. Letters it sends out are in `answers()`, oldest first."""

    def __init__(self, folder: Path, rasa: RasaDouble, like: str, **settings: str) -> None:
        """like: the address of the database it begins with a copy of."""
        folder.mkdir(parents=True, exist_ok=True)
        self.folder, self.rasa = folder, rasa
        self.web = WebServer(folder, rasa.port, own_database(folder, like=like))
        self.port = free_port()
        self.web.environ |= {
            "SUPPORT_DOMAIN": str(ROOT / "domain.yml"),
            "SUPPORT_MAILROOM_PORT": str(self.port),
            "SUPPORT_MAIL_LOOK_S": "0.1",
            "SUPPORT_PUBLIC_URL": self.web.url,
            "PYTHONPATH": str(ROOT),
            **settings,
        }
        self.mailroom: subprocess.Popen[bytes] | None = None
        self.killer: subprocess.Popen[bytes] | None = None

    def open(self) -> None:
        self.web.prepare("")
        self.web.start()
        self.start_mailroom()

    def start_mailroom(self) -> None:
        self.mailroom = self._python("-m", "support.mail")
        self.until(self._answers, "the mailroom is up")

    def run_until_killed(self, point: str) -> None:
        """A mailroom runs until it comes to this point, module:function:event, and is ended there with SIGKILL."""
        if self.killer is None:
            self.killer = self._python(str(Path(__file__).with_name("killed_at.py")), piped=True)
        assert self.killer.stdin
        assert self.killer.stdout
        self.killer.stdin.write(f"{point}\n".encode())
        self.killer.stdin.flush()
        ended = self.killer.stdout.readline().decode().strip()
        assert ended == str(-signal.SIGKILL), f"{point} was never reached: {ended}\n{self.log()[-2000:]}"

    def _python(self, *arguments: str, piped: bool = False) -> subprocess.Popen[bytes]:
        pipes = {"stdin": subprocess.PIPE, "stdout": subprocess.PIPE} if piped else {}
        with (self.folder / "mailroom.log").open("ab") as log:
            command = [sys.executable, *arguments]
            return subprocess.Popen(command, cwd=ROOT, env=self.web.environ, **{"stdout": log, "stderr": log, **pipes})

    def stop_mailroom(self, how: int = signal.SIGTERM) -> None:
        if self.mailroom and self.mailroom.poll() is None:
            self.mailroom.send_signal(how)
            self.mailroom.wait(10)

    def close(self) -> None:
        self.stop_mailroom(signal.SIGKILL)
        if self.killer:
            self.killer.kill()
            self.killer.wait(10)
        if self.web.process and self.web.process.poll() is None:
            self.web.stop(signal.SIGKILL)

    def post(self, message: EmailMessage) -> None:
        """Puts a letter into the folder that is read."""
        folder = self.folder / "mail" / "in"
        folder.mkdir(parents=True, exist_ok=True)
        draft = folder / f".{time.time_ns()}"
        draft.write_bytes(message.as_bytes())
        os.utime(draft, (0, time.time() - 5))
        draft.rename(folder / f"{time.time_ns()}.eml")

    def answers(self) -> list[EmailMessage]:
        """The letters in the folder that is written."""
        files = sorted((self.folder / "mail" / "out").glob("*.eml"), key=lambda path: path.stat().st_mtime_ns)
        return [read(path.read_bytes()) for path in files]

    def answer(self, count: int = 1) -> EmailMessage:
        """The count-th letter, once it is there."""
        self.until(lambda: len(self.answers()) >= count, f"{count} letters")
        return self.answers()[count - 1]

    def rows(self, table: str, **where: Any) -> list[dict[str, Any]]:
        """Rows of one of our tables."""
        condition = " and ".join(f"{name} = ?" for name in where) or "true"
        return rows_of(self.web.database, f"select * from {table} where {condition}", *where.values())

    def settled(self) -> bool:
        """Nothing is to be read, answered or sent any more."""
        waiting = list((self.folder / "mail" / "in").glob("*.eml")) if (self.folder / "mail" / "in").exists() else []
        open_letters = [row for row in self.rows("mail_outgoingletter") if row["state"] in ("queued", "sending")]
        received = self.rows("mail_incomingletter", state="received")
        turns = [row for row in self.rows("conversations_turn") if row["state"] in ("queued", "running")]
        told = {row["conversation_id"]: row["told_seq"] for row in self.rows("mail_correspondence")}
        behind = [row for row in self.rows("conversations_conversation") if row["last_seq"] > told.get(row["id"], 0)]
        return not (waiting or open_letters or received or turns or [row for row in behind if row["id"] in told])

    def until(self, claim: Callable[[], Any], what: str, within_s: float = PATIENCE_S) -> Any:
        return until(claim, within_s, lambda: f"{what}\n{self.log()[-3000:]}")

    def log(self) -> str:
        return (self.folder / "mailroom.log").read_text() + self.web.log()

    def _answers(self) -> bool:
        assert self.mailroom
        assert self.mailroom.poll() is None, self.log()
        try:
            return httpx.get(f"http://127.0.0.1:{self.port}/health", verify=False).status_code == 200
        except httpx.HTTPError:
            return False


class Writer:
    """A customer with an address of their own, who sees only their own letters."""

    numbers = itertools.count(1)

    def __init__(self, house: House) -> None:
        self.house, self.address = house, f"customer{next(Writer.numbers)}@example.com"

    def write(self, text: str = "", **given: Any) -> EmailMessage:
        """A letter of theirs; it is not posted."""
        return mail(text, headers={"From": f"Farah Q. <{self.address}>", **given.pop("headers", {})}, **given)

    def post(self, text: str = "", **given: Any) -> EmailMessage:
        letter = self.write(text, **given)
        self.house.post(letter)
        return letter

    def answers(self) -> list[EmailMessage]:
        return [letter for letter in self.house.answers() if self.address in letter["To"]]

    def answer(self, count: int = 1) -> EmailMessage:
        """The count-th letter to them, once it is there."""
        self.house.until(lambda: len(self.answers()) >= count, f"{count} letters to {self.address}")
        return self.answers()[count - 1]

    def letters(self, **where: Any) -> list[dict[str, Any]]:
        """What came in from them."""
        return self.house.rows("mail_incomingletter", sender=self.address, **where)

    def conversation(self) -> dict[str, Any]:
        (correspondence,) = self.house.rows("mail_correspondence", address=self.address)
        return self.house.rows("conversations_conversation", id=correspondence["conversation_id"])[0]

    def turns(self) -> list[dict[str, Any]]:
        """What Rasa was asked about them."""
        of = {row["conversation_id"] for row in self.house.rows("mail_correspondence", address=self.address)}
        return [call for call in self.house.rasa.calls if call["conversation"] in of]


def read(raw: bytes) -> EmailMessage:
    return email.message_from_bytes(raw, policy=READ)  # type: ignore[return-value]


def words(letter: EmailMessage) -> str:
    """The plain text of a letter."""
    body = letter.get_body(("plain",))
    assert body is not None
    return body.get_content().replace("\r\n", "\n")


def reply_to(letter: EmailMessage, message: EmailMessage) -> EmailMessage:
    """The same message as an answer to this letter, as mail programs make one."""
    for name in ("To", "Subject"):
        del message[name]
    message["To"] = letter["Reply-To"]
    message["Subject"] = letter["Subject"]
    message["In-Reply-To"] = letter["Message-ID"]
    message["References"] = f"{letter['References'] or ''} {letter['Message-ID']}".strip()
    return message


def links(letter: EmailMessage) -> list[str]:
    return re.findall(r"http://\S+/mail/\S+", words(letter))
