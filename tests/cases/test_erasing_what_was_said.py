"""When a conversation is erased, what was decided stays, and the customer's words go, once nobody needs them."""

from shelf import RETURN, WARRANTY, act, item, opened, said

from support.cases.erasure import ERASED, held_photos
from support.cases.services import approve, case_file, change_fact, receive, refuse
from support.privacy.erasure import erase

TOLD = {**WARRANTY, "claim.defect_description": "It hums like my cat Minka", "claim.serial_number": None}


def test_the_words_of_a_case_that_is_over_go_everywhere():
    case = opened(TOLD)
    change_fact(case.number, 0, {"claim.damage_cause": "abuse"}, act(), reason="seen on the photo")
    refuse(case.number, act(), message="Dear Dana, I am sorry about Minka.")
    erase(case.conversation, act().at)
    file = case_file(case.number, act().at)
    assert "Minka" not in repr(file)
    assert [version.facts["claim.defect_description"]["value"] for version in file.items[0].versions] == [ERASED] * 2
    assert (file.told[0].kind, file.told[0].pieces, file.told[0].letter) == ("refused", (), "not_needed")
    assert file.moves[-1].clauses == ("W.exclude.8",)
    assert file.items[0].decision["outcome"] == "not_eligible"


def test_a_case_that_goes_on_keeps_what_a_colleague_needs():
    case = opened(RETURN)
    approve(case.number, act())
    erase(case.conversation, act().at)
    assert held_photos(case.conversation) == {"photo"}
    assert item(case).evidence["photos"] == ["photo"]


def test_nothing_is_said_in_an_erased_conversation():
    case = opened(RETURN)
    approve(case.number, act())
    erase(case.conversation, act().at)
    receive(case.number, act())
    assert said(case) == []
    assert case.notices.get(kind="received").chat == "dropped"
