"""A long message says more than a line: what it wants, reports and asks may stand in different sentences."""

from __future__ import annotations

import re
from typing import Any

from channels.intent import CLEAR, CLEARER, asks_where, by_name, is_clear
from channels.things import Parse

SENTENCE = re.compile(r"(?<=[.!?])\s+|\n+|\s+(?=\(?[1-9]\)\s)")  # "1) the brush is black 2) the flosser leaks"
CLAUSE = re.compile(r",\s+|\s+(?:because|since|but|cause|coz)\s+", re.IGNORECASE)
_ASKS = (
    r"(?:how (?:long|much|many|soon|do|can|does)|who (?:pays|covers|has)|if [^,?]{3,60} (?:who|how|what|when|where)"
    r"|what (?:is|are|about|happens|do)"
    r"|when (?:do|does|will|can|is)|where (?:do|can|is)"
    r"|do (?:i|we) (?:need|have|get|pay)|(?:do|does|will|is|are) (?:you|it|that|this|they|there|the))\b"
)
ASKS = re.compile(_ASKS, re.IGNORECASE)
ASKED_BESIDE = re.compile(  # "I want to return it, how long does that take and who pays the postage?"
    rf"(?:[,;:]\s*(?:and |but |also )?|\s(?:and|but|also) )(?={_ASKS})",
    re.IGNORECASE,
)
MOST_SENTENCES = 14
SHORTEST_WORDS, LONGEST_CHARACTERS = 2, 400
LONG_WORDS = 6  # of fewer, a message in the middle of a request is understood as a whole
REQUESTS = ("start_", "cancel_order")
GOALS = (*REQUESTS, "report_", "check_case_status")
A_PERSON = "talk_to_human"
PERSON = re.compile(
    r"\b(?:humans?|persons?|people|agents?|representatives?|operator|staff|colleague|manager|somebody|someone)\b"
)
QUESTIONS = ("ask_", "track_order", "change_order")
# What a chat message may well be as a whole while one of its sentences says what is wanted.
VAGUE = frozenset({None, "out_of_scope", "give_information", "complain", "greet", "thank", "not_sure"})
SURE = 0.7  # of the goal of one sentence in the chat
CONTRADICTS = 0.6
STATES = ("claim.unused", "claim.packaging_complete", "claim.contents_complete")
CERTAIN, CLEARLY = 0.97, 0.8  # that a sentence answers such a question, and that it reports a problem
POLICY = ("ask_", "change_order")


async def read_whole(parsed: dict[str, Any], text: str, parse: Parse, opens: bool) -> dict[str, Any]:
    """The whole's intent: its request, else what it reports; goals, questions and answers beside it.

    parse: how one sentence is understood. opens: it is a letter, or the message that opens a request. In the middle of
    one, what a message clearly is as a whole it stays; only what its sentences answer is added. A wish for a person,
    wherever it stands, comes first; a message of one sentence stays as it was understood.
    """
    whole = parsed.get("intent") or {}
    is_open = opens or is_vague(whole)
    sentences = _parts(text, whole, opens)
    if len(sentences) < 2 or (whole.get("name") == A_PERSON and _is_sure(whole, 0.0)):
        return parsed
    read = [await parse(sentence) for sentence in sentences]
    found = [(sentence, by_name(one)) for sentence, one in zip(sentences, read, strict=True)]
    sure = [(sentence, one) for sentence, one in found if _is_sure(one, 0.0 if opens else SURE)]
    if any(one.get("name") == A_PERSON and PERSON.search(sentence.casefold()) for sentence, one in sure):
        return {**parsed, "intent": {**whole, "name": A_PERSON, "zone": "accept"}}
    told = [one for sentence, one in found if not _is_question(sentence)]
    topics = [one.get("topic") for (sentence, intent), one in zip(found, read, strict=True) if _asks(sentence, intent)]
    intent = {**whole, "answers": likeliest([whole, *told]), "topics": several_topics(parsed.get("topic"), topics)}
    goals = list(dict.fromkeys(one["name"] for sentence, one in sure if _is(one, GOALS) and _tells(sentence, one)))
    asked = [one["name"] for sentence, one in sure if _is(one, QUESTIONS) and _is_question(sentence)]
    if not is_open or not (goals or asked):
        return {**parsed, "intent": intent}
    requests = [name for name in goals if name.startswith(REQUESTS)]
    leading = [*requests, *goals, *([] if whole.get("zone") == "accept" else asked)]
    intent |= {"also": list(dict.fromkeys([*(whole.get("also") or ()), *asked])), "goals": goals}
    if leading and not (whole.get("zone") == "accept" and whole.get("name") in leading):
        intent |= {"name": leading[0], "zone": "accept"}
    return {**parsed, "intent": intent}


