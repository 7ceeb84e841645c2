"""What every server of the tests needs: its program, a folder, a user that it runs as."""

import getpass
import os
import pwd
import shutil
import subprocess
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any


def program(name: str, folders: Sequence[str] = ()) -> str:
    """Where this program is; Debian has some beside PATH."""
    found = shutil.which(name, path=os.pathsep.join([*folders, os.environ.get("PATH", ""), "/usr/sbin"]))
    assert found, f"no {name}: ./setup.sh servers says how to get it"
    return found


def user_for_servers() -> str:
    """Root starts servers as `nobody`, as some insist on."""
    return "nobody" if os.getuid() == 0 else getpass.getuser()


@contextmanager
def own_folder(prefix: str) -> Iterator[Path]:
    """A folder that this user may write in, gone afterwards."""
    with tempfile.TemporaryDirectory(prefix=prefix, ignore_cleanup_errors=True) as name:
        user = user_for_servers()
        if os.getuid() == 0:
            shutil.chown(name, user, pwd.getpwnam(user).pw_gid)
        yield Path(name)


def run_as(user: str, command: Sequence[str], folder: Path) -> None:
    """Runs it to its end. Raises AssertionError with what it said."""
    done = subprocess.run(command, user=user, cwd=folder, capture_output=True, text=True)
    assert done.returncode == 0, done.stdout + done.stderr


def until(claim: Callable[[], Any], within_s: float = 30, said: Callable[[], str] = str) -> Any:
    """What `claim` returns once it is true. Raises AssertionError with what was `said` meanwhile."""
    end = time.monotonic() + within_s
    while not (result := claim()):
        assert time.monotonic() < end, f"not within {within_s} s: {said()}"
        time.sleep(0.02)
    return result
