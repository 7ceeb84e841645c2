"""Sending through a mail server: a copy to the archive in the same transaction, looked up there before a second try."""

from __future__ import annotations

import asyncio
import logging

import aiosmtplib
from django.conf import settings

from support.mail.mailbox_in import has_letter
from support.mail.models import OutgoingLetter
from support.mail.sending import Away, Fault, Refused
from support.mail.servers import MailServer, mail_server
from support.mail.tokens import BOUNCE, our_address

logger = logging.getLogger(__name__)

TIMEOUT_S = 30
LOOPBACK = ("127.0.0.1", "::1", "localhost")


class SmtpSender:
    """Sends by the server of SUPPORT_MAIL_OUT."""

    def __init__(self, server: MailServer, archive: str, archive_in: str) -> None:
        self.server, self.archive = server, archive
        self.archive_in = mail_server(archive_in) if archive_in else None

    def send(self, letter: OutgoingLetter) -> None:
        try:
            asyncio.run(self._send(letter))
        except aiosmtplib.SMTPRecipientRefused as error:
            raise Refused(_said(error), Fault.ADDRESS if error.code >= 500 else Fault.NOW) from error
        except aiosmtplib.SMTPDataError as error:
            raise Refused(_said(error), Fault.LETTER if error.code >= 500 else Fault.NOW) from error
        except (aiosmtplib.SMTPException, OSError, asyncio.TimeoutError) as error:
            raise Away(f"SMTP at {self.server.host}:{self.server.port}: {error}") from error

    def was_sent(self, letter: OutgoingLetter) -> bool | None:
        return has_letter(self.archive_in, letter.header_id) if self.archive_in else None

    async def _send(self, letter: OutgoingLetter) -> None:
        """One transaction for the customer and the archive: it has what was taken for the customer."""
        server = self.server
        client = aiosmtplib.SMTP(
            hostname=server.host,
            port=server.port,
            use_tls=server.is_encrypted,
            start_tls=False if server.is_encrypted or server.host in LOOPBACK else None,
            timeout=TIMEOUT_S,
            username=server.user or None,
            password=server.password or None,
        )
        async with client:
            await client.mail(our_address(BOUNCE, letter.pk))
            await client.rcpt(letter.recipient)
            if self.archive:
                try:
                    await client.rcpt(self.archive)
                except aiosmtplib.SMTPRecipientRefused as error:
                    logger.warning("the archive %s takes no copies: %s", self.archive, _said(error))
            await client.data(bytes(letter.content))


def sender_of_settings() -> SmtpSender:
    return SmtpSender(mail_server(settings.MAIL_OUT), settings.MAIL_ARCHIVE, settings.MAIL_ARCHIVE_IN)


def _said(error: aiosmtplib.SMTPResponseException) -> str:
    return f"{error.code} {error.message}".strip()[:500]
