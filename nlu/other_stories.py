"""What a phrase seems to state and the words around it take back: a stranger's use, an earlier toothbrush, a link."""

from __future__ import annotations

import re
from collections.abc import Callable

from nlu.claim_words import PARTS, THING
from nlu.clauses import Clause
from nlu.found import Found

_ON_ARRIVAL = re.compile(
    r"\b(?:arriv|deliver|parcel|unpack|shipping|transit|courier|came (?!in)|received|recieved|out of the box)"
)
_SOMEBODY_ELSE = re.compile(
    r"\b(?:someone|somebody|another customer|they|previous owner|clearly been|already been|when it (?:came|arrived))\b"
)
_ACCIDENT = re.compile(
    r"\b(?:drop|fall|fell\b|wet\b|soak|submerge|rain\b|repaired|fixed|solder|took (?:it )?apart|hit\b|kick|slam|stepped"
    r"|sat on|smash|washing machine|bath\b|bathtub|pool\b|played with|voltage|lightning|power cut"
    r"|surge|water (?:got|came|went))"
)
_NEVER_AN_ACCIDENT = re.compile(r"^(?:never|not|nothing|no|there|it had|had|in|under|during|with|did not|\w+n'?t)\b")
_ONLY_A_NO = re.compile(r"(?:\W*\b(?:no|nope|nah|hi|hello|honestly|well|really|not really)\b)*\W*$")
_EARLIER_ONE = re.compile(
    r"\b(?:my|the|our) (?:old|previous|last|other|former|first)\b(?: \w+)? (?:one|toothbrush|brush|flosser|x\d)\b"
    r"|\b(?:my|the|our) (?:old|previous|last|former) (?:one|toothbrush|brush|flosser|x\d)\b"
)
_NO_DEVICE = re.compile(
    r"\b(?:link|app|page|code|coupon|voucher|tracking|log ?in|password|checkout|form|cart|account|chat|bot|e-?mail)\b"
    r"|\b(?:web ?site|site|shop) (?:is|does|did|has|keeps|won't|isn't|doesn't|doesnt)\b"
)
_ANOTHERS = re.compile(
    r"\b(?:friend|neighbou?r|colleague|coworker)'?s (?:\w+ )?(?:toothbrush|brush|flosser|one)\b"
    r"|\b(?:reviews?|i(?:'ve| have)? (?:heard|read)|people say|they say)\b"
)
_HEDGE = re.compile(
    r"\b(?:maybe|might|perhaps|possibly|probably|could be|may be|may have|i (?:think|believe|guess|suppose))\b"
)
_HEDGE_IS_ENOUGH = frozenset({"remedy", "exchange_for", "reason"})
_SIDE_THING = re.compile(r"\b(?:gift|present|charger|manual|case|accessories|spare|refills?)\b[a-z ]{0,12}$")
_HOW_LONG = re.compile(r"\b(?:when|how|kitn[aei]|kab)\b")
_WRAPPING = re.compile(r"\b(?:box|packag\w+|parcel|carton|packing|envelope)\b")
_THING = re.compile(rf"\b{THING}\b")
_EXCEPTION = re.compile(
    rf"(?: (?!and )\w+){{0,3}},?\s+(?:except|apart from|besides|other than|minus|but|only|just)(?: for| not)? {PARTS}"
)
_SPOILT = re.compile(
    r",? (?:but|though|although|only|which)\b[^.!?]{0,25}\b(?:torn|ripped|damaged|crushed|destroyed|broken)"
)
_LATER = re.compile(
    r"\b(?:it|they) (?:will|would|might|may|could|can)\b|\b(?:afraid|worried|fear|scared|hope|hopefully)\b"
)


def is_other_story(one: Found, clause: Clause, message: str) -> bool:
    """Whether the fact is not this customer's after all. message: in lower case, in which clause and fact stand."""
    if one.entity not in _HEDGE_IS_ENOUGH and _HEDGE.search(clause.text):
        return True
    judge = _JUDGES.get((one.entity, one.value)) or _JUDGES.get((one.entity, ""))
    return judge is not None and judge(one, clause, message)


def _on_the_way(one: Found, clause: Clause, message: str) -> bool:
    return bool(_ON_ARRIVAL.search(message))


def _dropped_on_the_way(one: Found, clause: Clause, message: str) -> bool:
    return bool(_ON_ARRIVAL.search(clause.text))


def _used_by_a_stranger(one: Found, clause: Clause, message: str) -> bool:
    return bool(_SOMEBODY_ELSE.search(clause.text))


def _asks_for_the_day(one: Found, clause: Clause, message: str) -> bool:
    return bool(_HOW_LONG.search(clause.text))


def _of_a_side_thing(one: Found, clause: Clause, message: str) -> bool:
    return bool(_SIDE_THING.search(message[clause.start : one.start]))


def _after_an_accident(one: Found, clause: Clause, message: str) -> bool:
    """ "It just stopped" beside a fall tells no cause, nor does "nothing happened" after a button was pressed."""
    words = message[one.start : one.end].strip()
    if re.search(r"\bhappened(?: at all| really| before)*$", words):
        return not _ONLY_A_NO.match(message[: clause.start])
    return not _NEVER_AN_ACCIDENT.match(words) and bool(_ACCIDENT.search(message))


def _with_an_exception(one: Found, clause: Clause, message: str) -> bool:
    return bool(_EXCEPTION.match(message[one.end :]))


def _box_is_spoilt(one: Found, clause: Clause, message: str) -> bool:
    return bool(_SPOILT.match(message[one.end :]))


def _is_no_defect(one: Found, clause: Clause, message: str) -> bool:
    works = "work" in message[one.start : one.end] or "function" in message[one.start : one.end]
    others = any(pattern.search(clause.text) for pattern in (_EARLIER_ONE, _LATER, _ANOTHERS))
    return others or bool(works and _NO_DEVICE.search(message))


def _is_only_the_box(one: Found, clause: Clause, message: str) -> bool:
    before = message[clause.start : one.start]
    return bool(_EARLIER_ONE.search(clause.text) or (_WRAPPING.search(before) and not _THING.search(clause.text)))


def _is_an_answer(one: Found, clause: Clause, message: str) -> bool:
    """ "Only the manual is missing" tells what is left, not why it goes back."""
    return bool(re.search(r"\b(?:only|just)\s*$", message[clause.start : one.start]))


_JUDGES: dict[tuple[str, str], Callable[[Found, Clause, str], bool]] = {
    ("damage_cause", "water"): _on_the_way,
    ("damage_cause", "external"): _on_the_way,
    ("damage_cause", "abuse"): _dropped_on_the_way,
    ("damage_cause", "none"): _after_an_accident,
    ("unused", "true"): _of_a_side_thing,
    ("unused", "false"): _used_by_a_stranger,
    ("contents_complete", "true"): _with_an_exception,
    ("packaging_complete", "true"): _box_is_spoilt,
    ("remedy", "refund"): _asks_for_the_day,
    ("remedy", "replacement"): _asks_for_the_day,
    ("reason", "quality_problem"): _is_no_defect,
    ("reason", "damaged_on_arrival"): _is_only_the_box,
    ("reason", "missing_accessories"): _is_an_answer,
}
