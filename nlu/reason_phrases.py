"""The phrases that state why something goes back. Rows as in nlu.claim_phrases: entity, value, pattern, deniable."""

# ruff: noqa: E501 - a phrase stays on one line
from __future__ import annotations

from nlu.claim_words import COLOUR, IT, MODEL, PARTS, THING, Row

_PART_THAT_FAILS = r"(?:(?:the|its|my) )?(?:motor|battery|power button|start button|on[ /-]*off button|button|pump|light|display|charger|charging (?:base|stand|light)|head)"
_SELF = rf"(?:(?:it|they|{THING})(?:'s|s)?(?: that| which)?(?: (?:i|we) (?:ordered|bought|got|purchased|have|received)(?: from you)?)?|{_PART_THAT_FAILS}|which)"
_ALREADY = r"(?: (?:really|even|just|simply|still|suddenly|also|again|completely|totally|often|only))*"
_NOT = (
    r"(?:does not|doesn't|doesnt|do not|don't|dont|did not|didn't|didnt|won't|wont|will not|would not|wouldn't|"
    r"is not|isn't|isnt|are not|aren't|not|no longer|can not|cannot|can't|cant|never|refuses to|ain't|aint|doesnot|does'nt|dosen't|dosent|stopped|stops|has stopped|fails to)"
)
_DO_POWER = (
    r"(?:turn(?:s|ed|ing)? on|switch(?:es|ed|ing)? on|power(?:s|ed|ing)? (?:on|up)|start(?:s|ed|ing)?(?: up)?|"
    r"charg(?:e|es|ed|ing)|hold(?:s|ing)? (?:a |its |the |any )?charge|tak(?:e|es|ing) (?:a |any )?charge|vibrat(?:e|es|ed|ing)|"
    r"spin(?:s|ning)?|spray(?:s|ing)?|run(?:s|ning)?(?! out\b))"
)
_NOT_MONEY = r"(?! (?:me|us|my|for|extra|any (?!more|longer)|the|vat|shipping|more than|customers|until (?:monday|tomorrow)|into|from|to\b|with))"
_WORK = r"(?:work(?:s|ed|ing)?|function(?:s|ed|ing)?)"
_NOT_TASTE = r"(?! (?:for (?:me|us|my|him|her)|out\b|well (?:for|with)|with (?:my|our|the)|on my|that|like|today))"
_ENDED = r"(?:died|quit|broke down|gave up|went dead|packed up|conked out)"
_SENDER = r"(?:you|u|they|soocas|the seller|the shop|amazon|your (?:shop|team|warehouse|colleagues?))(?: guys| people)?(?: have| had|'ve| accidentally| just| also)*"
_NOUN = r"(?:item|items|unit|units|piece|product|model|colou?r|version|one|thing|device|toothbrush|brush|flosser|handle|head|heads|brush heads?|charger|size|order|parcel|package)"
_WRONG = rf"(?:the |a |an |my )?(?:completely |totally |entirely )?(?:wrong|incorrect) (?:{COLOUR} )?{_NOUN}\b(?! of)"
_DIFFERENT = rf"(?:the |a |an )?(?:completely |totally |entirely )?different {_NOUN}"
_GOT = r"(?:received|recieved|got|was sent|were sent|been sent|was given|came|arrived|was delivered|delivered)"
_CAME = r"(?:arriv(?:ed|es)|came|was delivered|were delivered|got delivered|got here|reached me)"
_HURT = r"(?:broken|damaged|cracked|smashed|scratched|dented|in pieces|shattered|bent|chipped|snapped)"
_IN_BOX = r"(?:in|inside|from) (?:the |my |its )?(?:box|package|parcel|packaging|delivery|order|set)"
_MISS_PARTS = (
    rf"(?:(?:one|two|three|some|all|\d)(?: of)?(?: the| my)? )?(?!(?:[a-z]+ ){{0,3}}(?:labels?|tags?|invoice)\b){PARTS}"
)

