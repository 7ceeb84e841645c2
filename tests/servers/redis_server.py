"""A Redis of the tests' own, on loopback, that keeps nothing: stopped, it has forgotten all."""

import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from redis import Redis, RedisError

from support.run.free_ports import free_port
from tests.servers.programs import own_folder, program, until, user_for_servers


class RedisServer:
    """url: as SUPPORT_REDIS_URL takes it."""

    def __init__(self, folder: Path) -> None:
        self.folder, self.port = folder, free_port()
        self.url = f"redis://127.0.0.1:{self.port}/0"

    def start(self) -> None:
        command = [program("redis-server"), "--port", str(self.port), "--bind", "127.0.0.1", "--save", ""]
        self.process = subprocess.Popen(
            command, user=user_for_servers(), cwd=self.folder, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
        )
        until(self._answers)

    def stop(self) -> None:
        self.process.kill()
        self.process.wait()

    def _answers(self) -> bool:
        try:
            return bool(Redis.from_url(self.url).ping())
        except RedisError:
            return False


@contextmanager
def running_redis() -> Iterator[RedisServer]:
    """One that runs as long as this lasts."""
    with own_folder("redis-") as folder:
        server = RedisServer(folder)
        server.start()
        try:
            yield server
        finally:
            server.stop()
