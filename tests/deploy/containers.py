"""The services of deploy/compose.yml as processes of this machine, each on a loopback address of its own."""

from __future__ import annotations

import os
import socket
import subprocess
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from support.run.environment import ROOT
from support.run.free_ports import free_port
from tests.deploy.composition import DEPLOY, OURS, command_of, composition, not_in_the_image, settings_of
from tests.servers.confined import confined
from tests.servers.programs import own_folder, program, run_as, until, user_for_servers

NETWORK = {name: f"127.83.{os.getpid() % 250}.{place}" for place, name in enumerate(OURS, start=1)}
ANYWHERE = "0.0.0.0"
IMAGE_PACKAGES = Path(__file__).parent / "image_packages"


class Containers:
    """data: the folder that is the volume. servers: what the addresses of PostgreSQL, Redis and RabbitMQ are here."""

    def __init__(self, data: Path, servers: dict[str, str]) -> None:
        self.data, self._servers = data, servers
        self.running: dict[str, subprocess.Popen[bytes]] = {}
        self.reload_nginx: Callable[[], None] = lambda: None
        self.nginx_port = free_port()
        self.url = f"http://localhost:{self.nginx_port}"  # as example.env has it in SUPPORT_ALLOWED_HOSTS

    def settings(self, service: str) -> dict[str, str]:
        """The service's settings; hosts are addresses of this machine, and /data is the folder."""
        mapped = {name: self._here(value, service) for name, value in settings_of(service).items()}
        return mapped | {name: value for name, value in self._servers.items() if name in mapped}

    def _here(self, value: str, service: str) -> str:
        if value in (ANYWHERE, "/data"):
            return {ANYWHERE: NETWORK[service], "/data": str(self.data)}[value]
        for name, address in NETWORK.items():
            value = value.replace(f"//{name}:", f"//{address}:")
        return value

    def start(self, service: str) -> subprocess.Popen[bytes]:
        """Starts its command, which can write to the volume and to /tmp; returns at once."""
        described = composition()["services"][service]
        assert described["read_only"]
        with self.log_file(service).open("ab") as log:
            self.running[service] = subprocess.Popen(
                confined([str(DEPLOY / "support"), *command_of(service)], [*described["tmpfs"], str(self.data)]),
                cwd=ROOT,
                env=self._environ(service),
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=subprocess.STDOUT,
                start_new_session=True,
            )
        return self.running[service]

    def stop(self, service: str) -> int:
        """SIGTERM, as Compose and Kubernetes send it; its exit code within the time that the file gives it."""
        process = self.running.pop(service)
        process.terminate()
        return process.wait(float(composition()["services"][service]["stop_grace_period"].removesuffix("s")))

    def is_healthy(self, service: str) -> bool:
        """What its own health check says."""
        process = self.running[service]
        assert process.poll() is None, self.log(service)
        _, name, *arguments = composition()["services"][service]["healthcheck"]["test"]
        command = [str(DEPLOY / name), *arguments]
        return subprocess.run(command, cwd=ROOT, env=self._environ(service), capture_output=True).returncode == 0

    def log_file(self, service: str) -> Path:
        return self.data / f"{service}.log"

    def log(self, service: str) -> str:
        return self.log_file(service).read_text()

    def _environ(self, service: str) -> dict[str, str]:
        kept = {name: value for name, value in os.environ.items() if not name.startswith("SUPPORT_")}
        kept["PATH"] = f"{ROOT / '.venv' / 'bin'}:{kept['PATH']}"
        kept["PYTHONPATH"] = f"{IMAGE_PACKAGES}:{ROOT}"
        return {**kept, "NOT_IN_THE_IMAGE": " ".join(not_in_the_image()), **self.settings(service)}


@contextmanager
def running_nginx(port: int) -> Iterator[Callable[[], None]]:
    """The nginx of the compose file, by its command, with the files it is given; only addresses are others.

    Gives what makes it read them anew, as docs/operating.md has it.
    """
    described = composition()["services"]["nginx"]
    with own_folder("compose-nginx-") as folder:
        for ours, there, _ in (volume.split(":") for volume in described["volumes"]):
            text = (DEPLOY / ours).read_text().replace("listen 8080;", f"listen 127.0.0.1:{port};")
            for name, address in NETWORK.items():
                text = text.replace(f"server {name}:", f"server {address}:")
            (folder / Path(there).name).write_text(text)
        places = {"/tmp": str(folder), "/etc/nginx/nginx.conf": str(folder / "nginx.conf")}
        command = [program("nginx"), *(places.get(word, word) for word in described["command"][1:])]
        run_as(user_for_servers(), [*command[:-2], "-t"], folder)
        running = subprocess.Popen(command, user=user_for_servers(), cwd=folder)
        try:
            until(lambda: _listens("127.0.0.1", port))
            yield lambda: run_as(user_for_servers(), [*command[:-2], "-s", "reload"], folder)
        finally:
            running.terminate()
            running.wait(10)


def _listens(host: str, port: int) -> bool:
    with socket.socket() as probe:
        return probe.connect_ex((host, port)) == 0


def all_started(containers: Containers) -> None:
    """In the order of the file: first the tables, then everybody, until each is healthy."""
    assert containers.start("prepare").wait(120) == 0, containers.log("prepare")
    others = [service for service in OURS if service != "prepare"]
    for service in others:
        containers.start(service)
    for service in others:
        until(lambda service=service: containers.is_healthy(service), 180)
