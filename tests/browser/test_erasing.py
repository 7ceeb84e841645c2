"""A customer keeps a copy, erases the conversation, and finds out beforehand what that means."""

from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import expect

from tests.browser.shopper import Shopper


def test_an_erased_conversation_is_gone_here_and_there(shopper: Shopper, tabs: Callable, photo_file: Path) -> None:
    shopper.pick(photo_file)
    shopper.field.fill("my secret word is quetzalcoatl")
    shopper.send()
    other = tabs(beside=shopper).visit().open_chat()
    expect(other.said).to_have_count(shopper.count())
    mine = shopper.conversation()
    shopper.page.bring_to_front()
    shopper.menu("Erase this conversation")
    question = shopper.question_to_be_sure
    expect(question).to_contain_text("deleted for good")
    shopper.is_accessible()
    question.get_by_role("button", name="Not now").click()
    assert shopper.count()
    shopper.menu("Erase this conversation")
    question.get_by_role("button", name="Erase this conversation").click()
    expect(shopper.problem).to_have_text("The conversation is erased.")
    for tab in (shopper, other):
        expect(tab.said).to_have_count(0)
        assert "quetzalcoatl" not in tab.page.evaluate("() => JSON.stringify({ ...localStorage, ...sessionStorage })")
    shopper.is_accessible()
    shopper.say("hello again")
    assert shopper.conversation()["id"] != mine["id"]


@pytest.mark.complains(r"status of 401")
def test_erased_elsewhere_it_ends_here_too(tabs: Callable[..., Shopper]) -> None:
    shopper = tabs().visit().open_chat()
    shopper.say("hello")
    assert shopper.call("DELETE").status_code == 204
    expect(shopper.said).to_have_count(0)
    expect(shopper.problem).to_contain_text("conversation has ended")
    shopper.say("hello again")
    assert shopper.texts()[0] == "customer: hello again"


def test_the_conversation_can_be_kept_as_a_file(shopper: Shopper) -> None:
    shopper.say("who pays the postage?")
    with shopper.page.expect_download() as started:
        shopper.menu("Download the conversation")
    text = Path(started.value.path()).read_text(encoding="utf-8")
    assert started.value.suggested_filename.endswith(".txt")
    assert "who pays the postage?" in text
    assert "R.freight.soocas" in text


def test_a_new_conversation_begins_empty(shopper: Shopper) -> None:
    shopper.say("hello")
    before = shopper.conversation()["id"]
    shopper.menu("Start a new conversation")
    shopper.question_to_be_sure.get_by_role("button", name="Start a new conversation").click()
    expect(shopper.said).to_have_count(0)
    shopper.say("hello again")
    assert shopper.conversation()["id"] != before


@pytest.mark.parametrize(
    ("locale", "title", "erase"),
    [
        ("en-US", "What the chat keeps", "Erase this conversation"),
        ("de-DE", "Was der Chat speichert", "Dieses Gespräch löschen"),
    ],
)
@pytest.mark.parametrize("width", [320, 1280])
def test_the_privacy_page_says_it_in_plain_words(
    tabs: Callable[..., Shopper], locale: str, title: str, erase: str, width: int
) -> None:
    page = tabs(locale=locale, viewport={"width": width, "height": 900}).visit("/privacy")
    expect(page.page.get_by_role("heading", level=1)).to_contain_text(title)
    expect(page.page.get_by_text(erase)).to_be_visible()
    expect(page.page.locator("html")).to_have_attribute("lang", locale[:2])
    assert page.page.evaluate("() => document.documentElement.scrollWidth <= innerWidth")
    page.is_accessible()
