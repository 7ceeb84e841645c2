"""The phrases that state a fact of a claim outright. A wrong fact costs money: when in doubt, a phrase is not here.

Each row: entity, value, pattern over a clause in lower case, and whether a denial before it takes the fact back.
"""

# ruff: noqa: E501 - a phrase stays on one line
from __future__ import annotations

import re

_THING = (
    r"(?:(?:the|my|this|that|a|an) )?(?:(?:electric|sonic|water|whole|new|old|black|white|pink|x3u?|x5|v1|w3) )*"
    r"(?:tooth ?brush(?:es)?|brush(?:es)?|flosser|handle|device|product|item|unit|thing|machine|one|x3u?|x5|v1|w3|heads?|phone|blender|head)"
)
_IT = rf"(?:it|them|this|these|{_THING})"
_BOX = r"(?:(?:the|its|my|any|an?|all the|all|their|that|of the) )*(?:original |outer |product |retail )?(?:box(?:es)?|packaging|packing|carton|wrapping)"
_PARTS = (
    r"(?:(?:the|its|my|some|some of the|one of the|an?) )*(?:user |instruction )?"
    r"(?:manual|instructions?|booklet|charger|cable|accessor(?:y|ies)|travel case|labels?|tags?|invoice|nozzles?|brush heads?)"
)
_BUY = r"(?:bought|purchased|ordered|got|buy|order(?:ed)?|purchase[d]?|acquired|picked (?:it )?up|mangwaya|liya)"
_BUY_IT = rf"\b{_BUY}\b(?: {_IT})?(?: [a-z0-9']+){{0,4}}? (?:on|from|at|in|via|through|over|off|by)(?: the| an?| your| our| my| some| local| soocas| official| authori[sz]ed)*"
_WANT = (
    r"(?:want|wants|need|prefer|like|take|have|demand|requesting|request|wish for|give me|send me|ship me|get|hoping for|rather(?: have| get| take)?|"
    r"chahiye|please)"
)
_COLOUR = r"(?:white|black|pink|blue|green|gr[ea]y|rose gold|gold|silver|purple|red|yellow|mint|navy)"
_MODEL = r"(?:x1|x3u?|x5|ex3|v1|v2|d2|d3|w1|w3)"
_BASIN = (
    r"in(?:to|side)? (?:the |a |my |some )?(?:full )?(?:sink|water|toilet|bath ?tub|bath|basin|pool|bucket|wash ?basin)"
)
_NOT_SO = rf"(?! (?:{_BASIN}|apart|out\b|in love|ill\b|off(?! (?:the|my|a) (?:table|shelf|counter|edge|bed|cabinet|desk|basin))))"
_TIMES = r"(?:one|two|three|four|five|six|a few|few|several|some|many|\d+|a couple of|couple of|a)"

