"""What the assistant hears of a letter."""

import pytest

from support.mail.spoken import greets, language_of, says_goodbye, spoken


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


def test_a_business_card_below_the_farewell_is_not_part_of_the_matter():
    card = (
        "Yours faithfully,\n\nDr. Farah Quinn, DDS\nQuinn Dental Group | 12 Harbour Road, Suite 210\n"
        "T +1 (714) 555-0142 | F +1 (714) 555-0143\nwww.quinn.example"
    )
    assert spoken(f"It broke.\n\n{card}") == "It broke."
    told = "Thanks\n\nAnd one more thing: the box is torn.\nThe charger is missing.\nIt has a scratch.\nIt is loud.\nIt leaks."
    assert spoken(f"It broke.\n\n{told}") == f"It broke.\n\n{told}"


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


def test_whether_words_greet_and_say_goodbye():
    assert all(greets(text) for text in ("Hello Farah, it is here.", "Dear Farah,\n\nit is here.", "Hi there"))
    assert not any(greets(text) for text in ("It is here. Hello!", "Hi there it is", "Hello it is here"))
    assert says_goodbye("It is here.\n\nKind regards\nMei")
    assert not says_goodbye("It is here. Best regards are due to Mei, too, for all that she did.")
