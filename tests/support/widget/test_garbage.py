"""What lives long is looked through for garbage once; what becomes garbage later goes all the same, in the end."""

import subprocess
import sys

from support.run.environment import ROOT

BEFORE = """
import gc, weakref
from support.widget.garbage import COUNT_EVERY, look_through_once

class Circle:
    def __init__(self):
        self.itself = self

look_through_once()
"""


def said(code: str) -> str:
    """What a Python of its own prints: another's garbage is not touched."""
    run = subprocess.run([sys.executable, "-c", BEFORE + code], cwd=ROOT, capture_output=True, text=True)
    assert run.returncode == 0, run.stderr
    return run.stdout.strip()


def test_what_survived_a_look_is_not_looked_through_again() -> None:
    assert (
        said("""
lasting = [Circle() for _ in range(1000)]
before = sum(isinstance(each, Circle) for each in gc.get_objects())
gc.collect()
print(before, sum(isinstance(each, Circle) for each in gc.get_objects()))
""")
        == "1000 0"
    )


def test_a_circle_that_is_let_go_of_before_a_look_goes_with_it() -> None:
    assert (
        said("""
circle = weakref.ref(Circle())
gc.collect()
print(circle())
""")
        == "None"
    )


def test_a_circle_that_was_set_aside_goes_once_twice_as_much_has_gathered() -> None:
    assert (
        said("""
lasting = [Circle() for _ in range(gc.get_freeze_count())]
circle = weakref.ref(lasting[0])
gc.collect()
del lasting[0]
looks = 1
while circle() and looks < 100:
    gc.collect()
    looks += 1
print(looks == COUNT_EVERY)
""")
        == "True"
    )


def test_as_long_as_little_has_gathered_nothing_is_looked_through_twice() -> None:
    assert (
        said("""
lasting = [Circle()]
for _ in range(3 * COUNT_EVERY):
    gc.collect()
print(any(isinstance(each, Circle) for each in gc.get_objects()))
""")
        == "False"
    )
