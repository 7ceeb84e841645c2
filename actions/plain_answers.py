"""Answers in plain words that mean something only because one question was asked: "complete", "still here", "keep it".

A yes and a no in one breath, a half or a question mean neither: then it is asked again. A doubt is for a person.
"""

from __future__ import annotations

import re
from typing import Any

from actions.fact_slots import YES_NO
from actions.slips import mended
from policy.facts import CAUSES, CHANNELS, EXCHANGES, NONE, REASONS, REQUESTS


def _any(*words: str) -> re.Pattern[str]:
    return re.compile(rf"\b(?:{'|'.join(words)})\b")


def _told(words: str) -> re.Pattern[str]:
    """These words, where nothing in the message denies or repeats a question."""
    return re.compile(rf"^(?!.*(?:\b(?:not|never|no|nothing|without|if|or)\b|n't\b)).*\b(?:{words})\b", re.DOTALL)


COURTESY = re.compile(
    r"^\W*(?:(?:hi|hello|hey|well|oh|ok|okay|so|lol|ha(?:ha)+|thanks?(?: you)?(?: (?:so|very) much| a lot)?"
    r"(?: for (?:asking|that|your \w+))?)\b\W*)+(?=\w)"
)
DOUBT = _any(
    r"not (?:quite |really |100% )?sure",
    r"unsure|idk|dunno|no idea|no clue|don'?t know|do not know|hard to (?:say|tell)",
    r"(?:can'?t|cannot|can not|couldn'?t|could not) (?:say|tell|remember|be sure)",
    r"(?:may|might|could) have|have to (?:look|check)",
)
HALF = re.compile(r"\?|\b(?:mostly|partly|some|most|except|apart from|but|not all|only)\b")
ONLY_LOOKED = re.compile(r"\bonly (?:had a look|looked|unpacked|opened)\b")  # that is no half of a use
GONE = r"gone|missing|incomplete|lost|thr[eo]wn?|binned|recycled|trash\w*|don'?t have|haven'?t got|without"
WHOLE = r"complete|intact|all there|all here|all of it|everything|whole"
# What refuses a customer has to be said word for word: with a slip in it, "never used" looks like "used".
USED = re.compile(r"^used\b|\bdid use\b|\b(?:i|we|yes|yeah|have|'ve|been|already)[\s,]+(?:used|using)\b")
PARTS = r"something|one|manual|charger|case|cable|heads?|instructions?|invoice|labels?|box|it|they|accessor\w+|parts?"
NOT_THERE = re.compile(
    rf"\b(?:{PARTS})(?: is| are| was| were|'s)? (?:gone|missing|lost)\b|^(?:missing|incomplete|lost)\b|"
    r"\b(?:without the|don'?t have|can(?:no|')t find|can not find|no (?:manual|charger|invoice|labels?))\b"
)

_PAUSE = (
    r"ok(?:ay)?|k|h+m+|oh|ah|aha|all ?right|fine|cool|great|nice|perfect|good|i see|got it|understood|i understand|"
    r"makes sense|good to know|thanks?(?: you)?|thx|ty|wait|hold on|hang on|brb|"
    r"(?:just )?(?:one|a|1) (?:sec|second|moment|minute|min)|let me (?:check|look|see|think|have a look)|"
    r"i(?:'ll| will) (?:check|look|have a look)|give me (?:a|one) (?:sec|second|moment|minute)"
)
PAUSE = re.compile(rf"\W*(?:(?:{_PAUSE})(?: then| please| so| for (?:that|the info))?\b\W*)+")

NOD = re.compile(r"\W*(?:ok(?:ay)?|k)\b\W*")

NOT_HERE = _any(
    r"not yet|hasn'?t|has not|haven'?t|still waiting|on its way|didn'?t (?:come|arrive|get)|never|nothing|no parcel"
)

