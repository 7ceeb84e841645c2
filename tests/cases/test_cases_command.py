"""`support cases` and `support replay`, as staff type them."""

import pytest
from shelf import CANCEL_IN_TIME, FAULTY, RETURN, WARRANTY, act, opened

from policy import TERMS
from support.cases.commands import main, replay_main
from support.cases.services import approve, change_fact, refuse
from support.cases.terms_file import BadTerms, terms_from


@pytest.fixture
def terms(tmp_path):
    def write(text: str) -> list[str]:
        file = tmp_path / "terms.yml"
        file.write_text(text)
        return ["--terms", str(file)]

    return write


def test_list_shows_open_cases_and_counts_all(capsys):
    first, second = opened(RETURN), opened(WARRANTY)
    refuse(second.number, act(), reason="no photo of the item")
    assert main(["list"]) == 0
    out, err = capsys.readouterr()
    assert out.splitlines() == [
        f"{first.number}  under_review   SC10234     return: Sonic Toothbrush  answer by 2026-11-26"
        + ("  OVERDUE" if "OVERDUE" in out else "")
    ]
    assert err == "1 refused, 1 under_review\n"
    assert main(["list", "--all"]) == 0
    assert len(capsys.readouterr().out.splitlines()) == 2
    assert main(["list", "--state", "refused"]) == 0
    assert capsys.readouterr().out.startswith(second.number)


def test_list_of_nothing_says_so(capsys):
    assert main(["list", "--overdue"]) == 0
    assert capsys.readouterr() == ("", "no cases\n")


def test_show_has_where_it_stands_why_and_what_happened(capsys):
    case = opened(RETURN)
    change_fact(case.number, 0, {"claim.packaging_complete": False}, act(), reason="see photo")
    refuse(case.number, act())
    assert main(["show", case.number.lower()]) == 0
    out = capsys.readouterr().out
    assert f"Case:             {case.number}, refused" in out
    assert "claim.packaging_complete = False (agent, was True)" in out
    assert "- Without its complete packaging we cannot take an item back. [R.refuse.1]" in out
    assert "under_review -> refused  Maya  (R.refuse.1)" in out
    assert "[x] photos" in out


def test_a_number_that_is_none_is_one_line(capsys):
    assert main(["show", "C-0000-0000"]) == 1
    assert capsys.readouterr() == ("", "support cases: there is no case C-0000-0000\n")


def test_a_shorter_window_flips_what_came_late(capsys, terms):
    early, late = opened(RETURN), opened({**RETURN, "order.delivered_on": "2026-11-05"})
    assert replay_main(terms("return_window_days: 14\n")) == 0
    out = capsys.readouterr().out.splitlines()
    assert out == [
        f"{late.number}  Sonic Toothbrush: return eligible -> return not_eligible (R.window)  -79.90 USD"
        "  shipping: customer/- -> -/-",
        "",
        f"{TERMS.version} -> trial: return_window_days 30 -> 14",
        "2 cases with 2 items decided again, 1 answers flip",
        "       1  return eligible -> return not_eligible",
        "refunds: -79.90 USD",
        "shipping: 1 ways, the customer -> nobody",
    ]
    assert early.number not in "\n".join(out)


@pytest.mark.parametrize(("days", "flips"), [(12, 1), (13, 0), (14, 0)])
def test_the_last_day_of_another_window_still_counts(capsys, terms, days, flips):
    opened(RETURN)  # delivered on the 10th, asked on the 23rd
    replay_main(terms(f"return_window_days: {days}"))
    assert f"{flips} answers flip" in capsys.readouterr().out


def test_a_refused_case_can_flip_the_other_way(capsys, terms):
    case = opened(RETURN)
    moved_back = {"order.delivered_on": "2026-10-14", "order.purchased_on": "2026-10-01"}
    assert change_fact(case.number, 0, moved_back, act())["outcome"] == "not_eligible"
    replay_main(terms("return_window_days: 45\nversion: generous\n"))
    out = capsys.readouterr().out
    assert "return not_eligible -> return eligible  +79.90 USD  shipping: -/- -> customer/-" in out
    assert f"{TERMS.version} -> generous: return_window_days 30 -> 45" in out


def test_the_same_numbers_flip_nothing_whatever_the_cases(capsys, terms):
    for claim in (RETURN, FAULTY, WARRANTY, CANCEL_IN_TIME):
        approve(opened(claim).number, act())
    assert replay_main(terms("version: same\n")) == 0
    assert "the same numbers\n4 cases with 4 items decided again, 0 answers flip\n" in capsys.readouterr().out


def test_no_cases_is_a_result_too(capsys, terms):
    assert replay_main(terms("cancel_hours: 24")) == 0
    assert "0 cases with 0 items" in capsys.readouterr().out


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("return_window_day: 45", "return_window_day: got a name that is no term, takes return_window_days?"),
        ("return_window_days: soon", "return_window_days: got 'soon', takes a whole number from 0 to 10000"),
        ("return_window_days: -1", "return_window_days: got -1, takes a whole number from 0"),
        ("return_window_days: true", "return_window_days: got True, takes a whole number"),
        ("warranty_years: 500", "warranty_years: got 500, takes a whole number from 0 to 100"),
        ("card_latest_days: 2", "card_earliest_days: got 3, takes at most card_latest_days, which is 2"),
        ("public_holidays: christmas", "public_holidays: got 'christmas', takes a list of dates"),
        ("public_holidays: [2026-12-25, soon]", "public_holidays: got"),
        ("- 45", "file: got list, takes a file of terms"),
        ("", "file: got NoneType, takes a file of terms"),
        ("a: b: c", "file: got"),
    ],
)
def test_terms_that_cannot_be_used_are_named_in_one_line(capsys, terms, text, said):
    assert replay_main(terms(text)) == 2
    out, err = capsys.readouterr()
    assert out == ""
    assert err.startswith("support replay: ")
    assert said in err
    assert err.count("\n") == 1


def test_a_file_that_is_not_there_is_named(capsys, tmp_path):
    assert replay_main(["--terms", str(tmp_path / "none.yml")]) == 2
    assert "none.yml' (No such file or directory)" in capsys.readouterr().err


def test_holidays_are_dates():
    assert len(terms_from({"public_holidays": ["2026-12-25"]}).public_holidays) == 1
    with pytest.raises(BadTerms):
        terms_from({"holds_from": "2026-01-01"})
