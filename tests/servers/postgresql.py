"""A PostgreSQL of the tests' own, on loopback: an empty cluster in a folder of its own."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import psycopg2

from support.run.free_ports import free_port
from tests.servers.programs import own_folder, program, run_as, user_for_servers

OPTIONS = "-p {port} -h 127.0.0.1 -k {folder} -F"
FOLDERS = [str(path) for path in sorted(Path("/usr/lib/postgresql").glob("*/bin"), reverse=True)]


class PostgreSQL:
    """A cluster. Its addresses are as SUPPORT_DATABASE_URL and SUPPORT_TRACKER_URL take them."""

    def __init__(self, folder: Path) -> None:
        self.folder, self.port = folder, free_port()

    def start(self) -> None:
        options = OPTIONS.format(port=self.port, folder=self.folder)
        self._run("pg_ctl", "start", "-w", "-l", str(self.folder / "log"), "-o", options)

    def stop(self, mode: str = "immediate") -> None:
        self._run("pg_ctl", "stop", "-m", mode)

    def initialise(self) -> None:
        self._run("initdb", "--no-sync", "--auth=trust", "--username=support")

    def address(self, database: str = "postgres") -> str:
        return f"postgresql://support@127.0.0.1:{self.port}/{database}"

    def create(self, database: str) -> str:
        """An empty database; its address."""
        create(self.address(), database)
        return self.address(database)

    def _run(self, name: str, *arguments: str) -> None:
        """PostgreSQL refuses to run as root."""
        command = [program(name, FOLDERS), "-D", str(self.folder / "cluster"), *arguments]
        run_as(user_for_servers(), command, self.folder)


@contextmanager
def running_postgresql() -> Iterator[PostgreSQL]:
    """One that runs as long as this lasts."""
    with own_folder("postgresql-") as folder:
        server = PostgreSQL(folder)
        server.initialise()
        server.start()
        try:
            yield server
        finally:
            server.stop()


def create(server: str, database: str, template: str = "template1") -> None:
    """A database on the server with this address, as its template is."""
    connection = psycopg2.connect(server)
    connection.autocommit = True
    with connection.cursor() as cursor:
        cursor.execute(f'CREATE DATABASE "{database}" TEMPLATE "{template}"')
    connection.close()
