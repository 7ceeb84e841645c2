"""Letters as files: the folder that is read, and the folder that is written, when no mail server is configured."""

from __future__ import annotations

import time
from collections.abc import Iterator
from pathlib import Path

from django.conf import settings

from support.conversations.whole_file import write_whole
from support.mail.models import OutgoingLetter

SETTLED_S = 0.4  # a file younger than this may still be written


def incoming() -> Path:
    """The folder that is read."""
    return settings.MAIL_DIR / "in"


def outgoing() -> Path:
    """The folder that is written."""
    return settings.MAIL_DIR / "out"


def arrived() -> Iterator[tuple[Path, bytes]]:
    """The letters in the folder, the oldest first. One that cannot be read is left out."""
    incoming().mkdir(parents=True, exist_ok=True)
    found = [path for path in incoming().iterdir() if path.suffix == ".eml" and not path.name.startswith(".")]
    for path in sorted(found, key=_age):
        try:
            if time.time() - path.stat().st_mtime >= SETTLED_S:
                yield path, path.read_bytes()
        except OSError:
            continue


def move_away(path: Path, key: str) -> None:
    """The letter is safe: out of the way, under the name of its key, never deleted."""
    processed_path(key).parent.mkdir(parents=True, exist_ok=True)
    path.replace(processed_path(key))


def processed_path(key: str) -> Path:
    """Where the file of a letter lies that was taken from the folder."""
    return settings.MAIL_DIR / "processed" / f"{key}.eml"


class FolderSender:
    """Writes each letter as a file of its own; the same letter again is the same file."""

    def send(self, letter: OutgoingLetter) -> None:
        outgoing().mkdir(parents=True, exist_ok=True)
        write_whole(self.file_of(letter), bytes(letter.content))

    def was_sent(self, letter: OutgoingLetter) -> bool | None:
        return self.file_of(letter).exists()

    @staticmethod
    def file_of(letter: OutgoingLetter) -> Path:
        return outgoing() / f"{letter.created_at:%Y%m%d-%H%M%S}-{letter.pk[:8]}.eml"


def _age(path: Path) -> float:
    try:
        return path.stat().st_mtime
    except OSError:
        return 0.0
