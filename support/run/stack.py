"""The whole assistant for a test: on free ports, with data of its own, for as long as a `with` lasts.

with running_stack(tmp_path) as stack:
    httpx.get(stack.base_url + "/health")
    stack.kill("rasa")              # SIGKILL; `support run` starts it again by itself
    stack.await_healthy("rasa")
"""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from support.run.environment import PORTS, ROOT, ports_of, read_settings
from support.run.free_ports import free_ports
from support.run.keys import FILES, fill_in_keys


class StackFailed(Exception):
    """The assistant did not start or did not recover; the text ends with its log."""


class Stack:
    """A running `support run`. base_url: of the (first) web process; rasa_url, token: for /model/parse and /status."""

    def __init__(self, var: Path, settings: dict[str, str]):
        self.var = var
        self.log_file = var / "run.log"
        ports = {
            name: str(free_ports(int(settings.get(name.replace("_PORT", "_PROCESSES"), "1")))[0]) for name in PORTS
        }
        self.settings = read_settings({"SUPPORT_VAR": str(var), **ports, **settings})
        self.base_url = f"http://127.0.0.1:{self.settings['SUPPORT_WEB_PORT']}"
        self.base_urls = [f"http://127.0.0.1:{port}" for port in ports_of(self.settings, "SUPPORT_WEB_PORT")]
        self.rasa_url = f"http://127.0.0.1:{self.settings['SUPPORT_RASA_PORT']}"
        self._process: subprocess.Popen[bytes] | None = None

    @property
    def token(self) -> str:
        """The internal token that Rasa and the action server ask for."""
        known = {name: self.settings.get(name, "") for name in FILES}
        return fill_in_keys({"SUPPORT_VAR": str(self.var), **known})["SUPPORT_INTERNAL_TOKEN"]

    @property
    def log(self) -> str:
        """All that was logged so far."""
        return self.log_file.read_text(errors="replace") if self.log_file.exists() else ""

    def start(self, timeout_seconds: float = 600) -> None:
        """Starts everything and waits until all of it answers; trains if there is no model yet. Raises StackFailed."""
        self.var.mkdir(parents=True, exist_ok=True)
        ours = {name: value for name, value in os.environ.items() if not name.startswith("SUPPORT_")}
        with self.log_file.open("ab") as log:
            self._process = subprocess.Popen(
                [sys.executable, "-m", "support.run.tether", "support.cli", "run"],
                cwd=ROOT,
                env={**ours, "PYTHONUNBUFFERED": "1", **self.settings},
                stdin=subprocess.PIPE,
                stdout=log,
                stderr=subprocess.STDOUT,
                start_new_session=True,
            )
        pid = self._process.pid
        self._await(lambda: self._state().get("pid") == pid and self._state()["ready"], "start", timeout_seconds)

    def stop(self, timeout_seconds: float = 30) -> int:
        """Stops everything as Ctrl-C does; the exit code."""
        if self._process is None:
            return 0
        self._process.terminate()
        try:
            return self._process.wait(timeout_seconds)
        finally:
            self._process.kill()

    def kill_all(self) -> None:
        """`kill -9` of `support run` itself: every process ends by itself; start() starts anew."""
        assert self._process
        self._process.kill()
        self._process.wait()

    def names(self) -> list[str]:
        """Every process: web, rasa, and with several of a kind web-2 and so on."""
        return list(self._state()["children"])

    def pid(self, name: str) -> int | None:
        """The process id of web, rasa or actions; None while it is down."""
        return self._child(name).get("pid")

    def kill(self, name: str, how: signal.Signals = signal.SIGKILL) -> int:
        """Kills web, rasa or actions and returns at once; the id it had. It is started again by itself."""
        pid = self.pid(name)
        if pid is None:
            raise StackFailed(f"{name} is not running")
        starts = self._child(name)["starts"]
        os.kill(pid, how)
        self._await(lambda: self._child(name)["pid"] != pid or self._child(name)["starts"] > starts, f"end {name}", 30)
        return pid

    def restart(self, name: str) -> None:
        """Ends a process the friendly way and waits until it is back."""
        self.kill(name, signal.SIGTERM)
        self.await_healthy(name)

    def await_healthy(self, name: str | None = None, timeout_seconds: float = 120) -> None:
        """Waits until this process (or all) answers. Raises StackFailed."""
        names = [name] if name else list(self._state()["children"])
        for each in names:
            self._await(lambda each=each: self._child(each)["healthy"], f"bring back {each}", timeout_seconds)

    def _await(self, condition, what: str, timeout_seconds: float) -> None:
        until = time.monotonic() + timeout_seconds
        while not condition():
            ended = self._process is None or self._process.poll() is not None
            if ended or time.monotonic() > until:
                raise StackFailed(f"the stack could not {what}{' (it ended)' if ended else ''}:\n{self.log[-6000:]}")
            time.sleep(0.05)

    def _state(self) -> dict:
        try:
            return json.loads((self.var / "run" / "state.json").read_text())
        except FileNotFoundError:
            return {}

    def _child(self, name: str) -> dict:
        return self._state().get("children", {}).get(name, {"pid": None, "healthy": False, "starts": 0})


@contextmanager
def running_stack(var: Path, **settings: str) -> Iterator[Stack]:
    """The assistant running with its data in var; settings: by name (SUPPORT_DEMO_ORDERS="0", …). Ended afterwards."""
    stack = Stack(Path(var), settings)
    try:
        stack.start()
        yield stack
    finally:
        stack.stop()
