"""Letters answer several questions at once, by the numbers of the letter they answer."""

from datetime import date, datetime, timezone

from actions.letter_read import read_letter
from actions.message import Message

ASKED = ("claim.item_country", "claim.troubleshooting_done", "claim.unused", "evidence.photos")
SLOTS = {"request": "warranty", "claim_reason": "quality_problem", "evidence_defect_description": "it died"}


def told(text: str, asked: tuple[str, ...] = ASKED, photos=(), slots=None, **given) -> dict:
    entities = [
        {"entity": "country", "value": "US", "code": "US", "start": text.find("United"), "end": text.find("States") + 6}
    ] if "United States" in text else []  # fmt: skip
    message = Message(
        id="m",
        text=text,
        intent="give_information",
        hint="",
        also=(),
        entities=tuple(entities),
        answer={},
        photos=photos,
        now=datetime(2026, 11, 26, tzinfo=timezone.utc),
        today=date(2026, 11, 26),
        timezone=None,
        by_mail=True,
        asked=asked,
        **given,
    )
    return read_letter(message, slots or SLOTS, asked[0])


def test_every_number_is_answered_by_what_stands_beside_it():
    found = told("1. United States\n2. nothing helped\n3. no, I used it")
    assert found["claim_item_country"] == "US"
    assert (found["claim_troubleshooting_done"], found["claim_unused"]) == (True, False)


def test_letters_beside_words_do_not_mix():
    found = told("1. United States\n2a\n3. never", answers={"claim.troubleshooting_done": "true"})
    assert (found["claim_item_country"], found["claim_troubleshooting_done"], found["claim_unused"]) == (
        "US",
        True,
        True,
    )


def test_as_many_lines_as_questions_are_answers_in_their_order():
    found = told("United States\nnothing helped\nnever", asked=ASKED[:3])
    assert (found["claim_item_country"], found["claim_troubleshooting_done"], found["claim_unused"]) == (
        "US",
        True,
        True,
    )


def test_a_bare_no_answers_only_its_own_question():
    found = told("3. no")
    assert found == {"claim_unused": False}


def test_what_is_answered_about_a_later_thing_is_kept_for_its_line():
    asked = ("claim.unused", "claim.unused@2", "claim.packaging_complete@2", "evidence.photos@2")
    found = told("1. never\n2. no, I used it", asked=asked, answers={"claim.packaging_complete@2": "true"})
    assert found["claim_unused"] is True
    assert found["ahead"] == {"2": {"claim_unused": False, "claim_packaging_complete": True}}


def test_photos_show_any_of_the_things_that_photos_were_asked_of():
    found = told("here they are", asked=("evidence.photos", "evidence.photos@2"), photos=("p1",))
    assert (found["evidence_photos"], found["ahead"]) == (["p1"], {"2": {"evidence_photos": ["p1"]}})


def test_a_sentence_that_surely_answers_an_open_question_needs_no_number():
    asked = ("claim.reason", "claim.unused")
    likely = {"claim.reason": ("colour", 0.9), "claim.unused": ("true", 0.5)}
    found = told("I just don't care for pink.", asked=asked, likely=likely, slots={"request": "return"})
    assert found == {"claim_reason": "colour"}
