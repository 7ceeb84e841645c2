"""What a letter is made of, once, and how each piece looks as plain text and as HTML."""

from __future__ import annotations

import textwrap
from dataclasses import dataclass, field
from html import escape

WIDTH = 76


@dataclass(frozen=True)
class Option:
    """One thing a reply can choose: by its code, or by its link if it has one."""

    code: str
    title: str
    payload: str
    url: str = ""


@dataclass(frozen=True)
class Paragraph:
    text: str


@dataclass(frozen=True)
class Question:
    """number: 0 if it is the only one."""

    number: int
    text: str
    options: tuple[Option, ...] = ()


@dataclass(frozen=True)
class Button:
    title: str
    url: str


@dataclass(frozen=True)
class Small:
    """A line below the signature."""

    text: str


Block = Paragraph | Question | Button | Small


@dataclass(frozen=True)
class Page:
    """A whole letter: what it says, then who says it, then why it came."""

    body: tuple[Block, ...]
    signature: tuple[str, ...]
    footer: tuple[Block, ...] = field(default=())
    language: str = "en"

    def plain(self) -> str:
        """As plain text of narrow lines."""
        parts = [_plain(block) for block in self.body] + ["\n".join(self.signature)]
        below = [_plain(block) for block in self.footer]
        return "\n\n".join(part for part in parts if part) + ("\n\n-- \n" + "\n".join(below) if below else "") + "\n"

    def html(self) -> str:
        """As HTML that passes in a narrow and in a dark mail program: no image, no script, no fixed colour of text."""
        body = "\n".join(_html(block) for block in self.body)
        signature = "<br>".join(escape(line) for line in self.signature)
        footer = "\n".join(_html(block) for block in self.footer)
        return HTML.format(
            language=self.language, title=escape(self.signature[-1]), body=body, signature=signature, footer=footer
        )


HTML = """\
<!doctype html>
<html lang="{language}"><head><meta charset="utf-8"><title>{title}</title>
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark"><meta name="supported-color-schemes" content="light dark">
<style>
:root {{ color-scheme: light dark; }}
a {{ color: #0b66c3; }}
@media (prefers-color-scheme: dark) {{ a {{ color: #8ab4f8 !important; }} .button {{ color: #fff !important; }} }}
</style>
</head><body style="margin:0;padding:16px;font:16px/1.5 -apple-system,'Segoe UI',Roboto,Arial,sans-serif;">
<div style="max-width:600px;overflow-wrap:break-word;">
{body}
<p style="margin:24px 0 16px;">{signature}</p>
<div style="border-top:1px solid #8888;padding-top:12px;font-size:14px;">
{footer}
</div></div></body></html>
"""


def _plain(block: Block) -> str:
    if isinstance(block, Question):
        mark = f"{block.number}. " if block.number else ""
        lines = [_filled(block.text, mark, " " * len(mark))] if block.text else []
        indent = "   " if block.number else "  "
        for option in block.options:
            sign = f"{option.code[-1]}) " if block.number else f"{option.code}. "
            lines.append(_filled(option.title, indent + sign, indent + " " * len(sign)))
        return "\n".join(lines)
    if isinstance(block, Button):
        return f"{block.title}:\n{block.url}"
    return _filled(block.text)


def _filled(words: str, first: str = "", rest: str = "") -> str:
    """Lines of at most WIDTH; links and the line ends of the text stay."""
    lines = []
    for index, line in enumerate(words.split("\n")):
        begin = first if index == 0 else rest
        own = line[: len(line) - len(line.lstrip())]
        hanging = own + ("  " if line.lstrip().startswith("• ") else "")
        lines += textwrap.wrap(
            line.strip(),
            WIDTH,
            initial_indent=begin + own,
            subsequent_indent=rest + hanging,
            break_long_words=False,
            break_on_hyphens=False,
        ) or [""]
    return "\n".join(lines)


def _html(block: Block) -> str:
    if isinstance(block, Question):
        number = f"<b>{block.number}.</b> " if block.number else ""
        words = f'<p style="margin:16px 0 4px;">{number}{_escaped(block.text)}</p>' if block.text else ""
        options = "<br>".join(_option(block, option) for option in block.options)
        return words + (f'<p style="margin:0 0 16px 20px;">{options}</p>' if options else "")
    if isinstance(block, Button):
        return (
            f'<p style="margin:16px 0;"><a class="button" href="{escape(block.url)}" style="display:inline-block;'
            "padding:10px 18px;border-radius:8px;background:#0b66c3;color:#ffffff;text-decoration:none;"
            f'">{escape(block.title)}</a></p>'
        )
    style = "margin:4px 0;opacity:.8;" if isinstance(block, Small) else "margin:0 0 16px;"
    return f'<p style="{style}">{_escaped(block.text)}</p>'


def _option(question: Question, option: Option) -> str:
    sign = f"{option.code[-1]})" if question.number else f"{option.code}."
    title = escape(option.title)
    return f"{sign} " + (f'<a href="{escape(option.url)}">{title}</a>' if option.url else title)


def _escaped(words: str) -> str:
    lines = [escape(line) for line in words.split("\n")]
    return "<br>".join("&nbsp;" * (len(line) - len(line.lstrip(" "))) + line.lstrip(" ") for line in lines)