def is_vague(intent: dict[str, Any]) -> bool:
    """Whether a message understood so may well want something that it does not say as a whole."""
    return intent.get("zone", "accept") != "accept" or intent.get("name") in VAGUE


def sentences_of(text: str) -> list[str]:
    """The sentences worth understanding by themselves."""
    return _worth([piece for sentence in SENTENCE.split(text) for piece in _asked_apart(sentence)])


def _asked_apart(sentence: str) -> list[str]:
    """What a sentence asks beside what it tells, each by itself."""
    if not _is_question(sentence):
        return [sentence]
    first, *asked = ASKED_BESIDE.split(sentence.rstrip("? "))
    told = bool(asked) and not ASKS.match(first)
    return [f"{first}." if told else f"{first}?", *(f"{one}?" for one in asked)]


def _parts(text: str, whole: dict[str, Any], opens: bool) -> list[str]:
    """Sentences, in the middle of a request only of a long message; the clauses of a vague one that asks nothing."""
    is_long = len(text.split()) >= LONG_WORDS
    sentences = sentences_of(text) if opens or is_long else []
    by_clause = len(sentences) == 1 and is_long and is_vague(whole) and "?" not in text
    return _worth(CLAUSE.split(text)) if by_clause else sentences


def _worth(pieces: list[str]) -> list[str]:
    bare = [piece.strip() for piece in pieces]
    worth = [piece for piece in bare if len(piece.split()) >= SHORTEST_WORDS and len(piece) <= LONGEST_CHARACTERS]
    return worth[:MOST_SENTENCES]


def likeliest(intents: list[dict[str, Any]]) -> dict[str, tuple[str, float]]:
    """As which answer the message or one of its sentences could be read, by fact; two that disagree are none."""
    found: dict[str, dict[str, float]] = {}
    for intent in intents:
        for fact, (value, probability) in (intent.get("answers") or {}).items():
            values = found.setdefault(fact, {})
            values[value] = max(probability, values.get(value, 0))
    best = {fact: sorted(values.items(), key=lambda item: -item[1])[:2] for fact, values in found.items()}
    return {fact: first for fact, (first, *second) in best.items() if not second or second[0][1] < CONTRADICTS}


def _is_question(sentence: str) -> bool:
    return sentence.rstrip().endswith("?")


def several_topics(whole: dict[str, Any] | None, asked: list[dict[str, Any] | None]) -> list[str]:
    """What is asked, where one topic does not say it: the only question of a message means what the whole does.

    "If I just don't want it, who pays?" A question beside another ("where do I find it?") has to be clearer to count.
    """
    if is_clear(whole) and len(asked) < 2:
        return []
    least = CLEARER if is_clear(whole) else CLEAR
    names = [topic["name"] for topic in asked if topic and is_clear(topic, least)]
    if whole and is_clear(whole) and whole["name"] not in names:
        names.insert(0, whole["name"])
    return list(dict.fromkeys(names))


def _asks(sentence: str, intent: dict[str, Any]) -> bool:
    """Whether this piece asks about the policy, and is no wish or problem that is only worded as a question."""
    about_the_policy = is_vague(intent) or _is(intent, POLICY)
    return _is_question(sentence) and about_the_policy and not asks_where(sentence)  # "where do I find it?"


def _tells(sentence: str, intent: dict[str, Any]) -> bool:
    """A question reports nothing: "How can I get rid of it?" Neither does what surely says how it is and hardly more:
    "It's brand new, nothing has been used." """
    states = any(sure >= CERTAIN for fact, (_, sure) in (intent.get("answers") or {}).items() if fact in STATES)
    hardly = states and not _is_sure(intent, CLEARLY)
    return not (_is(intent, ("report_",)) and (_is_question(sentence) or hardly))


def _is_sure(intent: dict[str, Any], least: float) -> bool:
    return intent.get("zone", "accept") == "accept" and (intent.get("confidence") or 0) >= least


def _is(intent: dict[str, Any], names: tuple[str, ...]) -> bool:
    return str(intent.get("name") or "").startswith(names)
