"""Phones to desks, light and dark, English and German, twice as large: nothing is cut off, nothing is too small."""

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import Route, expect

from tests.browser.accessibility import come_to_rest
from tests.browser.orders import EMAIL, Orders
from tests.browser.shopper import Shopper

SCREENS = [(320, 568), (360, 740), (390, 844), (768, 1024), (1024, 768), (1440, 900)]
CUT_OFF = """(chat) => {
  const inside = chat.shadowRoot;
  const panel = inside.querySelector(".panel").getBoundingClientRect();
  const out = [];
  for (const element of inside.querySelectorAll(".panel *")) {
    const box = element.getBoundingClientRect();
    if (!box.width || !box.height || getComputedStyle(element).visibility === "hidden") continue;
    if (element.closest(".unseen, .tray, svg")) continue;
    if (box.left < panel.left - 1 || box.right > panel.right + 1) out.push(element.className || element.localName);
  }
  const page = document.documentElement;
  if (page.scrollWidth > innerWidth) out.push(`the page: ${page.scrollWidth} of ${innerWidth}`);
  const isInside = panel.left >= 0 && panel.top >= 0;
  if (!isInside || panel.right > innerWidth + 1 || panel.bottom > innerHeight + 1) out.push("the panel");
  return out;
}"""
TOO_SMALL = """(chat) => [...chat.shadowRoot.querySelectorAll("button:enabled, a, input, textarea, summary")]
  .filter((element) => element.checkVisibility({ visibilityProperty: true }) && !element.closest(".bubble"))
  .map((element) => [element, element.getBoundingClientRect()])
  .filter(([, box]) => box.width && Math.min(box.height, box.width) < 43.9)
  .map(([element, box]) => `${element.className || element.localName}: ${box.width} × ${box.height}`)"""


def fits(shopper: Shopper) -> None:
    come_to_rest(shopper.page)
    assert shopper.chat.evaluate(CUT_OFF) == []
    assert shopper.chat.evaluate(TOO_SMALL) == []


@pytest.mark.parametrize(("width", "height"), SCREENS)
def test_everything_fits(
    tabs: Callable[..., Shopper], orders: Orders, picture: Callable, width: int, height: int
) -> None:
    is_phone = width < 500
    options = {"has_touch": True, "is_mobile": True} if is_phone else {}
    shopper = tabs(viewport={"width": width, "height": height}, **options).visit()
    shopper.is_accessible()
    shopper.open_chat()
    fits(shopper)
    shopper.is_accessible()
    shopper.say(f"I want to return order {orders.one('ten days ago')}, {EMAIL}")
    fits(shopper)
    shopper.is_accessible()
    picture(shopper, f"screen-{width}", whole_page=True)
    if is_phone:
        assert shopper.panel.evaluate("(panel) => panel.matches(':modal')")


def test_the_keyboard_of_a_phone_fits_the_question(tabs: Callable[..., Shopper], orders: Orders) -> None:
    shopper = tabs(viewport={"width": 390, "height": 844}, has_touch=True, is_mobile=True).visit().open_chat()
    shopper.say("I want to return my order")
    assert shopper.question() == "order.number"
    expect(shopper.field).to_have_attribute("autocapitalize", "characters")
    shopper.say(orders.one("ten days ago"))
    assert shopper.question() == "order.email"
    expect(shopper.field).to_have_attribute("inputmode", "email")
    shopper.is_accessible()


@pytest.mark.parametrize("size", [(640, 400), (320, 256)], ids=["200 %", "400 %"])
def test_enlarged_by_the_browser_it_still_fits(tabs: Callable[..., Shopper], size: tuple[int, int]) -> None:
    """Zooming to 200 % leaves half the pixels of a 1280 × 800 screen, to 400 % a quarter."""
    shopper = tabs(viewport={"width": size[0], "height": size[1]}, device_scale_factor=2).visit().open_chat()
    shopper.say("who pays the postage?")
    fits(shopper)
    shopper.is_accessible()
    assert shopper.field.is_visible()


def test_with_letters_twice_as_large_nothing_is_cut_off(tabs: Callable[..., Shopper]) -> None:
    shopper = tabs().visit()
    shopper.page.evaluate("() => { document.documentElement.style.fontSize = '200%'; }")
    shopper.open_chat().say("who pays the postage?")
    fits(shopper)


def test_in_the_dark(tabs: Callable[..., Shopper], orders: Orders, picture: Callable) -> None:
    shopper = tabs(color_scheme="dark").visit()
    shopper.is_accessible()
    shopper.open_chat().say("who pays the postage?")
    shopper.chat.locator("details.policy summary").first.click()
    shopper.say(f"I want to return order {orders.one('ten days ago')}, {EMAIL}")
    shopper.is_accessible()
    picture(shopper, "chat-dark")


def in_german(route: Route) -> None:
    """The shop's page says that it is in German."""
    page = route.fetch()
    route.fulfill(response=page, body=page.text().replace('<html lang="en">', '<html lang="de">'))


def test_in_german(tabs: Callable[..., Shopper], picture: Callable) -> None:
    shopper = tabs(locale="de-DE")
    shopper.page.route(f"{shopper.address}/", in_german)
    shopper.visit().open_chat()
    expect(shopper.chat.get_by_role("button", name="Mit einem Menschen sprechen")).to_be_visible()
    assert shopper.chat.locator(".root").get_attribute("lang") == "de"
    shopper.chat.get_by_role("button", name="Ich möchte etwas zurückgeben").click()
    shopper.hear(0)
    assert shopper.question() == "order.number"
    expect(shopper.field).to_have_attribute("placeholder", re.compile("Bestellnummer"))
    fits(shopper)
    shopper.is_accessible()
    picture(shopper, "chat-german")


def test_who_wants_less_motion_gets_none(tabs: Callable[..., Shopper]) -> None:
    shopper = tabs(reduced_motion="reduce").visit().open_chat()
    shopper.type("hello")
    assert shopper.chat.evaluate("(chat) => chat.shadowRoot.getAnimations().length") == 0
    shopper.hear(0)


def test_in_forced_colours_borders_are_there(tabs: Callable[..., Shopper]) -> None:
    shopper = tabs(forced_colors="active").visit().open_chat()
    for part in (shopper.panel, shopper.chat.locator(".bubble").first, shopper.chat.locator("button.send")):
        assert part.evaluate("(element) => getComputedStyle(element).borderTopStyle") == "solid"
    shopper.is_accessible()
