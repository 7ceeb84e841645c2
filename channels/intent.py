"""The intent that the rules act on: NLU's own, unless it is not sure or a question about the policy is surer."""

import difflib
import re
from collections.abc import Collection
from typing import Any

OURS = ("order_number", "email", "serial_number", "case_number", "reason")
GOALS = ("start_", "report_", "cancel_order")
UNSURE_ZONES = ("ask", "none")
POLICY = ("ask_", "change_order")
OPEN_TO_A_QUESTION = (None, "nlu_fallback", "out_of_scope", "give_information", "not_sure", "ask_why", "complain")
PROBLEMS = ("report_", "track_order", "affirm", "deny")
GUESSED_WISH, GUESSED_PROBLEM = 0.2, 0.4
SURE = 0.8
CLEAR, CLEARER, CERTAIN = 0.95, 1.2, 1.45  # how sure and how near a topic is, added
# "Is it possible to swap my toothbrush?" is a wish; "… if I have used it?" is a question about the policy.
OF_ONE_S_OWN = re.compile(
    r"\b(?:my|mine|our|this|(?:i|we)(?:'ve| have)?(?: just)? (?:ordered|bought|got|received))\b", re.IGNORECASE
)
SUPPOSES = re.compile(
    r"\b(?:if|when|without|once|after|although|though|even|twice|how|who|which|where|why)\b", re.IGNORECASE
)

WISHES = {
    "exchange": "start_exchange",
    "swap": "start_exchange",
    "return": "start_return",
    "refund": "start_return",
    "warranty": "start_warranty_claim",
    "warranty claim": "start_warranty_claim",
    "cancel": "cancel_order",
    "status": "check_case_status",
}
BARE_WISH = re.compile(
    r"\W*(?:(?:please|pls|an?|no|wait|actually|oh|hmm+|sorry|then|rather|i want(?: an?| to)?|i'd rather)\W+)*"
    r"(warranty claim|" + "|".join(WISHES) + r")"
    r"(?: it| this| my| the| order| item| please| pls| now| instead)*"
    r"(?: (?:is|would be|sounds) (?:fine|ok(?:ay)?|better|best|good|great|perfect))?(?: then| please)?[\s.!]*",
    re.IGNORECASE,
)
CALL_FOR_HELP = re.compile(
    r"\W*(?:(?:hi|hello|hey|please|so)\W+)*"
    r"(?:(?:i(?:'d| would)? )?(?:need|want|like)(?: to get)?(?: some| your| a bit of)? (?:help|assistance|support)"
    r"|help(?: me)?|(?:can|could) (?:you|someone|anyone) (?:please )?help(?: me)?"
    r"|(?:i(?: have|'ve)(?: got)? |there(?:'s| is) )?(?:an?|some) (?:problem|issue|question|trouble)s?)"
    r"(?: (?:with|about|regarding|concerning|on) (?:my|an|the|this|our)(?: (?:recent|last|new|soocas))?"
    r" (?:order|purchase|parcel|delivery|item|product))?(?: please| pls| here)?[\s.!?]*",
    re.IGNORECASE,
)
WHERE_IS_IT = re.compile(
    r"\W*(?:(?:and|ok(?:ay)?|so|but|sorry)\W+)*where (?:do|can|could|would|should|will) (?:i|we|one) "
    r"(?:find|see|get|look)(?: (?:it|this|that|one|for it|for that|the number|that number))?[\s?.!]*",
    re.IGNORECASE,
)
LETS_GO = re.compile(  # of a request or a case, not of an order
    r"\b(?:cancel|withdraw|call off|stop) (?:the|my|this|that) "
    r"(?:return|exchange|(?:warranty )?claim|case|request)\b(?! order)",
    re.IGNORECASE,
)
OF_LAW_OR_BANK = re.compile(  # threatened or begun: an answer to that is a person's
    r"\b(?:my|our|an?|the|with) (?:lawyer|attorney|solicitor)s?\b|\blegal (?:action|steps|proceedings)\b"
    r"|\b(?:claims|in|to|before the) court\b|\b(?:will|'ll|going to|gonna|to|i) sue\b|\bsue (?:you|soocas)\b"
    r"|\bcharge ?backs?\b"
    r"|\bdispute(?:d|s)?(?: \w+){0,4} (?:with|at|through|via) (?:my |the )?(?:bank|(?:credit )?card|paypal)\b"
    r"|\b(?:opened|started|filed|raised|begun) (?:a |an )?(?:paypal |bank |payment )?dispute\b"
    r"|\b(?:bank|card company|paypal)\b.{0,20}\b(?:is (?:disputing|reversing)|has reversed|to reverse)\b",
    re.IGNORECASE,
)
UNDOES = re.compile(
    r"\b(?:undo|reverse|revoke|take back) (?:it|that|this|(?:the|my) (?:case|cancell?ation))\b", re.IGNORECASE
)
PERSON_IN_THEIR_WORDS = re.compile(
    r"\b(?:mensch(?:en)?|mitarbeiter(?:in)?|kundendienst|kundenservice|(?:una )?persona|humano|agente|personne|humain"
    r"|conseill(?:er|[eè]re)|operatore|umano|pessoa|atendente|medewerker|mens|cz[lł]owiek\w*|konsultant\w*|insan\w*|temsilci\w*)\b",
    re.IGNORECASE,
)
BEFORE_A_REQUEST = ("ask_return_policy", "ask_exchange_policy", "ask_warranty_policy", "ask_freight")
THE_SAME_OF = re.compile(
    r"\W*(?:(?:ok(?:ay)?|hm+|thanks|thx|so)\W+)*(?:and|what about|how about|same|and what about)"
    r"(?: (?:for|with|about|of|on|goes for))*(?: (?:the|my|our|a|an|those|these))?(?: [\w-]+){1,4}\s*\?+\s*",
    re.IGNORECASE,
)
NAMES = {
    "start_exchange": ("exchange", "swap"),
    "start_return": ("return", "refund"),
    "start_warranty_claim": ("warranty", "guarantee"),
    "cancel_order": ("cancel",),
}
WRONG = re.compile(
    r"\b(?:wrong|differ\w*|instead|(?:an)?other|not|isn't|sent|received|got|came|mistake|mix\w*)\b", re.IGNORECASE
)
ALIKE = 0.8  # with a slip or two


