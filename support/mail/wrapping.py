"""Lines that only a mail program broke, joined again: as it says itself (RFC 3676), or as their width shows."""

from __future__ import annotations

import re
from itertools import pairwise

NARROWEST, WIDEST = 58, 100  # programs break at 60 to 100 characters; shorter lines were ended by whoever wrote them
LONGEST_WORD = 15
ENDS = (".", "!", "?", ":")
QUOTES = re.compile(r">*")
SIGNATURE = "-- "
NEW_ITEM = re.compile(r"[-*•–—+>#|]|\(?\d{1,2}\s?[.):]|\(?[a-i]\)")


def unflowed(text: str, joins_without_space: bool = False) -> str:
    """The text of a part that is format=flowed: a line that ends in a space goes on in the next of the same quote.

    joins_without_space: DelSp=yes, so that this space goes as well.
    """
    lines: list[str] = []
    goes_on, depth_before = False, 0
    for raw in text.replace("\r\n", "\n").split("\n"):
        depth = len(QUOTES.match(raw)[0])  # type: ignore[index]
        line = raw[depth:].removeprefix(" ")  # what was put before "From" or ">" on the way
        is_signature = line == SIGNATURE
        if goes_on and depth == depth_before and not is_signature:
            lines[-1] = (lines[-1].removesuffix(" ") if joins_without_space else lines[-1]) + line
        else:
            lines.append((">" * depth + " " if depth else "") + line)
        goes_on, depth_before = line.endswith(" ") and not is_signature, depth
    return "\n".join(line if line.endswith(SIGNATURE) else line.rstrip(" ") for line in lines)


def unwrapped(text: str) -> str:
    """The same words, with a line joined to the one before where its first word would not have fitted there."""
    lines = text.split("\n")
    with_spaces = [len(line) for line in lines if " " in line.strip()]  # a long link breaks nowhere
    width = max(with_spaces, default=0)
    if not NARROWEST <= width <= WIDEST:  # nobody broke these lines, or not everywhere
        return text
    is_full = sum(width - length < LONGEST_WORD for length in with_spaces) > 1
    joined = lines[:1]
    for before, line in pairwise(lines):
        if _was_broken(before, line, width) and (is_full or line[0].islower()):
            joined[-1] = f"{joined[-1].rstrip()} {line}"
        else:
            joined.append(line)
    return "\n".join(joined)


def _was_broken(before: str, line: str, width: int) -> bool:
    """Whether these two lines were one before a program broke it."""
    if not (before.strip() and line[:1].strip()) or before.rstrip().endswith(ENDS) or NEW_ITEM.match(line):
        return False
    return len(before.rstrip()) + 1 + len(line.split(" ", 1)[0]) > width
