"""`support decide`: one decision from one file of facts, or a stream of them."""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Iterator
from typing import IO, Any, Final, NoReturn

from policy import BadFacts, decide, facts_from_json
from policy.plain_words import in_plain_words

DONE: Final = 0
BAD_INPUT: Final = 2
JSON: Final = "one JSON object in UTF-8"


class BadUse(ValueError):
    """A command line that we do not understand."""


class _Parser(argparse.ArgumentParser):
    def error(self, message: str) -> NoReturn:
        raise BadUse(f"support decide: {message} (support decide --help shows how)")


def run(argv: list[str], stdin: IO[Any], stdout: IO[str], stderr: IO[str]) -> int:
    """Decide what `argv` names; 0, or 2 after bad facts or a bad command line, said in one line on `stderr`.

    stdin: text or bytes. Facts are UTF-8; with --lines each line is answered, in order, as soon as it is read.
    """
    parser = _parser()
    try:
        wanted = parser.parse_args(argv)
        if wanted.help:
            stdout.write(parser.format_help())
            return DONE
        if wanted.lines:
            return _decide_lines(wanted.file or "-", stdin, stdout, stderr)
        if wanted.file is None:
            parser.error("name a file of facts, or - for standard input")
        decision = decide(facts_from_json(_text(_read(wanted.file, stdin))))
    except (BadFacts, BadUse) as error:
        print(error, file=stderr)
        return BAD_INPUT
    stdout.write(in_plain_words(decision) if wanted.text else json.dumps(decision.as_dict(), indent=2) + "\n")
    return DONE


def _parser() -> argparse.ArgumentParser:
    parser = _Parser(
        prog="support decide",
        description="What the policy says to the facts in a JSON file.",
        add_help=False,
        allow_abbrev=False,
    )
    parser.add_argument("file", nargs="?", help="a JSON file of facts, or - for standard input")
    form = parser.add_mutually_exclusive_group()
    form.add_argument("--text", action="store_true", help="for people: outcome, why, what is still needed")
    form.add_argument("--lines", action="store_true", help="one JSON object a line in, one decision a line out")
    parser.add_argument("-h", "--help", action="store_true", help="show this and stop")
    return parser


def _decide_lines(file: str, stdin: IO[Any], stdout: IO[str], stderr: IO[str]) -> int:
    """One answer a line, in order; a bad line gets {"error": …} in its place; `stderr` gets their count."""
    good = bad = 0
    for line in _lines(file, stdin):
        try:
            answer = decide(facts_from_json(_text(line).rstrip())).as_dict()
            good += 1
        except BadFacts as error:
            bad += 1
            answer = {"error": str(error)}
        stdout.write(json.dumps(answer) + "\n")
        stdout.flush()
    if bad:
        print(f"{bad} of {good + bad} lines are bad facts; each says why in its place", file=stderr)
    return BAD_INPUT if bad else DONE


def _read(file: str, stdin: IO[Any]) -> str | bytes:
    try:
        if file == "-":
            content: str | bytes = getattr(stdin, "buffer", stdin).read()
            return content
        with open(file, "rb") as opened:
            return opened.read()
    except (OSError, ValueError) as error:
        raise _unreadable(file, error) from error


def _lines(file: str, stdin: IO[Any]) -> Iterator[str | bytes]:
    if file == "-":
        yield from getattr(stdin, "buffer", stdin)
        return
    try:
        opened = open(file, "rb")  # noqa: SIM115 (closed below; only the opening is translated)
    except (OSError, ValueError) as error:
        raise _unreadable(file, error) from error
    with opened:
        yield from opened


def _unreadable(file: str, error: Exception) -> BadFacts:
    said = error.strerror if isinstance(error, OSError) and error.strerror else str(error)
    return BadFacts("file", f"{file!a} ({said})", "a readable JSON file, or - for standard input")


def _text(content: str | bytes) -> str:
    try:
        return content if isinstance(content, str) else content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise BadFacts("facts", f"a byte that is not UTF-8 at position {error.start}", JSON) from error


if __name__ == "__main__":
    sys.exit(run(sys.argv[1:], sys.stdin, sys.stdout, sys.stderr))