def calls_for_help(text: str) -> bool:
    """Whether it says no more than that: "need help with my order"."""
    return bool(CALL_FOR_HELP.fullmatch(text))


def asks_where(text: str) -> bool:
    """Whether it asks where to find what it was asked for."""
    return bool(WHERE_IS_IT.fullmatch(text))


def lets_go(text: str) -> bool:
    """Whether a request or a case is to be let go of: "can I cancel the return?" """
    return bool(LETS_GO.search(text))


def is_for_a_person(text: str) -> bool:
    """Whether it threatens with a lawyer, or the payment is disputed at a bank: nothing that a program may answer."""
    return bool(OF_LAW_OR_BANK.search(text))


def in_another_language(text: str, intent: dict[str, Any]) -> dict[str, Any]:
    """The intent of a message in another language: a person, where it names one, else that it is in another."""
    wanted = "talk_to_human" if PERSON_IN_THEIR_WORDS.search(text) else "other_language"
    return {**intent, "name": wanted, "best": intent.get("name")}


def undoes(text: str) -> bool:
    """Whether what was done last is to be taken back: "can I still undo that?" """
    return bool(UNDOES.search(text))


def by_name(parsed: dict[str, Any]) -> dict[str, Any]:
    """NLU's intent; the wish that is called by its name, where NLU takes it for a question or is not sure of it.

    "Exchange, please" asks for no policy, and a wish that is likeliest and named is sure enough.
    """
    intent = parsed.get("intent") or {}
    text = parsed.get("text") or ""
    if bare := BARE_WISH.fullmatch(text):
        return {**intent, "name": WISHES[bare[1].casefold()], "zone": "accept"}
    if calls_for_help(text):
        return {**intent, "name": "greet", "zone": "accept"}
    if intent.get("zone") == "ask" and _names(text, str(intent.get("name"))):
        return {**intent, "zone": "accept"}
    says_why = WRONG.search(text) or _holds(parsed, ("reason",))
    if intent.get("name") == "report_wrong_item" and not says_why and _names(text, "start_exchange"):
        return {**intent, "name": "start_exchange"}
    return intent


