"""The customer's own words of a mail: without what is quoted, without the signature. In linear time."""

from __future__ import annotations

import re
from dataclasses import dataclass

from support.mail.quotes import (
    FORWARDED,
    LONGEST_LINE,
    ORIGINAL,
    RULE,
    SHARED_LINE,
    attribution_length,
    header_block_length,
)
from support.mail.signatures import signature_start

MAX_CHARACTERS = 200_000
MAX_LINES = 2_000
QUOTED = re.compile(r"[ \t]{0,3}>")


@dataclass(frozen=True)
class Cut:
    """A mail's text in its parts, each kept. is_whole: nothing was left of it, so reply is all of it."""

    reply: str
    signature: str = ""
    quoted: str = ""
    is_whole: bool = False


def cut(text: str, is_forward: bool = False) -> Cut:
    """The reply of a mail's text; of a forwarded mail everything. Never empty if the mail has words."""
    lines = [line.replace("\r", "") for line in text[:MAX_CHARACTERS].split("\n")[:MAX_LINES]]
    own, quoted = (lines, []) if is_forward else _parted(lines)
    start = signature_start(_shown(own))
    reply, signature = _joined(own[:start]), _joined(own[start:])
    if not reply and text.strip():
        return Cut(_joined(lines), "", "", True)
    return Cut(reply, signature, _joined(quoted))


def _parted(lines: list[str]) -> tuple[list[str], list[str]]:
    """The lines somebody wrote and the lines that are quoted, each in their order."""
    quotes, shown = _quotes(lines), _shown(lines)
    own: list[str] = []
    quoted: list[str] = []
    index = 0
    while index < len(lines):
        line = shown[index]
        if FORWARDED.fullmatch(line):
            own += lines[index:]
            break
        if ORIGINAL.fullmatch(line) or header_block_length(shown, index):
            quoted += [*_taken_rules(own), *lines[index:]]
            break
        if quotes[index]:
            quoted.append(lines[index])
            index += 1
        elif length := attribution_length(shown, index):
            index = _behind_attribution(lines, quotes, index, length, quoted)
        elif shared := SHARED_LINE.search(line):
            own.append(line[: shared.start()])
            quoted.append(line[shared.start() :])
            index = _behind_attribution(lines, quotes, index + 1, 0, quoted)
        else:
            own.append(lines[index])
            index += 1
    return own, quoted


def _behind_attribution(lines: list[str], quotes: list[bool], index: int, length: int, quoted: list[str]) -> int:
    """Where to go on after "On … wrote:": behind the marked lines, or at the end if the quoted lines have no mark."""
    quoted += lines[index : index + length]
    index += length
    begins = next((place for place in range(index, len(lines)) if lines[place].strip()), len(lines))
    if begins < len(lines) and not quotes[begins] and not QUOTED.match(lines[begins]):
        quoted += lines[index:]
        return len(lines)
    quoted += lines[index:begins]
    while begins < len(lines) and QUOTED.match(lines[begins]):
        quoted.append(lines[begins])
        begins += 1
    return begins


def _quotes(lines: list[str]) -> list[bool]:
    """Which lines are quoted by their mark: all that begin with it, unless it is a single one; and broken links."""
    marked = [bool(QUOTED.match(line)) for line in lines]
    if sum(marked) < 2:
        return [False] * len(lines)
    for index in range(1, len(lines) - 1):
        if not marked[index] and marked[index - 1] and marked[index + 1] and lines[index].strip():
            before = lines[index - 1][:LONGEST_LINE]
            is_rest = before.count("(") > before.count(")") or before.count("<") > before.count(">")
            marked[index] = is_rest or lines[index].strip().startswith(("(http", "<http"))
    return marked


def _shown(lines: list[str]) -> list[str]:
    """The lines as the patterns look at them: short, without space around."""
    return [line[:LONGEST_LINE].strip(" \t\xa0") for line in lines]


def _taken_rules(own: list[str]) -> list[str]:
    """Takes the ruled line above the headers of a quoted mail from the own lines."""
    taken: list[str] = []
    while own and (not own[-1].strip() or RULE.fullmatch(own[-1][:LONGEST_LINE].strip())):
        taken.insert(0, own.pop())
    return taken


def _joined(lines: list[str]) -> str:
    return "\n".join(lines).strip("\n \t\xa0")
