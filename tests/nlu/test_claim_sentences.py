"""Whole messages and every fact that they state: what stands in brackets, and nothing beside it."""

import pytest

from nlu.claims import find_claim_facts

NOTHING_HAPPENED = """
    nothing happened to it, it just stopped | cause=none reason=quality
    Nothing happened | cause=none
    no, nothing happened | cause=none
    Nope nothing happened to it | cause=none
    no accident | cause=none
    No accidents, I promise | cause=none
    there was no accident or anything | cause=none
    it just died | cause=none reason=quality
    it just quit one morning | cause=none reason=quality
    It just stopped charging | cause=none reason=quality
    it stopped by itself | cause=none reason=quality
    it stopped working on its own | cause=none reason=quality
    it suddenly stopped working | cause=none reason=quality
    Suddenly it stopped vibrating | cause=none reason=quality
    it stopped all of a sudden | cause=none reason=quality
    died out of nowhere | cause=none reason=quality
    one day it stopped working | cause=none reason=quality
    it quit working overnight | cause=none reason=quality
    it simply stopped after two months | cause=none reason=quality
    wasn't dropped, just died | cause=none reason=quality
    I did not drop it, it suddenly died | cause=none reason=quality
    no drops, no falls | cause=none
    it simply doesn't charge any more | reason=quality
    it broke | -
    I pressed the power button and nothing happened | -
    I plugged it in, nothing happened | -
    nothing happened after I contacted you | -
    nothing happened with my refund | -
    it just stopped after I dropped it | cause=abuse reason=quality
    it just died after a fall | reason=quality
    it suddenly stopped after my son played with it in the bath | reason=quality
    it fell from the shelf and suddenly stopped working | cause=abuse reason=quality
    it just died when water got in | cause=water reason=quality
    I just stopped using it | unused=false
    it turned off by itself | -
    can it just stop by itself? | -
    what if it suddenly stops working | -
    if it just died, is that covered? | -
    my phone just died so I write from my laptop | -
"""
CAUSES = """
    I knocked it off the sink | cause=abuse
    it slipped out of my hand | cause=abuse
    it slipped out of my wet hands and hit the floor | cause=abuse
    my toddler dropped it | cause=abuse
    It fell down the stairs | cause=abuse
    the brush fell out of my bag | cause=abuse
    I let it fall on the tiles | cause=abuse
    I accidentally dropped my toothbrush yesterday | cause=abuse
    my wife sat on it | cause=external
    a shelf fell on it | cause=external
    it got crushed under a suitcase | cause=external
    the door slammed on it | cause=external
    I left it in the rain | cause=water
    there is water inside the handle | cause=water
    it has water damage | cause=water
    it went through the washing machine | cause=water
    my husband took it apart | cause=third_party_repair
    I repaired it myself once | cause=third_party_repair
    someone replaced the battery | cause=third_party_repair
    I opened it up and soldered the cable | cause=third_party_repair
    I took it to a repair shop | cause=third_party_repair
    the colour fell short of what I hoped | -
    my teeth fell out | -
    I dropped off the parcel yesterday | -
    I dropped it off at the post office | -
    the price dropped | -
    I believe I threw it away | -
    I threw it away | -
    I dropped it at the post office | -
    we dropped it in the mail | -
    I dropped the idea of an exchange | -
    maybe water got in | -
    When I dropped it the light went out | cause=abuse
    I never got it wet | cause=none
    you repaired it last year | -
    it was serviced by soocas | -
    it dropped in price | -
    the parcel got wet | -
    the flosser sprays water inside my mouth | -
    is water damage covered? | -
    I want you to repair it | -
    did someone repair it before? | -
    it arrived with water damage | -
"""
REASONS = """
    I want my money back, it does not turn on | remedy=refund reason=quality
    refund please. It won't charge | remedy=refund reason=quality
    my toothbrush stopped working after a week | reason=quality
    it doesn't work anymore | reason=quality
    It's defective | reason=quality
    the unit is faulty, I'd like a replacement | reason=quality remedy=replacement
    my x3 no longer charges | reason=quality
    the flosser leaks | reason=quality
    It is leaking from the bottom | reason=quality
    it does not hold a charge | reason=quality
    can't turn it on | reason=quality
    wont turn on | reason=quality
    it never worked | reason=quality
    I got a defective unit | reason=quality
    received a faulty flosser | reason=quality
    The battery is dead | reason=quality
    the motor died | reason=quality
    the power button doesn't work | reason=quality
    my brush isn't charging | reason=quality
    i want to return it because it keeps shutting off | reason=quality
    it has stopped vibrating | reason=quality
    does not switch on at all | reason=quality
    it is not turning on | reason=quality
    the toothbrush is not working properly | reason=quality
    toothbrush not working | reason=quality
    not charging | reason=quality
    it isn't defective | -
    there is nothing wrong with it, it works | -
    it doesn't work for me | -
    it does not work well with my braces | -
    if it breaks, can I get my money back? | remedy=refund
    if it breaks and it doesn't turn on, what then? | -
    once it stops working I will write again | -
    what happens if it doesn't charge? | -
    do you replace defective items? | -
    does the warranty cover defective products? | -
    is it normal that it does not charge | -
    how do I return a faulty brush | -
    Should it stop working, who pays? | -
    I am afraid it will stop working soon | -
    my old one stopped working so I bought this one | -
    my previous toothbrush died | -
    the link does not work | -
    I clicked the link in your mail and it does not work | -
    your website doesn't work | -
    the discount code is not working | -
    you did not charge my card | -
    it does not charge extra for shipping | -
    it is not faulty but I don't want it | reason=mind
    I don't want it anymore, it does not turn on | reason=quality
    it works but I don't need it | reason=mind
    why does it not turn on? | -
    that does not work for me, I need it tomorrow | -
    that does not work | -
    Monday does not work | -
    this is not working for me, get me a human | -
    you are not working | -
    the app stopped working | -
    my card does not work | -
    reviews say it stops working | -
    my friend's brush died, will mine? | -
    its not working | reason=quality
    it ain't charging | reason=quality
    it dosen't turn on | reason=quality
    kaam nahi kar raha | reason=quality
    brush band ho gaya | reason=quality
    agar kharab ho gaya to paisa wapas milega? | -
    quit | -
    when do I get my money back | -
    how long until I get the replacement I want? | -
    no power at all | reason=quality
    the charger does not work, the brush is fine | reason=quality
    The toothbrush I ordered has stopped working and I would like to return it | reason=quality
    it turns on but does not vibrate | reason=quality
    works great, thank you | -
    it started working again | -
    I got the wrong size of refund | -
    it arrived broken | reason=arrival
    My brush arrived cracked | reason=arrival
    it was damaged when it arrived | reason=arrival
    came with a crack in the handle | reason=arrival
    the head was broken when I opened the box | reason=arrival
    I received a broken toothbrush | reason=arrival
    I received it damaged, I want a refund | reason=arrival remedy=refund
    it was delivered damaged | reason=arrival
    it was broken on arrival | reason=arrival
    it arrived with a cracked head | reason=arrival
    it got damaged in transit | reason=arrival
    it arrived broken and it does not turn on | reason=arrival
    when I opened the box it was cracked | reason=arrival
    DHL broke it | reason=arrival
    do you take it back if it came broken | -
    the handle cracked after two weeks | -
    the box arrived damaged | -
    the packaging was damaged when it arrived | -
    what if it arrives damaged? | -
    if it arrives broken I will return it | -
    it didn't arrive broken | -
    it has not arrived | -
    it arrived late | -
    it arrived defective | reason=quality
    you sent me the wrong colour | reason=wrong
    the wrong model came | reason=wrong
    wrong item received | reason=wrong
    I received the wrong toothbrush | reason=wrong
    you shipped the wrong one | reason=wrong
    they sent a different model | reason=wrong
    I got a black one instead of the white one | reason=wrong
    I ordered white but received black | reason=wrong
    I ordered an X3 and got an X5 | reason=wrong
    Ordered the pink brush, a blue one came | reason=wrong
    wrong colour came, please exchange it for the black one | reason=wrong exchange=same_item_other_colour
    I received a different colour than I ordered | reason=wrong
    the item I received is not what I ordered | reason=wrong
    that's not what I ordered | reason=wrong
    I ordered the wrong colour | -
    I bought the wrong model | -
    I don't like the colour | reason=colour
    the colour does not suit me | reason=colour
    I picked the wrong size | -
    did you send the wrong one? | -
    what if you send me the wrong item | -
    I sent you the wrong photo | -
    I gave you the wrong order number | -
    you have the wrong address | -
    I want a refund instead of a replacement | remedy=refund
    I got a refund instead of a new brush | -
    the charger is missing | reason=missing
    there is no charger in the box | reason=missing
    no brush head in the box | reason=missing
    it came without a charger | reason=missing
    you forgot the charging cable | reason=missing
    My package didn't include the travel case | reason=missing
    missing charger | reason=missing
    the brush heads were not in the box | reason=missing
    there was no manual in the package | reason=missing
    one brush head is missing | reason=missing
    it's missing the nozzles | reason=missing
    accessories are missing | reason=missing
    the charger wasn't included | reason=missing
    nothing is missing | contents=true
    the charger is not missing | -
    the return label is missing | -
    the invoice is missing | -
    I don't have a charger | -
    is the charger missing? | -
    if the charger is missing, tell me | -
    is a charger included? | -
    does it come without a charger? | -
    what if something is missing | -
    my refund is missing | -
    I changed my mind | reason=mind
    it's too loud for me | -
    my order arrived and the charger was missing, I want my money back | reason=missing remedy=refund
"""
COMPLETE = """
    only the manual is missing | contents=false
    just the invoice is missing | contents=false
    everything except the manual | contents=false
    I have everything except the travel case | contents=false
    everything is there but the charger | contents=false
    everything but the manual is there | contents=false
    all there apart from the labels | contents=false
    I don't have the manual | -
    I don't have the invoice anymore | contents=false
    everything is there | contents=true
    box complete with everything | packaging=true contents=true
    all boxes ok | packaging=true
    the box is not complete | -
    nothing used | unused=true
    nothing was opened | unused=true
    none of it was used | unused=true
    nothing used to work | -
    it is still wrapped | unused=true
    still in its plastic | unused=true
    everything is complete | contents=true
    it's complete | -
    yes, complete | -
    all complete | -
    everything's included | contents=true
    I have everything | contents=true
    I have all parts | contents=true
    yes all parts are there | contents=true
    is everything there? | -
    I tried everything | troubleshooting=true
    I have everything set up | -
    the set is not complete | contents=false
    not everything is there | contents=false
    I threw the box away | packaging=false
    threw the box away | packaging=false
    no box anymore | packaging=false
    the box went into the recycling | packaging=false
    I already binned the packaging | packaging=false
    I have no box | packaging=false
    I no longer have the original packaging | packaging=false
    the box is torn | packaging=false
    I tossed the packaging out | packaging=false
    don't have the box, sorry | packaging=false
    I have the box | packaging=true
    yes I have the box | packaging=true
    I still got the packaging | packaging=true
    I have the box but not the manual | packaging=true
    I have the box but it is ripped | packaging=false
    I have a box to ship it in | -
    maybe I still have the box | -
    I think I have the box | -
    I sold the box | -
    my mom threw the packaging away | packaging=false
    I have the box and everything else | packaging=true contents=true
    I do have the original packaging | packaging=true
    should I keep the box? | -
    if I threw the box away, is that a problem? | -
    I can't find the box | packaging=false
    do I need the box | -
    still sealed | unused=true
    it's still sealed in plastic | unused=true
    never opened | unused=true
    I never opened it | unused=true
    never even took it out of the box | unused=true
    not used at all | unused=true
    haven't touched it | unused=true
    brand new, unused | unused=true
    yes I used it for 2 weeks | unused=false
    used for 2 weeks | unused=false
    yes, I've used it | unused=false
    I use it every day | unused=false
    we tried it twice | unused=false
    it is used | unused=false
    I only tested it once | unused=false
    it has been used | unused=false
    it was used when it came | -
    you sent me a used one | -
    I have not used it, it's still sealed | unused=true
    unused but the box is open | unused=true
    can I return it if I used it? | -
    have you used it? | -
    I used your website to order | -
    I used the wrong address | -
    I used a discount code | -
    is it unused? | -
    I keep the gift | gift=false
    keep the gift | gift=false
    I'd like to keep the gift | gift=false
    I will keep the free gift | gift=false
    I gave the gift away | gift=false
    I'll send back the gift | gift=true
    the gift comes back as well | gift=true
    together with the gift | gift=true
    I will return it with the gift | gift=true
    can I keep the gift? | -
    the gift is unopened | -
    I opened the box but did not use it | unused=true
    not sealed | -
    do I have to return the gift? | -
    I lost the gift | gift=false
    bought it as a gift for my mum | -
"""
SHORT = {
    "cause": "damage_cause",
    "packaging": "packaging_complete",
    "contents": "contents_complete",
    "gift": "gift_returned",
    "exchange": "exchange_for",
    "troubleshooting": "troubleshooting_done",
    "quality": "quality_problem",
    "arrival": "damaged_on_arrival",
    "wrong": "wrong_item",
    "missing": "missing_accessories",
    "mind": "changed_mind",
}


def rows(block: str) -> list[tuple[str, set[str]]]:
    """A sentence and what it states, spelled out."""
    pairs = [line.rsplit("|", 1) for line in block.strip().splitlines()]
    return [
        (
            text.strip(),
            {"=".join(SHORT.get(word, word) for word in one.split("=")) for one in facts.split() if "=" in one},
        )
        for text, facts in pairs
    ]


@pytest.mark.parametrize(
    ("text", "facts"), [row for block in (NOTHING_HAPPENED, CAUSES, REASONS, COMPLETE) for row in rows(block)]
)
def test_a_message_states_these_facts_and_no_others(text: str, facts: set[str]) -> None:
    assert {f"{one.entity}={one.value}" for one in find_claim_facts(text)} == facts
