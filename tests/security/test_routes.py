"""Every address of the running service × everybody who may call it, by the table routes.yml. A new address without a
line there fails."""

import re
import socket
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import httpx
import pytest
import yaml
from django.urls import URLResolver, get_resolver
from django.urls.resolvers import RegexPattern

from support.run.stack import Stack
from tests.conversations.customer import Customer
from tests.security.callers import Scene

TABLE = yaml.safe_load(Path(__file__).with_name("routes.yml").read_text(encoding="utf-8"))
INNER = {"rasa": "SUPPORT_RASA_PORT", "actions": "SUPPORT_ACTIONS_PORT", "mailroom": "SUPPORT_MAILROOM_PORT"}
CATCH_ALL = {
    "/^chat/api/": "/chat/api/nothing-there",
    "/desk/": "/desk/nothing-there",
}  # what is below, and is no address


def django_routes(patterns: list | None = None, before: str = "/") -> Iterator[str]:
    """Every address Django answers; the admin's own are one: its site lets leads in and nobody else."""
    for entry in get_resolver("support.urls").url_patterns if patterns is None else patterns:
        route = str(entry.pattern)
        if isinstance(entry, URLResolver) and route != "admin/":
            yield from django_routes(entry.url_patterns, before + route)
        elif isinstance(entry.pattern, RegexPattern):
            yield CATCH_ALL[before + route]
        else:
            yield re.sub(r"<\w+:(\w+)>", r"<\1>", before + route)


def test_every_address_of_django_has_a_line():
    assert {line.split()[1] for line in TABLE["web"]} == set(django_routes())


def test_every_address_of_rasa_and_of_the_action_server_has_a_line():
    rasa, actions = inner_routes()
    assert set(TABLE["rasa"]) == rasa
    assert set(TABLE["actions"]) == actions


@pytest.mark.parametrize("line", TABLE["web"])
def test_everybody_gets_what_the_table_says(line: str, scene: Scene, stack: Stack):
    method, route = line.split()
    if method == "DELETE":  # of a conversation that nobody needs any more
        erased = Customer(stack.base_url)
        scene = Scene({**scene.callers, "customer": erased.http}, {**scene.parts, "conversation_id": erased.id})
    got = {caller: scene.call(caller, method, route) for caller in TABLE["callers"]}
    assert got == dict(zip(TABLE["callers"], TABLE["web"][line], strict=True))


def test_no_form_of_the_desk_is_taken_without_its_token(scene: Scene):
    for line in TABLE["web"]:
        method, route = line.split()
        if method == "POST" and route.startswith("/desk/"):
            assert {scene.call(caller, method, route, form_token=False) for caller in TABLE["callers"]} == {403}, line


@pytest.mark.parametrize("process", INNER)
def test_the_inner_processes_want_the_token(process: str, stack: Stack):
    url = f"http://127.0.0.1:{stack.settings[INNER[process]]}"
    with httpx.Client(base_url=url, trust_env=False, timeout=20, verify=False) as http:
        for line, door in TABLE[process].items():
            method, path = line.split()
            for token in ({}, {"Authorization": f"Bearer {stack.token[:-1]}x"}):
                answer = http.request(method, re.sub("<.*?>", "x", path), headers=token, params=query(token))
                assert answer.status_code == expected(door, bool(token)), line


def expected(door: str, has_wrong_token: bool) -> int:
    return {"open": 200, "token": 401, "machine": 404 if has_wrong_token else 200}[door]


def query(token: dict[str, str]) -> dict[str, str]:
    """Rasa's own API takes its token as a parameter: a wrong one there too."""
    return {"token": "wrong"} if token else {}


@pytest.mark.parametrize("process", INNER)
def test_the_inner_processes_listen_on_127_0_0_1_and_nowhere_else(process: str, stack: Stack):
    port = int(stack.settings[INNER[process]])
    with socket.create_connection(("127.0.0.1", port), 5):
        pass
    for other in ("127.0.0.2", "::1", *own_addresses()):
        with pytest.raises(OSError, match=r"refused|not available|unreachable|not permitted"):
            socket.create_connection((other, port), 2).close()


def own_addresses() -> set[str]:
    """Under which names other machines know this one."""
    try:
        found = socket.getaddrinfo(socket.gethostname(), None, type=socket.SOCK_STREAM)
    except OSError:
        return set()
    return {str(entry[4][0]) for entry in found} - {"127.0.0.1"}


def inner_routes() -> tuple[set[str], set[str]]:
    """Rasa's with our channel in it, and the action server's, as METHOD /path."""
    from rasa.core.channels import channel
    from rasa.server import create_app

    from actions.__main__ import create_server
    from channels.conversation import ConversationInput

    rasa = create_app(None)
    channel.register([ConversationInput("t")], rasa, "/webhooks/")
    return routes_of(rasa), routes_of(create_server("t"))


def routes_of(app: Any) -> set[str]:
    """METHOD /path of a Sanic application."""
    routes = app.router.routes_all.values()
    plain = [(method, re.sub(r"<(\w+):\w+>", r"<\1>", route.path)) for route in routes for method in route.methods]
    return {f"{method} /{path}" for method, path in plain if method != "OPTIONS"}
