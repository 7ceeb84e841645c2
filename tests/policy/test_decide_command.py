"""`support decide`: one decision from a file, from standard input, in plain words, or a line at a time."""

from __future__ import annotations

import io
import json
import subprocess
import sys

import pytest
from policy_cases import CANCEL, RETURN, WARRANTY, decided

from support.decide import run


def called(*argv: str, stdin: bytes | str = b"") -> tuple[int, str, str]:
    given = io.StringIO(stdin) if isinstance(stdin, str) else io.TextIOWrapper(io.BytesIO(stdin))
    out, err = io.StringIO(), io.StringIO()
    code = run(list(argv), given, out, err)
    return code, out.getvalue(), err.getvalue()


def test_a_file_of_facts_gives_one_decision_as_json(tmp_path):
    file = tmp_path / "facts.json"
    file.write_text(json.dumps(RETURN))
    code, out, err = called(str(file))
    assert (code, err) == (0, "")
    assert json.loads(out) == decided(RETURN).as_dict()
    assert called("-", stdin=file.read_bytes()) == (code, out, err)
    assert called("-", stdin=file.read_text()) == (code, out, err)


@pytest.mark.parametrize(
    ("content", "says"),
    [
        (b"", "facts: got no JSON"),
        (b"{", "facts: got no JSON"),
        (b"[]", "facts: got [], takes one JSON object"),
        (b"null", "facts: got null"),
        (b"NaN", "facts: got NaN"),
        (b'"text"', 'facts: got "text"'),
        (b'{"now": "2026-06-15T12:00:00Z"} {}', "facts: got no JSON"),
        (b"\xff\xfe{}", "facts: got a byte that is not UTF-8 at position 0"),
        (b'{"claim.serial_number": "\xe9"}', "facts: got a byte that is not UTF-8"),
        (b'{"now": "2026-06-15T12:00:00Z", "now": "2026-06-15T12:00:00Z"}', "now: got the key twice, takes one value"),
        (b'{"now": "2026-06-15T12:00:00Z", "claim.photos": NaN}', "claim.photos: got NaN, takes a whole number"),
        (b'{"now": "2026-06-15T12:00:00Z", "claim.photos": 1e999}', "claim.photos: got Infinity"),
        (b'{"now": "2026-06-15T12:00:00Z", "claim.photos": ' + b"9" * 5000 + b"}", "claim.photos: got Infinity"),
        (b"[" * 100_000, "facts: got brackets nested too deep"),
        (b'{"order.channel": "shop"}', 'order.channel: got "shop", takes one of official_website,'),
        (b'{"order.color": "red"}', "order.color: got a key that is not listed"),
        (b"{}", "now: got nothing, takes an instant"),
    ],
)
def test_bad_facts_are_one_line_on_standard_error_and_exit_2(content, says):
    for form in ((), ("--text",)):
        code, out, err = called(*form, "-", stdin=content)
        assert (code, out) == (2, "")
        assert err.startswith(says)
        assert err.count("\n") == 1
        assert err.endswith("\n")


def test_a_file_that_cannot_be_read_is_named(tmp_path):
    for path in (tmp_path / "none.json", tmp_path):
        code, out, err = called(str(path))
        assert (code, out, err.count("\n")) == (2, "", 1)
        assert err.startswith("file: got ")
    assert called("--lines", str(tmp_path / "none.jsonl"))[:2] == (2, "")


@pytest.mark.parametrize("argv", [(), ("--nonsense",), ("a", "b"), ("--text", "--lines"), ("--text",)])
def test_a_wrong_command_line_is_one_line(argv):
    code, out, err = called(*argv)
    assert (code, out, err.count("\n")) == (2, "", 1)


def test_help_names_the_three_forms():
    code, out, err = called("--help")
    assert (code, err) == (0, "")
    assert "--text" in out
    assert "--lines" in out


def test_lines_are_answered_in_order_and_a_bad_one_in_its_place():
    lines = [json.dumps(RETURN), "{}", "", json.dumps(WARRANTY), "not json", json.dumps(CANCEL)]
    code, out, err = called("--lines", stdin="\n".join(lines).encode())
    answers = [json.loads(line) for line in out.splitlines()]
    assert (code, err.count("\n")) == (2, 1)
    assert [answer.get("route", "error") for answer in answers] == [
        "return",
        "error",
        "error",
        "warranty",
        "error",
        "cancel",
    ]
    assert answers[1] == {
        "error": "now: got nothing, takes an instant with its offset, such as 2026-11-22T10:00:00+01:00"
    }
    assert answers[5] == decided(CANCEL).as_dict()


def test_good_lines_end_well():
    code, out, err = called("--lines", stdin=(json.dumps(RETURN) + "\r\n").encode() * 3)
    assert (code, len(out.splitlines()), err) == (0, 3, "")
    assert called("--lines", stdin=b"") == (0, "", "")


def test_a_line_that_is_not_utf8_spoils_only_itself():
    code, out, _ = called("--lines", stdin=b"\xff\n" + json.dumps(RETURN).encode() + b"\n")
    first, second = (json.loads(line) for line in out.splitlines())
    assert (code, list(first), second["outcome"]) == (2, ["error"], "eligible")


def test_a_line_is_answered_before_the_next_one_comes():
    command = [sys.executable, "-m", "support.decide", "--lines"]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE) as process:
        for _ in range(2):
            process.stdin.write(json.dumps(RETURN).encode() + b"\n")
            process.stdin.flush()
            assert json.loads(process.stdout.readline())["outcome"] == "eligible"
        process.stdin.close()
        assert process.wait() == 0


def test_plain_words_say_outcome_why_freight_dates_and_what_is_needed():
    facts = {**RETURN, "claim.photos": 0, "order.gift_value": "10", "claim.gift_returned": False}
    _, out, _ = called("--text", "-", stdin=json.dumps(facts))
    for words in ("Everything speaks for this return", "[R.window]", "you pay [R.freight.customer]", "69.90 USD",
                  "5 July 2026", "18 June 2026", "a photo of the item", "[R.gift]"):  # fmt: skip
        assert words in out
    _, out, _ = called("--text", "-", stdin=json.dumps({**RETURN, "claim.unused": None}))
    assert "whether it is unused [claim.unused]" in out
    late = {**WARRANTY, "request": "exchange", "order.delivered_on": "2026-05-01", "order.purchased_on": "2026-04-20"}
    _, out, _ = called("--text", "-", stdin=json.dumps(late))
    assert "Sorry, this exchange is not possible." in out
    assert "warranty claim [W.period]" in out
    assert called("--text", "-", stdin='{"now": "2026-06-15T12:00:00Z"}')[0] == 0
