"""What was learned answers only the open question, the more surely the more it costs."""

from datetime import date, datetime, timezone

import pytest

from actions.learned_answers import CERTAIN, LIKELY, learned_answer
from actions.message import Message
from actions.reading import read

NOW = datetime(2026, 11, 22, 18, tzinfo=timezone.utc)
ORDER = {"order": {"country": "DE"}}


def said(text: str, **likely: float) -> Message:
    """A message whose words are read as {fact with _ for its dot: (value, probability)}."""
    found = {fact.replace("_", ".", 1): value for fact, value in likely.items()}
    return Message("m", text, "give_information", "", (), (), {}, (), NOW, date(2026, 11, 22), None, likely=found)


def test_an_answer_to_another_question_is_none() -> None:
    message = said("in the cupboard", claim_packaging_complete=("true", 0.99))
    assert learned_answer("claim.packaging_complete", message, {}, LIKELY) == {"claim_packaging_complete": True}
    assert learned_answer("claim.unused", message, {}, LIKELY) == {}
    assert learned_answer(None, message, {}, LIKELY) == {}


@pytest.mark.parametrize(
    ("answer", "probability", "read"),
    [("true", 0.6, True), ("true", 0.59, None), ("false", 0.69, None), ("false", 0.7, False)],
)
def test_what_refuses_a_customer_has_to_be_likelier(answer: str, probability: float, read: bool | None) -> None:
    message = said("we brushed with it", claim_unused=(answer, probability))
    assert learned_answer("claim.unused", message, {}, LIKELY).get("claim_unused") is read


def test_a_question_answers_nothing() -> None:
    assert learned_answer("claim.unused", said("is that used?", claim_unused=("true", 0.99)), {}, LIKELY) == {}


def test_a_slip_in_a_never_is_asked_about() -> None:
    message = said("it has neer been used", claim_unused=("false", 0.99))
    assert learned_answer("claim.unused", message, {}, LIKELY) == {}


def test_a_yes_that_takes_something_back_opens_no_case() -> None:
    assert learned_answer("confirm", said("fine by me", confirm=("yes", 0.97)), {}, CERTAIN) == {"confirm": "yes"}
    assert learned_answer("confirm", said("fine, but wait", confirm=("yes", 0.97)), {}, CERTAIN) == {}


def test_here_is_the_country_of_the_order() -> None:
    message = said("in my bathroom", claim_item_country=("here", 0.9))
    assert learned_answer("claim.item_country", message, ORDER, LIKELY) == {"claim_item_country": "DE"}


def test_only_a_way_that_is_offered_is_taken() -> None:
    message = said("let's go with that", request=("warranty", 0.95))
    assert learned_answer("request", message, {"offered": ["cancel"]}, LIKELY) == {}
    assert learned_answer("request", message, {"offered": ["warranty"]}, LIKELY) == {"request": "warranty"}


def test_what_was_wrong_is_taken_back_by_what_sounds_different_now() -> None:
    message = said("sorry, that was wrong: it makes a rattling noise", claim_reason=("quality_problem", 0.96))
    known = {"claim_reason": "damaged_on_arrival", "claim_unused": True}
    assert read(message, known, "claim.item_country") == {"claim_reason": "quality_problem"}
    assert read(message, {"claim_reason": "quality_problem"}, "claim.item_country") == {}
    summed_up = {"items": [{"slots": {"claim_reason": "damaged_on_arrival"}}], "claim_reason": None}
    assert read(message, summed_up, "confirm") == {"claim_reason": "quality_problem"}


def test_without_such_a_word_nothing_is_taken_back() -> None:
    message = said("it makes a rattling noise", claim_reason=("quality_problem", 0.96))
    assert read(message, {"claim_reason": "damaged_on_arrival"}, "claim.item_country") == {}
