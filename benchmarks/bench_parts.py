"""Where the time of a turn goes, by part of each process, for `make bench`. Alone:

    python -m benchmarks.bench_parts [seconds] [server]

server: on PostgreSQL, Redis and RabbitMQ of its own; without, embedded.
The processes sample themselves (benchmarks/sampler); a sample belongs to the part that its innermost known frame names.
"""

from __future__ import annotations

import json
import os
import re
import signal
import sys
import tempfile
import time
import urllib.request
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager, nullcontext
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from benchmarks.bench_figures import ONE_ADDRESS, loaded, watched_of
from benchmarks.bench_load import over_the_chat_api
from support.run.stack import Stack, running_stack
from tests.servers.server_profile import running_servers

SAMPLER = Path(__file__).resolve().parent / "sampler"
WRITTEN_WITHIN_S = 10
LEAST_SHARE = 0.01
LOOP = "event loop: sockets, waking, what was over before it was seen"
OTHER = "else"
PARTS = {
    "web": {
        "push: event streams": ("support/widget/live.py", "api.py:_stream", "straight.py:_stream", "py:_send_parts"),
        "store the answer": ("turns.py:finish",),
        "claim": ("turns.py:claim", "turns.py:due"),
        "limits": ("support/widget/limits.py",),
        "receive: request, token, message stored": (
            "turns.py:receive",
            "support/widget/",
            "conversations/log.py:start",
        ),
        "call rasa": ("runner.py:_ask", "aiohttp/"),
        "begin and end a turn": ("support/conversations/runner.py",),
        "hand over to database threads": ("support/conversations/database.py",),
        "tell other processes and hear them": ("support/conversations/far_bell.py",),
        "count what Rasa tells": ("support/desk/turn_events.py", "support/desk/turn_counts.py", "aio_pika/", "aiormq/"),
        "what others changed: looks each second": (
            "conversations/history.py:revisions",
            "support/cases/",
            "support/desk/",
        ),
        "HTTP server": ("uvicorn/",),
    },
    "rasa": {
        "understand: speller": ("nlu/speller.py", "nlu/spelling.py"),
        "understand: features (sentence encoder)": ("nlu/encoder.py",),
        "understand: classifier": ("nlu/classifier.py",),
        "understand: gate": ("nlu/zones.py", "nlu/gate.py"),
        "understand: answers": ("nlu/answers.py",),
        "understand: entities": ("nlu/entities.py",),
        "understand: questions": ("nlu/questions.py",),
        "understand: language": ("nlu/language_spotter.py",),
        "policies": ("rasa/core/policies/", "nlu/refusals.py"),
        "call actions": ("channels/action_server.py", "rasa/core/actions/action.py"),
        "tracker: load and save": ("channels/trackers.py", "channels/event_table.py", "rasa/core/tracker_store.py"),
        "tell what is counted": ("channels/events.py", "aio_pika/", "aiormq/"),
        "lock": ("channels/locks.py", "rasa/core/lock_store.py"),
        "read the message again (parts of it, mended)": ("channels/long_messages.py", "channels/identifiers_aside.py"),
        "the turn around these": ("rasa/core/processor.py", "channels/"),
        "HTTP server": ("sanic/",),
    },
    "actions": {
        "database": ("django/db/",),
        "policy": ("policy/",),
        "orders and cases": ("support/orders/", "support/cases/", "support/conversations/"),
        "what is asked and said": ("actions/",),
        "HTTP server, tracker unpacked": ("sanic/", "rasa_sdk/"),
    },
}
SUMMED = re.compile(r"^support_(\w+_seconds)_(sum|count)\S* (\S+)$", re.MULTILINE)
Samples = list[tuple[list[str], float]]


@dataclass(frozen=True)
class Parts:
    """ms: CPU milliseconds a turn, by process and part, the largest first. wall_ms: a turn's, by what metrics count."""

    ms: Mapping[str, Mapping[str, float]]
    wall_ms: Mapping[str, float]

    def lines(self, profile: str) -> Iterator[str]:
        for process, parts in self.ms.items():
            total = sum(parts.values())
            for part, spent in parts.items():
                yield f"| {profile} | {process} | {part} | {spent:.2f} | {100 * spent / total:.0f} % |"

    def wall(self) -> str:
        """In words. A turn has several action calls: they are counted together."""
        named = {
            "turn": "from taking it to its stored answer (web)",
            "rasa_turn": "of these in Rasa",
            "rasa_action_call": "of these waiting for actions",
            "action": "of these in the action server",
        }
        return ", ".join(f"{self.wall_ms[name]:.1f} ms {what}" for name, what in named.items())


