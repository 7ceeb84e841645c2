"""The phrases that state a fact of a claim outright. A wrong fact costs money: when in doubt, a phrase is not here.

Each row: entity, value, pattern over a clause in lower case, and whether a denial before it takes the fact back.
"""

# ruff: noqa: E501 - a phrase stays on one line
from __future__ import annotations

import re

from nlu import cause_phrases, reason_phrases
from nlu.claim_words import BOX, COLOUR, FEW_TIMES, IT, MODEL, PARTS, Row

_BUY = r"(?:bought|purchased|ordered|got|buy|order(?:ed)?|purchase[d]?|acquired|picked (?:it )?up|mangwaya|liya)"
_BUY_IT = rf"\b{_BUY}\b(?: {IT})?(?: [a-z0-9']+){{0,4}}? (?:on|from|at|in|via|through|over|off|by)(?: the| an?| your| our| my| some| local| soocas| official| authori[sz]ed)*"
_WANT = (
    r"(?:want|wants|need|prefer|like|take|have|demand|requesting|request|wish for|give me|send me|ship me|get|hoping for|rather(?: have| get| take)?|"
    r"chahiye|please)"
)

_ROWS: tuple[Row, ...] = (
    # never used beyond looking at it
    ("unused", "true", rf"\b(?:never|not|hasn't been|haven't|hasn't|wasn't|didn't|havent|didnt)(?: been| even| ever| yet| really)* (?:used?|opened?|unpacked|touched|unsealed|tried)(?: {IT}| {BOX}| the package| the parcel| the seal)?(?: yet| at all| once| even once| ever| either| or used| or opened| and not used| of course| obviously)*\s*$", False),
    ("unused", "true", r"\b(?:unused|unopened|factory sealed|unsealed never|brand[ -]new in (?:the )?(?:box|package|packaging))\b|^\W*(?:it's |its |it is |still )?brand[ -]?new\W*$", True),
    ("unused", "true", r"\b(?:still|is|are|completely|it's|remains) (?:\w+ )?sealed\b|^\W*sealed\W*$", True),
    ("unused", "true", rf"\bstill (?:in|inside) {BOX}|\bstill (?:gift[ -]?)?wrapped\b|\bstill in (?:its|the) (?:plastic|foil|wrapper|wrap)\b", True),
    ("unused", "true", r"^\W*nothing (?:(?:is|was|has been|of it|in it) )*(?:ever )?(?:used|opened|touched)\b(?! to\b)|\b(?:none|nothing) of (?:it|them) (?:is|was|were|has been) (?:used|opened)\b", False),
    ("unused", "true", r"\bnever (?:even )?(?:took|taken|got) (?:it|them|the \w+) out of (?:the|its|their) (?:box|packaging|package|plastic)\b|\b(?:not|never)(?: been| ever)* used at all\b", False),
    ("unused", "false", rf"\b(?:i|we|he|she|my \w+|kids|have|has|'ve|already|only|just)(?: have| has| had| already| only| just| did)* (?:used|tried) {IT}\b(?! to\b)", True),
    ("unused", "false", rf"^\W*(?:already |only |just )*used (?:{IT} )?(?:once|twice|daily|a lot|for\b|{FEW_TIMES} times?|since|every|already)", True),
    ("unused", "false", rf"\b(?:been|was|were|am|are|started|kept|stopped) using {IT}\b", True),
    ("unused", "false", r"\b(?:opened|unpacked) and used\b|\bof (?:normal |daily |regular )?use\b(?! case)", True),
    ("unused", "false", rf"\bafter (?:the )?(?:first|second|third|{FEW_TIMES}) uses?\b", True),
    ("unused", "false", rf"\b(?:i|we|he|she|my \w+)(?: only| just| already| have| 've| do| did)* (?:use|tested) {IT} (?:once|twice|daily|every|each|all|a few|for|since|regularly)\b", True),
    ("unused", "false", r"^\W*(?:yes|yeah|yep|sorry|well)?\W*(?:it is|it's|it has been|it was|they are)(?: already| only| slightly)* used(?: once| twice| daily| a few times| already| for [\w ]+| since [\w ]+| every [\w ]+)?\s*$", True),
    # box and wrapping
    ("packaging_complete", "false", rf"\b(?:threw|thrown|tossed|recycled|discarded|binned|chucked|got rid of|disposed of)(?: away| out)? {BOX}\b|\b(?:threw|thrown|tossed|chucked|put) (?:out |away )?{BOX} (?:away|out|in the (?:bin|trash|garbage|recycling))\b", True),
    ("packaging_complete", "false", rf"\b(?:i|we|have)(?: have|'ve)? (?:lost|misplaced) {BOX}\b", True),
    ("packaging_complete", "false", rf"\b(?:don't have|do not have|dont have|didn't keep|did not keep|didnt keep|haven't (?:got|kept)|haven't|no longer have|not have|can't find|cannot find|cant find|have no|got no) {BOX}", False),
    ("packaging_complete", "false", rf"^(?:\W|it's|it|is|has|there is|there's|i have|with|the|unfortunately|have|sorry)*\b(?:no|without) {BOX}(?: (?:any ?more|left|anymore))?\s*$", False),
    ("packaging_complete", "false", rf"{BOX} (?:is|are|was|were|has been|have been|went|got|'s)(?: already| all| long| now| been)* (?:gone|thrown|lost|in(?:to)? the (?:bin|trash|garbage|recycling)|discarded|recycled|binned|torn|ripped)\b", True),
    ("packaging_complete", "true", rf"\b(?:have|got|kept|keep|has)(?: still| also| everything and| both)* (?!an? (?:box|carton)){BOX}\b(?! (?:is|was|are|of|for|number|ready to)\b)", True),
    ("packaging_complete", "true", r"\bin (?:the|its|their) original (?:box|packaging|packing|carton|wrapping)\b", True),
    ("packaging_complete", "true", rf"{BOX}(?: and (?:everything|all (?:the )?(?:accessories|parts)))?(?: (?:is|are|'s))?(?: still| all| also)* (?:there|here|intact|complete|undamaged|available|fine|ok(?:ay)?)\b", False),
    # what belongs to it
    ("contents_complete", "true", r"\b(?:everything|all (?:of )?(?:the )?(?:parts|accessories|pieces|contents))(?: that came with it)?(?: is| are|'s)(?: still| all)* (?:there|here|complete|included|present|in the box|with it|in it|together|available)\b", True),
    ("packaging_complete", "true", r"^\W*(?:(?:and|the|original|its) )*(?:packaging|box|carton)(?: still| all)* (?:complete|intact|undamaged|there)\W*$", False),
    ("contents_complete", "true", r"^\W*(?:and )?(?:everything|all (?:the )?(?:parts|accessories))(?: still)* (?:there|complete|included|present|in (?:the|its) (?:original )?(?:box|packaging))\W*$", False),
    ("contents_complete", "true", rf"\b(?:have|got|kept|includes?|with)(?: still)? (?:everything|all (?:of )?(?:the )?(?:parts|accessories|pieces))\b(?! (?:to|set|i|you|we|ready|about|else (?:works|is fine))\b)|\bhave {BOX} and everything\b", True),
    ("contents_complete", "true", r"\bnothing(?:'s| is)? missing\b|\bcomplete with everything\b|\ball accessories included\b", False),
    ("contents_complete", "false", rf"{PARTS} (?:is|are|was|were|got|has been|have been)(?: already| all| been| now)* (?:lost|gone|thrown away)\b", True),
    ("contents_complete", "false", rf"\b(?:i|we|have)(?: have|'ve)? (?:lost|misplaced|threw away|threw out|thrown away|tossed) {PARTS}\b", True),
    ("contents_complete", "false", rf"\b(?:don't have|do not have|dont have|no longer have|can't find) {PARTS}(?: any ?more| any longer)", False),
    ("contents_complete", "false", rf"\b(?:only|just) {PARTS} (?:is|are|was|were|'s) missing\b|\b(?:set|kit|contents?) (?:is|are) (?:not|in)\s?complete\b|\b(?:set|kit) isn't complete\b|\bnot everything is (?:there|here|complete|included)\b", False),
    # where it was bought
    ("purchase_channel", "amazon_store", rf"{_BUY_IT} amazon\b|\bamazon (?:order|purchase)\b|^\W*(?:(?:on|from|via|it was|at|through) )*(?:the )?amazon(?:\.\w+)*(?: store| shop)?\W*$", True),
    ("purchase_channel", "official_website", rf"{_BUY_IT} (?:web ?site|site|web ?shop|online (?:shop|store)|soocas\.com|soocas|(?:online )?(?:shop|store) online|website store)\b", True),
    ("purchase_channel", "official_website", r"^\W*(?:(?:on|from|at|via|through|it was|directly) )*(?:your|the|soocas|official|soocas official)(?: official| own| soocas)* (?:web ?site|site|online (?:shop|store)|web ?shop)\W*$", True),
    ("purchase_channel", "official_website", rf"\b{_BUY}\b(?: {IT})? (?:directly |straight )?from (?:you|soocas)(?: directly| guys)?\s*$", True),
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
    ("remedy", "replacement", rf"\b(?:{_WANT}|for)(?: (?:rather|just|to|have|get|be|it|this|that|them|the|my \w+))* (?:exchanged|swapped|an exchange)\b(?! (?:for|to|with|in|into|against|status|policy))", True),
    # what it is swapped for
    ("exchange_for", "same_item_other_colour", rf"\b(?:same|exact)(?: (?:one|item|model|product|thing|brush|toothbrush|flosser))*,? (?:but )?(?:just )?in (?:an? )?(?:other|another|different|{COLOUR})\b", True),
    ("exchange_for", "same_item_other_colour", r"\b(?:exchange|swap|change|trade|switch|want|like|prefer|have|get|need|give)\b[\w' ]{0,40}? (?:in |for |to )?(?:an? )?(?:other|another|different) colou?r\b|^\W*(?:an?)? ?(?:other|another|different) colou?r(?: please| pls)?\W*$|\bsame (?:model|one|item),? (?:but )?(?:other|another|different) colou?r\b", True),
    ("exchange_for", "same_item_other_colour", rf"\b(?:exchange|swap|trade|switch)\b[\w' ]{{0,30}} (?:for|to|with)(?: the| an?)? {COLOUR}(?: one| version)?\b", True),
    ("exchange_for", "same_item_other_colour", r"\b(?:exchange|swap|change|trade|switch)\b(?: (?:the|my|its?|their|your|toothbrush|brush|flosser|handle|item|one|unit|of|out|for|in))* colou?rs?\b", True),
    ("exchange_for", "same_item", r"\b(?:exchange|swap|want|like|prefer|need|replace|get|give|have)\b[\w' ]{0,40} (?:the )?same (?:one|item|model|product|thing)(?: again)?\s*$|^\W*(?:for )?(?:exactly )?the same (?:one|item|model|product|thing)(?: again| please)*\W*$", True),
    ("exchange_for", "same_item", r"\b(?:send|sent|ship|want|like|have|get|need|give)\b(?: (?:me|us|to|have|get|please|just|now))* (?:the (?:right|correct|proper) (?:one|item|model|product|thing|colou?r|version|toothbrush|brush|flosser)|(?:the one|what) (?:that )?(?:i|we)(?: have| had|'ve|'d)?(?: actually| really)? (?:ordered|paid for))\b", True),
    ("exchange_for", "different_item", rf"\b(?:exchange|swap|trade|switch)\b[\w' ]{{0,30}} (?:for|with|to)(?: the| an?)? (?:{MODEL}\b|(?:different|other|another) (?:model|product|item|type)\b)", True),
    ("exchange_for", "different_item", r"^\W*(?:for )?(?:an? )?(?:different|other|another) (?:model|product|item|type)(?: please| pls)?\W*$", True),
    # what was tried
    ("troubleshooting_done", "false", r"\b(?:haven't|have not|didn't|did not|havent|didnt|not|never)(?: yet| even)* (?:tried?|done|did|do) (?:anything|resetting|to reset|any of|any troubleshooting|troubleshooting|that yet|any steps)", False),
    ("troubleshooting_done", "true", r"\b(?:tried|done|did)(?: already| also| out)* (?:everything|resetting|to reset|another (?:charger|cable|socket|outlet|plug)|a different (?:charger|cable|socket|outlet|plug)|all (?:the |of the |your )?(?:steps|tips|troubleshooting)|(?:the |all )?troubleshooting|a reset|the reset)", True),
    ("troubleshooting_done", "true", rf"\b(?:i|we|have|already|'ve)(?: have| already| also)* (?:reset|restarted|rebooted) {IT}\b|\b(?:charged {IT} (?:overnight|all night|fully|completely|for \d+ hours|for \w+ hours))\b|\bfollowed (?:all )?(?:the |your )?(?:troubleshooting|manual|instructions|steps)", True),
    # the present that came with the order
    ("gift_returned", "false", r"\b(?:keep|keeping|kept)(?: the| my| that)?(?: free)? gifts?\b|\bgift (?:is|was)(?: already)? (?:gone|used|lost|given away)\b|\bgave (?:the|that)(?: free)? gift away\b|\b(?:lost|used|opened) the(?: free)? gift\b", True),
    ("gift_returned", "false", r"\b(?:not|won't|don't want to|cannot|can't|without)(?: be)? (?:send|sending|return|returning|giv(?:e|ing))(?: back)? the(?: free)? gift\b", False),
    ("gift_returned", "true", r"\b(?:send|sending|return|returning|give|bring|ship|include|including|put)(?: back)?(?: the| that)?(?: free)? gift (?:back|too|as well|also|along|with it|with the)\b", True),
    ("gift_returned", "true", r"\b(?:send|sending|give|giving|return|returning)(?: you)? (?:back )?the free gift\b|\bgift (?:comes|goes|is going|will come|will go) back\b|\b(?:i'll|i will|we'll|we will|going to|gonna) (?:send|return|give|include)(?: back)? the (?:free )?gift\s*$|\b(?:together|along|back|it) with the (?:free )?gift\b(?! (?:card|box|bag|receipt))", True),
)  # fmt: skip
PHRASES = tuple(
    (entity, value, re.compile(pattern), deniable)
    for entity, value, pattern, deniable in (*_ROWS, *cause_phrases.ROWS, *reason_phrases.ROWS)
)
