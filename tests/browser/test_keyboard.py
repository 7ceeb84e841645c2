"""Without a mouse: everything can be reached, seen, and left again; what is said is read aloud once."""

from collections.abc import Callable
from pathlib import Path

from playwright.sync_api import expect

from tests.browser.orders import EMAIL, Orders
from tests.browser.shopper import Shopper

FOCUSED = """() => {
  let element = document.activeElement;
  while (element?.shadowRoot?.activeElement) element = element.shadowRoot.activeElement;
  const box = element.getBoundingClientRect();
  const label = element.getAttribute("aria-label") ?? element.textContent.trim();
  const style = getComputedStyle(element);
  const isSeen = box.width > 0 && style.outlineStyle !== "none";
  return { label, value: element.value ?? "", name: element.localName, isSeen };
}"""


def focused(shopper: Shopper) -> dict:
    return shopper.page.evaluate(FOCUSED)


def tab_to(shopper: Shopper, label: str, key: str = "Tab") -> None:
    """Presses Tab until something with this label or value has the focus, and can be seen to have it."""
    for _ in range(60):
        shopper.page.keyboard.press(key)
        now = focused(shopper)
        if label in (now["label"], now["value"]):
            assert now["isSeen"], now
            return
    raise AssertionError(f"{label!r} cannot be reached by {key}; now at {focused(shopper)}")


def test_a_whole_request_without_a_mouse(tabs: Callable[..., Shopper], orders: Orders) -> None:
    shopper = tabs().visit()
    press = shopper.page.keyboard.press
    tab_to(shopper, "Chat with SOOCAS support")
    press("Enter")
    expect(shopper.panel).to_be_visible()
    assert focused(shopper)["label"] == "Your message"
    tab_to(shopper, "I'd like to cancel an order", "Shift+Tab")
    press("Enter")
    shopper.hear(0)
    for text in (orders.one("due in four days"), EMAIL):
        before = shopper.count()
        assert focused(shopper)["name"] in ("input", "textarea")
        shopper.page.keyboard.type(text)
        press("Enter")
        shopper.hear(before)
    before = shopper.count()
    tab_to(shopper, "confirm=yes", "Shift+Tab")
    press("Space")
    shopper.hear(before)
    assert shopper.chat.locator(".case").count() == 1
    assert focused(shopper)["name"] in ("input", "textarea")
    tab_to(shopper, "What the policy says (2)", "Shift+Tab")
    press("Enter")
    expect(shopper.chat.locator("details.policy[open] cite").first).to_be_visible()
    press("Escape")
    expect(shopper.panel).to_be_hidden()
    expect(shopper.launcher).to_be_focused()  # once the dialog has told that it is closed


def test_the_menu_and_its_question_give_the_focus_back(shopper: Shopper) -> None:
    shopper.say("hello")
    press = shopper.page.keyboard.press
    tab_to(shopper, "More", "Shift+Tab")
    press("Enter")
    tab_to(shopper, "Download the conversation")
    shopper.is_accessible()
    press("Escape")
    assert focused(shopper)["label"] == "More"
    expect(shopper.panel).to_be_visible()
    press("Enter")
    tab_to(shopper, "Erase this conversation")
    press("Enter")
    assert focused(shopper)["label"] == "Not now"
    press("Escape")
    expect(shopper.question_to_be_sure).to_be_hidden()
    expect(shopper.panel).to_be_visible()
    assert shopper.count()


def test_what_is_said_is_read_aloud_once(shopper: Shopper) -> None:
    shopper.chat.evaluate(
        """(chat) => {
          window.spoken = [];
          const heard = ({ addedNodes }) => window.spoken.push(...[...addedNodes].map((node) => node.textContent));
          const watch = new MutationObserver((changes) => changes.forEach(heard));
          watch.observe(chat.shadowRoot.querySelector("[aria-live]"), { childList: true, subtree: true });
        }"""
    )
    shopper.say("who pays the postage?")
    shopper.say("and how long does a refund take?")
    spoken = shopper.page.evaluate("() => window.spoken")
    answers = [text.removeprefix("bot: ") for text in shopper.texts() if text.startswith("bot: ")]
    assert len(spoken) == len(answers) >= 2
    for sentence, answer in zip(spoken, answers, strict=True):
        assert answer in sentence
    expect(shopper.chat.locator("[aria-live]")).to_have_count(1)
    expect(shopper.chat.locator("[aria-live]")).to_have_attribute("aria-live", "polite")


def test_photos_can_be_removed_without_a_mouse(shopper: Shopper, photo_file: Path) -> None:
    shopper.pick(photo_file, photo_file)
    expect(shopper.ready).to_have_count(2)
    tab_to(shopper, "Remove Photo 1", "Shift+Tab")
    shopper.page.keyboard.press("Enter")
    expect(shopper.tiles).to_have_count(1)
    assert focused(shopper)["label"] == "Remove Photo 2"
