"""Order numbers as people type them."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from support.orders.services import normalise_number


@pytest.mark.parametrize(
    "typed",
    ["SC10234", "#sc10234", "SC 10234", "order 10234", "sc-10234", "10234", "#10234", " sc10234. ", "Order #SC10234",
     "order number: 10234", "my order is SC10234", "No. 10234", "№10234", "\uff33\uff23\uff110234",
     "sc\u00a010234", "SC\u201310234",
     "ORDER10234", "(SC10234)", "it's sc10234, thank you", "hi, about order #10234 from october", "SC10 234",
     "\u0661\u0660\u0662\u0663\u0664", "sc\u200b10234"],
)  # fmt: skip
def test_every_way_to_type_it_is_the_same_number(typed):
    assert normalise_number(typed) == "SC10234"


@pytest.mark.parametrize(
    "typed", ["", "hello", "my toothbrush stopped charging", "#", "order", "2 weeks ago", "in 5 days", "sc", "🪥"]
)
def test_text_without_a_number_has_none(typed):
    assert normalise_number(typed) is None


def test_a_sentence_with_two_numbers_names_none():
    assert normalise_number("either SC10234 or SC10235, not sure") is None


def test_another_shops_number_is_tidied_and_gets_no_prefix():
    assert normalise_number("114-1234567-7654321") == "11412345677654321"
    assert normalise_number("AB 10234") == "AB10234"


def test_the_prefix_is_a_setting(settings):
    settings.SUPPORT_ORDER_PREFIX = "so"
    assert normalise_number("10234") == "SO10234"
    assert normalise_number("sc10234") == "SC10234"


@given(st.text(max_size=80))
def test_a_number_in_stored_form_stays_as_it_is(text):
    number = normalise_number(text)
    assert number is None or (normalise_number(number) == number and 3 <= len(number) <= 32)


def test_a_megabyte_of_text_is_answered_at_once():
    assert normalise_number("9" * 1_000_000) is None
    assert normalise_number("order " * 200_000) is None
