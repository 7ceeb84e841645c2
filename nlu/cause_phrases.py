"""The phrases that state why something failed. Rows as in nlu.claim_phrases: entity, value, pattern, deniable."""

# ruff: noqa: E501 - a phrase stays on one line
from __future__ import annotations

from nlu.claim_words import BASIN, IT, Row

_NOT_SO = rf"(?! (?:{BASIN}|apart|short|out\b(?! of (?:my|the|his|her) (?:\w+ )?(?:hands?|bag|pocket|cabinet))|in (?:love|price|value)|ill\b|off(?! (?:the|my|a) (?:table|shelf|counter|edge|bed|cabinet|desk|basin|sink))))"
_PERSON = r"(?:i|we|he|she|son|daughter|wife|husband|kid|child|kids|children|toddler|baby|boyfriend|girlfriend|mother|mom|mum|dad|father|brother|sister|partner|roommate|nephew|niece|have|accidentally|'ve)"
_HELPER = (
    r"(?:friend|uncle|brother|father|dad|husband|neighbou?r|cousin|technician|someone|colleague|shop|electrician|guy)"
)
_STOPPED = r"(?:stopped(?= (?:working|charging|vibrating|turning|spinning|running|responding|after|one day|all|completely|by|on its|out of)\b|\s*$)|died|quit|failed|gave up|went dead)"
_ITS_PART = rf"(?:{IT}|the (?:motor|battery|pump)|which)"

