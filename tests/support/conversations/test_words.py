"""What we say without Rasa comes from domain.yml, and a domain that lacks it is named."""

import pytest

from support.conversations.words import STILL_WAITING, TURN_FAILED, WordsMissing, words


def test_a_response_has_its_text_and_its_choices():
    assert words(TURN_FAILED).text == "Sorry, a colleague will answer."
    assert words(STILL_WAITING).choices == ({"title": "Back to the assistant", "payload": "owner=bot"},)


@pytest.mark.parametrize("domain_text", ["responses: {utter_turn_failed: [{text: Hi}]}", "", "a: [", "responses: {}"])
def test_a_domain_without_our_responses_is_named(domain, domain_text):
    domain.write_text(domain_text)
    with pytest.raises(WordsMissing, match=r"domain\.yml"):
        words(TURN_FAILED)


def test_a_missing_file_is_named(domain):
    domain.unlink()
    with pytest.raises(WordsMissing, match="No such file"):
        words(TURN_FAILED)


def test_a_response_nobody_wrote_is_named():
    with pytest.raises(WordsMissing, match="utter_nothing"):
        words("utter_nothing")