def measured(seconds: float, given: Mapping[str, str]) -> Parts:
    """One customer over the chat API for so long, in a stack of its own with these settings."""
    with (
        tempfile.TemporaryDirectory() as name,
        _sampled(Path(name)),
        running_stack(Path(name) / "var", **{**ONE_ADDRESS, **given}) as stack,
    ):
        watched, chat = watched_of(stack), partial(over_the_chat_api, url=stack.base_url)
        loaded("", "chat", chat, watched, 1, 0)
        pids = {process: pid for process, pid in watched.pids().items() if process in PARTS}
        before = _told(stack)
        _toggle(pids.values())
        turns = len(loaded("", "chat", chat, watched, 1, seconds).ms)
        _toggle(pids.values())
        after = _told(stack)
        samples = {process: _samples(Path(name), pid) for process, pid in pids.items()}
    wall = {what: 1000 * (after[what] - before[what]) / turns for what in before}
    return Parts({process: by_part(PARTS[process], found, turns) for process, found in samples.items()}, wall)


def by_part(parts: Mapping[str, Sequence[str]], samples: Samples, turns: int) -> dict[str, float]:
    """Milliseconds a turn of each part, the largest first; what is less than a hundredth of all goes to the rest."""
    found: Counter[str] = Counter()
    for frames, ms in samples:
        found[part_of(parts, frames)] += ms / turns
    small = [part for part, ms in found.items() if ms < LEAST_SHARE * found.total() and part != OTHER]
    for part in small:
        found[OTHER] += found.pop(part)
    return dict(sorted(found.items(), key=lambda pair: (pair[0] == OTHER, -pair[1])))


def part_of(parts: Mapping[str, Sequence[str]], frames: Sequence[str]) -> str:
    """The part whose place a frame has, the innermost frame that has one; LOOP of no frame at all."""
    if not frames:
        return LOOP
    for frame in frames:
        for part, places in parts.items():
            if any(is_at(frame, place) for place in places):
                return part
    return OTHER


def is_at(frame: str, place: str) -> bool:
    """place: a folder or file, as imported, or the end of `file:function`."""
    return frame.endswith(place) if ":" in place else frame.startswith(place)


@contextmanager
def _sampled(folder: Path) -> Iterator[None]:
    """What is started within it can be sampled."""
    before = dict(os.environ)
    os.environ |= {"BENCH_SAMPLES": str(folder), "PYTHONPATH": str(SAMPLER)}
    try:
        yield
    finally:
        os.environ.clear()
        os.environ.update(before)


def _toggle(pids: Iterable[int]) -> None:
    for pid in pids:
        os.kill(pid, signal.SIGUSR1)


def _samples(folder: Path, pid: int) -> Samples:
    written, until = folder / f"{pid}.json", time.monotonic() + WRITTEN_WITHIN_S
    while not written.exists():
        if time.monotonic() > until:
            raise TimeoutError(f"process {pid} wrote no samples")
        time.sleep(0.05)
    return [(frames, ms) for frames, ms in json.loads(written.read_text())]


def _told(stack: Stack) -> dict[str, float]:
    """Seconds spent so far, by what each process' metrics count."""
    rasa = f"{stack.rasa_url}/webhooks/conversation/metrics"
    told: Counter[str] = Counter()
    for url in (f"{stack.base_url}/metrics", rasa, f"{stack.settings['SUPPORT_ACTIONS_URL']}/metrics"):
        with urllib.request.urlopen(url, timeout=10) as answer:
            for name, kind, value in SUMMED.findall(answer.read().decode()):
                told[name.removesuffix("_seconds")] += float(value) if kind == "sum" else 0
    return dict(told)


def _alone(profile: str, seconds: float) -> str:
    with running_servers() if profile == "server" else nullcontext() as servers:
        found = measured(seconds, servers.settings if servers else {})
    return "\n".join([*found.lines(profile), found.wall()])


if __name__ == "__main__":
    print(_alone((sys.argv[2:] or ["embedded"])[0], float((sys.argv[1:] or [10])[0])))
