import pytest

from nlu.countries import find_countries
from nlu.goods import find_colours, find_products, find_quantities


def values(found):
    return [one.value for one in found]


@pytest.mark.parametrize(
    ("text", "products"),
    [
        ("my X3U", ["X3U"]),
        ("the x3", ["X3"]),
        ("X 5 or V-1", ["X5", "V1"]),
        ("toothbrush and water flosser", ["flosser", "toothbrush"]),
        ("two brush heads", ["brush head"]),
        ("my toothbrsh", ["toothbrush"]),
        ("the travel case and the charging base", ["travel case", "charger"]),
    ],
)
def test_products(text, products):
    assert values(find_products(text)) == products


@pytest.mark.parametrize("text", ["X4", "SX3", "X30", "12x3", "larger", "charged", "i brushed it", "max5"])
def test_a_model_code_is_never_guessed(text):
    assert values(find_products(text)) == []


@pytest.mark.parametrize(("text", "colours"), [("Rose-Gold", ["rose gold"]), ("gray or WHITE", ["grey", "white"])])
def test_colours(text, colours):
    assert values(find_colours(text)) == colours


@pytest.mark.parametrize("text", ["black friday", "whiteboard", "covered"])
def test_no_colours(text):
    assert values(find_colours(text)) == []


@pytest.mark.parametrize(
    ("text", "quantity"),
    [
        ("2 brush heads", "2"),
        ("three of them", "3"),
        ("both of them", "2"),
        ("qty: 4", "4"),
        ("just one", "1"),
        ("7", "7"),
        ("two black toothbrushes", "2"),
    ],
)
def test_quantities(text, quantity):
    assert values(find_quantities(text)) == [quantity]


@pytest.mark.parametrize("text", ["two weeks ago", "order 10234", "12/03", "0", "94016"])
def test_other_numbers_are_no_quantities(text):
    assert values(find_quantities(text)) == []


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("I live in Germany", "DE"),
        ("in the us", "US"),
        ("the UK", "GB"),
        ("U.S.", "US"),
        ("south korea", "KR"),
        ("it is in turkey now", "TR"),
        ("India", "IN"),
    ],
)
def test_countries(text, code):
    assert [one.extra["code"] for one in find_countries(text)] == [code]


@pytest.mark.parametrize("text", ["tell us", "give it to us", "a roast turkey", "thus", "the rest of south america"])
def test_no_countries(text):
    assert values(find_countries(text)) == []
