"""deploy/nginx.conf in a real nginx in front of the running assistant: a conversation, its event stream, a photo."""

import subprocess
from collections.abc import Iterator
from pathlib import Path

import httpx
import pytest

from support.run.free_ports import free_port
from support.run.stack import Stack
from tests.conversations.customer import Customer
from tests.servers.programs import own_folder, program, run_as, until, user_for_servers

DEPLOY = Path(__file__).resolve().parents[2] / "deploy"


@pytest.fixture(scope="module")
def proxy(stack: Stack) -> Iterator[str]:
    """The address of an nginx with our configuration; only the two addresses in it are others."""
    port, user = free_port(), user_for_servers()
    here = {
        "nginx.conf": ("listen 8080;", f"listen 127.0.0.1:{port};"),
        "web.conf": ("server 127.0.0.1:8000;", f"server 127.0.0.1:{stack.settings['SUPPORT_WEB_PORT']};"),
    }
    with own_folder("nginx-") as folder:
        for name, (theirs, ours) in here.items():
            text = (DEPLOY / name).read_text()
            assert text.count(theirs) == 1
            (folder / name).write_text(text.replace(theirs, ours))
        command = [program("nginx"), "-p", str(folder), "-e", "stderr", "-c", "nginx.conf"]
        run_as(user, [*command, "-t"], folder)
        running = subprocess.Popen([*command, "-g", "daemon off;"], user=user, cwd=folder)
        try:
            until(lambda: answers(f"http://127.0.0.1:{port}/"))
            yield f"http://127.0.0.1:{port}"
        finally:
            running.terminate()
            running.wait(10)


def answers(url: str) -> bool:
    try:
        return httpx.get(url, trust_env=False, verify=False).status_code == 200
    except httpx.TransportError:
        return False


def test_a_conversation_and_a_photo_go_through(proxy: str) -> None:
    customer = Customer(proxy)
    assert customer.say("can I return a toothbrush I have opened?")
    assert customer.send_photo("this is it")


def test_an_event_comes_while_the_stream_is_open(proxy: str) -> None:
    customer = Customer(proxy)
    with customer.http.stream("GET", f"/chat/api/conversations/{customer.id}/events") as stream:
        assert customer.post(text="hello").status_code == 202
        lines = stream.iter_lines()
        while '"from": "bot"' not in next(lines):
            pass


@pytest.mark.parametrize("path", ["/metrics", "/ready", "/health"])
def test_what_is_for_who_runs_it_is_not_there(proxy: str, path: str) -> None:
    assert httpx.get(proxy + path, trust_env=False).status_code == 404


def test_a_body_that_is_too_large_is_refused_in_our_words_and_a_huge_one_at_the_door(proxy: str) -> None:
    customer = Customer(proxy)
    ours = customer.post(text="x" * 200_000)
    assert (ours.status_code, ours.json()["error"]["code"]) == (413, "too_large")
    assert customer.post(text="x" * 1_000_000).headers["content-type"] == "text/html"


def test_metrics_stay_hidden_where_a_proxy_lets_the_path_through(proxy: str, stack: Stack) -> None:
    passed_on = {"X-Forwarded-For": "203.0.113.7", "X-Forwarded-Proto": "https"}
    assert httpx.get(f"{stack.base_url}/metrics", headers=passed_on).status_code == 404
