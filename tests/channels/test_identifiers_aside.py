"""What is left of a message without its numbers and addresses."""

import re

import pytest

from channels.identifiers_aside import without_identifiers

ORDER, EMAIL = re.compile(r"SC\d+"), re.compile(r"\S+@\S+\.example|\S+@example\.com")


def entities(text: str) -> list[dict]:
    found = [("order_number", one) for one in ORDER.finditer(text)] + [("email", one) for one in EMAIL.finditer(text)]
    return [{"entity": name, "value": one.group(), "start": one.start(), "end": one.end()} for name, one in found]


@pytest.mark.parametrize(
    ("text", "left"),
    [
        ("my toothbrush from order SC50012 does not charge, dana@example.com", "my toothbrush does not charge"),
        ("refund for SC50012, dana@example.com, colour not nice", "refund, colour not nice"),
        ("Hi! My order number is SC50012 and my e-mail is dana@example.com. It leaks.", "Hi! It leaks."),
        ("I want to return order SC50012", "I want to return"),
        ("(order #SC50012) the pump is dead", "the pump is dead"),
        ("exchange SC50012 dana@example.com", "exchange"),
    ],
)
def test_the_words_beside_identifiers_are_left(text: str, left: str) -> None:
    assert without_identifiers(text, entities(text)) == left


@pytest.mark.parametrize(
    "text", ["SC50012", "order SC50012, dana@example.com", "my order number is SC50012", "hello there"]
)
def test_nothing_is_left_of_identifiers_alone_or_of_no_identifier(text: str) -> None:
    assert without_identifiers(text, entities(text)) == ""
