"""Bytes of a mail as text. What is valid UTF-8 is UTF-8, whatever the mail declares."""

from __future__ import annotations

import codecs

SEVEN_BIT = frozenset({"utf-7", "iso2022_jp", "iso2022_jp_1", "iso2022_jp_2", "iso2022_kr", "hz"})
MEANT = {  # what mail programs write, and what they mean by it
    "unicode-1-1-utf-7": "utf-7",
    "x-gbk": "gb18030",
    "gb2312": "gb18030",
    "shift_jis": "cp932",
    "x-sjis": "cp932",
    "iso-8859-1": "cp1252",
    "latin1": "cp1252",
    "us-ascii": "cp1252",
    "ascii": "cp1252",
    "ks_c_5601-1987": "cp949",
    "euc-kr": "cp949",
    "big5": "big5hkscs",
    "iso-8859-8-i": "iso-8859-8",
    "cp932": "cp932",
}


def decode(content: bytes, declared: str | None) -> str:
    """The text; bytes that no charset explains are replaced, never an error."""
    codec = _codec(declared)
    if codec not in SEVEN_BIT:
        try:
            return content.decode("utf-8")
        except UnicodeDecodeError:
            pass
    try:
        return content.decode(codec, "replace")
    except (UnicodeError, LookupError, ValueError):
        return content.decode("cp1252", "replace")


def _codec(declared: str | None) -> str:
    name = (declared or "").strip("\"' ").lower()
    name = MEANT.get(name, name)
    try:
        found = codecs.lookup(name).name if name else "cp1252"
    except LookupError:
        return "cp1252"
    return found if codecs.lookup(found)._is_text_encoding else "cp1252"
