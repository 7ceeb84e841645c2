"""An HTML letter as plain text in which what it quotes is marked as in plain mails."""

from __future__ import annotations

import re

import inscriptis
from inscriptis.css_profiles import CSS_PROFILES
from inscriptis.model.config import ParserConfig
from selectolax.lexbor import LexborHTMLParser

MAX_CHARACTERS = 200_000
MAX_TAGS = 8_000  # of tags in each other a parser takes more than linear time
MAX_DEPTH = 200  # deeper markup is no letter: its bare text is taken
BEGIN, END, BREAK, SIGNATURE, RULE = "\ue000", "\ue001", "\ue002", "\ue003", "\ue004"
DROPPED = "script, style, head, title, noscript, template, object, iframe"
BROKEN_OFF = (
    "#divRplyFwdMsg, #appendonsend, #stopSpelling, #OLK_SRC_BODY_SECTION, #mail-editor-reference-message-container, "
    "div[style*='border-top:solid #B5C4DF'], div[style*='border-top:solid #E1E1E1'], .protonmail_quote, "
    "div[style*='border-top: 1px solid rgb(181, 196, 223)'], div[style*='border-top:1px solid rgb(229,229,229)'], "
    "div[style*='border-top: 1px solid rgb(229, 229, 229)']"
)
HIDDEN = "[style*='display:none'], [style*='display: none'], [hidden]"
SIGNATURES = ".gmail_signature, .moz-signature, #Signature, #AppleMailSignature, #ms-outlook-mobile-signature"
MARK_OR_IMAGE = re.compile(rf"[{BEGIN}{END}{BREAK}{SIGNATURE}]|cid:([^\s\"'<>)]{{1,300}})")
ORIGINAL_MESSAGE = "-----Original Message-----"


def _parsed(html: str) -> LexborHTMLParser:
    pieces = html[:MAX_CHARACTERS].split("<", MAX_TAGS)
    return LexborHTMLParser("<".join(pieces[:MAX_TAGS]))


def text_of(html: str) -> str:
    """The words of the letter, a line a line; quoted lines begin with "> ". Never an error."""
    tree = _parsed(html)
    if tree.body is None:
        return ""
    tree.strip_tags([name.strip() for name in DROPPED.split(",")])
    if _depth(tree) > MAX_DEPTH:
        return tree.body.text(separator="\n")
    for hidden in tree.css(HIDDEN):
        hidden.decompose()
    _mark(tree)
    for styled in tree.css("[style], [colspan], [rowspan]"):  # no margin of a million lines
        for name in ("style", "colspan", "rowspan"):
            if name in styled.attributes:
                del styled.attrs[name]
    config = ParserConfig(css=CSS_PROFILES["strict"])
    try:
        return _marked(inscriptis.get_text(tree.html or "", config))
    except (ValueError, RecursionError):
        return tree.body.text(separator="\n")


def _mark(tree: LexborHTMLParser) -> None:
    """Writes marks where a quote, a broken-off old mail or a signature begins, and where a quote ends."""
    for quote in tree.css("blockquote"):
        quote.insert_before(BEGIN)
        quote.insert_after(END)
    for first in tree.css(BROKEN_OFF):
        first.insert_before(BREAK)
    for rule in tree.css("hr"):
        rule.insert_before(RULE)
    for signature in tree.css(SIGNATURES):
        signature.insert_before(SIGNATURE)


def quoted_images(html: str) -> set[str]:
    """The content ids of images that this letter only quotes, or shows in its signature."""
    tree = _parsed(html)
    if tree.body is None:
        return set()
    _mark(tree)
    own: set[str] = set()
    quoted: set[str] = set()
    depth = 0
    for found in MARK_OR_IMAGE.finditer(tree.html or ""):
        mark = found[0]
        if mark in (BREAK, SIGNATURE):
            depth += 1_000_000
        elif mark in (BEGIN, END):
            depth += 1 if mark == BEGIN else -1
        else:
            (quoted if depth > 0 else own).add(found[1])
    return quoted - own


def _depth(tree: LexborHTMLParser) -> int:
    deepest = depth = 0
    node = tree.body
    while node is not None:
        if node.child is not None and depth <= MAX_DEPTH:
            node, depth = node.child, depth + 1
            deepest = max(deepest, depth)
            continue
        while node is not None and node.next is None:
            node, depth = node.parent, depth - 1
            if depth <= 0:
                return deepest
        node = node.next if node is not None else None
    return deepest


def _marked(text: str) -> str:
    """The marks in the text as the lines that plain mails have there."""
    text = text.replace(BREAK, f"\n{ORIGINAL_MESSAGE}\n").replace(SIGNATURE, "\n-- \n").replace(RULE, f"\n{'_' * 10}\n")
    lines, depth = [], 0
    for line in text.replace(BEGIN, f"\n{BEGIN}").replace(END, f"{END}\n").split("\n"):
        depth += line.count(BEGIN)
        words = line.replace(BEGIN, "").replace(END, "").rstrip()
        lines.append(f"> {words.strip()}".rstrip() if depth > 0 else words)
        depth = max(0, depth - line.count(END))
    return "\n".join(lines)
