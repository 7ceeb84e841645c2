"""What runs: each process with its command and the address that says it is well."""

from __future__ import annotations

import sys
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from support.run.environment import reachable

TETHERED = (sys.executable, "-m", "support.run.tether")
SSE_SECONDS = 3  # open event streams are cut after this when the web process stops
IDLE_SECONDS = 75  # a connection closed just as it is used again loses a request: nginx keeps idle ones for 60


@dataclass(frozen=True)
class Process:
    """command: without a secret. health: answers 200 once the process can work; may hold the token: never shown."""

    name: str
    command: tuple[str, ...]
    health: str
    start_seconds: int  # how long a start may take at most
    environ: Mapping[str, str] = field(default_factory=dict)  # beside that of all processes


def processes(values: Mapping[str, str], model: Path) -> dict[str, Process]:
    """All processes by name, for these settings and this model: of web, rasa and actions as many as are set."""
    made = (*_rasas(values, model), *_action_servers(values), _mailroom(values), *_webs(values))
    return {process.name: process for process in made}


def _rasas(values: Mapping[str, str], model: Path) -> Iterator[Process]:
    host = values["SUPPORT_INNER_HOST"]
    for name, port in _names("rasa", values["SUPPORT_RASA_PORT"], values["SUPPORT_RASA_PROCESSES"]):
        command = ("support.run.rasa", "run", "--quiet", "--enable-api", "--auth-token=env:SUPPORT_INTERNAL_TOKEN")
        command += ("--interface", host, "--port", port, "--model", str(model))
        command += ("--credentials", "credentials.yml", "--endpoints", "endpoints.yml")
        health = f"http://{reachable(host)}:{port}/status?token={values['SUPPORT_INTERNAL_TOKEN']}"
        yield Process(name, (*TETHERED, *command), health, 180)


def _action_servers(values: Mapping[str, str]) -> Iterator[Process]:
    for name, port in _names("actions", values["SUPPORT_ACTIONS_PORT"], values["SUPPORT_ACTIONS_PROCESSES"]):
        yield Process(name, (*TETHERED, "actions"), _inner_health(values, port), 60, {"SUPPORT_ACTIONS_PORT": port})


def _mailroom(values: Mapping[str, str]) -> Process:
    health = _inner_health(values, values["SUPPORT_MAILROOM_PORT"])
    return Process("mailroom", (*TETHERED, "support.mail"), health, 60)


def _inner_health(values: Mapping[str, str], port: str) -> str:
    return f"http://{reachable(values['SUPPORT_INNER_HOST'])}:{port}/health"


def _webs(values: Mapping[str, str]) -> Iterator[Process]:
    host = values["SUPPORT_WEB_HOST"]
    for name, port in _names("web", values["SUPPORT_WEB_PORT"], values["SUPPORT_WEB_PROCESSES"]):
        command = ("uvicorn", "support.asgi:application", "--host", host, "--port", port)
        command += ("--no-access-log", "--log-level", "warning", "--ws", "none", "--no-proxy-headers")
        command += ("--timeout-graceful-shutdown", str(SSE_SECONDS), "--timeout-keep-alive", str(IDLE_SECONDS))
        yield Process(name, (*TETHERED, *command), f"http://{reachable(host)}:{port}/health", 60)


def _names(kind: str, first_port: str, count: str) -> Iterator[tuple[str, str]]:
    """The name and the port of each process of this kind: web, web-2, web-3, …"""
    for place in range(int(count)):
        yield f"{kind}-{place + 1}" if place else kind, str(int(first_port) + place)
