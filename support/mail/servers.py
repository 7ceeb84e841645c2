"""Mail servers as they are written in the settings: imaps://USER:PASSWORD@HOST:PORT/FOLDER."""

from __future__ import annotations

from dataclasses import dataclass
from urllib.parse import unquote, urlsplit

PORTS = {"imap": 143, "imaps": 993, "smtp": 25, "smtps": 465}


@dataclass(frozen=True)
class MailServer:
    """is_encrypted: TLS from the first byte on. folder: of a mailbox."""

    host: str
    port: int
    user: str
    password: str
    is_encrypted: bool
    folder: str


def mail_server(written: str) -> MailServer:
    """The server of this setting. Raises ValueError."""
    found = urlsplit(written)
    if found.scheme not in PORTS or not found.hostname:
        raise ValueError(f"not a mail server: {found.scheme}://{found.hostname}")
    return MailServer(
        found.hostname,
        found.port or PORTS[found.scheme],
        unquote(found.username or ""),
        unquote(found.password or ""),
        found.scheme.endswith("s"),
        unquote(found.path.strip("/")) or "INBOX",
    )
