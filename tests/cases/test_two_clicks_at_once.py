"""Four processes do the same thing at the same moment: it happens once."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.servers.own_database import own_database

ROOT = Path(__file__).resolve().parents[2]
PREPARE = """
import django; django.setup()
from django.core.management import call_command
call_command("migrate", verbosity=0)
from shelf import RETURN, opened
print(opened(RETURN).number)
"""
CLICK = """
import sys, django; django.setup()
from shelf import act
from support.cases.services import MoveNotAllowed, approve
number, key = sys.argv[1:]
print("ready", flush=True)
sys.stdin.readline()
try:
    print("repeated" if approve(number, act(key=key)).repeated else "done")
except MoveNotAllowed:
    print("not allowed")
"""
COUNT = """
import django; django.setup()
from support.cases.models import CaseMove, Notice
from support.conversations.models import Message
print(CaseMove.objects.count(), Notice.objects.count(), Message.objects.count())
"""


@pytest.fixture
def python(tmp_path):
    environ = {
        **{name: value for name, value in os.environ.items() if not name.startswith("SUPPORT_")},
        "DJANGO_SETTINGS_MODULE": "support.settings",
        "SUPPORT_VAR": str(tmp_path),
        "SUPPORT_DATABASE_URL": own_database(tmp_path),
        "PYTHONPATH": f"{ROOT}:{Path(__file__).parent}",
    }

    def start(script: str, *given: str) -> subprocess.Popen:
        command = [sys.executable, "-c", script, *given]
        return subprocess.Popen(
            command, cwd=ROOT, env=environ, text=True, stdin=subprocess.PIPE, stdout=subprocess.PIPE
        )

    return start


@pytest.mark.parametrize("keys", ["the same", "each its own"])
def test_the_same_click_in_four_processes_is_one_approval(python, keys):
    number = python(PREPARE).communicate()[0].strip()
    clicks = [python(CLICK, number, "click" if keys == "the same" else f"click-{place}") for place in range(4)]
    for click in clicks:
        assert click.stdout.readline() == "ready\n"
    for click in clicks:
        click.stdin.write("\n")
        click.stdin.flush()
    answers = sorted(click.communicate()[0].strip() for click in clicks)
    assert answers == ["done"] + ["repeated" if keys == "the same" else "not allowed"] * 3
    assert python(COUNT).communicate()[0].strip() == "3 1 1"
