"""The mailbox on a server: every letter safe here before it is moved there, nothing ever deleted."""

from __future__ import annotations

import imaplib
import logging
import socket
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress

from imap_tools import BaseMailBox, MailBox, MailboxFolderCreateError, MailBoxStartTls, MailBoxUnencrypted
from imap_tools.errors import ImapToolsError

from support.mail.sending import Away
from support.mail.servers import MailServer

logger = logging.getLogger(__name__)

PROCESSED = "Processed"
NET_S = 5  # and then looked anyway: what comes while IDLE begins is not told
TIMEOUT_S = 30
AT_ONCE = 50
TROUBLE = (ImapToolsError, imaplib.IMAP4.error, OSError, socket.timeout)


@contextmanager
def opened(server: MailServer, folder: str) -> Iterator[BaseMailBox]:
    """The mailbox, logged in, with this folder chosen. Raises Away."""
    try:
        box = _connected(server)
    except TROUBLE as error:
        raise Away(f"IMAP at {server.host}:{server.port}: {error}") from error
    try:
        box.login(server.user, server.password, initial_folder=folder)
        yield box
    except TROUBLE as error:
        raise Away(f"IMAP at {server.host}:{server.port}: {error}") from error
    finally:
        with suppress(TROUBLE):
            box.logout()


def take_all(server: MailServer, safe: Callable[[bytes], None], stopping: Callable[[], bool]) -> None:
    """Takes what is in the mailbox and waits for more, until stopping() or something ends the connection. Raises Away.

    safe: keeps the bytes; only when it has returned is the letter moved to the folder Processed. A letter that was kept
    and not moved is taken again, and kept once.
    """
    with opened(server, server.folder) as box:
        _make_sure_of(box, PROCESSED)
        while not stopping():
            while _take_some(box, safe):
                pass
            if stopping():
                return
            _wait(box, stopping)


def _take_some(box: BaseMailBox, safe: Callable[[bytes], None]) -> bool:
    """Whether there may be more."""
    uids = box.uids("ALL")[:AT_ONCE]
    for uid in uids:
        raw = _raw(box, uid)
        if raw is None:
            continue  # somebody else moved it meanwhile
        safe(raw)
        box.move([uid], PROCESSED)
    return len(uids) == AT_ONCE


def _raw(box: BaseMailBox, uid: str) -> bytes | None:
    """The letter's bytes; looking does not mark it as read."""
    status, answer = box.client.uid("FETCH", uid, "(BODY.PEEK[])")
    if status != "OK":
        raise imaplib.IMAP4.error(f"FETCH {uid}: {status}")
    return next((bytes(part[1]) for part in answer if isinstance(part, tuple)), None)


def _wait(box: BaseMailBox, stopping: Callable[[], bool]) -> None:
    """Until the server tells of something, or some seconds are over."""
    if "IDLE" not in (capability.upper() for capability in box.client.capabilities):
        _pause(NET_S, stopping)
        return
    with box.idle as idle:
        for _ in range(NET_S):
            if stopping() or idle.poll(timeout=1):
                return


def _pause(seconds: int, stopping: Callable[[], bool]) -> None:
    for _ in range(seconds * 4):
        if stopping():
            return
        time.sleep(0.25)


def has_letter(server: MailServer, header_id: str) -> bool:
    """Whether this mailbox holds the letter with this Message-ID. Raises Away."""
    with opened(server, server.folder) as box:
        status, answer = box.client.uid("SEARCH", None, "HEADER", "Message-ID", f'"{header_id}"')
        return status == "OK" and bool(answer and answer[0] and answer[0].split())


def _make_sure_of(box: BaseMailBox, folder: str) -> None:
    if not box.folder.exists(folder):
        try:
            box.folder.create(folder)
        except MailboxFolderCreateError:
            if not box.folder.exists(folder):
                raise


def _connected(server: MailServer) -> BaseMailBox:
    if server.is_encrypted:
        return MailBox(server.host, server.port, timeout=TIMEOUT_S)
    if server.host in ("127.0.0.1", "::1", "localhost"):
        return MailBoxUnencrypted(server.host, server.port, timeout=TIMEOUT_S)
    return MailBoxStartTls(server.host, server.port, timeout=TIMEOUT_S)
