"""Feeds every parser of strangers' bytes with nearly right ones. Run: python -m benchmarks.fuzz SECONDS [NAME …]

Prints for each parser how many inputs it read, how long the slowest took (CPU), and by how much the process grew.
It ends with 1 if an input made a parser fail or take longer than LONG_S; hypothesis makes it small and prints it.
"""

from __future__ import annotations

import os
import random
import resource
import sys
import time
import warnings

import django
from hypothesis import HealthCheck, Phase, given, seed, settings

LONG_S = 2.0
EXAMPLES_AT_ONCE = 2000


def main() -> int:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "support.settings")
    django.setup()
    warnings.simplefilter("ignore")  # Pillow about broken notes of cameras
    from tests.security.parsers import PARSERS

    seconds = float(sys.argv[1]) if len(sys.argv) > 1 else 60
    names = sys.argv[2:] or list(PARSERS)
    print(f"{'parser':24}{'inputs':>10}{'a second':>10}{'slowest':>10}{'memory':>10}")
    return max([feed(name, seconds / len(names)) for name in names])


def feed(name: str, seconds: float) -> int:
    """0 if this parser read everything for so long; else 1, and what made it fail is printed."""
    from tests.security.mutations import inputs
    from tests.security.parsers import PARSERS

    parser, count, slowest, until = PARSERS[name], 0, 0.0, time.monotonic() + seconds
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    result = 0

    def read(raw: bytes) -> None:
        nonlocal count, slowest
        began = time.process_time()
        if time.monotonic() > until and not result:
            return
        parser.read(raw)
        took = time.process_time() - began
        count, slowest = count + 1, max(slowest, took)
        assert took < LONG_S, f"took {took:.1f} s"

    once = {"deadline": None, "database": None, "suppress_health_check": list(HealthCheck)}
    check = settings(max_examples=EXAMPLES_AT_ONCE, phases=(Phase.generate, Phase.shrink), **once)
    while time.monotonic() < until and not result:
        try:
            seed(random.randrange(2**32))(check(given(inputs(parser))(read)))()
        except Exception as error:
            result = 1
            print(f"{name}: {type(error).__name__}: {error}", *getattr(error, "__notes__", ()), sep="\n")
    grown = (resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before) // 1024
    print(f"{name:24}{count:>10}{count / seconds:>10.0f}{slowest:>9.3f}s{grown:>7} MB", flush=True)
    return result


if __name__ == "__main__":
    sys.exit(main())
