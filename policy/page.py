"""The page docs/policy.md, written from the clauses: `python -m policy.page > docs/policy.md`."""

from __future__ import annotations

import re
import sys
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Final

from policy.clause import Clause
from policy.clauses_readings import READINGS
from policy.clauses_returns import RETURNS
from policy.clauses_warranty import WARRANTY
from policy.terms import TERMS, Terms

PARTS: Final = {
    "R: standard returns": RETURNS,
    "W: limited warranty": WARRANTY,
    "I: how we read what the documents leave open": READINGS,
}
HEAD: Final = """# The policy, clause by clause

Written by `python -m policy.page > docs/policy.md` from `policy/clauses_*.py` and `policy/terms.py`: change those, then
run it again. A test fails while this page is stale.

What each clause says stands here in our own words, as customers read it. *Used by* names the functions of `policy/`
that rest on the clause; a clause that no decision rests on says why.
"""


def page(terms: Terms = TERMS) -> str:
    """The whole page, as Markdown."""
    return "\n".join([HEAD, *_terms(terms), *(line for title, part in PARTS.items() for line in _part(title, part))])


def _part(title: str, clauses: Iterable[Clause]) -> Iterator[str]:
    yield f"## {title}\n"
    yield "| clause | what it says | used by |"
    yield "|---|---|---|"
    for clause in clauses:
        used_by = ", ".join(f"`{name}`" for name in clause.used_by)
        yield f"| {clause.id} | {clause.text} | {used_by or f'decides nothing, because {clause.decides_nothing}'} |"
    yield ""


def _terms(terms: Terms) -> Iterator[str]:
    yield f"## The numbers\n\nVersion {terms.version}, in force from {terms.holds_from}.\n"
    yield "| term | value | what it counts |"
    yield "|---|---|---|"
    for name, comment in _comments():
        yield f"| {name} | {getattr(terms, name)} | {comment} |"
    yield ""


def _comments() -> Iterator[tuple[str, str]]:
    """Each number with the unit and the clause that stand beside it in terms.py."""
    source = Path(__file__).with_name("terms.py").read_text(encoding="utf-8")
    yield from re.findall(r"^    (\w+): int = \d+  # (.+)$", source, re.MULTILINE)


if __name__ == "__main__":
    sys.stdout.write(page())
