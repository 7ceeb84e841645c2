"""The action server answers Rasa and nobody else: on loopback, with the token, never repeating what was said."""

import os
import subprocess
import sys
import time

import httpx
import pytest

from support.run.environment import ROOT, for_children, read_settings
from support.run.free_ports import free_port

TOKEN = "a-token-for-this-test"
SECRET_WORDS = "my toothbrush fell into the sea"


@pytest.fixture(scope="module")
def server(tmp_path_factory):
    var = tmp_path_factory.mktemp("actions")
    settings = {"SUPPORT_VAR": str(var), "SUPPORT_ACTIONS_PORT": str(free_port()), "SUPPORT_INTERNAL_TOKEN": TOKEN}
    with (var / "log").open("w+") as log:
        process = subprocess.Popen(
            [sys.executable, "-m", "actions"],
            cwd=ROOT,
            env=for_children(os.environ, read_settings(settings)),
            stdout=log,
            stderr=subprocess.STDOUT,
        )
        try:
            with httpx.Client(base_url=f"http://127.0.0.1:{settings['SUPPORT_ACTIONS_PORT']}", trust_env=False) as http:
                yield wait_for(http, process, var / "log")
        finally:
            process.kill()
            process.wait()


def wait_for(http, process, log):
    until = time.monotonic() + 30
    while time.monotonic() < until and process.poll() is None:
        try:
            http.get("/health")
            return http
        except httpx.TransportError:
            time.sleep(0.1)
    pytest.fail(f"the action server did not start:\n{log.read_text()}")


def call(server, token=TOKEN, **body):
    return server.post("/webhook", json=body, headers={"Authorization": f"Bearer {token}"})


def test_health_is_open(server):
    assert server.get("/health").status_code == 200


def test_it_is_not_ready_without_its_tables(server):
    answer = server.get("/ready")
    assert (answer.status_code, answer.json()["database"]) == (503, "OperationalError")


def test_metrics_are_for_this_machine_and_for_who_has_the_token(server):
    assert b"support_action_seconds" in server.get("/metrics").content
    assert server.get("/metrics", headers={"X-Forwarded-For": "203.0.113.7"}).status_code == 404
    assert server.get("/metrics", headers={"Authorization": "Bearer wrong"}).status_code == 404
    through_a_proxy = {"X-Forwarded-For": "203.0.113.7", "Authorization": f"Bearer {TOKEN}"}
    assert server.get("/metrics", headers=through_a_proxy).status_code == 200


@pytest.mark.parametrize("path", ["/webhook", "/actions", "/nothing"])
def test_everything_else_wants_the_token(server, path):
    assert server.post(path, json={}).status_code == 401
    assert server.get(path).status_code == 401


@pytest.mark.parametrize("token", ["wrong", TOKEN[:-1], TOKEN + "x", "ü"])
def test_another_token_is_refused(server, token):
    header = f"Bearer {token}".encode()
    assert server.post("/webhook", json={}, headers={"Authorization": header}).status_code == 401


def test_an_unknown_action_is_404_with_the_token(server):
    assert call(server, next_action="action_nobody_wrote", tracker={}).status_code == 404


def test_an_error_does_not_repeat_the_conversation(server):
    answer = call(server, next_action="validate_request_form", words=SECRET_WORDS)  # no tracker: the SDK stumbles
    assert answer.status_code == 500
    assert SECRET_WORDS not in answer.text


def test_it_does_not_start_without_a_token():
    environ = {**os.environ, "SUPPORT_INTERNAL_TOKEN": ""}
    done = subprocess.run([sys.executable, "-m", "actions"], cwd=ROOT, env=environ, capture_output=True, text=True)
    assert done.returncode == 1
    assert done.stderr == "SUPPORT_INTERNAL_TOKEN is empty: `support run` sets it\n"
