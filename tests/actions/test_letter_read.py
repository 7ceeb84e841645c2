"""Letters answer several questions at once, by the numbers of the letter they answer."""

from datetime import date, datetime, timezone

from actions.letter_read import read_letter
from actions.message import Message

ASKED = ("claim.item_country", "claim.troubleshooting_done", "claim.unused", "evidence.photos")
SLOTS = {"request": "warranty", "claim_reason": "quality_problem", "evidence_defect_description": "it died"}


def told(text: str, asked: tuple[str, ...] = ASKED, **given) -> dict:
    entities = [
        {"entity": "country", "value": "US", "code": "US", "start": text.find("United"), "end": text.find("States") + 6}
    ] if "United States" in text else []  # fmt: skip
    message = Message(
        id="m", text=text, intent="give_information", hint="", also=(), entities=tuple(entities), answer={}, photos=(),
        now=datetime(2026, 11, 26, tzinfo=timezone.utc), today=date(2026, 11, 26), timezone=None, by_mail=True,
        asked=asked, **given,
    )  # fmt: skip
    return read_letter(message, SLOTS, asked[0])


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
