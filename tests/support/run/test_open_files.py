"""Shells give a program 1,024 open files; a web process with more chats than that needs more."""

import subprocess
import sys

import pytest

PROGRAM = """
import resource, sys
from support.run import claims
soft, hard, claims.OPEN_FILES = map(int, sys.argv[1:])
resource.setrlimit(resource.RLIMIT_NOFILE, (soft, hard))
claims.allow_open_files()
print(*resource.getrlimit(resource.RLIMIT_NOFILE))
"""


@pytest.mark.parametrize(
    ("soft", "hard", "most", "then"),
    [(64, 512, 256, 256), (64, 128, 256, 128), (300, 512, 256, 300), (256, 512, 256, 256)],
)
def test_the_limit_is_raised_as_far_as_it_may_be_and_never_lowered(soft, hard, most, then):
    given = [sys.executable, "-c", PROGRAM, *map(str, (soft, hard, most))]
    assert subprocess.run(given, capture_output=True, text=True, check=True).stdout.split() == [str(then), str(hard)]


def test_what_is_started_has_the_higher_limit(tmp_path):
    program = "import asyncio, resource, sys\nfrom support.run import child, claims\n"
    program += "resource.setrlimit(resource.RLIMIT_NOFILE, (64, 512))\nclaims.allow_open_files()\n"
    program += "limit = 'import resource; print(resource.getrlimit(resource.RLIMIT_NOFILE)[0])'\n"
    program += "async def started():\n"
    program += "    running = await child.launch((sys.executable, '-c', limit), '.', {})\n"
    program += "    print((await running.stdout.read()).decode())\n"
    program += "asyncio.run(started())"
    told = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    assert told.stdout.split() == ["512"]
