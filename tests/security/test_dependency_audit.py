"""`make audit` fails where it should: at a new finding, at one accepted long ago, and where nothing was looked up."""

import datetime

import pytest

from tests.security.audit import LOOKED_AT_AGAIN_DAYS, accepted_findings, judge, locked_packages

ON = datetime.date(2026, 11, 26)
ACCEPTED = [{"package": "aiohttp", "ids": ["CVE-1"], "accepted": ON, "reason": "we run no server of it"}]
DAY = datetime.timedelta(days=1)


def report(*findings, package="aiohttp"):
    vulns = [{"id": name, "aliases": list(aliases), "fix_versions": []} for name, *aliases in findings]
    return {"dependencies": [{"name": package, "version": "3.9.5", "vulns": vulns}], "fixes": []}


@pytest.mark.parametrize("finding", [("CVE-1",), ("PYSEC-1", "GHSA-1", "CVE-1")])
def test_a_finding_that_was_accepted_passes_under_any_of_its_names(finding):
    assert judge(report(finding), ACCEPTED, ON).is_good


def test_a_new_finding_fails():
    verdict = judge(report(("CVE-1",), ("CVE-2", "GHSA-2")), ACCEPTED, ON)
    assert not verdict.is_good
    assert verdict.new == ["aiohttp 3.9.5: CVE-2, GHSA-2"]


def test_the_same_name_in_another_package_is_new():
    assert judge(report(("CVE-1",), package="aiohttp-retry"), ACCEPTED, ON).new


@pytest.mark.parametrize(("days", "good"), [(LOOKED_AT_AGAIN_DAYS, True), (LOOKED_AT_AGAIN_DAYS + 1, False)])
def test_what_was_accepted_has_to_be_looked_at_again(days, good):
    assert judge(report(("CVE-1",)), ACCEPTED, ON + days * DAY).is_good is good


def test_a_package_that_was_not_looked_up_fails():
    skipped = {"dependencies": [{"name": "rasa", "skip_reason": "not found and could not be audited: rasa"}]}
    assert judge(skipped, ACCEPTED, ON).unseen == ["not found and could not be audited: rasa"]
    assert not judge(skipped, ACCEPTED, ON).is_good


def test_what_is_no_longer_found_is_said_and_does_not_fail():
    verdict = judge(report(), ACCEPTED, ON)
    assert verdict.gone == ["aiohttp: CVE-1"]
    assert verdict.is_good


def test_what_is_accepted_names_a_package_that_is_installed_a_day_and_a_reason():
    for entry in accepted_findings():
        assert entry["package"] in locked_packages()
        assert isinstance(entry["accepted"], datetime.date)
        assert entry["ids"]
        assert len(entry["reason"].split()) > 5
