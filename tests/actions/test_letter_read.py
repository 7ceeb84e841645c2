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
        entities=given.pop("entities", tuple(entities)),
        answer={},
        photos=photos,
        now=datetime(2026, 11, 26, tzinfo=timezone.utc),
        today=date(2026, 11, 26),
        timezone=None,
        by_mail=True,
        asked=asked,
        **given,
    )
    return read_letter(message, SLOTS if slots is None else slots, asked[0] if asked else None)


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


def test_numbers_without_a_mark_count_where_every_line_has_one():
    found = told("1 United States\n2 nothing helped\n3 never")
    assert (found["claim_item_country"], found["claim_troubleshooting_done"], found["claim_unused"]) == (
        "US",
        True,
        True,
    )
    assert "claim_unused" not in told("2 weeks ago it died\n3 no idea why, never mind that\nhelp me please")


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


def test_what_a_first_letter_surely_says_is_not_asked_again():
    likely = {
        "claim.unused": ("false", 0.98),
        "claim.damage_cause": ("none", 0.99),
        "claim.packaging_complete": ("true", 0.9),
    }
    text = "It died. I used it every morning, nobody dropped it. Who pays the postage?"
    found = told(text, asked=(), slots={}, likely=likely)
    assert (found["claim_unused"], found["claim_damage_cause"]) == (False, "none")
    assert "claim_packaging_complete" not in found  # likely, not sure


def test_of_several_things_nobody_can_tell_which_one_was_used():
    things = ({"thing": "toothbrush", "entities": [], "intent": "", "wants": "", "text": "the brush"},)
    found = told(
        "the brush, and I used it", asked=(), slots={}, likely={"claim.unused": ("false", 0.98)}, things=things
    )
    assert "claim_unused" not in found


def test_money_back_instead_of_another_one_is_heard_beside_anything_else_a_letter_says():
    slots = {"request": "exchange", "claim_reason": "colour"}
    wish = {"goals": ("start_return",), "entities": ({"entity": "remedy", "value": "refund"},)}
    assert told("I'd rather have my money back. The box is complete.", slots=slots, **wish)["request"] == "return"
    assert "request" not in told("Once I return it, who pays?", slots=slots, goals=("start_return",))


def test_money_back_for_a_fault_is_a_wish_that_the_warranty_grants_too():
    wish = {"goals": ("report_defect", "start_return"), "entities": ({"entity": "remedy", "value": "refund"},)}
    found = told("It died. I'd rather have my money back.", asked=(), slots={}, **wish)
    assert (found.get("request"), found["claim_remedy"], found["claim_reason"]) == (None, "refund", "quality_problem")