WORDS: dict[str, tuple[tuple[Any, re.Pattern[str]], ...]] = {
    "claim.unused": (
        (True, _any(r"never|brand ?new|unopened|sealed|untouched|unused|not used", r"(?:have|has)(?:n'?t| not)")),
        (False, USED),
    ),
    "claim.packaging_complete": (
        (True, _any(WHOLE, r"kept (?:it|everything)", r"still have (?:it|the)", r"(?<!n't )have (?:it|the box)")),
        (False, _any(GONE, r"no (?:box|packaging)")),
    ),
    "claim.contents_complete": (
        (
            True,
            _any(
                WHOLE, r"nothing(?: is|'s)? (?:missing|lost|gone)", r"(?:accessories|parts|they) are (?:still )?there"
            ),
        ),
        (False, NOT_THERE),
    ),
    "claim.gift_returned": (
        (True, _any(r"send|sending|goes? back|give it back|return(?:ing)? (?:it|the|both)|comes? back")),
        (
            False,
            _any(
                r"keep|kept|keeping|gave it away|given away|fond of",
                r"(?:won'?t|don'?t|can'?t|not)(?: \w+)? (?:send|return|giv)\w*",
            ),
        ),
    ),
    "claim.troubleshooting_done": (
        (
            True,
            _any(
                r"t(?:ri|ir|i)ed (?:it all|all|everything|them)|did (?:it all|all|everything)|done",
                r"nothing (?:helped|worked|changed)|no (?:change|difference|luck|effect)",
                r"(?:didn'?t|did not|doesn'?t) help|still (?:dead|broken|nothing)",
            ),
        ),
        (False, _any(r"not yet|haven'?t|have not|didn'?t try|later|tonight|tomorrow|will try|i'?ll try")),
    ),
    "claim.damage_cause": (
        (
            "none",
            _any(
                r"nothing|normal use|like always|by itself|on its own|no accident|no reason",
                r"never (?:\w+ )?(?:dropped|fell|got wet)|(?:didn'?t|did not) (?:drop|fall)",
            ),
        ),
        ("abuse", _told(r"dropped|threw|thrown|fell|fallen|slipped")),
        ("external", _told(r"st[eo]?pped on it|sat on|chewed|bit|bitten|run over|fell on")),
        ("water", _told(r"water|wet|soaked|moisture")),
        ("third_party_repair", _told(r"repair(?:ed)?|repair shop|technician")),
    ),
    "claim.reason": (
        (
            "other",
            re.compile(r"^(?:it'?s )?something else\W*$|\b(?:none of (?:these|those|them)|(?:an)?other reason)\b"),
        ),
        (
            "quality_problem",
            _any(
                r"not work(?:ing)?|(?:does|is)n'?t work(?:ing)?|faulty|defective",
                r"(?:it|(?:tooth)?brush|flosser|one)(?:'?s| is) broken",
            ),
        ),
        ("wrong_item", _any(r"the wrong (?:one|item|product|model|thing)")),
        (
            "missing_accessories",
            _any(
                r"(?:wasn'?t|weren'?t|was not|were not) in the (?:box|parcel|package)",
                r"missing (?:from|in) the (?:box|parcel)",
            ),
        ),
        ("lost_or_stolen", _any(r"stolen|stole|robbed|burgled|i(?: must have)? lost it|it(?:'s| is| got) lost")),
        (
            "colour",
            re.compile(
                r"^(?:just |only )?(?:it'?s )?the colou?r\b|^colou?r\W*$"
                r"|\bcolou?r (?:is|was|looks?)(?:n'?t| not)(?: really| quite)?(?: the)? (?:same|like|as)\b"
                r".{0,20}\b(?:pictures?|photos?|images?|website|site|online)\b"
            ),
        ),
        (
            "changed_mind",
            _any(r"changed (?:my|our) mind|second thoughts|(?:don'?t|do not) (?:really )?(?:need|want) (?:it|them)"),
        ),
    ),
    "order.channel": (
        ("amazon_store", _any("amazon")),
        ("authorized_dealer", _any(r"(?<!unauthori[sz]ed )dealers?")),
        ("offline_store", _any(r"(?<!amazon )(?:shop|store|mall)")),
        (
            "unauthorized",
            _any(r"some(?:one|body)(?: else)?(?: online)?|some seller|ebay|a stranger|marketplace|second ?hand"),
        ),
    ),
    "order.delivered": (
        (True, _any(r"arrived|it'?s here|got it|have it|received")),
        (False, NOT_HERE),
    ),
    "claim.issued_on": (
        ("none", _any(r"first time|never|(?:haven'?t|have not|didn'?t|did not) report(?:ed)?|not (?:yet|before)")),
    ),
    "claim.exchange_for": (
        (
            "same_item_other_colour",
            _any(r"(?:other|another|different) colou?r|but (?:in )?(?:white|black|pink|blue|grey)"),
        ),
        (
            "same_item",
            re.compile(
                r"^(?:\w+ ){0,3}(?:the )?(?:very )?same(?: one| model| item| thing| again| please)*\W*$"
                r"|\bthe same (?:one|model|item|thing) again\b"
            ),
        ),
        (
            "different_item",
            _any(r"something (?:else|different)|(?:different|other|another) (?:model|item|product|type)"),
        ),
    ),
    "order.elsewhere": (  # asked for the number of an order that is none of ours
        (
            "elsewhere",
            _any(
                r"elsewhere|somewhere else|(?:an)?other (?:shop|store|website)|from (?:a|the) (?:shop|store|dealer)",
                r"(?:didn'?t|did not|wasn'?t|not) (?:buy|order|bought|ordered)(?: it)?(?: directly)? "
                r"(?:from|on|at|with|by) you",
                r"in a (?:shop|store)",
            ),
        ),
    ),
    "claim.item_country": (("here", _any(r"still (?:here|there)|at home|same country")),),
}

