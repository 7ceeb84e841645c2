"""A mail is safe before anything happens because of it: its bytes on the disk, its row committed, only then moved."""

from __future__ import annotations

import datetime
from pathlib import Path

from django.conf import settings
from django.db import IntegrityError, transaction

from support.conversations.whole_file import write_whole
from support.mail.beginning import storable
from support.mail.letter import Letter, read_letter
from support.mail.models import IncomingLetter


def receive(raw: bytes, now: datetime.datetime) -> IncomingLetter:
    """The row of this mail: a new one, or the one it had when it came before. Raises OSError, DatabaseError."""
    letter = read_letter(raw)
    known = IncomingLetter.objects.filter(key=letter.key).first()
    if known:
        return known
    keep(letter.key, raw)
    try:
        with transaction.atomic():
            return _row(letter, len(raw), now)
    except IntegrityError:
        return IncomingLetter.objects.get(key=letter.key)


def _row(letter: Letter, size_bytes: int, now: datetime.datetime) -> IncomingLetter:
    return IncomingLetter.objects.create(
        key=letter.key,
        header_id=storable(letter.message_id)[:500],
        sender=storable(letter.sender)[:254],
        sender_name=storable(letter.sender_name)[:200],
        subject=storable(letter.subject)[:500],
        size_bytes=size_bytes,
        received_at=now,
        try_at=now,
    )


def raw_path(key: str) -> Path:
    """Where the bytes of the mail with this key lie."""
    return settings.MAIL_DIR / "letters" / key[:2] / f"{key}.eml"


def keep(key: str, raw: bytes) -> None:
    """Writes the bytes; when it returns they are on the disk. Raises OSError."""
    path = raw_path(key)
    path.parent.mkdir(parents=True, exist_ok=True)
    write_whole(path, raw)
