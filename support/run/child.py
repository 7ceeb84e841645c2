"""One process under watch: started, known to be well, started again when it dies or hangs, stopped."""

from __future__ import annotations

import asyncio
import os
import signal
import time
import urllib.request
from collections.abc import Callable, Mapping
from contextlib import suppress
from http.client import HTTPException
from pathlib import Path

from support.run.processes import Process

LINE_BYTES = 1 << 20
DEATHS_PER_MINUTE = 5
DEATHS_BEFORE_FIRST_ANSWER = 2
GRACE_SECONDS = 8.0
LOOK_SECONDS, SILENCES = 10.0, 6  # a process that answers none of so many looks hangs


class GaveUp(Exception):
    """A process that will not run; the text is one line for the person who started us."""


class Child:
    """One process and its life. pid, healthy and starts are what the state file shows."""

    def __init__(
        self, process: Process, root: Path, environ: Mapping[str, str],
        say: Callable[[str, str], None], changed: Callable[[], None], pause: float = 0.5,
        look: float = LOOK_SECONDS,
    ):  # fmt: skip
        self.process, self.name = process, process.name
        self.pid: int | None = None
        self.starts = 0
        self.answered = asyncio.Event()
        self._root, self._environ = root, {**environ, **process.environ}
        self._say, self._changed, self._pause, self._look = say, changed, pause, look
        self._stopping = False
        self._running: asyncio.subprocess.Process | None = None
        self._deaths: list[float] = []
        self._ever_answered = False

    async def keep(self) -> None:
        """Runs it until stop(). Raises GaveUp when it dies too often or does not answer in time."""
        while not self._stopping:
            self._running = await launch(self.process.command, self._root, self._environ)
            self.pid, self.starts = self._running.pid, self.starts + 1
            self._changed()
            code = await self._watch(self._running)
            self.answered.clear()
            self.pid = None
            self._changed()
            if not self._stopping:
                await self._after_death(code)

    async def _watch(self, running: asyncio.subprocess.Process) -> int:
        """Until it ends: passes on its lines, notices when it answers and when it no longer does. How it ended."""
        lines = asyncio.create_task(pass_on(running, lambda line: self._say(self.name, line)))
        health = asyncio.create_task(self._await_answer())
        ended = asyncio.create_task(running.wait())
        silence: asyncio.Task[None] | None = None
        try:
            await asyncio.wait({health, ended}, return_when=asyncio.FIRST_COMPLETED)
            if health.done() and not health.result() and not ended.done():
                raise GaveUp(f"{self.name} did not answer within {self.process.start_seconds} s")
            silence = asyncio.create_task(self._await_silence())
            await asyncio.wait({silence, ended}, return_when=asyncio.FIRST_COMPLETED)
            if not ended.done():
                self._say(self.name, f"has not answered for {self._look * SILENCES:g} s: ending it")
                kill_group(running.pid)
            return await ended
        finally:
            health.cancel()
            ended.cancel()
            if silence:
                silence.cancel()
            kill_group(running.pid)
            with suppress(asyncio.TimeoutError):
                await asyncio.wait_for(lines, 1)

    async def _await_answer(self) -> bool:
        began = time.monotonic()
        while time.monotonic() - began < self.process.start_seconds:
            if await asyncio.to_thread(answers, self.process.health):
                self.answered.set()
                self._ever_answered = True
                self._say(self.name, f"answers after {time.monotonic() - began:.1f} s")
                self._changed()
                return True
            await asyncio.sleep(0.2)
        return False

    async def _await_silence(self) -> None:
        silent = 0
        while silent < SILENCES:
            await asyncio.sleep(self._look)
            silent = 0 if await asyncio.to_thread(answers, self.process.health) else silent + 1

    async def _after_death(self, code: int) -> None:
        now = time.monotonic()
        self._deaths = [death for death in self._deaths if now - death < 60] + [now]
        how = f"was ended by {signal.Signals(-code).name}" if code < 0 else f"ended with exit code {code}"
        if len(self._deaths) >= DEATHS_PER_MINUTE:
            raise GaveUp(f"{self.name} {how}, {len(self._deaths)} times within a minute: its lines above say why")
        if self.starts >= DEATHS_BEFORE_FIRST_ANSWER and not self._ever_answered:
            raise GaveUp(f"{self.name} {how}, {self.starts} times, and never answered: its lines above say why")
        wait = self._pause * 2 ** (len(self._deaths) - 1)
        self._say(self.name, f"{how}: starting it again in {wait:g} s")
        await asyncio.sleep(wait)

    async def stop(self) -> None:
        """Asks it to end, and ends it after a while."""
        self._stopping = True
        if self._running is not None:
            await end(self._running)


async def launch(command: tuple[str, ...], root: Path, environ: Mapping[str, str]) -> asyncio.subprocess.Process:
    """Starts a command as leader of a session of its own, with its standard input open for as long as we live."""
    return await asyncio.create_subprocess_exec(
        *command,
        cwd=root,
        env=dict(environ),
        stdin=asyncio.subprocess.PIPE,
        stdout=asyncio.subprocess.PIPE,
        stderr=asyncio.subprocess.STDOUT,
        start_new_session=True,
        limit=LINE_BYTES,
    )


async def pass_on(running: asyncio.subprocess.Process, say: Callable[[str], None]) -> None:
    """Gives every line it prints to say; of a progress bar the last state."""
    assert running.stdout
    while True:
        try:
            line = await running.stdout.readline()
        except ValueError:  # a line of more than LINE_BYTES
            continue
        if not line:
            return
        say(line.decode("utf-8", "replace").rstrip().rsplit("\r", 1)[-1])


async def end(running: asyncio.subprocess.Process, grace: float = GRACE_SECONDS) -> None:
    """Ends it with all it started: first asked, then firmly."""
    if running.returncode is None:
        with suppress(ProcessLookupError):
            os.kill(
                running.pid, signal.SIGTERM
            )  # not terminate(): it may take the exit code from asyncio's own waiting
        with suppress(asyncio.TimeoutError):
            await asyncio.wait_for(running.wait(), grace)
    kill_group(running.pid)
    await running.wait()


def kill_group(pid: int) -> None:
    """Ends what is left of the session that this process led."""
    with suppress(ProcessLookupError, PermissionError):
        os.killpg(pid, signal.SIGKILL)


def answers(url: str) -> bool:
    """Whether a GET of this address gives a 2xx within two seconds; never through a proxy.

    Where nobody listens yet, a connection on loopback can meet itself, and the answer is the question.
    """
    opener = urllib.request.build_opener(urllib.request.ProxyHandler({}))
    try:
        with opener.open(url, timeout=2) as response:
            return bool(200 <= response.status < 300)
    except (OSError, HTTPException, ValueError):
        return False
