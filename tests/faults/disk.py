"""A disk for photos that is soon full, and what a customer sees of it."""

from __future__ import annotations

import io
import os
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from PIL import Image

from support.run.stack import Stack
from tests.conversations.customer import Customer

KILOBYTES = 600
TRIES = 60


@contextmanager
def small_disk(folder: Path) -> Iterator[Path]:
    """A file system of its own with little room; for who may not make one, a plain folder, and that is said."""
    folder.mkdir()
    options = ["-t", "tmpfs", "-o", f"size={KILOBYTES}k", "tmpfs", str(folder)]
    is_small = os.getuid() == 0 and subprocess.run(["mount", *options], capture_output=True).returncode == 0
    if not is_small:
        print("the full disk is left out: it wants root, for a small file system")
    try:
        yield folder
    finally:
        if is_small:
            subprocess.run(["umount", str(folder)], check=True)


def full_disk_row(stack: Stack, disk: Path) -> bool:
    """Photos until there is no room, a turn then, and a photo once there is room again; a row of the table."""
    if not os.path.ismount(disk):
        return True
    customer, statuses = Customer(stack.base_url), []
    path = f"/chat/api/conversations/{customer.id}/photos"
    while len(statuses) < TRIES and (not statuses or statuses[-1] == 201):
        statuses.append(customer.http.post(path, files={"file": ("p.jpg", noise())}).status_code)
    said = customer.say("How long does a refund take?")
    subprocess.run(["mount", "-o", "remount,size=50m", str(disk)], check=True)
    again = customer.http.post(path, files={"file": ("p.jpg", noise())})
    sent = customer.send(photos=[again.json()["photo"]]) if again.status_code == 201 else []
    halves = [file for file in disk.rglob("*") if file.is_file() and file.suffix not in (".jpg", ".original")]
    good = statuses[-1] == 503 and bool(said) and bool(sent) and not halves
    saw = f"{statuses.count(201)} photos taken, then {statuses[-1]}; an answer; with room {again.status_code} again"
    print(f"| disk full for photos | 2 | {0 if good else 1} | 0 | – | {saw} |", flush=True)
    return good


def noise() -> bytes:
    """A photo of some 60 KB."""
    out = io.BytesIO()
    Image.effect_noise((320, 240), 80).convert("RGB").save(out, "JPEG", quality=95)
    return out.getvalue()
