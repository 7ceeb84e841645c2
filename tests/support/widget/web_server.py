"""The real web process on a port of its own, and a customer who talks to it."""

import os
import signal
import subprocess
import sys
import uuid
from pathlib import Path
from typing import Any

import httpx

from support.run.free_ports import free_port
from tests.servers.own_database import own_database
from tests.servers.programs import until
from tests.support.widget.rasa_double import TOKEN

ROOT = Path(__file__).resolve().parents[3]


class WebServer:
    """uvicorn with support.asgi, on a database of its own."""

    def __init__(self, folder: Path, rasa_port: int, database: str = "", **settings: str) -> None:
        """database: the address of one that is up to date; without it an empty one is made, and filled by prepare."""
        folder.mkdir(parents=True, exist_ok=True)
        self.folder, self.port, self.process, self.is_new = folder, free_port(), None, not database
        self.database = database or own_database(folder)
        self.url = f"http://127.0.0.1:{self.port}"
        self.environ = {
            **{name: value for name, value in os.environ.items() if not name.startswith("SUPPORT_")},
            "DJANGO_SETTINGS_MODULE": "support.settings",
            "SUPPORT_VAR": str(folder),
            "SUPPORT_DATABASE_URL": self.database,
            "SUPPORT_PHOTOS_DIR": str(folder / "photos"),
            "SUPPORT_DOMAIN": str(folder / "domain.yml"),
            "SUPPORT_RASA_URL": f"http://127.0.0.1:{rasa_port}",
            "SUPPORT_INTERNAL_TOKEN": TOKEN,
            "SUPPORT_TURN_LEASE_S": "2",
            "SUPPORT_HOURS": "00:00-00:00",
            **settings,
        }

    def prepare(self, domain: str) -> None:
        (self.folder / "domain.yml").write_text(domain)
        if self.is_new:
            migrate = [sys.executable, "-m", "django", "migrate", "-v0"]
            subprocess.run(migrate, check=True, cwd=ROOT, env=self.environ)

    def start(self) -> None:
        command = [
            sys.executable,
            "-m",
            "uvicorn",
            "support.asgi:application",
            "--port",
            str(self.port),
            "--ws",
            "none",
        ]
        command += ["--log-level", "warning", "--timeout-graceful-shutdown", "2"]
        with (self.folder / "log").open("ab") as output:
            self.process = subprocess.Popen(command, cwd=ROOT, env=self.environ, stdout=output, stderr=output)
        until(self._is_up, 60)

    def _is_up(self) -> bool:
        assert self.process.poll() is None, self.log()
        try:
            return httpx.get(f"{self.url}/health", verify=False).status_code == 200
        except httpx.HTTPError:
            return False

    def stop(self, how: int = signal.SIGTERM) -> int:
        self.process.send_signal(how)
        return self.process.wait(10)

    def log(self) -> str:
        return (self.folder / "log").read_text()


class Customer:
    """One conversation over the chat API."""

    def __init__(self, url: str, **start: Any) -> None:
        self.http = httpx.Client(base_url=f"{url}/chat/api", timeout=20, verify=False)
        started = self.http.post("/conversations", json=start).json()
        self.id, self.token = started["id"], started["token"]
        self.http.headers["Authorization"] = f"Bearer {self.token}"
        self.path = f"/conversations/{self.id}"

    def post(self, **body: Any) -> httpx.Response:
        return self.http.post(f"{self.path}/messages", json={"client_id": str(uuid.uuid4()), **body})

    def read(self, after: int = 0) -> dict[str, Any]:
        return self.http.get(f"{self.path}/messages", params={"after": after}).json()

    def upload(self, content: bytes, name: str = "photo.jpg") -> httpx.Response:
        return self.http.post(f"{self.path}/photos", files={"file": (name, content)})

    def settled(self, within_s: float = 30) -> list[dict[str, Any]]:
        """All messages, once the assistant has said all it has to say."""
        moment = until(lambda: (now := self.read()) and not now["working"] and now, within_s)
        return moment["messages"]

    def say(self, text: str, within_s: float = 30) -> str:
        """The last thing the assistant says to this."""
        assert self.post(text=text).status_code == 202
        return self.settled(within_s)[-1]["text"]

    def texts(self) -> list[str]:
        return [message["text"] for message in self.read()["messages"]]
