"""What of a letter is said to the assistant: without the salutation and the farewell, with the subject if it is new."""

from __future__ import annotations

import re

from support.mail.wrapping import unwrapped

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
CONTACT = re.compile(  # a line of a business card
    r"\d[\d ()./-]{5,}\d|www\.|https?://|@|\||\b(?:phone|tel|fax|mobile|street|str\.|suite|road|ave(?:nue)?|blvd|ltd|inc|gmbh|llc)\b",
    re.IGNORECASE,
)
MOST_CONTACT_LINES = 10
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
    words = unwrapped("\n".join(lines[: _farewell(lines)]).strip() or reply.strip())
    if topic and topic.casefold() not in words.casefold():
        words = f"{topic.rstrip('.!? ') + ('?' if topic.rstrip().endswith('?') else '.')}\n{words}".strip()
    return words[:LONGEST]


def greets(text: str) -> bool:
    """Whether these words begin with a salutation."""
    line = text.lstrip().split("\n")[0][:200].strip()
    found = SALUTATION.match(line)
    return bool(found) and (found.end() == len(line) or found[0].rstrip()[-1] in ",!.:")


def says_goodbye(text: str) -> bool:
    """Whether these words end with a farewell."""
    lines = text.rstrip().split("\n")
    return _farewell(lines) < len(lines)


def _farewell(lines: list[str]) -> int:
    """Where "Kind regards" begins, if little stands below it: a name, or a name and how to reach it."""
    filled = [index for index, line in enumerate(lines) if line.strip()]
    for index in filled[-MOST_CONTACT_LINES - 1 :]:
        if FAREWELL.fullmatch(lines[index].strip()[:200]) and _is_a_card(
            [lines[below] for below in filled if below > index]
        ):
            return index
    return len(lines)


def _is_a_card(lines: list[str]) -> bool:
    is_short = all(len(line) <= 60 for line in lines) and len(lines) <= LINES_BELOW_A_FAREWELL
    contacts = sum(bool(CONTACT.search(line[:200])) for line in lines)
    return is_short or (contacts > 0 and len(lines) - contacts <= LINES_BELOW_A_FAREWELL)


def language_of(text: str) -> str:
    """de or en: for the words around the assistant's."""
    head = text[:5_000]
    return "de" if len(GERMAN.findall(head)) > len(ENGLISH.findall(head)) else "en"
