"""What begins the quoted part of a mail: lines that mail programs write above it.

All lines are given stripped and cut to LONGEST_LINE, so that no pattern can take long.
"""

from __future__ import annotations

import re

LONGEST_LINE = 500
ATTRIBUTION_LINES = 6

_DAY = r"(?:mon|tue|wed|thu|fri|sat|sun|mo|di|mi|do|fr|sa|so|lun|mar|mer|jeu|ven|sam|dim)[a-zé]{0,9}\.?,?"
BEGINS = re.compile(
    r"-*[ \t]{0,3}(?:on|am|le|op|den|på|el|il|em|w dniu|vào|dne|dnia|в|"
    r"\d{4}[-/.]\d{1,2}[-/.]\d{1,2}|\d{1,2}[-/.]\d{1,2}[-/.]\d{2,4}|" + _DAY + r"[ \t]+\d{1,2})\b",
    re.IGNORECASE,
)
SAMSUNG = re.compile(r"sent from samsung mobile[^<]{0,80}<[^<>]{1,150}> (?:wrote|schrieb):", re.IGNORECASE)
VERB = re.compile(
    r"(?:\b(?:wrote|sent|schrieb|a écrit|schreef|geschreven|napisał(?:\(a\))?|skrev|đã viết|escribió|ha scritto|"
    r"escreveu|написал|пишет)\b|>wrote)",
    re.IGNORECASE,
)
DASHED_VERB = re.compile(r"-{2,} ?(?!on\b)\S.{0,80}? (?:wrote|schrieb) ?-{2,}", re.IGNORECASE)
DATE_LIKE = re.compile(r"\d{1,2}[:.]\d{2}|\d{4}|\d{1,2}[-/.]\d{1,2}[-/.]\d{2,4}|\b" + _DAY + r"\s", re.IGNORECASE)
ADDRESS_AT_END = re.compile(r"[<(\[] ?[^\s<>@]{1,64}@[^\s<>@]{1,100}[>)\]] ?:?$")
SHARED_LINE = re.compile(r"(?:-{2,} ?)?\bOn (?:Mon|Tue|Wed|Thu|Fri|Sat|Sun)[a-z]{0,6},? [^>]{5,300}? wrote:$")

_ORIGINAL = (
    r"original message|reply message|ursprüngliche nachricht|originalnachricht|antwort nachricht|"
    r"oprindelig meddelelse|original-nachricht|message d'origine|mensaje original|messaggio originale|"
    r"oorspronkelijk bericht|ursprungligt meddelande|opprinnelig melding|исходное сообщение"
)
ORIGINAL = re.compile(rf"[>*_ ]{{0,9}}-{{2,}} ?(?:{_ORIGINAL}) ?-{{2,}}[*_]{{0,3}}", re.IGNORECASE)
_FORWARDED = (
    r"forwarded message|forwarded by .{0,80}|weitergeleitete nachricht|weitergeleitete e-?mail|message transféré|"
    r"mensaje reenviado|messaggio inoltrato|doorgestuurd bericht|пересылаемое сообщение"
)
FORWARDED = re.compile(
    rf"[>* ]{{0,9}}(?:-{{2,}} ?(?:{_FORWARDED}) ?-{{2,}}|begin forwarded message:|"
    r"anfang der weitergeleiteten nachricht:|début du message réexpédié ?:)",
    re.IGNORECASE,
)

_FROM = r"from|von|de|fra|från|van|da|od|от кого|от"
_DATE = r"date|sent|datum|gesendet|envoyé|sendt|skickat|verzonden|data|enviado|fecha|inviato|wysłano|дата"
_REST = (
    r"to|an|à|til|till|aan|a|para|do|кому|cc|kopie|subject|betreff|objet|emne|ämne|onderwerp|asunto|oggetto|temat|тема"
)
HEADER = re.compile(
    rf"[>* \t]{{0,9}}(?:(?P<from>{_FROM})|(?P<date>{_DATE})|(?P<rest>{_REST}))\*?[ \t\xa0]?:\*?(?=\s|$)", re.IGNORECASE
)
RULE = re.compile(r"_{5,}|-{5,}|={5,}|\*{5,}")


def attribution_length(lines: list[str], start: int) -> int:
    """How many lines from here on are "On … wrote:"; 0 if they are none."""
    if DASHED_VERB.fullmatch(lines[start]) or SAMSUNG.fullmatch(lines[start]):
        return 1
    if not BEGINS.match(lines[start]):
        return 0
    joined = ""
    for count, line in enumerate(lines[start : start + ATTRIBUTION_LINES], 1):
        if count > 1 and line.startswith(">") and not re.match(r"> ?wrote:", line):
            return 0
        joined = f"{joined} {line}"[:LONGEST_LINE]
        if _is_attribution(joined.lstrip()):
            return count
    return 0


def _is_attribution(joined: str) -> bool:
    ends = joined.endswith((":", "-"))
    if ends and (verb := VERB.search(joined)) and DATE_LIKE.search(joined):
        rest = joined[verb.end() :]
        return len(joined) < 400 and len(rest) < 200
    dated = re.match(r"\d|" + _DAY + r"\s+\d", joined, re.IGNORECASE) and DATE_LIKE.search(joined)
    return bool(dated and ADDRESS_AT_END.search(joined) and len(joined) < 300)


def header_block_length(lines: list[str], start: int) -> int:
    """How many lines from here on are the headers of a quoted mail (From, Sent, To, Subject); 0 if they are none."""
    first = HEADER.match(lines[start])
    if not first or first["rest"]:
        return 0
    kinds, last = {first.lastgroup}, start
    for index in range(start + 1, min(start + 14, len(lines))):
        line = lines[index]
        found = HEADER.match(line)
        if found:
            kinds.add(found.lastgroup)
            last = index
        elif not line.strip(" >*\t") and index > last + 1:
            break
    return last - start + 1 if len(kinds) > 1 else 0
