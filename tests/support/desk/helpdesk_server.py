"""A real django-helpdesk on loopback: installed once into .tools/helpdesk, each time with a fresh database."""

from __future__ import annotations

import fcntl
import hashlib
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

import httpx

from support.run.free_ports import free_port
from tests.servers.programs import until

PROJECT = Path(__file__).parent / "helpdesk"
TOOLS = Path(__file__).resolve().parents[3] / ".tools" / "helpdesk"
PYTHON = TOOLS / "bin" / "python"
ASSISTANT = "assistant:for-the-assistant"
NORA, OTTO = "2", "3"  # the numbers of their accounts
RESOLVED, CLOSED = 3, 4


def install() -> Path:
    """The database to begin with; under a lock, so that of two test runs one installs."""
    wanted = hashlib.sha256(b"".join(file.read_bytes() for file in sorted(PROJECT.glob("*.*")))).hexdigest()
    database, stamp = TOOLS / "fresh" / "helpdesk.sqlite3", TOOLS / "stamp"
    TOOLS.parent.mkdir(exist_ok=True)
    with (TOOLS.parent / "helpdesk.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not stamp.exists() or stamp.read_text() != wanted:
            shutil.rmtree(TOOLS, ignore_errors=True)
            uv = [sys.executable, "-m", "uv"]
            subprocess.run([*uv, "venv", "--quiet", "--no-project", "--python", sys.executable, TOOLS], check=True)
            packages = ["--quiet", "--require-hashes", "--python", PYTHON, PROJECT / "requirements.txt"]
            subprocess.run([*uv, "pip", "sync", *packages], check=True)
            database.parent.mkdir()
            environ = os.environ | {"HELPDESK_FOLDER": str(database.parent)}
            subprocess.run([PYTHON, PROJECT / "project.py"], check=True, env=environ)
            stamp.write_text(wanted)
    return database


class HelpdeskServer:
    """uvicorn with django-helpdesk, on a database of its own."""

    def __init__(self, folder: Path) -> None:
        shutil.copy(install(), folder / "helpdesk.sqlite3")
        self.folder, self.port, self.process = folder, free_port(), None
        self.url = f"http://127.0.0.1:{self.port}"
        self.address = self.url.replace("//", f"//{ASSISTANT}@") + "/"
        self.api = httpx.Client(base_url=f"{self.url}/api/", auth=tuple(ASSISTANT.split(":")), timeout=20)

    def start(self) -> None:
        command = [PYTHON, "-m", "uvicorn", "project:application", "--port", str(self.port), "--log-level", "warning"]
        environ = {name: value for name, value in os.environ.items() if name != "DJANGO_SETTINGS_MODULE"}
        environ |= {"HELPDESK_FOLDER": str(self.folder)}
        with (self.folder / "log").open("ab") as output:
            self.process = subprocess.Popen(command, cwd=PROJECT, env=environ, stdout=output, stderr=output)
        until(self._is_up, 30)

    def stop(self) -> None:
        self.process.kill()
        self.process.wait(10)

    def tickets(self) -> list[dict[str, Any]]:
        return self.api.get("tickets/", params={"page_size": 500}).raise_for_status().json()["results"]

    def ticket(self, number: int) -> dict[str, Any]:
        return self.api.get(f"tickets/{number}/").raise_for_status().json()

    def comments(self, number: int) -> list[str]:
        return [one["comment"] for one in self.ticket(number)["followup_set"]]

    def _is_up(self) -> bool:
        assert self.process.poll() is None, (self.folder / "log").read_text()
        try:
            return self.api.get("").status_code == 200
        except httpx.HTTPError:
            return False


class HelpdeskAgent:
    """Signed in at the helpdesk's own pages."""

    def __init__(self, server: HelpdeskServer, name: str) -> None:
        self.http = httpx.Client(base_url=server.url, timeout=20)
        self.http.get("/login/")
        self.server = server
        self._send("/login/", username=name, password=f"for-{name}")
        assert "sessionid" in self.http.cookies

    def answers(self, ticket: int, text: str, status: int = 1, public: bool = True) -> None:
        """As with the form below a ticket."""
        known = self.server.ticket(ticket)
        form = {"comment": text, "new_status": status, "title": known["title"], "priority": known["priority"]}
        form |= {"queue": known["queue"], "owner": 0} | ({"public": "1"} if public else {})
        self._send(f"/tickets/{ticket}/update/", **form)
        assert any(re.search(re.escape(text), comment) for comment in self.server.comments(ticket))

    def _send(self, path: str, **form: Any) -> None:
        sent = self.http.post(path, data=form | {"csrfmiddlewaretoken": self.http.cookies["csrftoken"]})
        assert sent.status_code == 302, sent.text
