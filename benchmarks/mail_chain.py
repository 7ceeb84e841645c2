"""Letters a minute through the whole chain: folder, log, Rasa, actions, letter, folder.

Run:  python -m benchmarks.mail_chain [COUNT]

Each letter is a customer's of their own, so that no brake holds it. Prints letters a minute.
"""

from __future__ import annotations

import os
import sys
import tempfile
import time
from email.message import EmailMessage
from pathlib import Path

from support.run.stack import Stack, running_stack

LETTERS = 100
PATIENCE_S = 600
TEXT = (
    "Hello,\n\nmy toothbrush from order SC{number} stopped charging last week. Nothing happened to it, and I've used "
    "it for two weeks. I would like a new one. Who pays the shipping?\n\nKind regards,\nFarah\n"
)


def main(count: int) -> None:
    """Starts the assistant, posts all letters at once, waits for all answers."""
    with tempfile.TemporaryDirectory() as folder, running_stack(Path(folder)) as stack:
        began = time.monotonic()
        post(stack, count)
        out = Path(stack.settings["SUPPORT_MAIL_DIR"]) / "out"
        while len(list(out.glob("*.eml"))) < count:
            if time.monotonic() - began > PATIENCE_S:
                raise SystemExit(f"only {len(list(out.glob('*.eml')))} of {count} answers within {PATIENCE_S} s")
            time.sleep(0.1)
        seconds = time.monotonic() - began
        print(f"{count} letters answered in {seconds:.1f} s: {count / seconds * 60:.0f} a minute")


def post(stack: Stack, count: int) -> None:
    """Puts the letters into the folder that is read."""
    incoming = Path(stack.settings["SUPPORT_MAIL_DIR"]) / "in"
    incoming.mkdir(parents=True, exist_ok=True)
    for number in range(count):
        letter = EmailMessage()
        letter["From"], letter["To"] = f"Farah <customer{number}@example.com>", "support@soocas.example"
        letter["Subject"], letter["Message-ID"] = "My toothbrush", f"<{number}.{time.time_ns()}@example.com>"
        letter.set_content(TEXT.format(number=60000 + number))
        draft = incoming / f".{number}"
        draft.write_bytes(letter.as_bytes())
        os.utime(draft, (0, time.time() - 5))
        draft.rename(incoming / f"{number}.eml")


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else LETTERS)