ROWS: tuple[Row, ...] = (
    ("damage_cause", "water", r"\b(?:water|moisture|liquid)(?: has| had| must have| probably)* (?:got|gotten|get|came|come|went|leaked|seeped|entered|ran)(?: in| into| inside)+(?: the)?(?! (?:my )?mouth)\b", True),
    ("damage_cause", "water", rf"\b(?:{IT} |has |just )?(?:got|gotten|getting|became) (?:soaked|wet|submerged)\b|\b{IT} (?:was|has been) (?:submerged|soaked|under ?water)\b", True),
    ("damage_cause", "water", rf"\b(?:fell|falls|fallen|dropped|slipped|went)(?: \w+){{0,3}} {BASIN}\b", True),
    ("damage_cause", "water", r"\bi (?:washed it in|put it in|left it in)(?: the)? (?:water|washing machine|dishwasher|rain)\b|\bthrough the (?:washing machine|dishwasher|laundry)\b", True),
    ("damage_cause", "water", rf"\b(?:water|moisture) (?:is )?inside (?:{IT}|of it)\b|\b{IT} (?:has|had|shows|suffered) water damage\b", True),
    ("damage_cause", "abuse", rf"\b{_PERSON}(?: have| accidentally| just| once)* (?:dropped|threw|smashed) {IT}\b{_NOT_SO}(?! (?:question|off|away|out\b|back|at (?:the|a|an|my) (?:post|ups|fedex|dhl|usps|store|shop|depot|locker|pick|parcel|return)|in (?:the|a) (?:mail|post|letter|drop)|with (?:the )?(?:courier|post|ups)))", True),
    ("damage_cause", "abuse", rf"\b{IT}(?: has| had| just| accidentally| once)* (?:fell|fallen|dropped|slipped)\b{_NOT_SO}", True),
    ("damage_cause", "abuse", rf"\b{IT} was dropped\b|\bi (?:left|put|had) {IT} (?:in the (?:sun|oven|freezer|microwave)|on the (?:stove|radiator|heater))\b", True),
    ("damage_cause", "abuse", rf"\b(?:i|we|he|she|cat|dog|kid|son|daughter)(?: have| accidentally)* knocked {IT} (?:off|over|down|from)\b|\b(?:i|we)(?: have| accidentally)* let {IT} (?:fall|drop|slip)\b|\bslipped (?:out of|from) (?:my|his|her) (?:wet )?(?:hand|hands|fingers)\b", True),
    ("damage_cause", "external", rf"\b(?:stepped|sat|stood|trod|trampled) on {IT}\b|\b(?:drove|ran|rolled) over {IT}\b", True),
    ("damage_cause", "external", rf"\b(?:dog|cat|puppy)(?: \w+)? (?:chewed|bit|ate)(?: on)? {IT}|\b(?:something(?: heavy)?|an? (?:\w+ )?(?:shelf|book|bottle|box|suitcase|mirror|cabinet)) fell on {IT}\b", True),
    ("damage_cause", "external", rf"\b{IT} (?:got|was) (?:crushed|squashed|run over)(?: (?:under|by|in)\b|\s*$)|\b(?:door|drawer|lid) (?:slammed|closed|shut) on {IT}\b", True),
    ("damage_cause", "third_party_repair", rf"\b{_HELPER}(?: of mine| \w+)?(?: has| had| already| tried to)* (?:repaired|repair|fixed|fix|soldered|opened up|took apart) {IT}\b", True),
    ("damage_cause", "third_party_repair", rf"\b(?:had|got) {IT} (?:repaired|fixed|serviced)\b|\b(?:was|been) (?:repaired|serviced|fixed) (?:by|at|in) (?:a|an|my|another|the) (?!soocas)", True),
    ("damage_cause", "third_party_repair", rf"\btook {IT} to (?:a|the|my)(?: local)? (?:repair|electronics|service)(?: shop| centre| center| man| guy)?\b", True),
    ("damage_cause", "third_party_repair", rf"\b(?:i|we|he|she|{_HELPER})(?: have| has)? (?:took {IT} apart|disassembled {IT}|opened {IT} up and|soldered)\b|\b(?:i|we|he|she)(?: have|'ve)? (?:repaired|soldered) {IT}\b", True),
    ("damage_cause", "third_party_repair", rf"\b(?:i|we|he|she|{_HELPER})(?: have| has)? (?:replaced|changed|swapped) the (?:battery|motor)\b", True),
    ("damage_cause", "none", r"\b(?:never|didn't|did not|not|haven't|hasn't|wasn't|didnt|havent|hasnt)(?: even| ever| been| once)* (?:drop(?:ped)?|fallen|fell|fall|wet|submerged|mishandled|misused|abused|g[eo]t (?:it|them) wet)\b(?! (?:off|short|in price))", False),
    ("damage_cause", "none", r"\bnothing (?:has |ever )?happened to (?:it|them|the (?:\w+ )?(?:brush|toothbrush|flosser|handle|device))\b|\bnothing (?:special|unusual|in particular) happened\b|\b(?:in|under|during|with) normal use\b|\bfor no reason\b|\bout of nowhere\b", False),
    ("damage_cause", "none", r"^\W*(?:(?:no|nope|nah|honestly|well|really|hi|hello)\W+)*nothing(?: at all| bad| really| else)? (?:has )?happened(?: at all| really| before)*\s*$", False),
    ("damage_cause", "none", r"^\W*(?:(?:there (?:was|were|has been|have been)|it had|had)\W+)?no (?:accidents?|drops?|falls?|mishaps?)(?: or anything| at all| whatsoever| of any kind)*\s*$", False),
    ("damage_cause", "none", r"\b(?:stopped|died|failed|broke|quit)(?: working| charging)?(?: (?:all|just))? (?:by itself|on its own|all by itself)\b", True),
    ("damage_cause", "none", rf"(?:^\W*|\b{_ITS_PART}(?: has)? )(?:just|simply|suddenly|randomly) {_STOPPED}|\bsuddenly,? {_ITS_PART}(?: has)?(?: just)? {_STOPPED}", True),
    ("damage_cause", "none", rf"(?:^\W*|\b{_ITS_PART}(?: has)?(?: just)? ){_STOPPED}(?: working| charging| vibrating| turning on| spinning| responding)? (?:suddenly|overnight|all of a sudden|one day|from one day to the next|just like that|without (?:any )?(?:reason|warning))\b", True),
    ("damage_cause", "none", rf"\b(?:one (?:day|morning|evening)|all of a sudden|from one day to the next),? {_ITS_PART}(?: has)?(?: just| simply)? {_STOPPED}", True),
)  # fmt: skip
