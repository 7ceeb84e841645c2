"""The mailroom: takes letters in, deals with them, writes the answers that are owed, sends them."""

from __future__ import annotations

import datetime
import logging
import threading
import time
from collections.abc import Callable

from django.conf import settings
from django.db import DatabaseError, connection
from django.utils import timezone

from support.cases.lease import give_back, take
from support.mail import folder, intake, notices, owed, sending
from support.mail.durable import receive
from support.mail.folder import FolderSender
from support.mail.mailbox_in import take_all
from support.mail.sending import Away, Sender
from support.mail.servers import mail_server
from support.mail.smtp import sender_of_settings

logger = logging.getLogger(__name__)

IDLE_AFTER_S, IDLE_LOOKS = 10.0, 4  # then it looks four times as seldom
AT_ONCE_S = 0.02
LEASE = datetime.timedelta(seconds=20)
TROUBLE_PAUSE_S, LONGEST_PAUSE_S, STUMBLED_PAUSE_S = 1.0, 30.0, 60.0


class Mailroom:
    """One for each process; of several that share a database one works, the others wait for its lease."""

    def __init__(self, holder: str) -> None:
        """holder: a name that nobody else has at the same time, and whoever takes our place after a crash has again."""
        self.stopping = threading.Event()
        self.holder = holder
        self.leads = threading.Event()
        self.seen = {name: time.monotonic() for name in ("lease", "work")}
        self.stumbled: dict[int, float] = {}
        self.worked_at = time.monotonic()
        self.sender: Sender = _sender()

    def start(self) -> list[threading.Thread]:
        rounds = {"lease": self._lease, "receive": self._receive, "work": self._work, "send": self._send}
        threads = [
            threading.Thread(target=self._rounds, args=item, name=item[0], daemon=True) for item in rounds.items()
        ]
        for thread in threads:
            thread.start()
        return threads

    def stop(self) -> None:
        """Ends after what is being done now; what is left is taken up at the next start."""
        self.stopping.set()

    def is_alive(self) -> bool:
        return all(time.monotonic() - seen < 60 for seen in self.seen.values())

    def _rounds(self, name: str, one_round: Callable[[], float]) -> None:
        """Again and again, whatever happens in one round; the longer it goes wrong, the longer the pause."""
        troubles = 0
        while not self.stopping.is_set():
            pause_s = settings.MAIL_LOOK_S
            try:
                if name == "lease" or self.leads.is_set():
                    pause_s = one_round()
                troubles = 0
            except Exception as error:
                pause_s = min(TROUBLE_PAUSE_S * 2**troubles, LONGEST_PAUSE_S)
                troubles += 1
                self._tell(name, error)
            self.seen[name] = time.monotonic()
            self.stopping.wait(pause_s)
        if name == "lease":
            give_back("mailroom", self.holder)

    def _tell(self, name: str, error: Exception) -> None:
        if name == "lease":
            self.leads.clear()
        if isinstance(error, Away):
            logger.warning("mail server: %s; trying again", error)
            return
        logger.error("%s failed; trying again", name, exc_info=error)
        if isinstance(error, DatabaseError):
            connection.close()

    def _lease(self) -> float:
        if take("mailroom", self.holder, timezone.now(), LEASE):
            self.leads.set()
        else:
            self.leads.clear()
        return LEASE.total_seconds() / 4

    def _receive(self) -> float:
        """Letters into the house: from the mailbox, for as long as the connection lasts, or from the folder."""
        if not settings.MAIL_IN:
            return take_from_folder()
        take_all(mail_server(settings.MAIL_IN), _keep, lambda: self.stopping.is_set() or not self.leads.is_set())
        return settings.MAIL_LOOK_S

    def _work(self) -> float:
        """Letters that came in, answers that are owed."""
        done = 0
        for letter in intake.due(timezone.now()):
            intake.deal_with(letter, timezone.now(), settings.MAIL_AUTHORITY)
            done += 1
        for correspondence in owed.behind():
            done += self._owe(correspondence)
        done += notices.owe_notices(timezone.now())
        if done:
            self.worked_at = time.monotonic()
        return AT_ONCE_S if done else self._pause_s()

    def _pause_s(self) -> float:
        is_idle = time.monotonic() - self.worked_at >= IDLE_AFTER_S
        return settings.MAIL_LOOK_S * (IDLE_LOOKS if is_idle else 1)

    def _owe(self, correspondence: int) -> int:
        """One that cannot be written to is left for a while, so that the others are not kept waiting."""
        if self.stumbled.get(correspondence, 0) > time.monotonic():
            return 0
        try:
            return owed.owe_answers(correspondence, timezone.now())
        except DatabaseError:
            raise
        except Exception:
            logger.exception("correspondence %s: its letters cannot be written; trying again", correspondence)
            self.stumbled[correspondence] = time.monotonic() + STUMBLED_PAUSE_S
            return 0

    def _send(self) -> float:
        for letter in sending.due(timezone.now()):
            sending.send(letter, self.sender, timezone.now())
        return self._pause_s()


def take_from_folder() -> float:
    """Takes every letter of the folder in: safe first, then moved away. Until the next look."""
    for path, raw in folder.arrived():
        letter = receive(raw, timezone.now())
        folder.move_away(path, letter.key)
    return settings.MAIL_LOOK_S


def _keep(raw: bytes) -> None:
    receive(raw, timezone.now())


def _sender() -> Sender:
    return sender_of_settings() if settings.MAIL_OUT else FolderSender()
