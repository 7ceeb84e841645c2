import pytest

from nlu.claims import find_claim_facts

STATED = {
    ("unused", "true"): [
        "I haven't used it of course",
        "never used it",
        "I have never opened it",
        "it's not used",
        "unopened",
        "it is still sealed",
        "brand new in box",
        "I haven't used it yet",
        "opened but not used",
        "it's still in its original box",
        "It was never used, not even once",
    ],
    ("unused", "false"): [
        "I used it for two weeks",
        "used it twice",
        "we have been using it every day",
        "opened and used",
        "I've only used it once",
        "my wife has been using it for a month",
        "I tried it once",
        "it broke after the second use",
        "used once",
    ],
    ("packaging_complete", "true"): [
        "original box complete",
        "Packaging intact.",
        "I still have the box",
        "box and everything is complete",
        "it's in the original packaging",
        "the box is still intact",
        "I kept the original box",
        "Packaging is complete",
    ],
    ("packaging_complete", "false"): [
        "I threw away the box",
        "the box is gone",
        "no original packaging",
        "I don't have the box anymore",
        "Recycled the carton",
        "I have lost the box",
        "it's without the original packaging",
    ],
    ("contents_complete", "true"): [
        "everything in the box",
        "all accessories there",
        "everything is still there",
        "all accessories are there",
        "I have all the accessories",
        "nothing is missing",
    ],
    ("contents_complete", "false"): ["I lost the manual", "the charger is lost", "I don't have the manual any more"],
    ("damage_cause", "none"): [
        "I never dropped it",
        "nothing happened to it",
        "it failed in normal use",
        "it has never been wet",
        "It died for no reason",
    ],
    ("damage_cause", "abuse"): [
        "I dropped it",
        "it fell on the floor",
        "my son dropped the toothbrush",
        "It fell off the table",
    ],
    ("damage_cause", "external"): [
        "I stepped on it",
        "the dog chewed on it",
        "my car ran over it",
        "something heavy fell on it",
    ],
    ("damage_cause", "water"): [
        "water got inside",
        "it fell in the sink",
        "I dropped it into the toilet",
        "it got wet in the rain",
        "Water came into the handle",
    ],
    ("damage_cause", "third_party_repair"): [
        "a friend repaired it",
        "I had it repaired by a technician",
        "I took it to a local repair shop",
        "my uncle tried to fix it",
    ],
    ("purchase_channel", "amazon_store"): [
        "bought it on Amazon",
        "on amazon",
        "I got it from the amazon store",
        "Amazon.com",
    ],
    ("purchase_channel", "official_website"): [
        "bought on your website",
        "from the official website",
        "I ordered it directly from you",
        "your online shop",
    ],
    ("purchase_channel", "authorized_dealer"): ["from a dealer", "bought it from an authorised dealer in Mumbai"],
    ("purchase_channel", "offline_store"): [
        "in a shop at the mall",
        "I bought it in a store",
        "at an electronics store",
    ],
    ("purchase_channel", "other"): ["on eBay", "I bought it on AliExpress", "bought it second hand"],
    ("remedy", "refund"): [
        "I want my money back",
        "I'd prefer the money",
        "refund please",
        "can I have a refund?",
        "please refund me",
        "rather a refund",
    ],
    ("remedy", "replacement"): [
        "I like it, so I don't want my money back. I'd like to have it exchanged. What do you need?",
        "I'd prefer an exchange",
        "send me a new one please",
        "I'd rather have a replacement",
        "a new one please",
        "please replace it",
    ],
    ("exchange_for", "same_item"): [
        "the same one again",
        "I want the same model again",
        "please send me the right one",
        "I just want to get the one I ordered",
    ],
    ("exchange_for", "same_item_other_colour"): [
        "same one but in white",
        "swap it for the black one",
        "I'd like another colour",
        "I'd like to swap the toothbrush color",
        "can I change its colour",
        "same model, other colour",
    ],
    ("exchange_for", "different_item"): [
        "exchange it for an X5",
        "a different model",
        "swap the X3 for a different product",
    ],
    ("troubleshooting_done", "true"): [
        "I already tried another charger",
        "I have reset it",
        "charged it overnight",
        "we followed the troubleshooting steps",
    ],
    ("troubleshooting_done", "false"): ["I haven't tried anything yet", "did not do any troubleshooting"],
    ("gift_returned", "true"): ["I'll send the gift back too", "returning the free gift as well"],
    ("gift_returned", "false"): ["I want to keep the gift", "the gift is already used", "I can't return the gift"],
    ("reason", "colour"): ["I don't like the colour"],
    ("reason", "changed_mind"): [
        "I changed my mind",
        "I no longer need it",
        "I don't want it anymore",
        "ordered it by mistake",
    ],
    ("reason", "lost_or_stolen"): ["it was stolen", "I lost my toothbrush"],
}
NOT_STATED = {
    "unused": [
        "can I return it if I used it once?",
        "I haven't used it much lately",
        "you sent me a used toothbrush",
        "I hardly used it",
        "someone used it before me",
        "I got used to it",
        "I opened the box",
        "what if it is unopened",
    ],
    "packaging_complete": [
        "the box was crushed",
        "do I need the original box?",
        "the box was empty",
        "my package is lost",
    ],
    "contents_complete": ["there is no charger in the box", "the charger is missing", "is everything included?"],
    "damage_cause": [
        "no water comes out",
        "water is leaking from the tank",
        "the book arrived wet",
        "can you repair it?",
        "I want it repaired",
        "the brush head fell off",
        "is dropping it covered",
        "nobody repaired it",
        "it shuts off by itself",
        "it fell apart",
        "Received with water damage. It got wet",
        "if I drop it",
        "the courier dropped it when it was delivered",
        "I dropped it and water got inside",
    ],
    "purchase_channel": ["is it cheaper on amazon?", "I didn't buy it on amazon", "your website does not work"],
    "remedy": [
        "where is my refund",
        "refund not received",
        "my replacement hasn't arrived",
        "no replacement",
        "how does a refund work",
        "a refund or a replacement please",
    ],
    "exchange_for": ["I received a different product", "the colour is different", "another item came"],
    "troubleshooting_done": ["what should I try?", "the reset button is stuck"],
    "gift_returned": ["it was a gift", "I want to return the gift my sister gave me"],
    "reason": ["I ordered the wrong colour", "my parcel was lost", "someone stole my package from the porch"],
}


@pytest.mark.parametrize(("fact", "text"), [(fact, text) for fact, texts in STATED.items() for text in texts])
def test_a_fact_that_is_stated_is_found(fact, text):
    assert fact in [(one.entity, one.value) for one in find_claim_facts(text)]


@pytest.mark.parametrize(("entity", "text"), [(entity, text) for entity, texts in NOT_STATED.items() for text in texts])
def test_what_is_not_stated_is_no_fact(entity, text):
    assert [one.value for one in find_claim_facts(text) if one.entity == entity] == []


def test_one_message_states_several_facts():
    text = "Never used it, it's still in the original box and I want my money back."
    assert {(one.entity, one.value) for one in find_claim_facts(text)} == {
        ("unused", "true"),
        ("packaging_complete", "true"),
        ("remedy", "refund"),
    }


def test_what_is_denied_leaves_the_other():
    facts = find_claim_facts("I don't want a replacement, I want a refund")
    assert [(one.entity, one.value) for one in facts] == [("remedy", "refund")]


@pytest.mark.parametrize("text", ["not " * 1000, "the " * 1000, "i have " * 600, "x" * 4000, ", " * 2000])
def test_long_nonsense_states_nothing(text):
    assert find_claim_facts(text) == []
