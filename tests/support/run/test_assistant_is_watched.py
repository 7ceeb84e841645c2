"""The supervisor, with small real processes in place of Rasa and the others: they answer, and can misbehave."""

import asyncio
import json
import os
import signal
import socket
import subprocess
import sys
import time

import pytest

from support.run.child import Child
from support.run.environment import PORTS
from support.run.free_ports import free_port, free_ports
from support.run.model import model_for
from support.run.processes import Process

SERVER = """
import http.server, os, pathlib, signal, sys, subprocess
name = pathlib.Path(__file__).stem
if pathlib.Path(name + ".broken").exists():
    sys.exit(name + " cannot start")
if pathlib.Path(name + ".orphan").exists():
    pathlib.Path(name + ".orphan").write_text(str(subprocess.Popen(["sleep", "600"]).pid))
port = int(sys.argv[sys.argv.index("--port") + 1] if "--port" in sys.argv else os.environ["SUPPORT_ACTIONS_PORT"])
class Answer(http.server.BaseHTTPRequestHandler):
    def do_GET(self):
        self.send_response(200)
        self.end_headers()
    def log_message(self, *args):
        pass
def end(*_):
    with open("ended", "a") as ended:
        ended.write(name + "\\n")
    os._exit(0)
signal.signal(signal.SIGTERM, end)
pathlib.Path(name + ".arguments").write_text("\\n".join(sys.argv))
print("2026-11-22 10:00:00 INFO     " + name + " speaks")
http.server.ThreadingHTTPServer(("127.0.0.1", port), Answer).serve_forever()
"""
START = """
import pathlib, sys
from support.run.problem import Problem
from support.run.supervisor import main
try:
    sys.exit(main(pathlib.Path.cwd()))
except Problem as problem:
    sys.exit(str(problem))
"""


class Assistant:
    """`support run` on a folder of its own."""

    def __init__(self, root):
        self.root = root
        self.log_file = root / "log"
        self.ports = dict(zip(PORTS, map(str, free_ports(len(PORTS))), strict=True))
        self.settings = {"SUPPORT_VAR": str(root / "var"), "SUPPORT_DEMO_ORDERS": "0", **self.ports}
        self.process = None

    def start(self, **settings):
        ours = {name: value for name, value in os.environ.items() if not name.startswith("SUPPORT_")}
        self.process = subprocess.Popen(
            [sys.executable, "-c", START],
            cwd=self.root,
            env={**ours, **self.settings, **settings},
            stdout=self.log_file.open("ab"),
            stderr=subprocess.STDOUT,
        )
        return self

    @property
    def log(self):
        return self.log_file.read_text()

    @property
    def state(self):
        file = self.root / "var" / "run" / "state.json"
        return json.loads(file.read_text()) if file.exists() else {"ready": False, "children": {}}

    def pids(self):
        return [child["pid"] for child in self.state["children"].values() if child["pid"]]

    def ready(self):
        eventually(lambda: self.state["ready"] or self.process.poll() is not None)
        assert self.state["ready"], self.log
        return self


def eventually(condition, seconds=30):
    until = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < until, "it did not happen"
        time.sleep(0.05)


def is_alive(pid):
    try:
        with open(f"/proc/{pid}/stat") as stat:
            return stat.read().rpartition(")")[2].split()[0] != "Z"
    except FileNotFoundError:
        return False


@pytest.fixture
def assistant(tmp_path):
    for name in ("config.yml", "domain.yml", "credentials.yml", "endpoints.yml", "requirements.lock"):
        (tmp_path / name).touch()
    for folder in ("data", "nlu", "models"):
        (tmp_path / folder).mkdir()
    for name in ("rasa", "actions", "uvicorn"):
        (tmp_path / f"{name}.py").write_text(SERVER)
    model_for(tmp_path).touch()
    assistant = Assistant(tmp_path)
    yield assistant
    if assistant.process:
        pids = assistant.pids()
        assistant.process.kill()
        assistant.process.wait()
        eventually(lambda: not any(map(is_alive, pids)))


def test_all_are_started_until_each_answers_and_stopped_together(assistant):
    assistant.start().ready()
    pids = assistant.pids()
    assert len(pids) == 4
    assistant.process.send_signal(signal.SIGINT)
    assert assistant.process.wait(15) == 0
    assert not any(map(is_alive, pids))
    assert f"http://127.0.0.1:{assistant.ports['SUPPORT_WEB_PORT']}/" in assistant.log
    assert "2026-11-22" not in assistant.log  # the time stands in front of the line once, as we write it
    assert "rasa     INFO     rasa speaks" in assistant.log


def test_one_that_hangs_is_ended_and_started_again(tmp_path):
    (tmp_path / "server.py").write_text(SERVER)
    port = str(free_port())
    said, address = [], f"http://127.0.0.1:{port}/health"
    server = Process("server", (sys.executable, str(tmp_path / "server.py"), "--port", port), address, 30)

    async def hang_and_come_back():
        child = Child(server, tmp_path, os.environ, lambda _, line: said.append(line), lambda: None, 0.1, look=0.2)
        kept = asyncio.create_task(child.keep())
        await asyncio.wait_for(child.answered.wait(), 30)
        hangs = child.pid
        os.kill(hangs, signal.SIGSTOP)
        while child.pid in (hangs, None) or not child.answered.is_set():
            assert not kept.done()
            await asyncio.sleep(0.05)
        await child.stop()
        await kept
        return hangs

    hung = asyncio.run(asyncio.wait_for(hang_and_come_back(), 60))
    assert not is_alive(hung)
    assert [line for line in said if "has not answered" in line] == ["has not answered for 1.2 s: ending it"]


