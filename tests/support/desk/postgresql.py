"""A PostgreSQL of the tests' own, on loopback: an empty cluster in a folder of its own."""

import getpass
import os
import pwd
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from tests.support.widget.web_server import free_port

OPTIONS = "-p {port} -h 127.0.0.1 -k {folder} -F"


@contextmanager
def running_postgresql() -> Iterator[str]:
    """Its address as SUPPORT_DATABASE_URL takes it. PostgreSQL refuses to run as root: then it runs as `nobody`."""
    user = "nobody" if os.getuid() == 0 else getpass.getuser()
    with tempfile.TemporaryDirectory(prefix="postgresql-") as name:
        folder, port = Path(name), free_port()
        if os.getuid() == 0:
            shutil.chown(folder, user, pwd.getpwnam(user).pw_gid)

        def run(program: str, *arguments: str) -> None:
            command = [_program(program), "-D", str(folder / "cluster"), *arguments]
            done = subprocess.run(command, user=user, cwd=folder, capture_output=True, text=True)
            assert done.returncode == 0, done.stdout + done.stderr

        run("initdb", "--no-sync", "--auth=trust", "--username=support")
        options = OPTIONS.format(port=port, folder=folder)
        run("pg_ctl", "start", "-w", "-l", str(folder / "log"), "-o", options)
        try:
            yield f"postgres://support@127.0.0.1:{port}/postgres"
        finally:
            run("pg_ctl", "stop", "-m", "immediate")


def _program(name: str) -> str:
    """Debian has them beside PATH, by version."""
    folders = [str(path) for path in sorted(Path("/usr/lib/postgresql").glob("*/bin"), reverse=True)]
    found = shutil.which(name, path=os.pathsep.join([*folders, os.environ.get("PATH", "")]))
    assert found, f"no {name}: ./setup.sh database says how to get it"
    return found
