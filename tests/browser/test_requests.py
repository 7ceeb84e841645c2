"""The conversations of a shop, in a browser: from the first click to the case, or to what else can be done."""

from collections.abc import Callable
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import expect

from tests.browser.orders import EMAIL, SERIAL, Orders
from tests.browser.shopper import Shopper

FINE = {
    "order.email": EMAIL,
    "claim.unused": True,
    "claim.packaging_complete": True,
    "claim.contents_complete": True,
    "claim.gift_returned": True,
    "confirm": "yes",
}
FAULTY = {
    "order.email": EMAIL,
    "request": "return",
    "claim.damage_cause": "none",
    "claim.unused": False,
    "claim.item_country": "US",
    "claim.issued_on": "none",
    "claim.troubleshooting_done": True,
    "evidence.serial_number": SERIAL,
    "confirm": "yes",
}


def case_is_shown(shopper: Shopper) -> None:
    """A card with the number that the words name, its state and its date."""
    card = shopper.chat.locator(".case").last
    assert shopper.case() in shopper.texts()[-1]
    assert "Under review" in card.inner_text()
    shopper.is_accessible()


def test_a_return_in_time(shopper: Shopper, orders: Orders, photo_file: Path, picture: Callable) -> None:
    picture(shopper, "chat-empty")
    shopper.is_accessible()
    shopper.chat.get_by_role("button", name="return something").click()
    shopper.hear(0)
    shopper.answer_all({"order.number": orders.one("ten days ago"), "order.email": EMAIL})
    assert shopper.question() == "claim.reason"
    picture(shopper, "chat-choices")
    shopper.is_accessible()
    shopper.answer_all(FINE | {"claim.reason": "changed_mind", "evidence.photos": photo_file} | {"confirm": "yes"})
    case_is_shown(shopper)
    picture(shopper, "chat-case")


def test_a_warranty_claim_with_a_photo(shopper: Shopper, orders: Orders, photo_file: Path) -> None:
    shopper.say("my toothbrush stopped charging")
    shopper.answer_all(FAULTY | {"order.number": orders.one("ten days ago"), "evidence.photos": photo_file})
    assert "I.fault-beats-condition" in shopper.cited()
    case_is_shown(shopper)


def test_an_exchange_for_another_colour(shopper: Shopper, orders: Orders, photo_file: Path) -> None:
    shopper.say("I'd like to exchange my toothbrush for another colour")
    known = {"claim.reason": "colour", "claim.exchange_for": "same_item_other_colour", "evidence.photos": photo_file}
    shopper.answer_all(FINE | known | {"order.number": orders.one("ten days ago")})
    case_is_shown(shopper)


def test_the_wrong_colour_came(shopper: Shopper, orders: Orders, photo_file: Path) -> None:
    shopper.say("You sent me the wrong colour, I ordered pink and got a black one")
    known = {"request": "exchange", "evidence.photos": photo_file, "order.number": orders.one("ten days ago")}
    shopper.answer_all(FINE | known)
    case_is_shown(shopper)


def test_a_cancellation(shopper: Shopper, orders: Orders) -> None:
    shopper.chat.get_by_role("button", name="cancel an order").click()
    shopper.hear(0)
    shopper.answer_all({"order.number": orders.one("due in four days"), "order.email": EMAIL, "confirm": "yes"})
    case_is_shown(shopper)


def test_a_delivery_day_is_picked_from_a_calendar(shopper: Shopper, orders: Orders) -> None:
    shopper.say("I want to return my order")
    shopper.answer_all({"order.number": orders.one("nobody knows when"), "order.email": EMAIL})
    assert shopper.question() == "order.delivered_on"
    shopper.is_accessible()
    day = (date.today() - timedelta(days=6)).isoformat()
    shopper.chat.get_by_label("Pick a day").fill(day)
    before = shopper.count()
    shopper.chat.locator(".date").get_by_role("button", name="Send").click()
    shopper.hear(before)
    assert shopper.question() == "claim.reason"


def test_an_order_that_cannot_be_proven_goes_to_a_person(shopper: Shopper, orders: Orders) -> None:
    shopper.say(f"I want to return order {orders.one('ten days ago')}")
    for guess in range(5):
        shopper.say(f"not-me-{guess}@example.com")
    expect(shopper.status).to_have_text("A colleague will answer here")
    assert not shopper.chat.locator(".case").count()
    shopper.is_accessible()


REFUSED = [
    ("31 days ago", "I want to return my order", {}, "R.window", "request=warranty"),
    ("13 months ago", "my toothbrush stopped charging", FAULTY | {"request": "warranty"}, "W.exclude.3", None),
    ("exchanged once", "I'd like to swap it for the white one", FINE, "R.exchange.once", "request=return"),
    ("from a dealer", "I'd like to return a toothbrush", {}, "W.dealer", None),
    (
        "ten days ago",
        "return please",
        FINE | {"claim.reason": "changed_mind", "claim.unused": False},
        "R.unused",
        None,
    ),
]


@pytest.mark.parametrize(("kind", "opening", "facts", "clause", "other_way"), REFUSED, ids=[row[3] for row in REFUSED])
def test_a_refusal_says_why_and_what_else_can_be_done(
    shopper: Shopper, orders: Orders, kind: str, opening: str, facts: dict[str, Any], clause: str, other_way: str | None
) -> None:
    shopper.say(opening)
    shopper.answer_all({"order.email": EMAIL} | facts | {"order.number": orders.one(kind)})
    assert clause in shopper.cited()
    assert not shopper.chat.locator(".case").count()
    if other_way:
        shopper.choice(other_way).wait_for()
    shopper.is_accessible()
