import pytest

from nlu.identifiers import find_identifiers, read_postcode


def found(text, entity):
    return [one.value for one in find_identifiers(text) if one.entity == entity]


@pytest.mark.parametrize(
    "text",
    [
        "SC10234",
        "#sc10234",
        "SC 10234",
        "SC-10234",
        "sc#10234",
        "my order is sc10234!",
        "#SC 10 234",
        "SC 102 34.",
        "it is SC 10-234",
        "SC10234 20 days ago",
        "SC 10234, 2024",
    ],
)
def test_the_shops_order_number_in_every_shape(text):
    assert found(text, "order_number") == ["SC10234"]


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("order 10234", "10234"),
        ("Order ID: 902-5512-0021", "902-5512-0021"),
        ("Order # 307-1234567-7654321 - the fridge", "307-1234567-7654321"),
        ("ORDER NUMBER #205-7936111-5012222. it says", "205-7936111-5012222"),
        ("902-5432109-8765432", "902-5432109-8765432"),
        ("Order #OD1234567890 was", "OD1234567890"),
        ("order no. LP789012345, please", "LP789012345"),
        ("Order 683-87 leaked", "683-87"),
        ("it is #48213", "48213"),
        ("order number is 4567", "4567"),
        ("order no. 50 123", "50123"),
        ("my order number is 50 123 and I paid 79", "50123"),
    ],
)
def test_foreign_order_numbers_are_taken_as_they_are(text, number):
    assert found(text, "order_number") == [number]


@pytest.mark.parametrize(
    "text",
    [
        "my order from 2 weeks ago",
        "i ordered 2 brushes",
        "in order to",
        "order 2 more",
        "12345",
        "I paid 79.90",
        "5 days",
    ],
)
def test_other_numbers_are_no_orders(text):
    assert found(text, "order_number") == []


def test_two_orders_in_one_message():
    assert found("orders SC10234 and SC10235", "order_number") == ["SC10234", "SC10235"]


@pytest.mark.parametrize(
    "text", ["Dana@Example.com", "mail: dana@example.com.", "<dana@example.com>", "(dana@example.com)"]
)
def test_an_email_in_every_frame(text):
    assert found(text, "email") == ["dana@example.com"]


def test_a_number_inside_an_email_is_no_order():
    assert found("order12345@example.com", "order_number") == []


@pytest.mark.parametrize("text", ["X3U2409A001234", "serial x3u2409a001234", "S/N: X3U2409A001234", "X3U 2409A 001234"])
def test_a_serial_number(text):
    assert found(text, "serial_number") == ["X3U2409A001234"]
    assert found(text, "order_number") == []


def test_a_serial_of_unknown_shape_counts_when_called_one():
    assert found("my serial number is 77AB-9912", "serial_number") == ["77AB-9912"]


@pytest.mark.parametrize("text", ["c-7f3k-2qwx", "case C-7F3K-2QWX?"])
def test_a_case_number(text):
    assert found(text, "case_number") == ["C-7F3K-2QWX"]


@pytest.mark.parametrize("text", ["USB-C-cable", "vitamin c-rich", "c-section"])
def test_other_words_with_a_c_are_no_cases(text):
    assert found(text, "case_number") == []


def test_start_and_end_show_where_the_value_stands():
    one = next(iter(find_identifiers("see #SC10234.")))
    assert "see #SC10234."[one.start : one.end] == "SC10234"


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("94016", "94016"),
        ("my zip is 94016-1234", "94016-1234"),
        ("sw1a 1aa", "SW1A 1AA"),
        ("postcode K1A 0B1, Ottawa", "K1A 0B1"),
        ("1234 AB Amsterdam", "1234 AB"),
        ("12 Main Street, Springfield, 62701", "62701"),
        ("I have none", None),
    ],
)
def test_a_postcode_where_one_was_asked(text, code):
    assert read_postcode(text) == code


@pytest.mark.parametrize("text", ["1" * 4000, "-" * 4000, "a@" * 2000, "order " * 800, "SC" * 2000, "#" * 4000])
def test_long_nonsense_is_read_quickly_and_without_findings(text):
    assert len(find_identifiers(text)) <= 1
