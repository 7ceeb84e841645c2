"""What a message looks like in a terminal, and what a typed line means."""

from __future__ import annotations

import shlex
from dataclasses import dataclass
from pathlib import Path

PHOTO_SUFFIXES = {".jpg", ".jpeg", ".png", ".webp", ".heic", ".heif"}


@dataclass(frozen=True)
class Typed:
    """One line of the person: exactly one of text, choice and photos is filled, or quit."""

    text: str = ""
    choice: str = ""
    photos: tuple[Path, ...] = ()
    quit: bool = False


def read_line(line: str, choices: list[dict]) -> Typed:
    """What a line means while these choices are on offer: a number is a choice, the path of a photo is that photo."""
    line = line.strip()
    if line in ("/quit", "/exit"):
        return Typed(quit=True)
    if line.isascii() and line.isdigit() and 1 <= int(line) <= len(choices):
        return Typed(choice=choices[int(line) - 1]["payload"])
    if line.startswith("/photo "):
        return Typed(photos=tuple(_paths(line.removeprefix("/photo "))))
    paths = _paths(line)
    if paths and all(path.suffix.lower() in PHOTO_SUFFIXES and path.is_file() for path in paths):
        return Typed(photos=tuple(paths))
    return Typed(text=line)


def _paths(text: str) -> list[Path]:
    """Paths as a terminal pastes them: quoted, or with backslashes before spaces."""
    whole = Path(text.strip()).expanduser()
    try:
        if whole.is_file():
            return [whole]
        return [Path(part).expanduser() for part in shlex.split(text)]
    except (ValueError, OSError, RuntimeError):  # an apostrophe; far too long for a path; ~nobody
        return []


def show(message: dict) -> str:
    """The message as lines: who and what, the case, the clauses it rests on, the choices by number."""
    who = message.get("name") or {"bot": "SOOCAS", "agent": "Agent"}.get(message["from"], message["from"])
    lines = [f"{who}: {message['text']}".replace("\n", "\n  ")]
    case = message.get("case")
    if case:
        lines.append(f"  | Case {case['number']} | {case['state'].replace('_', ' ')} |")
    lines += [f"  [{cited['clause']}] {cited['text']}" for cited in message.get("citations") or ()]
    lines += [f"  {index}) {choice['title']}" for index, choice in enumerate(message.get("choices") or (), 1)]
    return "\n".join(lines)
