"""`support run`: everything started, watched and stopped together; or one kind of process alone, in a container."""

from __future__ import annotations

import asyncio
import json
import logging
import os
import signal
import time
from collections.abc import Coroutine, Mapping
from pathlib import Path

from support.run.child import Child, GaveUp, end, launch, pass_on
from support.run.claims import allow_open_files, check_files, check_ports, claimed, write_state
from support.run.environment import ROOT, for_children, reachable, read_environ, read_settings
from support.run.journal import Journal, full_log
from support.run.json_journal import JsonJournal
from support.run.keys import check_keys, fill_in_keys
from support.run.masking import Mask
from support.run.model import model_for, trained_model
from support.run.problem import Problem
from support.run.processes import TETHERED, processes

KINDS = ("web", "rasa", "actions", "mailroom")
PREPARE = "prepare"
DEMO_ORDERS_SHOWN = 3
PREPARED = "prepared: "
BEGIN_TURNS = ("web", "mailroom")
AnyJournal = Journal | JsonJournal


class Supervisor:
    """One run of the assistant, from the first check to the last process ended.

    folder: where state.json is written; None: nowhere. kind: of these processes only; None: of all kinds.
    """

    def __init__(
        self, root: Path, environ: Mapping[str, str], values: Mapping[str, str], journal: AnyJournal,
        folder: Path | None = None, kind: str | None = None,
    ):  # fmt: skip
        self._root, self._environ, self._values = root, for_children(environ, values), values
        self._folder, self._journal, self._kind = folder, journal, kind
        self._children = {
            name: Child(process, root, self._environ, journal.write, self._write_state)
            for name, process in processes(values, model_for(root)).items()
            if kind in (None, kind_of(name))
        }
        self._starting: list[asyncio.Task] = []
        self._tasks: list[asyncio.Task[None]] = []
        self._ready = False

    async def run(self) -> None:
        """Runs until cancelled. Raises Problem or GaveUp."""
        allow_open_files()
        began = time.monotonic()
        try:
            orders = [] if self._kind else await self._prepare_and_start()
            if self._kind:
                self._keep(self._kind)
            await self._all_answer()
            self._ready = True
            self._write_state()
            self._welcome(time.monotonic() - began, orders)
            ended, _ = await asyncio.wait(self._tasks, return_when=asyncio.FIRST_EXCEPTION)
            for task in ended:
                task.result()
        finally:  # not by gather(): it would break off the watching, which kills what is to end by itself
            await self._stop()

    async def prepare(self) -> None:
        """Brings the database up to date, and ends. Raises Problem."""
        await self._prepare()
        self._journal.write("support", "the database is up to date")

    async def _prepare_and_start(self) -> list[list[str]]:
        prepared = asyncio.create_task(self._start_web_and_actions())
        self._starting = [asyncio.create_task(self._start_rasa()), prepared]
        await asyncio.gather(*self._starting)
        return prepared.result()

    async def _start_rasa(self) -> None:
        model = model_for(self._root)
        if not trained_model(self._root):
            await self._once("train", "support.cli", "train")
        if not model.is_file():
            raise Problem("the training data changed while it was trained: start again")
        self._keep("rasa")

    async def _start_web_and_actions(self) -> list[list[str]]:
        """Both, once the database is up to date; the demo orders that are now in it."""
        orders = await self._prepare()
        self._keep("actions")
        self._keep("mailroom")
        self._keep("web")
        return orders

    async def _prepare(self) -> list[list[str]]:
        lines = await self._once(PREPARE, "support.run.prepare")
        found = [line for line in lines if line.startswith(PREPARED)]
        return json.loads(found[-1].removeprefix(PREPARED)) if found else []

    def _keep(self, kind: str) -> None:
        """Starts and watches every process of this kind."""
        for name, child in self._children.items():
            if kind_of(name) == kind:
                self._tasks.append(asyncio.create_task(child.keep()))

    async def _all_answer(self) -> None:
        for child in self._children.values():
            answered = asyncio.create_task(child.answered.wait())
            try:
                done, _ = await asyncio.wait({answered, *self._tasks}, return_when=asyncio.FIRST_COMPLETED)
            finally:
                answered.cancel()
            for task in done:
                task.result()

    async def _once(self, name: str, *module: str) -> list[str]:
        """Runs a module to its end with its lines in the log; its last lines. Raises Problem if it fails."""
        lines: list[str] = []

        def say(line: str) -> None:
            lines.append(line)
            del lines[:-50]
            if not line.startswith(PREPARED):
                self._journal.write(name, line)

        running = await launch((*TETHERED, *module), self._root, self._environ)
        try:
            await asyncio.gather(pass_on(running, say), running.wait())
        finally:
            await end(running)
        if running.returncode:
            raise Problem(f"{name} failed (exit code {running.returncode}): its lines above say why")
        return lines

    def _welcome(self, seconds: float, orders: list[list[str]]) -> None:
        if self._kind:
            self._journal.write("support", f"{self._kind} alone is ready in {seconds:.1f} s")
            return
        host, port = reachable(self._values["SUPPORT_WEB_HOST"]), self._values["SUPPORT_WEB_PORT"]
        self._journal.write("support", f"ready in {seconds:.1f} s: http://{host}:{port}/  (Ctrl-C stops it)")
        for number, email, postcode, what in orders[:DEMO_ORDERS_SHOWN]:
            self._journal.write("support", f"try order {number} with {email} or {postcode}: {what}")

    def _write_state(self) -> None:
        if self._folder is None:
            return
        shown = {
            name: {"pid": child.pid, "healthy": child.answered.is_set(), "starts": child.starts}
            for name, child in self._children.items()
        }
        try:
            write_state(self._folder, {"pid": os.getpid(), "ready": self._ready, "children": shown})
        except OSError as error:  # a full disk is no reason to stop answering
            self._journal.write("support", f"cannot write {self._folder}/state.json: {error.strerror}")

    async def _stop(self) -> None:
        for task in self._starting:
            task.cancel()
        for now in (True, False):  # who begins turns first, then who they need: a turn in flight ends
            first = [child for name, child in self._children.items() if name.startswith(BEGIN_TURNS) is now]
            await asyncio.gather(*(child.stop() for child in first))
        for task in self._tasks:
            task.cancel()
        await asyncio.gather(*self._starting, *self._tasks, return_exceptions=True)
        self._ready = False
        self._write_state()
        self._journal.flush()


