"""`support run web` and the like: one kind of process in the foreground, as a container runs it."""

import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import httpx
import pytest

from support.run.environment import ROOT
from support.run.free_ports import free_port, free_ports
from tests.servers.programs import until

SECRETS = {"SUPPORT_SECRET_KEY": "k" * 40, "SUPPORT_INTERNAL_TOKEN": "t" * 40}
ELSEWHERE = "127.0.0.2"  # an address of this machine that is not the default
POD = {"Host": "10.1.2.3:8000"}


class Alone:
    """One `support run PART`."""

    def __init__(self, var: Path, part: str, **settings: str) -> None:
        ours = {name: value for name, value in os.environ.items() if not name.startswith("SUPPORT_")}
        self.log_file = var / f"{part}.log"
        self.process = subprocess.Popen(
            [sys.executable, "-m", "support.cli", "run", part],
            cwd=ROOT,
            env={**ours, "SUPPORT_VAR": str(var), "SUPPORT_DEMO_ORDERS": "0", **settings},
            stdout=self.log_file.open("wb"),
            stderr=subprocess.STDOUT,
        )

    @property
    def log(self) -> str:
        return self.log_file.read_text()

    def answers(self, url: str) -> httpx.Response:
        """What it answers there as soon as it answers at all."""
        return until(lambda: self._asked(url), 60)

    def _asked(self, url: str) -> httpx.Response | None:
        assert self.process.poll() is None, self.log
        try:
            return httpx.get(url, headers=POD, trust_env=False, verify=False)
        except httpx.TransportError:
            return None

    def stop(self) -> int:
        self.process.send_signal(signal.SIGTERM)
        return self.process.wait(20)


@pytest.fixture
def alone(tmp_path: Path) -> Iterator:
    begun: list[Alone] = []

    def begin(part: str, **settings: str) -> Alone:
        begun.append(Alone(tmp_path, part, **settings))
        return begun[-1]

    yield begin
    for one in begun:
        if one.process.poll() is None:
            one.stop()


@pytest.mark.parametrize("part", ["web", "rasa", "actions", "mailroom", "prepare"])
def test_none_makes_up_a_token_that_the_others_could_not_know(alone, part: str, tmp_path: Path) -> None:
    refused = alone(part, SUPPORT_SECRET_KEY=SECRETS["SUPPORT_SECRET_KEY"])
    assert refused.process.wait(30) == 2
    said = "SUPPORT_INTERNAL_TOKEN is not set: a process alone does not make it up, all of them share one"
    assert refused.log == f"support: {said}\n"
    assert not (tmp_path / "secrets").exists()


def test_djangos_key_is_not_made_up_either_and_rasa_does_without(alone) -> None:
    token = {"SUPPORT_INTERNAL_TOKEN": SECRETS["SUPPORT_INTERNAL_TOKEN"]}
    refused = alone("web", **token)
    assert refused.process.wait(30) == 2
    assert "SUPPORT_SECRET_KEY is not set" in refused.log
    no_such_address = alone("rasa", **token, SUPPORT_INNER_HOST="no-machine.invalid")
    assert no_such_address.process.wait(30) == 2
    assert "SUPPORT_INNER_HOST is 'no-machine.invalid'" in no_such_address.log  # it got past its secrets


def test_a_part_that_is_none_is_named_with_those_there_are(alone) -> None:
    refused = alone("nginx")
    assert refused.process.wait(30) == 2
    assert "'web', 'rasa', 'actions', 'mailroom', 'prepare'" in refused.log


def test_each_runs_beside_the_others_on_one_folder_until_it_is_asked_to_end(alone, tmp_path: Path) -> None:
    assert alone("prepare", **SECRETS).process.wait(60) == 0
    web, actions, mailroom = map(str, free_ports(3))
    ports = {"SUPPORT_WEB_PORT": web, "SUPPORT_ACTIONS_PORT": actions, "SUPPORT_MAILROOM_PORT": mailroom}
    given = {**SECRETS, **ports, "SUPPORT_INNER_HOST": ELSEWHERE, "SUPPORT_ALLOWED_HOSTS": "support.example"}
    running = {part: alone(part, **given) for part in ("web", "actions", "mailroom")}
    for part, address in {"actions": f"{ELSEWHERE}:{actions}", "mailroom": f"{ELSEWHERE}:{mailroom}"}.items():
        assert running[part].answers(f"http://{address}/ready").json()["status"] == "ok"
        with pytest.raises(httpx.ConnectError):
            httpx.get(f"http://127.0.0.1:{address.partition(':')[2]}/health", trust_env=False)
    until(lambda: "web alone is ready" in running["web"].log, 60)
    check_doors(f"http://127.0.0.1:{web}")
    assert [one.stop() for one in running.values()] == [0, 0, 0], [one.log for one in running.values()]
    assert not (tmp_path / "run").exists()


def check_doors(url: str) -> None:
    """A probe comes with the address of a pod; a page is not built from such a name, and metrics take the token."""
    with httpx.Client(base_url=url, headers=POD, trust_env=False) as web:
        assert web.get("/health").json() == {"status": "ok", "turns": "ok"}
        assert web.get("/ready?own").status_code == 200
        assert web.get("/ready").json()["rasa"] != "ok"
        assert web.get("/").status_code == 400
        assert web.get("/metrics").status_code == 400
        token = {"Authorization": f"Bearer {SECRETS['SUPPORT_INTERNAL_TOKEN']}"}
        assert web.get("/metrics", headers=token).status_code == 200
        assert web.get("/metrics", headers={"Authorization": "Bearer another"}).status_code == 404


def test_a_process_that_dies_is_started_again_and_its_starter_is_not(alone) -> None:
    port = str(free_port())
    actions = alone("actions", **SECRETS, SUPPORT_ACTIONS_PORT=port)
    until(lambda: "actions alone is ready" in actions.log, 60)
    children = f"/proc/{actions.process.pid}/task/{actions.process.pid}/children"
    (child,) = Path(children).read_text().split()
    os.kill(int(child), signal.SIGKILL)
    until(lambda: "actions  was ended by SIGKILL: starting it again" in actions.log, 60)
    until(lambda: Path(children).read_text().split() not in ([], [child]), 60)
    assert actions.answers(f"http://127.0.0.1:{port}/health").status_code == 200
