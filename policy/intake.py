"""Facts from JSON text, with the errors a person can act on."""

from __future__ import annotations

import json
import math
from typing import Any

from policy.facts import BadFacts, Facts, parse_facts
from policy.values import named, shown

LONGEST_NUMBER = 400  # digits; longer ones fit no fact


_ONE = "one JSON object"


def facts_from_json(text: str) -> Facts:
    """The facts written in one JSON object.

    Raises BadFacts: no JSON, not an object, a key written twice, or what `parse_facts` refuses.
    """
    try:
        written = json.loads(text, object_pairs_hook=_unique, parse_int=_integer)
    except json.JSONDecodeError as error:
        raise BadFacts("facts", f"no JSON ({error.msg}, line {error.lineno} column {error.colno})", _ONE) from error
    except RecursionError as error:
        raise BadFacts("facts", "brackets nested too deep", _ONE) from error
    if not isinstance(written, dict):
        raise BadFacts("facts", shown(written), _ONE)
    return parse_facts(written)


def _unique(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found: dict[str, Any] = {}
    for key, value in pairs:
        if key in found:
            raise BadFacts(named(key), "the key twice", "one value")
        found[key] = value
    return found


def _integer(digits: str) -> int | float:
    return int(digits) if len(digits) <= LONGEST_NUMBER else math.inf
