import pytest

from nlu.found import lower


@pytest.mark.parametrize(
    ("typed", "read"),
    [
        ("It's MINE", "it's mine"),
        ("It`s MINE", "it's mine"),
        ("It’s MINE", "it's mine"),
        ("İSTANBUL Äöß", "İstanbul äöß"),
    ],
)
def test_every_character_keeps_its_place(typed, read):
    assert lower(typed) == read
