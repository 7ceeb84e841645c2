"""What the assistant hears of a letter."""

import pytest

from support.mail.spoken import language_of, spoken


@pytest.mark.parametrize(
    "hello",
    ["Hello,", "Dear SOOCAS team,", "Hi there", "Sehr geehrte Damen und Herren,", "Hallo Farah!", "Good morning,"],
)
@pytest.mark.parametrize(
    "bye", ["Kind regards,\nFarah", "Thanks\n\nF.", "Mit freundlichen Grüßen\nFarah Quinn", "Best,\nFarah\n+49 30 1234"]
)
def test_salutation_and_farewell_are_not_part_of_the_matter(hello, bye):
    assert (
        spoken(f"{hello}\n\nmy brush broke.\nIt is two weeks old.\n\n{bye}") == "my brush broke.\nIt is two weeks old."
    )


@pytest.mark.parametrize(
    "text",
    [
        "Hi my brush broke.",
        "Hello I want a refund",
        "Dear me, it broke",
        "Thanks for nothing, it broke.\nIt was two weeks old and it broke.",
        "Best brush ever until it broke",
    ],
)
def test_words_that_begin_like_a_greeting_stay(text):
    assert spoken(text) == text


def test_the_subject_of_a_new_letter_is_heard_unless_it_says_the_same():
    assert spoken("It broke.", "Order SC10236") == "Order SC10236.\nIt broke."
    assert spoken("My order SC10236 broke.", "order SC10236") == "My order SC10236 broke."
    assert spoken("", "Return SC10236?") == "Return SC10236?"


def test_the_language_is_that_of_most_words():
    assert language_of("Meine Zahnbürste ist kaputt, ich möchte sie zurück geben.") == "de"
    assert language_of("My toothbrush is broken, I want to send it back.") == "en"
    assert language_of("") == "en"
