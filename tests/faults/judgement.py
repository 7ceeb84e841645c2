"""What came of a crowd, from what they saw, from the log and from the cases: what is lost, and what doubled."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from support.run.stack import Stack
from tests.faults.crowd import SCRIPT, Visit

ASK = """
import os, sys, json
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "support.settings")
import django
django.setup()
from support.cases.models import Case
from support.conversations.models import Turn
wanted = json.load(sys.stdin)
cases = Case.objects.filter(order_number__in=wanted["orders"]).values_list("order_number", "number")
turns = Turn.objects.filter(conversation__in=wanted["conversations"]).values_list("conversation", "state")
print(json.dumps({"cases": list(cases), "turns": list(turns)}))
"""
OWN_WORDS = re.compile(r"SC\d+|C-[A-Z0-9]{4}-[A-Z0-9]{4}")


OPEN = ("queued", "running")
Findings = tuple[list[str], list[str]]  # lost, doubled


@dataclass(frozen=True)
class Judgement:
    """turns: answered or given to a person. lost, doubled: in words. informed: told that a person answers."""

    visits: int
    turns: int
    lost: tuple[str, ...]
    doubled: tuple[str, ...]
    informed: int
    slowest_s: float

    @property
    def is_good(self) -> bool:
        return not self.lost and not self.doubled and self.turns > 0

    def line(self, fault: str) -> str:
        """A row of the table."""
        saw = f"{self.turns - self.informed} answered, {self.informed} told that a person answers"
        return f"| {fault} | {self.turns} | {len(self.lost)} | {len(self.doubled)} | {self.slowest_s:.1f} s | {saw} |"


HEADER = "| fault | turns | lost | doubled | slowest | what the customers saw |\n|---|---|---|---|---|---|"


def judge(stack: Stack, visits: Sequence[Visit], usual: Sequence[Sequence[str]]) -> Judgement:
    """usual: what the assistant says to each line of the script when nothing is wrong, as `answers_of` gives it."""
    kept = _kept(stack, visits)
    cases: dict[str, list[str]] = {}
    for order, case in kept["cases"]:
        cases.setdefault(order, []).append(case)
    lost = [f"{conversation}: a turn is {state}" for conversation, state in kept["turns"] if state in OPEN]
    lost += [f"{visit.id}: {visit.trouble}" for visit in visits if visit.trouble]
    doubled: list[str] = []
    for visit in visits:
        if not visit.trouble:
            for of_one in (_messages(visit), _answers(visit, usual), _cases(visit, cases.get(visit.number, []))):
                lost += [f"{visit.id}: {what}" for what in of_one[0]]
                doubled += [f"{visit.id}: {what}" for what in of_one[1]]
    waited = [seconds for visit in visits for seconds in visit.waited_s]
    informed = sum(visit.owner == "waiting" for visit in visits)
    return Judgement(len(visits), len(waited), tuple(lost), tuple(doubled), informed, max(waited, default=0))


def _messages(visit: Visit) -> Findings:
    """Each message that was taken stands in the log once, and the log has no gap."""
    came = Counter(message["client_id"] for message in visit.log if message["from"] == "customer")
    whole = [message["seq"] for message in visit.log] == list(range(1, len(visit.log) + 1))
    lost = [f"message {one}" for one in visit.said if not came[one]] + ([] if whole else ["a gap in the log"])
    return lost, [f"message {one}" for one, times in came.items() if times > 1]


def _answers(visit: Visit, usual: Sequence[Sequence[str]]) -> Findings:
    """Each message has the usual answer; the last one before a person took over has any."""
    lost, doubled = [], []
    for answer, expected in zip(answers_of(visit), usual, strict=False):
        if not answer or (answer != list(expected) and visit.owner == "bot"):
            (doubled if len(answer) > len(expected) else lost).append(f"{answer}, not {list(expected)}")
    return lost, doubled


def _cases(visit: Visit, cases: list[str]) -> Findings:
    """Who confirmed has been told of one case, and it is there, once."""
    told = [message["case"]["number"] for message in visit.log if message["case"]]
    is_owed = visit.owner == "bot" and len(visit.said) == len(SCRIPT)
    lost = [f"told of the case {one} that is not there" for one in told if one not in cases]
    lost += ["the case"] if is_owed and not told else []
    return lost, [f"cases {cases}, told of {told}"] if len(cases) > 1 or len(told) > 1 else []


def answers_of(visit: Visit) -> list[list[str]]:
    """What was said after each message of the customer, without the words that differ from order to order."""
    answers: list[list[str]] = []
    for message in visit.log:
        if message["from"] == "customer":
            answers.append([])
        elif answers:
            answers[-1].append(OWN_WORDS.sub("…", message["text"]))
    return answers


def _kept(stack: Stack, visits: Sequence[Visit]) -> dict[str, list[list[str]]]:
    """The cases and turns of these visits, as they stand in the database, whichever it is."""
    wanted = {"orders": [visit.number for visit in visits], "conversations": [visit.id for visit in visits]}
    command = [sys.executable, "-c", ASK]
    environ = os.environ | stack.settings
    done = subprocess.run(command, input=json.dumps(wanted), env=environ, capture_output=True, text=True, check=True)
    return json.loads(done.stdout.splitlines()[-1])
