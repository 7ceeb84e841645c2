"""A bare yes or no: the whole message, and nothing beside it that could turn it round."""

from __future__ import annotations

import re

from nlu.found import Found, lower

_POLITE = r"(?:please|pls|plz|thanks|thank you|thx|sir|madam|of course|that's right|thats right|i think so|for sure)"
_YES = (
    r"(?:yes+|yep|yeah|yea|yup|ya|y|sure|correct|right|exactly|indeed|definitely|certainly|absolutely|ok|okay|true|"
    r"of course|that's right|thats right|affirmative|👍|✅)"
)
_YES_TAIL = r"(?:it is|it does|it has|i do|i have|i did|i am|it's true|we do|we have|we did|they are|there is)"
_NO = r"(?:no+|nope|nah|n|negative|not at all|certainly not|definitely not|👎|❌)"
_NO_TAIL = r"(?:it isn't|it is not|it doesn't|i don't|i do not|i didn't|i did not|sorry|it's not|its not)"
_GAP = r"[\s,.!;:-]*"
YES = re.compile(rf"{_YES}(?:{_GAP}(?:{_YES}|{_YES_TAIL}|{_POLITE}))*{_GAP}|{_YES_TAIL}{_GAP}")
NO = re.compile(rf"{_NO}(?:{_GAP}(?:{_NO}|{_NO_TAIL}|{_POLITE}))*{_GAP}")


def find_short_answers(text: str) -> list[Found]:
    """Entity `answer`, "yes" or "no", where the whole text is one; "no, never used" is none, since it says more."""
    said = lower(text).strip()
    for value, pattern in (("yes", YES), ("no", NO)):
        if said and pattern.fullmatch(said):
            return [Found("answer", value, 0, len(text))]
    return []
