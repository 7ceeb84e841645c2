"""What a reply chooses: "2", "1a, 2b", or words between quoted questions; numbers are the answered letter's."""

from __future__ import annotations

import re

from support.mail.cutting import QUOTED
from support.mail.models import OutgoingLetter
from support.mail.spoken import spoken

ALONE = re.compile(
    r"(?:(?:number|option|choice|no\.?|nr\.?|nummer|answer)\s*)?[(\[]?([1-9][0-9]?)[)\].:]?"
    r"(?:\s*(?:please|bitte|thanks|thank you|danke))?[.!]?",
    re.IGNORECASE,
)
CODE = re.compile(
    r"(?<![\w.-])([1-9][0-9]?)(?:[.):]\s?|\s?)\(?([a-i])\b\)?(?=\s*(?:[,;:\n]|\.(?!\w)|$|\d|(?:and|or|und|oder)\b))",
    re.IGNORECASE,
)
QUOTED_QUESTION = re.compile(r"[ \t]{0,3}>[ \t]?(\d{1,2})\. \S")


def chosen_by_number(reply: str, answered: OutgoingLetter) -> dict[str, str] | None:
    """The choice of the answered letter that this reply is the number of."""
    found = ALONE.fullmatch(spoken(reply).strip())
    return next((choice for choice in answered.choices if choice["code"] == found[1]), None) if found else None


def chosen_by_letters(reply: str, answered: OutgoingLetter) -> tuple[str, ...]:
    """The payloads of every "1a" in this reply, one a question; two for the same question choose nothing."""
    payloads = {choice["code"]: choice["payload"] for choice in answered.choices}
    taken: dict[str, set[str]] = {}
    for number, letter in CODE.findall(reply):
        if f"{number}{letter.lower()}" in payloads:
            taken.setdefault(number, set()).add(payloads[f"{number}{letter.lower()}"])
    return tuple(chosen.pop() for chosen in taken.values() if len(chosen) == 1)


def with_quoted_numbers(reply: str, text: str) -> str:
    """Answers written between our quoted questions get the numbers of these questions; any other reply stays."""
    lines: list[str] = []
    number, answers = "", 0
    for line in text.split("\n"):
        if QUOTED.match(line):
            found = QUOTED_QUESTION.match(line)
            number = found[1] if found else number
        elif line.strip() and line.strip() in reply:
            lines.append(f"{number}. {line.strip()}" if number else line.strip())
            answers += bool(number)
            number = ""
    return "\n".join(lines) if answers else reply
