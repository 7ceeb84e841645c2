"""Order numbers as people type them, brought to the one form they are stored in."""

import re
import unicodedata

from django.conf import settings

NUMBER_LENGTH = 32
BARE_DIGITS_MAX = 9  # a longer run of digits is another shop's number and gets no prefix
DIGITS_MIN = 3  # without the prefix: "2 weeks" is no number

_GAP = r"[\s#._/\\\-\u2010-\u2015\u2212]{0,3}"
_LEAD = re.compile(r"(?:MY\s+)?(?:(?:ORDER|PURCHASE)\s*)?(?:(?:NUMBER|NUM|NO|NR|ID)\b)?\s*(?:IS\b|WAS\b)?[\s.:#=-]*")
_SHAPE = re.compile(rf"([A-Z]{{0,6}}){_GAP}([0-9][0-9A-Z]*(?:{_GAP}[0-9]+)*)")
_UNSEEN = re.compile(r"[\u00ad\u200b-\u200f\u2060\ufeff]")
_ENDING = " \t\r\n.,;:!?\"'()[]<>"


def number_prefix() -> str:
    """The letters in front of this shop's order numbers (SUPPORT_ORDER_PREFIX, "SC" by default), upper case."""
    return str(getattr(settings, "SUPPORT_ORDER_PREFIX", "SC")).upper()


def normalise_number(text: str) -> str | None:
    """The order number in this text in its stored form, e.g. "SC10234" for "#sc10234", "SC 10234", "order 10234".

    Bare digits get the shop's prefix. A number of another shop comes back tidied and simply matches nothing here.
    A sentence is searched for one number with the prefix, or with a '#' or the word order in front.
    None when there is no number in it, or more than one.
    """
    rest = text.removeprefix(number_prefix())
    if rest != text and rest.isascii() and rest.isdigit() and len(text) <= NUMBER_LENGTH:
        return text  # the stored form itself: an import asks for 100,000 of them
    plain = _plain(text)
    return _whole(_LEAD.sub("", plain, count=1)) or _whole(plain) or _inside(plain)


def _plain(text: str) -> str:
    """The text in upper case, look-alike letters and every kind of digit in their plain form, ends trimmed."""
    folded = _UNSEEN.sub("", unicodedata.normalize("NFKC", text[:400].replace("№", "#")))
    digits = "".join(str(unicodedata.decimal(char)) if char.isdecimal() else char for char in folded)
    return digits.strip(_ENDING).upper()


def _whole(text: str) -> str | None:
    match = _SHAPE.fullmatch(text)
    if not match:
        return None
    letters, rest = match[1], re.sub(r"[^0-9A-Z]", "", match[2])
    if len(letters + rest) > NUMBER_LENGTH or (letters != number_prefix() and sum(map(str.isdigit, rest)) < DIGITS_MIN):
        return None
    is_bare = not letters and rest.isdigit() and len(rest) <= BARE_DIGITS_MAX
    return number_prefix() + rest if is_bare else letters + rest


def _inside(text: str) -> str | None:
    """The one number that a sentence names; None when it names none, or several different ones."""
    prefixed = re.findall(rf"(?<![A-Z0-9]){re.escape(number_prefix())}[\s#-]?([0-9]{{1,12}})(?![A-Z0-9])", text)
    named = re.findall(r"(?:#|\bORDER(?:\s+(?:NUMBER|NO|NR|ID))?[\s.:#]{1,3})([0-9]{3,9})(?![A-Z0-9-])", text)
    found = {number_prefix() + digits for digits in prefixed or named}
    return found.pop() if len(found) == 1 else None
