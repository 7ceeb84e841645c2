"""Numbers and addresses by their shapes: e-mail, serial, case and order numbers, postcodes."""

from __future__ import annotations

import re
from collections.abc import Iterator

from nlu.found import Found

_EMAIL = re.compile(r"[\w.+-]{1,64}@[\w-]{1,63}(?:\.[\w-]{1,63})*\.[a-z]{2,24}\b", re.IGNORECASE)
_SERIAL = re.compile(r"\b[A-Z]{1,3}\d{1,2}[A-Z]{0,2}[-\s]?\d{4}[A-Z][-\s]?\d{5,7}\b", re.IGNORECASE)
_NAMED_SERIAL = re.compile(
    r"\b(?:serial(?:\s*(?:number|no|nr|num))?|s/n|sn)\b\.?\s*(?:is|was|=|:|#|-)*\s*#?(?P<id>(?=[\w-]*\d[\w-]*\d)[A-Z0-9][\w-]{5,24})\b",
    re.IGNORECASE,
)
_CASE = re.compile(
    r"(?<![\w-])C-(?:[A-Z0-9]{4}-[A-Z0-9]{4}|(?=[A-Z]{0,5}\d)[A-Z0-9]{3,6}(?:-[A-Z0-9]{2,6})?)\b", re.IGNORECASE
)
_SHOP_ORDER = re.compile(  # also "SC 50 123"; after five digits in a row a further number is one of its own
    r"#?\s?\bSC[\s#-]{0,3}(?P<id>\d{4,9}|\d{1,3}(?:[ .-]\d{2,4}){1,3})\b(?!-?\d)", re.IGNORECASE
)
_SPACED_ORDER = re.compile(
    r"\border\s*(?:number|num|nr|no|id|#)[\s.:#]{0,4}(?:is|was)?\s*#?(?P<id>\d{2,3}[ .]\d{2,4})(?![\w.-]*\d)",
    re.IGNORECASE,
)
_NAMED_ORDER = re.compile(
    r"\b(?:order|ordr|ord|purchase|bestellung)s?\s*(?:id|number|numbers|num|nr|no|ref(?:erence)?|code)?\b\s*"
    r"(?:\.|,|is|was|are|=|:|#|-|–|\s){0,6}\s*#?(?P<id>(?=[\w-]*\d)[A-Z]{0,4}-?\d[\dx]*(?:-[\dx]+){0,4})(?![\w-])",
    re.IGNORECASE,
)
_FOREIGN_ORDER = re.compile(r"(?<![\w-])#?(?P<id>\d{3}-\d{5,8}-\d{5,8}|OD\d{8,})(?![\w-])", re.IGNORECASE)
_HASH_ORDER = re.compile(r"(?<!\w)#\s?(?P<id>[A-Z]{0,4}-?\d[\dx]{2,}(?:-[\dx]+){0,4})(?![\w-])", re.IGNORECASE)
_ALONE_ORDER = re.compile(r"\s*(?P<id>[A-Z]{2,4}-?\d{4,}|\d{2,}(?:-\d{3,})+)[\s.!]*", re.IGNORECASE)
_NAMED_POSTCODE = re.compile(
    r"\b(?:post\s?code|postal\s+code|zip(?:\s?code)?|pin\s?code|plz)\b\s*(?:is|was|:|=|-)*\s*(?P<id>[A-Z0-9]{2,5}[\s-]?[A-Z0-9]{0,4})\b",
    re.IGNORECASE,
)
_POSTCODE = re.compile(
    r"\b(?:[A-Z]{1,2}\d[A-Z\d]?\s?\d[A-Z]{2}|[A-Z]\d[A-Z]\s?\d[A-Z]\d|\d{4}\s?[A-Z]{2}|\d{5}(?:-\d{4})?|\d{3}\s\d{3}|\d{3,6})\b",
    re.IGNORECASE,
)
_FEWEST_DIGITS = 3


def find_identifiers(text: str) -> list[Found]:
    """E-mail addresses, serial, case and order numbers; what was taken for one is not looked at again for the next.

    Values: e-mails in lower case; serials, case and order numbers in capitals without spaces or '#'; a shop's order
    number is always written SC10234.
    """
    found: list[Found] = []
    for finder in (_find_emails, _find_serials, _find_cases, _find_orders):
        for one in finder(blank(text, found)):
            found.append(one)
    return found


def read_postcode(text: str) -> str | None:
    """The postcode in an answer to 'which postcode?': upper case, single spaces; None without one.

    A postcode that is called one is believed first; otherwise the last thing with the shape of one.
    """
    named = _NAMED_POSTCODE.search(text)
    if named and any(char.isdigit() for char in named["id"]):
        return " ".join(named["id"].upper().split())
    shapes = [match.group() for match in _POSTCODE.finditer(text)]
    return " ".join(shapes[-1].upper().split()) if shapes else None


def blank(text: str, found: list[Found]) -> str:
    """The text with spaces where something was found already."""
    for one in found:
        text = text[: one.start] + " " * (one.end - one.start) + text[one.end :]
    return text


def _find_emails(text: str) -> Iterator[Found]:
    for match in _EMAIL.finditer(text):
        yield Found("email", match.group().lower(), match.start(), match.end())


def _find_serials(text: str) -> Iterator[Found]:
    taken: set[int] = set()
    for pattern, group in ((_SERIAL, 0), (_NAMED_SERIAL, "id")):
        for match in pattern.finditer(text):
            if match.end(group) not in taken:
                taken.add(match.end(group))
                yield Found("serial_number", _compact(match.group(group)), match.start(group), match.end(group))


def _find_cases(text: str) -> Iterator[Found]:
    for match in _CASE.finditer(text):
        yield Found("case_number", match.group().upper(), match.start(), match.end())


def _find_orders(text: str) -> Iterator[Found]:
    found: list[Found] = []
    for pattern in (_SHOP_ORDER, _SPACED_ORDER, _NAMED_ORDER, _FOREIGN_ORDER, _HASH_ORDER):
        for match in pattern.finditer(blank(text, found)):
            if sum(char in "0123456789xX" for char in match["id"]) >= _FEWEST_DIGITS:
                bare = re.sub(r"[ .]", "", match["id"]).upper()
                value = "SC" + bare.replace("-", "") if pattern is _SHOP_ORDER else bare
                start = match.start() if pattern is _SHOP_ORDER else match.start("id")
                found.append(Found("order_number", value, start + _lead(text[start:]), match.end("id")))
    alone = _ALONE_ORDER.fullmatch(text)
    if alone and not found:
        found.append(Found("order_number", alone["id"].upper(), alone.start("id"), alone.end("id")))
    yield from found


def _lead(text: str) -> int:
    """How many characters of '#' and space stand before the number."""
    return len(text) - len(text.lstrip("# "))


def _compact(text: str) -> str:
    return re.sub(r"[\s]", "", text).upper()
