"""`support mail`: send a letter as a customer would, and see what stands still."""

from __future__ import annotations

import argparse
import sys
import time
from pathlib import Path

from django.db import DatabaseError
from django.utils import timezone

from support.conversations.whole_file import write_whole
from support.mail import folder
from support.mail.letter import read_letter
from support.mail.models import IncomingLetter, OutgoingLetter
from support.mail.sending import look_up_first
from support.mail.services import standing_still, try_again

__all__ = ["look_up_first", "main"]

WAITED = 0.2


def main(argv: list[str]) -> int:
    """The exit code: 0, or 1 when no answer came in time, 2 for what the person who typed it can put right."""
    parser = argparse.ArgumentParser(prog="support mail", description=__doc__)
    parts = parser.add_subparsers(dest="what", required=True)
    send = parts.add_parser("send", help="put a letter (.eml) in, and its answer beside it")
    send.add_argument("letter", type=Path)
    send.add_argument("--wait", type=float, default=60, metavar="SECONDS", help="how long to wait for the answer (60)")
    parts.add_parser("parked", help="letters that stand still, and why")
    retry = parts.add_parser("retry", help="try a letter that stands still again")
    retry.add_argument("id")
    given = parser.parse_args(argv)
    try:
        if given.what == "send":
            return send_letter(given.letter, given.wait)
        return retry_letter(given.id) if given.what == "retry" else show_parked()
    except DatabaseError as error:
        print(
            f"support mail: the database is not ready ({error}): start the assistant once (make run)", file=sys.stderr
        )
        return 2


def send_letter(file: Path, wait_s: float) -> int:
    """Puts the letter into the folder that the mailroom reads, and writes the answer to letter.answer.eml beside it."""
    try:
        raw = file.read_bytes()
    except OSError as error:
        print(f"support mail: {file} cannot be read ({error.strerror})", file=sys.stderr)
        return 2
    key = read_letter(raw).key
    folder.incoming().mkdir(parents=True, exist_ok=True)
    write_whole(folder.incoming() / f"{key[:16]}.eml", raw)
    until = time.monotonic() + wait_s
    while time.monotonic() < until:
        row = IncomingLetter.objects.filter(key=key).first()
        if row and row.state not in (
            IncomingLetter.State.RECEIVED,
            IncomingLetter.State.TAKEN,
            IncomingLetter.State.REFUSED,
        ):
            print(f"no answer is owed: the letter is {row.state} ({row.kind}) {row.reason}".strip())
            return 0
        answer = OutgoingLetter.objects.filter(answers=row, state=OutgoingLetter.State.SENT).first() if row else None
        if answer:
            beside = file.with_name(f"{file.stem}.answer.eml")
            beside.write_bytes(bytes(answer.content))
            print(beside)
            return 0
        time.sleep(WAITED)
    print(f"support mail: no answer within {wait_s:g} s; does the assistant run (make run)?", file=sys.stderr)
    return 1


def show_parked() -> int:
    """One line for each letter that stands still."""
    for one in standing_still():
        print(f"{one.id}  {one.state:10} {one.at:%Y-%m-%d %H:%M}  {one.address}: {one.reason}")
    return 0


def retry_letter(identity: str) -> int:
    """Tries it again: in:12 or out:…, as `support mail parked` shows it."""
    if try_again(identity, timezone.now()):
        return 0
    print(f"support mail: no letter {identity} stands still", file=sys.stderr)
    return 2