ROWS: tuple[Row, ...] = (
    ("reason", "quality_problem", rf"(?:^\W*|\b{_SELF}(?: has| have)?{_ALREADY} ){_NOT}{_ALREADY} {_DO_POWER}\b{_NOT_MONEY}", False),
    ("reason", "quality_problem", rf"\b(?:cannot|can't|cant|can not|couldn't|could not|unable to) (?:even )?(?:turn|switch|power) (?:{IT} )?on\b|\b(?:cannot|can't|cant|can not|unable to) charge {IT}(?! to\b)", False),
    ("reason", "quality_problem", rf"(?:^\W*|\b{_SELF}(?: has| have)?{_ALREADY} )(?!not {_WORK} for){_NOT}{_ALREADY} {_WORK}\b{_NOT_TASTE}", False),
    ("reason", "quality_problem", rf"\b{IT}\b[a-z' ]{{0,40}} and (?:then |now |suddenly |just )*{_NOT}{_ALREADY} (?:{_DO_POWER}\b{_NOT_MONEY}|{_WORK}\b{_NOT_TASTE})", False),
    ("reason", "quality_problem", rf"\b{_SELF}(?: has| have)?{_ALREADY} {_ENDED}\b|\b{IT}(?: has| have)?{_ALREADY} stopped(?= (?:after|within|by itself|on its own|all of a sudden|suddenly|completely|one day|overnight|out of nowhere)\b|\s*$)", True),
    ("reason", "quality_problem", rf"^\W*(?:just |suddenly |simply )*{_ENDED}\b(?! (?:laughing|waiting|on me))(?<!^quit)", True),
    ("reason", "quality_problem", rf"\b{_SELF} (?:is|are|was|were|seems|looks|appears|turned out|'s|s)(?: to be)?{_ALREADY} (?:defective|faulty|defect|malfunctioning|dead)\b|\bit's{_ALREADY} (?:defective|faulty|dead)\b|^\W*(?:defective|faulty)(?: {THING})?\W*$", True),
    ("reason", "quality_problem", rf"\b(?:got|received|recieved|have|bought|sent me)(?: an?| the| my)? (?:defective|faulty|malfunctioning|non[ -]?working) {_NOUN}\b|\b(?:arrived|came) (?:defective|faulty|not working)\b", True),
    ("reason", "quality_problem", rf"\b{_SELF}(?: has| have| is| are|'s| keeps?| started| starts| began)*{_ALREADY} (?:leak(?:s|ed|ing)?(?: from)?|shutting off|switching off|turning off by itself)\b|\bit's{_ALREADY} leaking\b|^\W*(?:is |it )?leak(?:s|ing)\b", True),
    ("reason", "damaged_on_arrival", rf"\b(?:{_CAME}|arrive)(?: to me| here| home| already| all| completely| totally| and (?:was|is))* (?:{_HURT}|with (?:an? |the |its |several |many )?(?:big |small |large |deep )?(?:crack|cracks|cracked|broken|damage|damaged|scratch|scratches|dents?|chips?))\b", True),
    ("reason", "quality_problem", rf"^\W*(?:{THING} |it )?(?:has )?no power(?: at all| any ?more)?\s*$|\b(?:it|{THING}) has no power\b", False),
    ("reason", "quality_problem", r"\b(?:kaam|chal|charge|on|work|start) (?:bhi |hi )?(?:nahi|nhi|nahin) (?:kar|ho|raha|rahi|hota|hoti|karta|karti|hua)\b|\bband ho ga(?:ya|yi)\b|\bkharab (?:ho ga(?:ya|yi)|hai|nikla)\b", False),
    ("reason", "damaged_on_arrival", rf"\bwhen (?:i|we|it|they|the \w+) (?:opened|unpacked|received|got|took|arrived|came)\b[a-z' ]{{0,40}}\b(?:was|were|is)(?: already| all| completely| badly)* {_HURT}\b|\b(?:courier|carrier|dhl|fedex|ups|postman) (?:has )?(?:damaged|broke|smashed|crushed) {IT}\b", True),
    ("reason", "damaged_on_arrival", rf"\b{_HURT}(?: already)? (?:on arrival|out of the box|in transit|during (?:transit|transport|shipping|delivery)|by the (?:courier|carrier|post)|when (?:it|they|the \w+) (?:arrived|came|was delivered)|when i (?:opened|unpacked|received|got|took))", True),
    ("reason", "damaged_on_arrival", rf"\b(?:received|recieved|got|was sent|delivered)(?: an?| the| my)?(?: {IT})?(?: already)? {_HURT}(?: {_NOUN}| \w+ing (?:base|cable))?(?!-)\b(?! by)", True),
    ("reason", "wrong_item", rf"\b{_SENDER} (?:sent|send|shipped|delivered|gave|packed)(?: me| us)? (?:{_WRONG}|{_DIFFERENT})\b", True),
    ("reason", "wrong_item", rf"\b{_GOT}(?: me| in| with)? {_WRONG}\b|\b{_GOT}(?: me)? {_DIFFERENT}\b(?! (?:again|as a gift))", True),
    ("reason", "wrong_item", rf"\b{_WRONG}(?: has| have| was| were| been| just| is)* (?:came|arrived|delivered|sent|shipped|received|recieved|here)\b|^\W*(?:received|delivered) (?:wrong|different) {_NOUN}\b", True),
    ("reason", "wrong_item", rf"\b(?:{_GOT}|sent me|sent us|shipped me)\b(?: (?!refund|money|replacement|credit|voucher)[\w-]+){{1,5}} instead of (?:the |a |an |my )?(?:{COLOUR}|{MODEL}|{THING}|one)\b", True),
    ("reason", "wrong_item", r"\b(?:is not|isn't|isnt|not|wasn't|was not) (?:the (?:one|model|colou?r|item|product|thing) (?:that )?|what )(?:i|we) (?:have )?(?:ordered|bought|paid for)\b|\bdifferent (?:from|than|to) what (?:i|we) ordered\b", False),
    ("reason", "missing_accessories", rf"\b{_MISS_PARTS} (?:is|are|was|were|'s|s)(?: also| still| completely| just)* missing\b|\b{_MISS_PARTS} missing\s*$", True),
    ("reason", "missing_accessories", rf"\b{_MISS_PARTS} (?:is|are|was|were)(?: not|n't)(?: even)? (?:included|{_IN_BOX}|there when)\b|\b{_MISS_PARTS} (?:isnt|wasnt|arent|werent) (?:included|{_IN_BOX})\b", False),
    ("reason", "missing_accessories", rf"\b(?:there (?:is|was|are|were) )?no {PARTS} (?:was |were |came )?(?:{_IN_BOX}|included|inside|came|with it)\b", False),
    ("reason", "missing_accessories", rf"\b(?:came|arrived|was delivered|delivered|shipped|got it|received it|sent it)(?: to me)? without (?:any )?{PARTS}\b|\b(?:did not|didn't|didnt|does not|doesn't) (?:come with|include|contain|have)(?: any)? {PARTS}\b(?! any ?more)", False),
    ("reason", "missing_accessories", rf"\b(?:you|they|u)(?: guys| have| also)* (?:forgot|left out|did not send|didn't send|did not include|didn't include)(?: to (?:send|include|pack|add))?(?: me)? {PARTS}\b", False),
    ("reason", "missing_accessories", rf"(?:^\W*|\b(?:it's|it is|is|was|were|box is|order is|package is|package was) )missing(?: the| a| an| its| my| some| \d| one| two)* {PARTS}\b", True),
    ("reason", "colour", r"\b(?:don't|do not|didn't|did not|doesn't|dont|not) (?:really )?like (?:the|this|that|its) colou?r\b|\bcolou?r (?:is not|isn't|does not|doesn't|is)(?: \w+)? (?:nice|my taste|suit|ugly|for me)\b", False),
    ("reason", "changed_mind", r"\b(?:i|i've|we|have|he|she)(?: have| had| just| simply| really| since)* changed (?:my|our|his|her|their) minds?\b|^\W*(?:reason:? |(?:just |simply )+)?chang(?:ed|e of) (?:(?:my|our|his|her|their) )?(?:minds?|heart)\W*$", True),
    ("reason", "changed_mind", rf"\b(?:no longer need(?:ed)?|no longer want(?:ed)?)\b|\b(?:don't|do not|dont|didn't|did not|didnt|doesn't) (?:really )?(?:need|want|like) {IT}(?: any ?more| any longer| after all| now)?\W*$|\b(?:ordered|bought)(?: {IT})? by (?:mistake|accident)\b", False),
    ("reason", "lost_or_stolen", rf"\b(?:i|we)(?: have|'ve)? (?:lost|misplaced) (?:it|them|{THING})\b|\b(?:it|toothbrush|brush|flosser) (?:was|got|has been|were) (?:stolen|lost)(?! (?:in|during|by|on) )|\bsomeone stole (?:it|my (?:tooth ?brush|brush|flosser))\b", True),
)  # fmt: skip