async def _until_signal(work: Coroutine[None, None, None], journal: AnyJournal, when_stopped: int = 0) -> int:
    running = asyncio.ensure_future(work)
    stopped = False

    def stop() -> None:
        nonlocal stopped
        if stopped:
            journal.write("support", "stopping at once")
            os._exit(130)  # every process is tethered to us
        stopped = True
        journal.write("support", "stopping (once more: at once)")
        running.cancel()

    for name in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        if name == signal.SIGHUP and signal.getsignal(name) == signal.SIG_IGN:  # nohup
            continue
        asyncio.get_running_loop().add_signal_handler(name, stop)
    try:
        await running
    except asyncio.CancelledError:
        journal.write("support", "stopped")
        return when_stopped
    except GaveUp as error:
        journal.write("support", str(error))
        return 1
    return 0


def main(root: Path = ROOT) -> int:
    """Runs the assistant until Ctrl-C. The exit code: 0 stopped, 1 a process would not run; raises Problem."""
    environ = read_environ()
    values = read_settings(environ)
    check_files(root)
    check_ports(values)
    os.umask(0o077)  # what customers said and sent is for this user only
    with claimed(Path(values["SUPPORT_VAR"])) as folder:
        values = fill_in_keys(values)
        journal = _journal(values, full_log(folder / "full.log"))
        journal.write("support", "starting")
        return asyncio.run(_until_signal(Supervisor(root, environ, values, journal, folder).run(), journal))


def main_alone(part: str, root: Path = ROOT) -> int:
    """Runs the processes of one of KINDS until SIGTERM, or PREPARE to its end; nothing of it is in a file.

    Others that share SUPPORT_VAR may run beside it. The exit code as of main; raises Problem.
    """
    environ = read_environ()
    values = read_settings(environ)
    check_files(root)
    check_keys(values, part)
    os.umask(0o077)
    journal = _journal(values)
    if part == PREPARE:
        return asyncio.run(_until_signal(Supervisor(root, environ, values, journal).prepare(), journal, 130))
    check_ports(values, [f"SUPPORT_{part.upper()}_PORT"])
    if part == "rasa" and not model_for(root).is_file():
        raise Problem("there is no model for these training data: `support train` makes it")
    journal.write("support", f"starting {part} alone")
    return asyncio.run(_until_signal(Supervisor(root, environ, values, journal, kind=part).run(), journal))


def kind_of(name: str) -> str:
    """web of web, web-2, …"""
    return name.partition("-")[0]


def _journal(values: Mapping[str, str], full: logging.Logger | None = None) -> AnyJournal:
    kind = JsonJournal if values["SUPPORT_LOG_FORMAT"] == "json" else Journal
    return kind(full=full, mask=Mask(values["SUPPORT_ORDER_PREFIX"]))
