"""What a reply chooses: "2", "1a, 2b", or words in quoted questions; numbers are the answered letter's."""

from __future__ import annotations

import re

from support.mail.cutting import QUOTED
from support.mail.html_text import text_of
from support.mail.letter import Letter
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
QUESTION, OPTION = re.compile(r"(\d{1,2})\. \S"), re.compile(r"[a-z]\) \S")
FEWEST_WORDS = 4  # of a line that our own words, broken elsewhere, can be told by


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


def with_answers_in_the_quote(reply: str, quoted: str, sent: Letter) -> str:
    """The reply with the words somebody wrote into our letter ("see my answers in red"), by the question above them.

    sent: the letter that this one quotes; what is not in it is the customer's.
    """
    ours = _numbers_of_lines(sent)
    every = " ".join([*sent.text.split(), *text_of(sent.html).split()])
    answers, number, before = [], "", ""
    for line in filter(None, map(_bare, quoted.split("\n"))):
        question = QUESTION.match(line)
        begins = next((own for own in ours if question and line.startswith(own)), "")
        goes_on = f"{before} {line}" in every if before else False
        if line in ours or goes_on or (line.count(" ") >= FEWEST_WORDS - 1 and line in every):
            number = ours.get(line, question[1] if question else number)
            before = line
        elif begins and line.removeprefix(begins).startswith(" "):
            answers.append(f"{ours[begins]}. {line.removeprefix(begins).strip()}")
        elif number:
            answers.append(f"{number}. {line}")
    return "\n".join([reply, *answers]).strip()


def _numbers_of_lines(sent: Letter) -> dict[str, str]:
    """Each line of our letter, as HTML and as text, with the number of the question it belongs to, or an empty one."""
    numbers, number = {}, ""
    for line in filter(None, map(_bare, text_of(sent.html).split("\n"))):
        question = QUESTION.match(line)
        number = question[1] if question else number if OPTION.match(line) else ""
        numbers[line] = number
    for block in sent.text.replace("\r", "").split("\n\n"):
        question = QUESTION.match(block)
        numbers |= {_bare(line): question[1] if question else "" for line in block.split("\n") if line.strip()}
    return numbers


def _bare(line: str) -> str:
    return " ".join(line.lstrip("> \t").split())
