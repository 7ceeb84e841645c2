"""What letters tell of things whose turn comes later."""

from actions.ahead import begun, line_of, merged, of_line


def test_a_fact_and_a_choice_name_the_line_of_their_thing():
    assert of_line("claim.unused", [2, 1]) == "claim.unused@2"
    assert of_line("claim.unused=true", [2, 1]) == "claim.unused@2=true"
    assert line_of("claim.unused@2") == ("claim.unused", "2")
    assert line_of("claim.unused") == ("claim.unused", "")


def test_a_thing_begins_with_what_was_told_of_it_and_nothing_of_the_one_before():
    slots = {
        "request": "return",
        "claim_unused": False,
        "told": "eligible:return",
        "ahead": {"2": {"claim_unused": True}},
    }
    now = begun(slots, [2, 1])
    assert (now["request"], now["claim_unused"], now["told"], now["order_lines"]) == ("return", True, None, [[2, 1]])
    assert begun(slots, [3, 1])["claim_unused"] is None


def test_what_is_told_later_is_added():
    known = {"2": {"claim_unused": True}}
    told = {"2": {"claim_reason": "colour"}, "3": {"claim_unused": False}}
    assert merged(known, told) == {"2": {"claim_unused": True, "claim_reason": "colour"}, "3": {"claim_unused": False}}
    assert merged(None, told) == told
