"""Two that start something at once never get the same port, nor one that a connection may leave by."""

import socket
import subprocess
import sys
import tempfile
from pathlib import Path

import pytest

from support.run import free_ports
from support.run.environment import ROOT

MANY = "from support.run.free_ports import free_port; print(*(free_port() for _ in range(200)))"


@pytest.fixture
def row(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A row of this test's own, for the processes it starts, too."""
    monkeypatch.setenv("TMPDIR", str(tmp_path))
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    return free_ports._row()


def test_processes_that_ask_at_once_get_different_ones(row: Path) -> None:
    asking = [subprocess.Popen([sys.executable, "-c", MANY], cwd=ROOT, stdout=subprocess.PIPE) for _ in range(4)]
    given = [int(port) for process in asking for port in process.communicate()[0].split()]
    assert len(given) == len(set(given)) == 800
    assert free_ports.FIRST <= min(given) <= max(given) < int(row.read_text())


def test_none_that_is_listened_on(row: Path) -> None:
    with socket.create_server(("127.0.0.1", free_ports.free_port())) as door:
        taken = door.getsockname()[1]
        row.write_text(str(taken))
        assert free_ports.free_port() == taken + 1
        row.write_text(str(taken - 1))
        assert free_ports.free_ports(3) == [taken + 1, taken + 2, taken + 3]


def test_after_the_last_comes_the_first(row: Path) -> None:
    row.write_text(str(free_ports.LAST))
    assert free_ports.free_ports(2)[0] < free_ports.LAST - 2
    row.write_text(str(free_ports.LAST + 1))
    assert free_ports.free_port() <= free_ports.LAST


def test_none_by_which_connections_leave() -> None:
    lowest = int(Path("/proc/sys/net/ipv4/ip_local_port_range").read_text().split()[0])
    assert lowest > free_ports.LAST, "connections leave by lower ports here: choose lower ones"


def test_so_many_are_never_there(row: Path) -> None:
    with pytest.raises(OSError, match="no 30000 free ports in a row"):
        free_ports.free_ports(30_000)
