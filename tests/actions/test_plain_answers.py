"""Plain words as answers to one question, and what must not be taken for one."""

from typing import Any

import pytest

from actions.plain_answers import is_in_doubt, is_pause, plain, plain_answer


@pytest.mark.parametrize(
    ("fact", "text", "value"),
    [
        ("claim.unused", "no never", True),
        ("claim.unused", "Never!", True),
        ("claim.unused", "brand new", True),
        ("claim.unused", "no, haven't", True),
        ("claim.unused", "yes used", False),
        ("claim.unused", "I used it", False),
        ("claim.unused", "not used", True),
        ("claim.unused", "i have nevver used it", True),
        ("claim.contents_complete", "notihng is missing from it", True),
        ("claim.contents_complete", "the manual is missing", False),
        ("claim.unused", "only once", None),
        ("claim.packaging_complete", "complete", True),
        ("claim.packaging_complete", "the packaging is gone", False),
        ("claim.packaging_complete", "I binned it", False),
        ("claim.packaging_complete", "mostly", None),
        ("claim.packaging_complete", "some of it", None),
        ("claim.contents_complete", "yep all there", True),
        ("claim.contents_complete", "all the accessories are three", True),
        ("claim.contents_complete", "the accessories are not there", None),
        ("claim.contents_complete", "one is there, the other is missing", None),
        ("claim.contents_complete", "no everything is there", True),
        ("claim.contents_complete", "nothing is missing from it", True),
        ("claim.contents_complete", "no manual", False),
        ("claim.contents_complete", "everything but the manual", None),
        ("claim.contents_complete", "should be", None),
        ("claim.gift_returned", "I'll keep it", False),
        ("claim.gift_returned", "can send it back", True),
        ("claim.troubleshooting_done", "nothing helped", True),
        ("claim.troubleshooting_done", "yes did all that, nothing", True),
        ("claim.troubleshooting_done", "I'll try tonight", False),
        ("claim.troubleshooting_done", "haven't tried", False),
        ("claim.troubleshooting_done", "tried a different socket but not the rest", None),
        ("claim.damage_cause", "nothing that I know of", "none"),
        ("claim.damage_cause", "it fell once but worked after", None),
        ("claim.reason", "none of these", "other"),
        ("claim.reason", "just the colour, really", "colour"),
        ("order.delivered", "still waiting", False),
        ("order.channel", "someone online", "unauthorized"),
        ("order.channel", "in your amazon store", "amazon_store"),
        ("order.channel", "an official dealer of yours", "authorized_dealer"),
        ("claim.unused", "does opening count as used?", None),
    ],
)
def test_words_answer_the_question_that_was_asked(fact: str, text: str, value: Any) -> None:
    assert plain_answer(fact, text) == value


@pytest.mark.parametrize(
    "text",
    [
        "I'm not sure, one of the kids may have tried it",
        "no idea",
        "idk",
        "I’d have to look in the attic",
        "I couldn't say what was in there",
    ],
)
def test_a_doubt_is_a_doubt(text: str) -> None:
    assert is_in_doubt(text)


@pytest.mark.parametrize("text", ["yes", "I am sure", "never used", "it broke"])
def test_what_is_said_plainly_is_no_doubt(text: str) -> None:
    assert not is_in_doubt(text)


@pytest.mark.parametrize(
    ("fact", "text", "value"),
    [
        ("claim.reason", "quality_problem", "quality_problem"),
        ("claim.reason", "Missing accessories.", "missing_accessories"),
        ("claim.damage_cause", "none", "none"),
        ("claim.exchange_for", "same_item_other_colour", "same_item_other_colour"),
        ("claim.unused", "true", True),
        ("claim.contents_complete", "False", False),
        ("order.channel", "amazon_store", "amazon_store"),
        ("claim.unused", "quality_problem", None),
    ],
)
def test_a_value_may_be_called_by_its_own_name(fact: str, text: str, value: object) -> None:
    assert plain_answer(fact, text) is value or plain_answer(fact, text) == value


@pytest.mark.parametrize(
    ("fact", "text", "value"),
    [
        ("claim.gift_returned", "Thank you for asking. Yes, that goes back too.", True),
        ("claim.reason", "Thanks! It's something else.", "other"),
        ("claim.reason", "i've siply changed my mind about it", "changed_mind"),
        ("claim.contents_complete", "no, there's a part I can't find", False),
        ("claim.damage_cause", "my son therw it", "abuse"),
        ("claim.damage_cause", "i stpped on it", "external"),
        ("claim.damage_cause", "it got saked", "water"),
        ("claim.damage_cause", "i neer dropped it", "none"),
        ("claim.damage_cause", "I never dropped it", "none"),
        ("claim.damage_cause", "it was dropped or water got in", None),
        ("claim.exchange_for", "the same, but in wite", "same_item_other_colour"),
        ("claim.exchange_for", "please just send me the same model again, and it was broken", "same_item"),
        ("order.channel", "from one of your dalers", "authorized_dealer"),
        ("claim.troubleshooting_done", "i have already tired everything", True),
        ("claim.troubleshooting_done", "i have already tied everything", True),
        ("claim.unused", "neer used, i only had a look at it", True),
    ],
)
def test_courtesies_and_slips_do_not_hide_an_answer(fact: str, text: str, value: object) -> None:
    assert plain_answer(fact, text) == value


@pytest.mark.parametrize(
    "text", ["ok", "OK, thanks!", "hmm", "one moment please", "let me check", "I see. Got it", "fine then"]
)
def test_a_pause_says_nothing_that_could_be_misunderstood(text: str) -> None:
    assert is_pause(text)


def test_what_is_said_with_a_laugh_or_about_a_picture_is_read() -> None:
    assert plain("lol yes") == "yes"
    assert plain("haha all of it") == "all of it"
    assert plain_answer("claim.reason", "colour is not same like picture") == "colour"
    assert plain_answer("claim.reason", "the colour isn't like on the website") == "colour"


@pytest.mark.parametrize("text", ["", "ok it is unused", "fine, the white one", "wait, that's wrong", "good as new"])
def test_more_than_a_pause_is_none(text: str) -> None:
    assert not is_pause(text)
