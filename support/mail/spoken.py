"""What of a letter is said to the assistant: without the salutation and the farewell, with the subject if it is new."""

from __future__ import annotations

import re

LONGEST = 10_000
_NAMED = (
    r"(?:[A-ZÄÖÜ][\w.'’-]{0,30}|all|there|team|everyone|everybody|folks|support|soocas|sir|madam|or|and|und|zusammen|"
    r"the|/)"
)
SALUTATION = re.compile(
    r"(?:(?i:hello|hi|hey|hallo|dear|good (?:morning|afternoon|evening|day)|guten (?:tag|morgen|abend)|greetings|moin|"
    r"to whom it may concern|sehr geehrte[rs]?|liebe[rs]?))"
    rf"(?: {_NAMED}){{0,6}} ?[,!.:–-]?",
)
_ENGLISH_END = (
    r"(?:kind|best|warm|many|with kind|with best)(?:est)? (?:regards|wishes|greetings)|regards|best|cheers|sincerely|"
    r"yours \w+|yours|(?:many |kind )?thanks(?: and .{1,30}| again| in advance| a lot| so much)?|thank you(?: .{1,40})?"
)
_GERMAN_END = (
    r"(?:mit )?(?:freundliche\w*|viele\w*|liebe\w*|beste\w*|herzliche\w*) (?:grüße?n?|gruß|gruss|grüsse)|"
    r"mfg|lg|vg|gruß|danke .{0,30}"
)
FAREWELL = re.compile(
    rf"(?:{_ENGLISH_END}|{_GERMAN_END})(?:,? (?!\w+ \w+ \w+)[A-ZÄÖÜ][\w.]{{1,20}})?[,.!]*", re.IGNORECASE
)
LINES_BELOW_A_FAREWELL = 4
GERMAN = re.compile(
    r"\b(?:ich|nicht|und|mit|bitte|meine?|habe|zahnbürste|bestellung|danke|grüßen|guten|sie|ist|wurde|zurück|für|kaputt)\b",
    re.IGNORECASE,
)
ENGLISH = re.compile(
    r"\b(?:i|not|and|with|please|my|have|the|order|thanks|regards|is|was|back|for|it|to)\b", re.IGNORECASE
)


def spoken(reply: str, topic: str = "") -> str:
    """The words for the assistant. topic: the subject of a letter that begins a conversation."""
    lines = [line.rstrip() for line in reply.split("\n")]
    while lines and (not lines[0].strip() or SALUTATION.fullmatch(lines[0].strip()[:200])):
        lines.pop(0)
    words = "\n".join(lines[: _farewell(lines)]).strip() or reply.strip()
    if topic and topic.casefold() not in words.casefold():
        words = f"{topic.rstrip('.!? ') + ('?' if topic.rstrip().endswith('?') else '.')}\n{words}".strip()
    return words[:LONGEST]


def _farewell(lines: list[str]) -> int:
    """Where "Kind regards" begins, if little stands below it."""
    filled = [index for index, line in enumerate(lines) if line.strip()]
    for index in filled[-LINES_BELOW_A_FAREWELL - 1 :]:
        below = [line for line in lines[index + 1 :] if line.strip()]
        if FAREWELL.fullmatch(lines[index].strip()[:200]) and all(len(line) <= 60 for line in below):
            return index
    return len(lines)


def language_of(text: str) -> str:
    """de or en: for the words around the assistant's."""
    head = text[:5_000]
    return "de" if len(GERMAN.findall(head)) > len(ENGLISH.findall(head)) else "en"
