"""What a run of scripted customers comes to."""

from __future__ import annotations

import statistics
from collections import Counter
from collections.abc import Sequence

from tests.customers.manners import MANNERS
from tests.customers.run import Result

EXTRA_MAX = 1.0
ANSWER_MS_MAX = 100.0


def failure(result: Result) -> str:
    """A failing conversation, whole."""
    problems = "\n".join(f"  ✗ {problem}" for problem in result.problems)
    return f"\n{result.pair.name}\n{problems}\n{result.transcript}\n"


def table(results: Sequence[Result]) -> str:
    """One line a manner, and one for all."""
    head = f"{'manner':16}{'passed':>12}{'messages':>10}{'beyond':>8}{'repeated':>10}{'median ms':>11}{'p95 ms':>9}"
    rows = [_row(manner.name, [r for r in results if MANNERS[r.pair.manner] is manner]) for manner in MANNERS]
    return "\n".join([head, *(row for row in rows if row), _row("all", results)])


def summary(results: Sequence[Result]) -> str:
    """Each goal of the run, and whether it was reached."""
    passed = sum(result.passed for result in results)
    extra = statistics.mean(result.extra for result in results)
    repeated = Counter(fact for result in results for fact, _ in result.repeated)
    median = statistics.median(_all_ms(results))
    named = ", ".join(f"{fact} {times}×" for fact, times in repeated.most_common()) or "none"
    lines = [
        (passed == len(results), f"{passed} of {len(results)} customers got what the policy gives them"),
        (extra <= EXTRA_MAX, f"{extra:.2f} questions beyond the policy's minimum, on average (at most {EXTRA_MAX:g})"),
        (not repeated, f"questions asked again although answered: {named}"),
        (median <= ANSWER_MS_MAX, f"median answer {median:.0f} ms (at most {ANSWER_MS_MAX:g})"),
    ]
    return "\n".join(f"{'✓' if reached else '✗'} {text}" for reached, text in lines)


def misunderstood(results: Sequence[Result]) -> str:
    """Each answer after which its question came again, and whose it was."""
    return "\n".join(f"{fact:28} {said}   ({result.pair.name})" for result in results for fact, said in result.repeated)


def _row(name: str, results: Sequence[Result]) -> str:
    if not results:
        return ""
    ms = _all_ms(results)
    passed = f"{sum(result.passed for result in results)}/{len(results)}"
    messages = statistics.mean(result.messages for result in results)
    extra = statistics.mean(result.extra for result in results)
    repeated = sum(len(result.repeated) for result in results)
    p95 = ms[min(len(ms) - 1, int(len(ms) * 0.95))]
    median = statistics.median(ms)
    return f"{name:16}{passed:>12}{messages:>10.1f}{extra:>8.2f}{repeated:>10}{median:>11.0f}{p95:>9.0f}"


def _all_ms(results: Sequence[Result]) -> list[float]:
    return sorted(ms for result in results for ms in result.answer_ms) or [0.0]
