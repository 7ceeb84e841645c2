"""What the phrases of a claim are built from: how customers name the thing, its box, its parts, colours and models."""

# ruff: noqa: E501 - a phrase stays on one line
from __future__ import annotations

Row = tuple[str, str, str, bool]  # entity, value, pattern over a clause in lower case, a denial before it takes it back

THING = (
    r"(?:(?:the|my|this|that|a|an|our|his|her) )?(?:(?:electric|sonic|water|soocas|whole|entire|new|old|black|white|pink|x3u?|x5|v1|w3) )*"
    r"(?:tooth ?brush(?:es)?|brush(?:es)?|flosser|handle|device|product|item|unit|thing|machine|one|x3u?|x5|v1|w3|neos|heads?)"
)
IT = rf"(?:it|they|them|this|these|{THING})"
BOX = r"(?:(?:the|its|my|any|an?|all the|all|their|that|of the) )*(?:original |outer |product |retail )?(?:box(?:es)?|packaging|packing|carton|wrapping)"
PARTS = (
    r"(?:(?:the|its|my|some|some of the|one of the|an?|extra|spare|second|usb) )*(?:user |instruction )?"
    r"(?:manual|instructions?|booklet|charger|charging (?:cable|base|stand|dock)|cable|adapt[eo]r|accessor(?:y|ies)|travel (?:case|box)|"
    r"labels?|tags?|invoice|nozzles?|(?:brush )?heads?|parts?)\b"
)
COLOUR = r"(?:white|black|pink|blue|green|gr[ea]y|rose gold|gold|silver|purple|red|yellow|mint|navy)"
MODEL = r"(?:x1|x3u?|x5|ex3|v1|v2|d2|d3|w1|w3|neos)"
BASIN = (
    r"in(?:to|side)? (?:the |a |my |some )?(?:full )?(?:sink|water|toilet|bath ?tub|bath|basin|pool|bucket|wash ?basin)"
)
FEW_TIMES = r"(?:one|two|three|four|five|six|a few|few|several|some|many|\d+|a couple of|couple of|a)"