_ROWS = (
    # never used beyond looking at it
    ("unused", "true", rf"\b(?:never|not|hasn't been|haven't|hasn't|wasn't|didn't|havent|didnt)(?: been| even| ever| yet| really)* (?:used?|opened?|unpacked|touched|unsealed|tried)(?: {_IT}| {_BOX}| the package| the parcel| the seal)?(?: yet| at all| once| even once| ever| either| or used| or opened| and not used)*\s*$", False),
    ("unused", "true", r"\b(?:unused|unopened|factory sealed|unsealed never|brand[ -]new in (?:the )?(?:box|package|packaging))\b", True),
    ("unused", "true", r"\b(?:still|is|are|completely|it's|remains) (?:\w+ )?sealed\b|^\W*sealed\W*$", True),
    ("unused", "true", rf"\bstill (?:in|inside) {_BOX}", True),
    ("unused", "false", rf"\b(?:i|we|he|she|my \w+|kids|have|has|'ve|already|only|just)(?: have| has| had| already| only| just| did)* (?:used|tried) {_IT}\b(?! to\b)", True),
    ("unused", "false", rf"^\W*(?:already |only |just )*used (?:{_IT} )?(?:once|twice|daily|a lot|for\b|{_TIMES} times?|since|every|already)", True),
    ("unused", "false", rf"\b(?:been|was|were|am|are|started|kept|stopped) using {_IT}\b", True),
    ("unused", "false", r"\b(?:opened|unpacked) and used\b|\bof (?:normal |daily |regular )?use\b(?! case)", True),
    ("unused", "false", rf"\bafter (?:the )?(?:first|second|third|{_TIMES}) uses?\b", True),
    # box and wrapping
    ("packaging_complete", "false", rf"\b(?:threw|thrown|tossed|recycled|discarded|binned|chucked|got rid of|disposed of)(?: away| out)? {_BOX}\b", True),
    ("packaging_complete", "false", rf"\b(?:i|we|have)(?: have|'ve)? (?:lost|misplaced) {_BOX}\b", True),
    ("packaging_complete", "false", rf"\b(?:don't have|do not have|dont have|didn't keep|did not keep|didnt keep|haven't (?:got|kept)|haven't|no longer have|not have) {_BOX}", False),
    ("packaging_complete", "false", rf"^(?:\W|it's|it|is|has|there is|there's|i have|with|the|unfortunately|have|sorry)*\b(?:no|without) {_BOX}(?: (?:any ?more|left|anymore))?\s*$", False),
    ("packaging_complete", "false", rf"{_BOX} (?:is|are|was|were|has been|have been|went|got|'s)(?: already| all| long| now| been)* (?:gone|thrown|lost|in the (?:bin|trash|garbage)|discarded|recycled|binned)\b", True),
    ("packaging_complete", "true", rf"\b(?:have|got|kept|keep|has)(?: still| also| everything and| both)* {_BOX}\b(?! (?:is|was) (?:gone|lost))", True),
    ("packaging_complete", "true", r"\bin (?:the|its|their) original (?:box|packaging|packing|carton|wrapping)\b", True),
    ("packaging_complete", "true", rf"{_BOX} (?:is|are|'s)(?: still| all| also)* (?:there|here|intact|complete|undamaged|available|fine)\b", False),
    # what belongs to it
    ("contents_complete", "true", r"\b(?:everything|all (?:of )?(?:the )?(?:parts|accessories|pieces|contents))(?: that came with it)?(?: is| are|'s)(?: still| all)* (?:there|here|complete|included|present|in the box|with it|in it|together|available)\b", True),
    ("contents_complete", "true", r"\b(?:have|got|kept|includes?|with)(?: still)? (?:everything|all (?:of )?(?:the )?(?:parts|accessories|pieces))\b(?! to\b)", True),
    ("contents_complete", "true", r"\bnothing(?:'s| is)? missing\b|\bcomplete with everything\b|\ball accessories included\b", False),
    ("contents_complete", "false", rf"{_PARTS} (?:is|are|was|were|got|has been|have been)(?: already| all| been| now)* (?:lost|gone|thrown away)\b", True),
    ("contents_complete", "false", rf"\b(?:i|we|have)(?: have|'ve)? (?:lost|misplaced|threw away|threw out|thrown away|tossed) {_PARTS}\b", True),
    ("contents_complete", "false", rf"\b(?:don't have|do not have|dont have|no longer have|can't find) {_PARTS}(?: any ?more| any longer)", False),
    # why it failed
    ("damage_cause", "water", r"\b(?:water|moisture|liquid)(?: has| had| must have| probably)* (?:got|gotten|get|came|come|went|leaked|seeped|entered|ran)(?: in| into| inside)+(?: the)?(?! (?:my )?mouth)\b", True),
    ("damage_cause", "water", rf"\b(?:{_IT} |has |just )?(?:got|gotten|getting|became) (?:soaked|wet|submerged)\b|\b{_IT} (?:was|has been) (?:submerged|soaked|under ?water)\b", True),
    ("damage_cause", "water", r"\b(?:fell|falls|fallen|dropped|slipped|went)(?: \w+){0,3} " + _BASIN + r"\b", True),
    ("damage_cause", "water", r"\bi (?:washed it in|put it in|left it in)(?: the)? (?:water|washing machine|dishwasher)\b", True),
    ("damage_cause", "abuse", rf"\b(?:i|we|he|she|son|daughter|wife|husband|kid|child|kids|have|accidentally|'ve)(?: have| accidentally| just| once)* (?:dropped|threw|smashed) {_IT}\b{_NOT_SO}(?! (?:question|off))", True),
    ("damage_cause", "abuse", rf"\b{_IT}(?: has| had| just| accidentally| once)* (?:fell|fallen|dropped|slipped)\b{_NOT_SO}", True),
    ("damage_cause", "abuse", rf"\b{_IT} was dropped\b|\bi (?:left|put|had) {_IT} (?:in the (?:sun|oven|freezer|microwave)|on the (?:stove|radiator|heater))\b", True),
    ("damage_cause", "external", rf"\b(?:stepped|sat|stood|trod|trampled) on {_IT}\b|\b(?:drove|ran|rolled) over {_IT}\b", True),
    ("damage_cause", "external", rf"\b(?:dog|cat|puppy)(?: \w+)? (?:chewed|bit|ate)(?: on)? {_IT}|\bsomething(?: heavy)? fell on {_IT}\b", True),
    ("damage_cause", "third_party_repair", rf"\b(?:friend|uncle|brother|father|dad|husband|neighbou?r|cousin|technician|someone|colleague|shop|electrician|guy)(?: of mine| \w+)?(?: has| had| already| tried to)* (?:repaired|repair|fixed|fix|soldered|opened up|took apart) {_IT}\b", True),
    ("damage_cause", "third_party_repair", rf"\b(?:had|got) {_IT} (?:repaired|fixed|serviced)\b|\b(?:was|been) (?:repaired|serviced|fixed) (?:by|at|in) (?:a|an|my|another|the) (?!soocas)", True),
    ("damage_cause", "third_party_repair", rf"\btook {_IT} to (?:a|the|my)(?: local)? (?:repair|electronics|service)(?: shop| centre| center| man| guy)?\b", True),
    ("damage_cause", "none", r"\b(?:never|didn't|did not|not|haven't|hasn't|wasn't|didnt|havent|hasnt)(?: even| ever| been| once)* (?:dropped?|fallen|fell|fall|wet|submerged|mishandled|misused|abused)\b(?! off)", False),
    ("damage_cause", "none", r"\bnothing (?:has )?happened to it\b|\bnothing special happened\b|\b(?:in|under|during|with) normal use\b|\bfor no reason\b|\bout of nowhere\b", False),
    ("damage_cause", "none", r"\b(?:stopped|died|failed|broke|quit)(?: working| charging)?(?: (?:all|just))? (?:by itself|on its own)\b", True),
    # where it was bought
    ("purchase_channel", "amazon_store", rf"{_BUY_IT} amazon\b|\bamazon (?:order|purchase)\b|^\W*(?:(?:on|from|via|it was|at|through) )*(?:the )?amazon(?:\.\w+)*(?: store| shop)?\W*$", True),
    ("purchase_channel", "official_website", rf"{_BUY_IT} (?:web ?site|site|web ?shop|online (?:shop|store)|soocas\.com|soocas|(?:online )?(?:shop|store) online|website store)\b", True),
    ("purchase_channel", "official_website", r"^\W*(?:(?:on|from|at|via|through|it was|directly) )*(?:your|the|soocas|official|soocas official)(?: official| own| soocas)* (?:web ?site|site|online (?:shop|store)|web ?shop)\W*$", True),
    ("purchase_channel", "official_website", rf"\b{_BUY}\b(?: {_IT})? (?:directly |straight )?from (?:you|soocas)(?: directly| guys)?\s*$", True),
    ("purchase_channel", "authorized_dealer", rf"{_BUY_IT} (?:dealer|distributor)\b|^\W*(?:(?:from|at|through|via|it was) )*(?:an? |the |your )?(?:official |authori[sz]ed |local )*(?:dealer|distributor|reseller)\W*$", True),
    ("purchase_channel", "offline_store", rf"{_BUY_IT} (?:(?!amazon|online|web|soocas|official)\w+ )?(?:shop|store|mall|supermarket|pharmacy|drug ?store|shopping cent(?:er|re)|department store)\b(?! online)", True),
    ("purchase_channel", "offline_store", r"^\W*(?:in|at|from) (?:an?|the)(?: \w+)? (?:shop|store|mall|supermarket|pharmacy|drug ?store|shopping cent(?:er|re))(?: (?:in|at|near) [\w ]{2,30})?\W*$", True),
    ("purchase_channel", "other", rf"{_BUY_IT} (?:ebay|aliexpress|temu|shein|lazada|shopee|flipkart|walmart|facebook(?: marketplace)?|craigslist|flea market|friend|second hand|private seller)\b", True),
    ("purchase_channel", "other", r"^\W*(?:(?:on|from|via|at|through|it was) )*(?:ebay|aliexpress|temu|lazada|shopee|flipkart|craigslist|facebook marketplace|a friend)\W*$|\b(?:bought|got) (?:it )?second[ -]hand\b", True),
    # what is wanted
    ("remedy", "refund", rf"\b{_WANT}(?: (?:rather|just|only|instead|to|have|get|a|an|my|the|full|complete|immediate|back))* (?:refund|refunds|money back|money|reimbursement)\b(?! (?:status|policy|time))", True),
    ("remedy", "refund", r"^\W*(?:i(?:'d| would) (?:rather|prefer) )?(?:just |only |full |a |the )*(?:refund|money back|(?:the|my) money(?: back)?)(?: me)?(?: please| pls| instead| now| only| nothing else)*\W*$|\brefund me\b|\b(?:give|want|have|get) (?:me )?(?:all )?my money back\b", True),
    ("remedy", "replacement", rf"\b{_WANT}(?: (?:rather|just|only|instead|to|have|get|a|an|my|the|free|quick|immediate|please|me))* (?:replacement|(?:brand )?new (?:one|piece|unit|toothbrush|brush|flosser|handle|device)|another (?:one|unit|piece)|(?:it )?replaced)\b(?! (?:head|status|policy|charger|cable|battery))", True),
    ("remedy", "replacement", r"^\W*(?:just |only |a |the )*(?:replacement|new one)(?: please| pls| instead| only)*\W*$|\b(?:please )?replace (?:it|them|my \w+)\b", True),
    # what it is swapped for
    ("exchange_for", "same_item_other_colour", rf"\b(?:same|exact)(?: (?:one|item|model|product|thing|brush|toothbrush|flosser))*,? (?:but )?(?:just )?in (?:an? )?(?:other|another|different|{_COLOUR})\b", True),
    ("exchange_for", "same_item_other_colour", r"\b(?:exchange|swap|change|trade|switch|want|like|prefer|have|get|need|give)\b[\w' ]{0,40}? (?:in |for |to )?(?:an? )?(?:other|another|different) colou?r\b|^\W*(?:an?)? ?(?:other|another|different) colou?r(?: please| pls)?\W*$|\bsame (?:model|one|item),? (?:but )?(?:other|another|different) colou?r\b", True),
    ("exchange_for", "same_item_other_colour", rf"\b(?:exchange|swap|trade|switch)\b[\w' ]{{0,30}} (?:for|to|with)(?: the| an?)? {_COLOUR}(?: one| version)?\b", True),
    ("exchange_for", "same_item", r"\b(?:exchange|swap|want|like|prefer|need|replace|get|give|have)\b[\w' ]{0,40} (?:the )?same (?:one|item|model|product|thing)(?: again)?\s*$|^\W*(?:for )?(?:exactly )?the same (?:one|item|model|product|thing)(?: again| please)*\W*$", True),
    ("exchange_for", "different_item", rf"\b(?:exchange|swap|trade|switch)\b[\w' ]{{0,30}} (?:for|with|to)(?: the| an?)? (?:{_MODEL}\b|(?:different|other|another) (?:model|product|item|type)\b)", True),
    ("exchange_for", "different_item", r"^\W*(?:for )?(?:an? )?(?:different|other|another) (?:model|product|item|type)(?: please| pls)?\W*$", True),
    # what was tried
    ("troubleshooting_done", "false", r"\b(?:haven't|have not|didn't|did not|havent|didnt|not|never)(?: yet| even)* (?:tried?|done|did|do) (?:anything|resetting|to reset|any of|any troubleshooting|troubleshooting|that yet|any steps)", False),
    ("troubleshooting_done", "true", r"\b(?:tried|done|did)(?: already| also| out)* (?:everything|resetting|to reset|another (?:charger|cable|socket|outlet|plug)|a different (?:charger|cable|socket|outlet|plug)|all (?:the |of the |your )?(?:steps|tips|troubleshooting)|(?:the |all )?troubleshooting|a reset|the reset)", True),
    ("troubleshooting_done", "true", rf"\b(?:i|we|have|already|'ve)(?: have| already| also)* (?:reset|restarted|rebooted) {_IT}\b|\b(?:charged {_IT} (?:overnight|all night|fully|completely|for \d+ hours|for \w+ hours))\b|\bfollowed (?:all )?(?:the |your )?(?:troubleshooting|manual|instructions|steps)", True),
    # the present that came with the order
    ("gift_returned", "false", r"\b(?:keep|keeping|kept)(?: the| my| that)?(?: free)? gifts?\b|\bgift (?:is|was)(?: already)? (?:gone|used|lost|given away)\b|\bgave the(?: free)? gift away\b", True),
    ("gift_returned", "false", r"\b(?:not|won't|don't want to|cannot|can't|without)(?: be)? (?:send|sending|return|returning|giv(?:e|ing))(?: back)? the(?: free)? gift\b", False),
    ("gift_returned", "true", r"\b(?:send|sending|return|returning|give|bring|ship|include|including|put)(?: back)?(?: the| that)?(?: free)? gift (?:back|too|as well|also|along|with it|with the)\b", True),
    ("gift_returned", "true", r"\b(?:send|sending|give|giving|return|returning)(?: you)? (?:back )?the free gift\b|\bgift (?:comes|goes|is going|will come|will go) back\b", True),
    # why it goes back
    ("reason", "colour", r"\b(?:don't|do not|didn't|did not|doesn't|dont|not) (?:really )?like (?:the|this|that|its) colou?r\b|\bcolou?r (?:is not|isn't|does not|doesn't|is)(?: \w+)? (?:nice|my taste|suit|ugly|for me)\b", False),
    ("reason", "changed_mind", r"\b(?:i|i've|we|have|he|she)(?: have| had| just)? changed (?:my|our) mind\b|^\W*(?:reason:? )?changed (?:my )?mind\W*$", True),
    ("reason", "changed_mind", rf"\b(?:no longer need(?:ed)?|no longer want(?:ed)?)\b|\b(?:don't|do not|dont) (?:need|want) {_IT}(?: any ?more)?\s*$|\b(?:ordered|bought)(?: {_IT})? by (?:mistake|accident)\b", False),
    ("reason", "lost_or_stolen", rf"\b(?:i|we)(?: have|'ve)? (?:lost|misplaced) (?:it|them|{_THING})\b|\b(?:it|toothbrush|brush|flosser) (?:was|got|has been|were) (?:stolen|lost)(?! (?:in|during|by|on) )|\bsomeone stole (?:it|my (?:tooth ?brush|brush|flosser))\b", True),
)  # fmt: skip
PHRASES = tuple((entity, value, re.compile(pattern), deniable) for entity, value, pattern, deniable in _ROWS)
