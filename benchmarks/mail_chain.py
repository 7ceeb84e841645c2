"""Letters a minute through the whole chain (folder, log, Rasa, actions, letter, folder), against the chat API.

Run:  python -m benchmarks.mail_chain [COUNT]

The same words come COUNT times by chat, eight customers at a time, and then COUNT times by letter, to the same running
assistant. Each customer is a new one, so that no brake holds a letter. A letter does more than a chat message: it is
read, cut, kept on the disk, understood sentence by sentence, answered with every open question, written and sent.
"""

from __future__ import annotations

import os
import sys
import tempfile
import time
import uuid
from concurrent.futures import ThreadPoolExecutor
from email.message import EmailMessage
from pathlib import Path

import httpx

from support.run.stack import Stack, running_stack

LETTERS = 100
AT_ONCE = 8
PATIENCE_S = 600
TEXT = (
    "Hello,\n\nmy toothbrush from order SC{number} stopped charging last week. Nothing happened to it, and I've used "
    "it for two weeks. I would like a new one. Who pays the shipping?\n\nKind regards,\nFarah\n"
)


def main(count: int) -> None:
    """Starts the assistant, says it all by chat, posts all letters at once, waits for all answers."""
    with tempfile.TemporaryDirectory() as folder, running_stack(Path(folder), SUPPORT_LIMIT_CONVERSATIONS="0") as stack:
        began = time.monotonic()
        with ThreadPoolExecutor(AT_ONCE) as customers:
            list(customers.map(lambda number: chat(stack, number), range(count)))
        by_chat = count / (time.monotonic() - began) * 60
        began = time.monotonic()
        post(stack, count)
        out = Path(stack.settings["SUPPORT_MAIL_DIR"]) / "out"
        while (there := len(list(out.glob("*.eml")))) < count:
            if time.monotonic() - began > PATIENCE_S:
                raise SystemExit(f"only {there} of {count} answers within {PATIENCE_S} s")
            time.sleep(0.1)
        by_mail = count / (time.monotonic() - began) * 60
        print(f"by chat API   {by_chat:5.0f} a minute ({count} conversations, {AT_ONCE} at a time)")
        print(f"by letter     {by_mail:5.0f} a minute ({count} letters at once)")
        print(f"letters / chat messages: {by_mail / by_chat:.2f}")


def chat(stack: Stack, number: int) -> None:
    """One customer says the same by chat and waits for the answer."""
    with httpx.Client(base_url=f"{stack.base_url}/chat/api", timeout=PATIENCE_S) as http:
        opened = http.post("/conversations", json={}).raise_for_status().json()
        path = f"/conversations/{opened['id']}/messages"
        http.headers["Authorization"] = f"Bearer {opened['token']}"
        http.post(path, json={"client_id": str(uuid.uuid4()), "text": TEXT.format(number=60000 + number)})
        while (moment := http.get(path).raise_for_status().json())["working"] or len(moment["messages"]) < 2:
            time.sleep(0.05)


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
