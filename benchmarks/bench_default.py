"""The same assistant on Rasa's default pipeline and policies (DIET, TED), for `make bench`: trained, run, loaded.

A plain `rasa run` with Rasa's own REST channel, tracker store and lock store (all in memory), beside the action server
and the orders of a running stack of ours.
"""

from __future__ import annotations

import asyncio
import json
import os
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from functools import partial
from pathlib import Path

import aiohttp
import yaml

from benchmarks.bench_default_training import FIGURES, MODEL, ROOT
from benchmarks.bench_figures import Row, Running, Watched, loaded, until_open
from benchmarks.bench_load import at_the_rest_door
from support.run.child import kill_group
from support.run.free_ports import free_port
from support.run.stack import Stack

EPOCHS = 3
DEFAULT_EPOCHS = 100
NAME = "Rasa's default"


@dataclass(frozen=True)
class DefaultTraining:
    """seconds: of the whole training. epochs: what each took, in seconds, by model."""

    seconds: float
    epochs: Mapping[str, Sequence[float]]

    @property
    def whole_s(self) -> float:
        """With all epochs of the default: what is not epochs as measured, and the quickest epoch so many times."""
        rest = self.seconds - sum(map(sum, self.epochs.values()))
        return rest + DEFAULT_EPOCHS * sum(map(min, self.epochs.values()))


def train(folder: Path) -> DefaultTraining:
    """The default trained from scratch into this folder. Raises CalledProcessError."""
    command = [sys.executable, "-m", "benchmarks.bench_default_training", str(folder), str(EPOCHS)]
    log = folder / "training.log"
    with log.open("wb") as output:
        subprocess.run(command, check=True, env=_environ(folder), stdout=output, stderr=subprocess.STDOUT)
    return DefaultTraining(**json.loads((folder / FIGURES).read_text()))


def measured(stack: Stack, folder: Path, customers: Sequence[int], seconds: float) -> Iterator[Row | Running]:
    """Rows of the default beside this stack, then what it held and how it started."""
    began = time.monotonic()
    with _running(stack, folder) as (process, url):
        started_s = time.monotonic() - began
        asyncio.run(_first_answer(stack, url))
        answered_s = time.monotonic() - began
        pids = {"rasa": process.pid, "actions": stack.pid("actions") or 0}
        watched = Watched(lambda: pids, lambda: 0, stack.settings["SUPPORT_ACTIONS_URL"].split())
        for count in customers:
            yield loaded(NAME, "rest", partial(at_the_rest_door, web=stack.base_url, rasa=url), watched, count, seconds)
        yield Running(NAME, started_s, answered_s, watched.memory_mb())


@contextmanager
def _running(stack: Stack, folder: Path) -> Iterator[tuple[subprocess.Popen[bytes], str]]:
    port = free_port()
    action_endpoint = {
        "url": f"{stack.settings['SUPPORT_ACTIONS_URL']}/webhook",
        "headers": {"Authorization": f"Bearer {stack.token}"},
    }
    (folder / "endpoints.yml").write_text(yaml.safe_dump({"action_endpoint": action_endpoint}))
    (folder / "credentials.yml").write_text("rest:\n")
    command = [sys.executable, "-m", "support.run.tether", "rasa", "run", "--quiet", "--interface", "127.0.0.1"]
    command += [f"--port={port}", "--model", MODEL, "--endpoints", "endpoints.yml", "--credentials", "credentials.yml"]
    with (folder / "run.log").open("wb") as log:
        process = subprocess.Popen(
            command,
            cwd=folder,
            env=_environ(folder),
            stdin=subprocess.PIPE,
            stdout=log,
            stderr=subprocess.STDOUT,
            start_new_session=True,
        )
    try:
        until_open(f"http://127.0.0.1:{port}/", process)
        yield process, f"http://127.0.0.1:{port}"
    finally:
        kill_group(process.pid)
        process.wait()


async def _first_answer(stack: Stack, url: str) -> None:
    async with aiohttp.ClientSession() as http, at_the_rest_door(http, stack.base_url, url)() as say:
        await say("hello")


def _environ(folder: Path) -> dict[str, str]:
    """As `rasa` has it in a shell, without telemetry, and with a cache of trainings that is empty."""
    ours = {name: value for name, value in os.environ.items() if not name.startswith("SUPPORT_")}
    quiet = {"RASA_TELEMETRY_ENABLED": "false", "PYTHONWARNINGS": "ignore", "TF_CPP_MIN_LOG_LEVEL": "3"}
    return {**ours, **quiet, "PYTHONPATH": str(ROOT), "RASA_CACHE_DIRECTORY": str(folder / "cache")}
