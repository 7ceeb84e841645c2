"""A customer's text as the classifier reads it. Entities are never read from it."""

from __future__ import annotations

import html
import re

LONGEST_TEXT = 1500

_TAG = re.compile(r"<(?:script|style)\b.*?</(?:script|style)\s*>|</?[a-zA-Z!][^<>]*>", re.DOTALL | re.IGNORECASE)
_EMAIL = re.compile(r"\S+@\S+\.\w+")
_NUMBER_WITH_LABEL = re.compile(
    r"(?:\b(?:my|the|for|regarding|re|ref(?:erence)?|subject|about)\b[\s:]*)?"
    r"\border\s*(?:id|no|number|num|nr|ref)?\b[\s.:#]*(?:is\b|was\b)?[\s:#]*"
    r"(?=[\w-]*\d)[a-z]{0,4}[-\s]?[\dx][\dx-]{3,}\w*[\s.,:;!-]*",
    re.IGNORECASE,
)
_CASE_WITH_LABEL = re.compile(
    r"(?:\b(?:my|the|this)\s+)?(?:\bcase\s*(?:id|no|number|nr)?\b[\s.:#]*)?\bC-[A-Z0-9]{4}(?:-[A-Z0-9]{4})?\b",
    re.IGNORECASE,
)
_LONG_NUMBER = re.compile(r"#?\b(?=[\w-]*\d{3})[a-z]{0,4}-?\d[\w-]{4,}\b", re.IGNORECASE)
_SHORTENED = re.compile(
    r"\b(?:(do|does|did|is|are|was|were|has|have|had|ca|wo|could|would|should)nt|(i|you|we|they)(ve)|(i)(m)|(you|they)(re)"
    r"|(that|what|where|there|here|who|how)(s)|(i)(d)(?=\s+(?:like|rather|prefer|love|want|need)\b))\b",
    re.IGNORECASE,
)
_REPEATED = re.compile(r"(\w)\1{2,}")


def clean_text(text: str) -> str:
    """The text without markup, addresses, order and case numbers, at most 1,500 characters; may be empty.

    Which number it is says nothing about what is wanted, and long numbers drown the words around them.
    """
    text = html.unescape(_TAG.sub(" ", text[: 4 * LONGEST_TEXT]))
    text = _EMAIL.sub(" my email ", text)
    text = _NUMBER_WITH_LABEL.sub(" my order. ", text)
    text = _CASE_WITH_LABEL.sub(" my case ", text)
    text = _LONG_NUMBER.sub(" number ", text)
    text = _SHORTENED.sub(_restore, text)
    text = _REPEATED.sub(r"\1\1", text)
    return " ".join(text.split())[:LONGEST_TEXT]


def _restore(found: re.Match[str]) -> str:
    """ "cant" is can't, whoever types it."""
    first, *last = (group for group in found.groups() if group)
    return f"{first}'{last[0]}" if last else f"{first}n't"
