"""A replay for people: a line for each flip, then what it comes to."""

from collections import Counter
from collections.abc import Iterator
from typing import Any

from policy import Terms
from support.cases.replay import Answer, Flip, Replay
from support.cases.terms_file import differences

PAYERS = {"soocas": "SOOCAS", "customer": "the customer", None: "nobody"}


def replay_sheet(result: Replay, terms: Terms, now_in_force: Terms) -> Iterator[str]:
    """The lines, the flips first."""
    yield from (_flip(flip) for flip in result.flips)
    if result.flips:
        yield ""
    changed = differences(now_in_force, terms)
    told = ", ".join(f"{name} {_shown(old)} -> {_shown(new)}" for name, (old, new) in changed.items())
    yield f"{now_in_force.version} -> {terms.version}: {told or 'the same numbers'}"
    yield f"{len(result.cases)} cases with {result.items} items decided again, {len(result.flips)} answers flip"
    if result.unreadable:
        yield f"{result.unreadable} items left out: their facts cannot be read any more"
    counted = Counter((_short(flip.before), _short(flip.after)) for flip in result.flips)
    for (before, after), count in counted.most_common():
        yield f"  {count:>6}  {before} -> {after}"
    for currency, amount in sorted(result.money.items()):
        yield f"refunds: {amount:+} {currency}"
    for (payer, other), count in sorted(result.legs.items(), key=str):
        yield f"shipping: {count} ways, {PAYERS[payer]} -> {PAYERS[other]}"


def _flip(flip: Flip) -> str:
    before, after = flip.before, flip.after
    why = f" ({', '.join(after.clauses)})" if after.clauses else ""
    money = after.amount - before.amount
    cost = f"  {money:+} {after.currency or before.currency or ''}" if money else ""
    payers = ""
    if before.payers != after.payers:
        payers = f"  shipping: {_ways(before)} -> {_ways(after)}"
    return f"{flip.case}  {flip.item}: {_short(before)} -> {_short(after)}{why}{cost}{payers}"


def _short(answer: Answer) -> str:
    return f"{answer.route or 'request'} {answer.outcome}"


def _ways(answer: Answer) -> str:
    return "/".join(payer or "-" for payer in answer.payers)


def _shown(value: Any) -> str:
    if isinstance(value, frozenset):
        return ", ".join(day.isoformat() for day in sorted(value)) or "none"
    return str(value)
