"""The words of letters: in every language, and none that supposes a screen."""

import re

import pytest
import yaml

from support.mail.blocks import Paragraph
from support.mail.draft import Draft
from support.mail.models import Correspondence
from support.mail.wording import STRINGS
from tests.house.source import ROOT

ON_A_SCREEN = re.compile(
    r"\b(?:tap|taps|click|type it|(?:button|field)s? below|drop it here|camera button)\b", re.IGNORECASE
)
LANGUAGES = yaml.safe_load(STRINGS.read_text(encoding="utf-8"))


def test_every_language_has_every_string_with_the_same_gaps():
    gaps = {
        language: {name: sorted(re.findall(r"{\w+}", words)) for name, words in strings.items()}
        for language, strings in LANGUAGES.items()
    }
    assert gaps["de"] == gaps["en"]


def test_what_the_assistant_says_can_stand_in_a_letter():
    responses = yaml.safe_load((ROOT / "domain.yml").read_text(encoding="utf-8"))["responses"]
    said = {name: text.get("text", "") for name, texts in responses.items() for text in texts}
    assert {name for name, text in said.items() if ON_A_SCREEN.search(text)} == set()


@pytest.mark.parametrize(("language", "said"), [("en", 0), ("de", 1)])
def test_a_german_letter_says_that_the_answer_is_in_english(language, said):
    draft = Draft(Correspondence(language=language), None)
    assert draft.in_which_language() == [Paragraph(LANGUAGES[language]["in_english"])] * said
