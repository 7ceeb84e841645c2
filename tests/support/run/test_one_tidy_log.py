"""The log: time, process, line; nothing twice."""

import io

from support.run.journal import Journal, full_log

TRACEBACK = """\
ERROR    rasa.core  - Encountered an exception.
Traceback (most recent call last):
  File "/somewhere/site-packages/aiohttp/connector.py", line 1025, in _wrap
    return await connect()
ConnectionRefusedError: [Errno 111] Connection refused

The above exception was the direct cause of the following exception:

Traceback (most recent call last):
  File "/somewhere/channels/turn.py", line 166, in call
    return await method()
ClientError: Cannot connect
WARNING  all is well again
"""


def written(*lines, full=None):
    out = io.StringIO()
    journal = Journal(out, lambda: "10:00:00", full)
    for name, line in lines:
        journal.write(name, line)
    journal.flush()
    return out.getvalue().splitlines()


def test_a_line_has_time_and_process_once_and_no_colours():
    assert written(("rasa", "2026-11-22 06:10:57 \x1b[93mINFO\x1b[0m     started")) == [
        "10:00:00  rasa     INFO     started"
    ]


def test_a_line_said_again_is_counted():
    again = [("web", "the same")] * 3
    assert written(*again, ("web", "another")) == [
        "10:00:00  web      the same",
        "10:00:00  web      (the line above 2 times more)",
        "10:00:00  web      another",
    ]


def test_the_same_line_of_two_processes_is_said_twice():
    assert len(written(("web", "stopping"), ("rasa", "stopping"))) == 2


def test_empty_lines_are_left_out():
    assert written(("web", ""), ("web", "  ")) == []


def test_a_traceback_is_a_line_for_each_exception_with_its_place():
    assert written(*(("rasa", line) for line in TRACEBACK.splitlines())) == [
        "10:00:00  rasa     ERROR    rasa.core  - Encountered an exception.",
        "10:00:00  rasa     ConnectionRefusedError: [Errno 111] Connection refused (connector.py:1025 in _wrap)",
        "10:00:00  rasa     ClientError: Cannot connect (turn.py:166 in call)",
        "10:00:00  rasa     WARNING  all is well again",
    ]


def test_another_process_may_speak_in_the_middle_of_a_traceback():
    lines = [("rasa", "Traceback (most recent call last):"), ("web", "hello"), ("rasa", "KeyError: 1")]
    assert written(*lines) == ["10:00:00  web      hello", "10:00:00  rasa     KeyError: 1"]


def test_the_full_log_has_everything(tmp_path):
    file = tmp_path / "full.log"
    written(*(("rasa", line) for line in TRACEBACK.splitlines()), full=full_log(file))
    assert file.read_text().count("\n") == len([line for line in TRACEBACK.splitlines() if line])
    assert 'File "/somewhere/channels/turn.py", line 166, in call' in file.read_text()
