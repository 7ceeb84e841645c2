"""`support cases list`, `support cases show NUMBER` and `support replay --terms FILE`."""

import argparse
import sys
from collections.abc import Callable, Sequence
from datetime import datetime, timezone
from pathlib import Path

from django import db
from tqdm import tqdm

from policy import TERMS
from support.cases.case_file import case_file
from support.cases.case_list import PAGE, count_by_state, list_cases, overdue_cases
from support.cases.case_sheet import case_line, case_sheet
from support.cases.docket import CaseNotFound
from support.cases.life import OPEN, State
from support.cases.replay import Replay, count_items, replay
from support.cases.replay_sheet import replay_sheet
from support.cases.terms_file import BadTerms, read_terms


def main(argv: Sequence[str]) -> int:
    """`support cases`: 0 done, 1 not done (said on stderr), 2 misused."""
    parser = argparse.ArgumentParser(prog="support cases", description="Look at cases.")
    commands = parser.add_subparsers(required=True, metavar="list | show")
    several = commands.add_parser("list", help="one line a case, the promise that ends first at the top")
    several.add_argument("--state", choices=[*State], action="append", help="only these; several are possible")
    several.add_argument("--overdue", action="store_true", help="only those whose promise is broken")
    several.add_argument("--all", action="store_true", help="those that are over too")
    several.add_argument("--limit", type=int, default=PAGE, metavar="COUNT", help=f"at most so many, {PAGE} by default")
    several.set_defaults(run=_list)
    one = commands.add_parser("show", help="all about one case")
    one.add_argument("number", metavar="NUMBER", help="such as C-7F3K-2QWX")
    one.set_defaults(run=_show)
    return _run("support cases", parser, argv)


def replay_main(argv: Sequence[str]) -> int:
    """`support replay`: the same exit codes."""
    parser = argparse.ArgumentParser(
        prog="support replay", description="Decide all cases again under other numbers: what flips, and what it costs."
    )
    parser.add_argument(
        "--terms",
        type=Path,
        required=True,
        metavar="FILE",
        help="the numbers that are to be others, one a line: return_window_days: 45",
    )
    parser.set_defaults(run=_replay)
    return _run("support replay", parser, argv)


def _run(name: str, parser: argparse.ArgumentParser, argv: Sequence[str]) -> int:
    try:
        asked = parser.parse_args(argv)
    except SystemExit as exit_:
        return int(exit_.code or 0)
    run: Callable[[argparse.Namespace], int] = asked.run
    try:
        return run(asked)
    except BadTerms as bad:
        print(f"{name}: {bad}", file=sys.stderr)
        return 2
    except CaseNotFound as missing:
        print(f"{name}: there is no case {missing}", file=sys.stderr)
        return 1
    except db.Error as error:
        said = " ".join(str(error).split())
        print(f"{name}: the database does not answer ({said}); look at SUPPORT_DATABASE_URL", file=sys.stderr)
        return 1


def _list(asked: argparse.Namespace) -> int:
    now = datetime.now(timezone.utc)
    if asked.overdue:
        rows = overdue_cases(now, asked.limit)
    else:
        rows = list_cases(now, tuple(asked.state or (() if asked.all else OPEN)), asked.limit)
    for row in rows:
        print(case_line(row))
    print(", ".join(f"{count} {state}" for state, count in count_by_state().items()) or "no cases", file=sys.stderr)
    return 0


def _show(asked: argparse.Namespace) -> int:
    print(case_sheet(case_file(asked.number, datetime.now(timezone.utc))))
    return 0


def _replay(asked: argparse.Namespace) -> int:
    terms = read_terms(asked.terms)
    result = Replay()
    with tqdm(total=count_items(), unit=" items", desc="decided", disable=None, file=sys.stderr, leave=False) as bar:
        for result in replay(terms):
            bar.update(result.items - bar.n)
    for line in replay_sheet(result, terms, TERMS):
        print(line)
    return 0
