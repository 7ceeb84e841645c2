"""Where a signature begins: the mark of the mail programs, what telephones and firms add, a name behind a dash."""

from __future__ import annotations

import re

MARK = re.compile(r"--|—|–")
LIST_FOOTER = re.compile(r"_{20,}")
DASHED_NAME = re.compile(r"[-–—] ?[A-ZÄÖÜ][\w.]{1,20}(?: [A-ZÄÖÜ][\w.]{0,20}){0,2}")
DEVICE = re.compile(
    r"[*_]{0,3}(?:sent from (?:my )?(?!desk\b)[\w.'-]{1,30}(?: [\w.'-]{1,30}){0,4}|sent (?:via|with|using) .{2,80}|"
    r"(?:von meine[mr] .{2,40} )?gesendet|gesendet (?:mit|von|über|via) .{2,80}|von meinem .{2,40} gesendet|"
    r"get outlook for .{2,40}|outlook für .{2,20} beziehen|holen sie sich outlook .{2,40}|envoyé de mon .{2,40}|"
    r"diese nachricht wurde von meinem .{2,60} gesendet\.?|yahoo mail: .{2,60}|"
    r"sent from (?:yahoo|mail|outlook|proton|samsung).{0,60})[*_.]{0,3}",
    re.IGNORECASE,
)
DEVICE_LINE_CHARACTERS = 120
DISCLAIMER = re.compile(  # what firms hang below every mail: its first words
    r"(?:e-?mail )?(?:(?:confidentiality|legal|privacy|important) (?:notice|disclaimer)|confidentiality|disclaimer)"
    r"\s*[:.–-]|"
    r"(?:this|the information (?:contained )?in this) (?:e-?mail|message|communication)\b.{0,80}?"
    r"\b(?:is|are|may|contains?)\b.{0,80}(?:confidential|intended|privileged)|"
    r"if you are not the intended recipient|please consider the environment|"
    r"diese (?:e-?mail|nachricht) (?:enthält|ist)\b.{0,40}vertraulich",
    re.IGNORECASE,
)


def signature_start(lines: list[str]) -> int:
    """The index of the line at which the signature of these own words begins; len(lines) if there is none.

    lines: stripped and cut to LONGEST_LINE, as for quotes.
    """
    marked = _marked_start(lines)
    last = max((index for index, line in enumerate(lines[:marked]) if line.strip()), default=-1)
    is_name = last > 0 and DASHED_NAME.fullmatch(lines[last]) and not lines[last - 1].strip()
    return last if is_name else marked


def _marked_start(lines: list[str]) -> int:
    for index, line in enumerate(lines):
        is_marked = MARK.fullmatch(line) or (LIST_FOOTER.fullmatch(line) and _is_footer(lines, index))
        if is_marked and any(part.strip() for part in lines[:index]):
            return index
        if len(line) <= DEVICE_LINE_CHARACTERS and DEVICE.fullmatch(line) and not line.rstrip().endswith("phone."):
            return index
        if DISCLAIMER.match(line) and any(part.strip() for part in lines[:index]):
            return index
    return len(lines)


def _is_footer(lines: list[str], index: int) -> bool:
    """A rule of underscores with few lines below it: the footer of a list, a name and an address."""
    return sum(1 for line in lines[index:] if line.strip()) <= 8