def test_who_begins_turns_ends_before_who_they_need(assistant):
    assistant.start().ready()
    assistant.process.terminate()
    assert assistant.process.wait(15) == 0
    ended = (assistant.root / "ended").read_text().split()
    assert ended[0] == "uvicorn"
    assert set(ended[1:]) == {"rasa", "actions"}


def test_data_is_for_its_owner_only(assistant):
    assistant.start().ready()
    files = [file for file in (assistant.root / "var").rglob("*") if file.is_file()]
    assert "support.sqlite3" in {file.name for file in files}
    assert not [file for file in files if file.stat().st_mode & 0o077]


@pytest.mark.parametrize("name", ["web", "rasa", "actions", "mailroom"])
def test_a_process_killed_with_9_is_started_again(assistant, name):
    assistant.start().ready()
    before = assistant.state["children"][name]["pid"]
    os.kill(before, signal.SIGKILL)
    eventually(
        lambda: assistant.state["children"][name]["starts"] == 2 and assistant.state["children"][name]["healthy"]
    )
    assert f"{name:<8} was ended by SIGKILL: starting it again in 0.5 s" in assistant.log


def test_nobody_outlives_a_supervisor_killed_with_9(assistant):
    assistant.start().ready()
    pids = assistant.pids()
    assistant.process.kill()
    assistant.process.wait()
    eventually(lambda: not any(map(is_alive, pids)))


def test_what_a_process_started_itself_goes_with_it(assistant):
    (assistant.root / "rasa.orphan").touch()
    assistant.start().ready()
    orphan = int((assistant.root / "rasa.orphan").read_text())
    assistant.process.terminate()
    assert assistant.process.wait(15) == 0
    eventually(lambda: not is_alive(orphan))


def test_a_process_that_never_starts_ends_the_run_with_its_reason(assistant):
    (assistant.root / "actions.broken").touch()
    assert assistant.start().process.wait(30) == 1
    assert "actions  actions cannot start" in assistant.log
    assert "actions ended with exit code 1, 2 times, and never answered: its lines above say why" in assistant.log
    assert "Traceback" not in assistant.log


def test_a_process_that_dies_five_times_in_a_minute_ends_the_run(assistant):
    assistant.start().ready()
    os.kill(assistant.state["children"]["web"]["pid"], signal.SIGKILL)
    (assistant.root / "uvicorn.broken").touch()
    assert assistant.process.wait(40) == 1
    assert "web ended with exit code 1, 5 times within a minute" in assistant.log


@pytest.mark.parametrize("setting", PORTS)
def test_a_taken_port_is_named_with_its_setting(assistant, setting):
    with socket.create_server(("127.0.0.1", int(assistant.ports[setting]))):
        assistant.start().process.wait(15)
    assert assistant.log.count("\n") == 1
    assert f"port {assistant.ports[setting]} on 127.0.0.1 cannot be used" in assistant.log
    assert f"set {setting} to another" in assistant.log


def test_a_second_start_on_the_same_data_is_refused(assistant):
    assistant.start().ready()
    second = Assistant(assistant.root)
    second.log_file = assistant.root / "second-log"
    second.start().process.wait(15)
    assert second.log.endswith("stop it, or set SUPPORT_VAR to another folder\n")


def test_a_missing_file_is_named(assistant):
    (assistant.root / "domain.yml").unlink()
    assistant.start().process.wait(15)
    assert assistant.log.startswith("domain.yml is missing in ")


def test_a_data_folder_that_cannot_be_written_is_named(assistant):
    (assistant.root / "var").write_text("a file")
    assistant.start().process.wait(15)
    assert "cannot write in" in assistant.log
    assert "SUPPORT_VAR sets the folder" in assistant.log
    assert "Traceback" not in assistant.log


def test_an_address_that_is_not_ours_is_named(assistant):
    assistant.start(SUPPORT_WEB_HOST="192.0.2.1").process.wait(15)
    assert "port" in assistant.log
    assert "on 192.0.2.1 cannot be used" in assistant.log


def test_a_kept_token_that_begins_with_a_dash_is_no_option_of_rasas(assistant):
    token = "-token-made-by-an-earlier-version"
    (assistant.root / "var" / "secrets").mkdir(parents=True)
    (assistant.root / "var" / "secrets" / "internal-token").write_text(token)
    assistant.start().ready()
    assert (assistant.root / "rasa.arguments").read_text().splitlines().count(f"--auth-token={token}") == 1


def test_no_secret_is_in_the_list_of_processes(assistant):
    assistant.start().ready()
    token = (assistant.root / "var" / "secrets" / "internal-token").read_text()
    for pid in assistant.pids():
        with open(f"/proc/{pid}/cmdline") as command:
            assert token not in command.read()
