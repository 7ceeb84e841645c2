"""A RabbitMQ of the tests' own, on loopback, in a folder of its own; what is in its queues outlives a restart."""

import os
import signal
import socket
import subprocess
import uuid
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from support.run.free_ports import free_port
from tests.servers.programs import own_folder, program, until, user_for_servers

FOLDERS = ["/usr/lib/rabbitmq/bin"]  # Debian's own command insists on a user of its own


class RabbitMQ:
    """url: as SUPPORT_BROKER_URL takes it."""

    def __init__(self, folder: Path) -> None:
        self.folder, self.port = folder, free_port()
        self.url = f"amqp://guest:guest@127.0.0.1:{self.port}/"
        self.environ = {
            "PATH": os.environ["PATH"],
            "HOME": str(folder),
            "RABBITMQ_NODENAME": f"support-{uuid.uuid4().hex[:8]}@localhost",
            "RABBITMQ_NODE_IP_ADDRESS": "127.0.0.1",
            "RABBITMQ_NODE_PORT": str(self.port),
            "RABBITMQ_DIST_PORT": str(free_port()),
            "RABBITMQ_MNESIA_BASE": str(folder / "data"),
            "RABBITMQ_LOG_BASE": str(folder / "log"),
            "RABBITMQ_ENABLED_PLUGINS_FILE": str(folder / "plugins"),
            "RABBITMQ_CONF_ENV_FILE": str(folder / "none"),
            "RABBITMQ_CONFIG_FILE": str(folder / "none"),
            "RABBITMQ_ADVANCED_CONFIG_FILE": str(folder / "none"),
            "ERL_EPMD_PORT": str(free_port()),  # a register of names of its own: gone with the rest
            "ERL_EPMD_ADDRESS": "127.0.0.1",
        }

    def start(self) -> None:
        with (self.folder / "said").open("wb") as said:
            self.process = subprocess.Popen(
                [program("rabbitmq-server", FOLDERS)],
                user=user_for_servers(),
                cwd=self.folder,
                env=self.environ,
                stdin=subprocess.DEVNULL,
                stdout=said,
                stderr=said,
                start_new_session=True,
            )
        until(self._answers, 60)

    def stop(self) -> None:
        """At once, as by a power cut; its files stay."""
        with suppress(ProcessLookupError):
            os.killpg(self.process.pid, signal.SIGKILL)
        self.process.wait()
        until(lambda: not self._is_open())
        subprocess.run([program("epmd"), "-kill"], env=self.environ, capture_output=True)

    def _answers(self) -> bool:
        assert self.process.poll() is None, (self.folder / "said").read_text()
        return self._is_open() and "Starting broker... completed" in (self.folder / "said").read_text()

    def _is_open(self) -> bool:
        with socket.socket() as probe:
            return probe.connect_ex(("127.0.0.1", self.port)) == 0


@contextmanager
def running_rabbitmq() -> Iterator[RabbitMQ]:
    """One that runs as long as this lasts."""
    with own_folder("rabbitmq-") as folder:
        server = RabbitMQ(folder)
        server.start()
        try:
            yield server
        finally:
            server.stop()
