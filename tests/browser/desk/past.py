"""What happened some days ago, written into the running assistant's database: its clock takes it from there."""

import os
import subprocess
import sys
from typing import Any

from support.run.stack import Stack

OPEN = """
import datetime
from django.utils import timezone
from support.cases.life import Act, agent
from support.cases.services import approve
from tests.support.desk.desk_scene import open_a_case
then = timezone.now() - datetime.timedelta(days={days})
day = lambda days: (then - datetime.timedelta(days=days)).date().isoformat()
dates = {{"order.purchased_on": day(9), "order.delivered_on": day(5)}}
number = open_a_case({conversation!r}, "", then, **(dates | {facts!r}))
if {approved!r}:
    approve(number, Act(agent("nora", "Nora"), then, "some days ago"))
print(number)
"""


def case_opened(stack: Stack, conversation: str, days: int = 0, approved: bool = False, **facts: Any) -> str:
    """The number of a case that this conversation opened so many days ago (a return, unless facts say otherwise)."""
    code = OPEN.format(conversation=conversation, days=days, approved=approved, facts=facts)
    command = [sys.executable, "-m", "support.cli", "manage", "shell", "-v", "0", "-c", code]
    done = subprocess.run(command, check=True, env=os.environ | stack.settings, capture_output=True, text=True)
    return done.stdout.split()[-1]