def _names(text: str, wish: str) -> bool:
    """Whether a word of the text is what this wish is called, give or take a slip of the fingers."""
    words = re.findall(r"[a-z]+", text.casefold())
    return any(difflib.get_close_matches(name, words, 1, ALIKE) for name in NAMES.get(wish, ()))


def acted_on(parsed: dict[str, Any]) -> dict[str, Any]:
    """The intent that the rules act on: nlu_fallback where NLU is not sure, the likeliest beside it as `best`.

    A message with an order number or an e-mail address is one of ours: there the likeliest goal is good enough, and
    what looks foreign is information.
    """
    intent = by_name(parsed)
    if not isinstance(intent.get("zone"), str):
        return intent
    is_ours = _holds(parsed, OURS)
    foreign = intent.get("name") in (None, "out_of_scope")
    if is_ours and (foreign or intent["zone"] in UNSURE_ZONES):
        likeliest = (parsed.get("intent_ranking") or ())[:2]
        goals = [
            r["name"] for r in likeliest if r["name"].startswith(GOALS) and r["confidence"] >= _guessed_at(r["name"])
        ]
        return {
            **intent,
            "name": goals[0] if goals else "give_information",
            "best": intent.get("name"),
            "guessed": True,
        }
    if intent["zone"] in UNSURE_ZONES:
        return {**intent, "name": "nlu_fallback", "best": intent.get("name")}
    return intent


def _holds(parsed: dict[str, Any], kinds: Collection[str]) -> bool:
    """Whether an entity of these kinds was found in it."""
    return any(found.get("entity") in kinds for found in parsed.get("entities") or ())


def _guessed_at(goal: str) -> float:
    """How likely a goal has to be to be guessed: a problem decides who pays, a wish is asked about anyway."""
    return GUESSED_PROBLEM if goal.startswith("report_") else GUESSED_WISH


def asked(intent: dict[str, Any], parsed: dict[str, Any]) -> tuple[dict[str, Any], dict[str, Any] | None]:
    """The intent and the topic that the rules act on: a clear question about the policy is one, whatever else it
    sounds like; a goal or a wish for a person only gives way to a certain one that names no order."""
    topic = parsed.get("topic")
    if not topic:
        return intent, None
    name, weight = intent.get("name"), topic["sure"] + topic["near"]
    told = _holds(parsed, OURS)
    about_policy = name not in (None, "ask_why") and name.startswith(POLICY)
    if about_policy and (weight >= CLEAR or topic["intent"] == name):
        return {**intent, "name": topic["intent"]}, topic
    if (
        not about_policy
        and not told
        and weight >= _needed(name, intent.get("confidence") or 0)
        and not _wishes(name, parsed.get("text") or "")
    ):
        return {**intent, "name": topic["intent"], "best": intent.get("best") or name}, topic
    return intent, topic if weight >= CERTAIN else None


def is_clear(topic: dict[str, Any] | None, least: float = CLEAR) -> bool:
    """Whether a question is surely about this topic."""
    return bool(topic) and topic["sure"] + topic["near"] >= least


def about_an_order(intent: dict[str, Any], parsed: dict[str, Any]) -> dict[str, Any]:
    """Who names an order with a question about returns has something to send back: answered beside, not instead."""
    names_one = _holds(parsed, ("order_number",))
    if intent.get("name") not in BEFORE_A_REQUEST or not names_one:
        return intent
    return {**intent, "name": "give_information", "also": [intent["name"], *(intent.get("also") or ())]}


def asks_the_same(parsed: dict[str, Any]) -> bool:
    """Whether it asks what was asked before, of another thing: "and for the brush heads?" """
    names_a_thing = _holds(parsed, ("product",))
    return names_a_thing and bool(THE_SAME_OF.fullmatch(parsed.get("text") or ""))


def _wishes(name: str | None, text: str) -> bool:
    """Whether a goal is worded as a question, about the customer's own thing and without an if: the goal it stays."""
    is_goal = bool(name) and name.startswith(GOALS)
    return is_goal and bool(OF_ONE_S_OWN.search(text)) and not SUPPOSES.search(text)


def _needed(name: str | None, confidence: float) -> float:
    """How clear a question about the policy has to be where the message sounds like this intent."""
    if name == "ask_why" and confidence >= SURE:
        return CERTAIN
    if name in OPEN_TO_A_QUESTION:
        return CLEAR
    return CLEARER if name.startswith(PROBLEMS) else CERTAIN
