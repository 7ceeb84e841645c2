"""What runs: each process with its command and the address that says it is well."""

from __future__ import annotations

import sys
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

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


def processes(values: Mapping[str, str], model: Path) -> dict[str, Process]:
    """The four processes by name, for these settings and this model."""
    mailroom_port = values["SUPPORT_MAILROOM_PORT"]
    web_host, web_port = values["SUPPORT_WEB_HOST"], values["SUPPORT_WEB_PORT"]
    rasa_port, actions_port = values["SUPPORT_RASA_PORT"], values["SUPPORT_ACTIONS_PORT"]
    token = values["SUPPORT_INTERNAL_TOKEN"]
    rasa = ("rasa", "run", "--quiet", "--enable-api", "--auth-token=env:SUPPORT_INTERNAL_TOKEN")
    rasa += ("--interface", "127.0.0.1", "--port", rasa_port, "--model", str(model))
    rasa += ("--credentials", "credentials.yml", "--endpoints", "endpoints.yml")
    web = ("uvicorn", "support.asgi:application", "--host", web_host, "--port", web_port)
    web += (
        "--no-access-log",
        "--log-level",
        "warning",
        "--ws",
        "none",
        "--no-proxy-headers",
        "--timeout-graceful-shutdown",
        str(SSE_SECONDS),
        "--timeout-keep-alive",
        str(IDLE_SECONDS),
    )
    return {
        process.name: process
        for process in (
            Process("rasa", (*TETHERED, *rasa), f"http://127.0.0.1:{rasa_port}/status?token={token}", 180),
            Process("actions", (*TETHERED, "actions"), f"http://127.0.0.1:{actions_port}/health", 60),
            Process("mailroom", (*TETHERED, "support.mail"), f"http://127.0.0.1:{mailroom_port}/health", 60),
            Process("web", (*TETHERED, *web), f"http://{reachable(web_host)}:{web_port}/health", 60),
        )
    }


def reachable(host: str) -> str:
    """Where this machine itself reaches a server that listens on host."""
    if host in ("0.0.0.0", "::"):
        return "127.0.0.1"
    return f"[{host}]" if ":" in host else host