WITH_A_BUT = ("order.channel", "claim.exchange_for")  # "the same, but in white"

# A value by its own name, as programs write it: "quality_problem", "same item other colour".
TRUTH = {"true": True, "false": False}
NAMES: dict[str, tuple[str, ...]] = {
    "request": REQUESTS,
    "order.channel": CHANNELS,
    "claim.reason": REASONS,
    "claim.damage_cause": CAUSES,
    "claim.exchange_for": EXCHANGES,
    "claim.issued_on": (NONE,),
    **dict.fromkeys(YES_NO, tuple(TRUTH)),
}


def plain_answer(fact: str, text: str) -> Any | None:
    """The one value that these words mean as an answer to this question; None where they mean none or more than one."""
    said = plain(text)
    name = "_".join(re.findall(r"[a-z]+", said))
    if name in NAMES.get(fact, ()):
        return TRUTH.get(name, name)
    if HALF.search(ONLY_LOOKED.sub("", said)) and fact not in WITH_A_BUT:
        return None
    meant = [value for value, words in WORDS.get(fact, ()) if words.search(said)]
    if fact == "order.delivered" and False in meant:  # "it never arrived"
        return False
    return meant[0] if len(meant) == 1 else None


def is_whole(text: str) -> bool:
    """Whether these words say that no part is missing."""
    return plain_answer("claim.contents_complete", text) is True


def is_in_doubt(text: str) -> bool:
    """Whether the customer says that they cannot say."""
    return bool(DOUBT.search(plain(text)))


def plain(text: str) -> str:
    """In lower case, with the slips put right, and without a hello or a thank you before it."""
    return COURTESY.sub("", mended(text))


def is_nod(text: str) -> bool:
    """Whether it is an "ok" and nothing else."""
    return bool(NOD.fullmatch(text.casefold()))


def is_pause(text: str) -> bool:
    """Whether it is nothing but "ok" to an answer, "hmm" or "one moment": nothing that could be misunderstood."""
    return bool(PAUSE.fullmatch(text.casefold()))
