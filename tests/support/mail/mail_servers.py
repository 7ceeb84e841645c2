"""A real IMAP server (Dovecot) and a real SMTP server (aiosmtpd) on loopback, run by whoever runs the tests."""

from __future__ import annotations

import grp
import imaplib
import os
import pwd
import shutil
import signal
import subprocess
import time
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, Envelope, Session

from support.run.free_ports import free_port

DOVECOT = shutil.which("dovecot", path=os.environ.get("PATH", "") + ":/usr/sbin:/usr/local/sbin") or "dovecot"
PASSWORD = "a-password-for-tests"
CONFIG = """
base_dir = {folder}/run
log_path = {folder}/log
state_dir = {folder}/state
protocols = imap
listen = 127.0.0.1
ssl = no
disable_plaintext_auth = no
default_internal_user = {user}
default_login_user = {user}
default_internal_group = {group}
first_valid_uid = 1
mail_location = maildir:{folder}/mail/%u
mailbox_list_index = no
passdb {{
  driver = static
  args = password={password}
}}
userdb {{
  driver = static
  args = uid={user} gid={group} home={folder}/home/%u
}}
service imap-login {{
  chroot =
  inet_listener imap {{
    port = {port}
  }}
  inet_listener imaps {{
    port = 0
  }}
}}
service anvil {{
  chroot =
}}
service stats {{
  chroot =
}}
"""


class Dovecot:
    """As an ordinary user; of root it needs one, since Dovecot opens no mail of root's."""

    def __init__(self, folder: Path) -> None:
        self.folder, self.port, self.process = folder, free_port(), None
        user = pwd.getpwnam("nobody") if os.getuid() == 0 else pwd.getpwuid(os.getuid())
        group = grp.getgrgid(user.pw_gid).gr_name
        for name in ("run", "state", "mail", "home"):
            (folder / name).mkdir(parents=True)
        if os.getuid() == 0:
            for path in (folder, *folder.iterdir()):
                shutil.chown(path, user.pw_name, group)
        names = {"folder": folder, "user": user.pw_name, "group": group, "port": self.port, "password": PASSWORD}
        (folder / "dovecot.conf").write_text(CONFIG.format(**names))

    def start(self) -> None:
        self.process = subprocess.Popen([DOVECOT, "-F", "-c", str(self.folder / "dovecot.conf")])
        until = time.monotonic() + 10
        while True:
            try:
                self.login("support").logout()
                return
            except OSError:
                assert self.process.poll() is None, self.log()
                assert time.monotonic() < until, self.log()
                time.sleep(0.02)

    def stop(self) -> None:
        if self.process and self.process.poll() is None:
            self.process.send_signal(signal.SIGTERM)
            self.process.wait(10)

    def url(self, user: str) -> str:
        return f"imap://{user}:{PASSWORD}@127.0.0.1:{self.port}/INBOX"

    def login(self, user: str) -> imaplib.IMAP4:
        client = imaplib.IMAP4("127.0.0.1", self.port, timeout=10)
        client.login(user, PASSWORD)
        return client

    def put(self, user: str, raw: bytes, folder: str = "INBOX") -> None:
        client = self.login(user)
        client.append(folder, "", None, raw)  # type: ignore[arg-type]
        client.logout()

    def count(self, user: str, folder: str) -> int:
        client = self.login(user)
        try:
            status, answer = client.select(folder, readonly=True)
            return int(answer[0] or 0) if status == "OK" else 0
        finally:
            client.logout()

    def rebuild(self, user: str) -> None:
        """The mailbox as after a restored backup: the same mails, new UIDs and UIDVALIDITY."""
        client = self.login(user)
        client.select("Processed", readonly=True)
        _, answer = client.search(None, "ALL")
        kept = [client.fetch(number, "(BODY.PEEK[])")[1][0][1] for number in answer[0].split()]
        client.close()
        client.delete("Processed")
        client.logout()
        for raw in kept:
            self.put(user, raw)

    def log(self) -> str:
        return (self.folder / "log").read_text() if (self.folder / "log").exists() else ""


class PostOffice:
    """Takes letters; what is for the archive goes into its mailbox. refuse: {address: "550 …"}."""

    def __init__(self, dovecot: Dovecot, archive: str) -> None:
        self.dovecot, self.archive, self.port = dovecot, archive, free_port()
        self.taken: list[Envelope] = []
        self.refuse: dict[str, list[str]] = {}
        self.controller: Controller | None = None

    def open(self) -> None:
        self.controller = Controller(self, hostname="127.0.0.1", port=self.port)
        self.controller.start()

    def close(self) -> None:
        if self.controller:
            self.controller.stop()
            self.controller = None

    @contextmanager
    def closed(self) -> Any:
        self.close()
        yield
        self.open()

    async def handle_RCPT(  # noqa: N802 (aiosmtpd's name)
        self, server: SMTP, session: Session, envelope: Envelope, address: str, options: list[str]
    ) -> str:
        if answers := self.refuse.get(address):
            return answers.pop(0)
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, server: SMTP, session: Session, envelope: Envelope) -> str:  # noqa: N802
        if self.archive in envelope.rcpt_tos:
            self.dovecot.put("archive", envelope.content)
        self.taken.append(envelope)
        return "250 OK"

    def letters_to(self, address: str) -> list[bytes]:
        return [bytes(envelope.content) for envelope in self.taken if address in envelope.rcpt_tos]
