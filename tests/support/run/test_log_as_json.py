"""The log as JSON: one object a line, with time, process, level, message and the ids of what was going on."""

import io
import json
import logging

import pytest
from django.http import HttpResponse
from django.test import RequestFactory
from django.utils.log import log_response

from support.run.journal import full_log
from support.run.json_journal import JsonJournal
from support.run.masking import Mask
from support.telemetry import logs

TRACEBACK = 'Traceback (most recent call last):\n  File "/a/b.py", line 3, in call\n    x()\nKeyError: 1\n'


def written(*lines, mask=str, full=None):
    out = io.StringIO()
    journal = JsonJournal(out, lambda: "2026-11-26T08:00:00.000Z", full, mask)
    for name, line in lines:
        journal.write(name, line)
    return [json.loads(line) for line in out.getvalue().splitlines()]


def said(say):
    """What a process writes while say(logger) runs, as the journal has it."""
    root, out = logging.root, io.StringIO()
    before, level = list(root.handlers), logging.getLogger("support").level
    try:
        logs.write_json(out)
        say(logging.getLogger("support.somewhere"))
    finally:
        root.handlers[:] = before
        for name in logs.OURS:
            logging.getLogger(name).setLevel(level)
    return written(*(("web", line) for line in out.getvalue().splitlines()), mask=Mask("SC"))


def test_a_line_carries_what_it_is_about_and_a_line_outside_does_not():
    def say(logger):
        with logs.about("c1", "t1"):
            logger.info("the turn ended", extra={"outcome": "answered", "ms": 12.5, "text": "my words"})
        logger.warning("outside")

    inside, outside = said(say)
    assert inside.items() >= {"process": "web", "level": "info", "conversation": "c1", "turn": "t1", "ms": 12.5}.items()
    assert "text" not in inside
    assert "conversation" not in outside


def test_what_the_caller_sent_is_continued_and_nothing_of_the_request_before():
    with logs.about("c1", "t1"):
        sent = logs.headers()
    assert sent == {"X-Conversation": "c1", "X-Turn": "t1"}

    def say(logger):
        logs.continue_from(sent)
        logger.warning("one")
        logs.continue_from({})
        logger.warning("two")

    one, two = said(say)
    assert (one["conversation"], one["turn"]) == ("c1", "t1")
    assert "turn" not in two


def test_of_rasas_own_lines_only_the_event_is_kept():
    line = json.dumps({"event": "processor.message.failed", "text": "my words"})
    assert [found["message"] for found in said(lambda logger: logger.warning(line))] == ["processor.message.failed"]


def test_what_a_process_prints_otherwise_is_wrapped_with_its_level():
    assert written(("rasa", "2026-11-22 06:10:57 \x1b[93mWARNING\x1b[0m  slow"), ("rasa", "")) == [
        {"time": "2026-11-26T08:00:00.000Z", "process": "rasa", "level": "warning", "message": "WARNING  slow"}
    ]


def test_a_printed_traceback_is_one_line_and_whole_in_the_full_log(tmp_path):
    lines = written(*(("rasa", line) for line in TRACEBACK.splitlines()), full=full_log(tmp_path / "full.log"))
    assert [line["message"] for line in lines] == ["KeyError: 1 (b.py:3 in call)"]
    assert "b.py" in (tmp_path / "full.log").read_text()


def test_a_logged_traceback_is_a_field_and_masked():
    def say(logger):
        try:
            raise ValueError("no order SC10234 of\nxaver@example.org")
        except ValueError:
            logger.exception("it failed")

    (line,) = said(say)
    assert line["level"] == "error"
    assert "ValueError: no order … of\n…@…" in line["exception"]


@pytest.mark.parametrize(("path", "is_told"), [("/ready", False), ("/health", False), ("/chat/api/x", True)])
def test_a_probe_that_comes_too_early_is_no_error(path, is_told, caplog, monkeypatch):
    monkeypatch.setattr(logging.getLogger("django"), "propagate", True)
    response = HttpResponse(status=503)
    log_response("Service Unavailable: %s", path, response=response, request=RequestFactory().get(path))
    assert bool(caplog.records) == is_told
