"""Reloads, tunnels, restarts, two tabs, proxies that hold live events back: everything is said once, in order."""

from collections.abc import Callable

import pytest
from playwright.sync_api import expect

from support.run.stack import Stack
from tests.browser.orders import EMAIL, Orders
from tests.browser.shopper import Shopper

NETWORK = (r"ERR_INTERNET_DISCONNECTED", r"ERR_CONNECTION_REFUSED", r"ERR_EMPTY_RESPONSE", r"ERR_FAILED")
NETWORK += (r"ERR_CONNECTION_RESET", r"ERR_INCOMPLETE_CHUNKED_ENCODING", r"ERR_NETWORK")


def customers_words(shopper: Shopper) -> list[str]:
    return [message["text"] for message in shopper.log() if message["from"] == "customer"]


def is_all_there(shopper: Shopper) -> None:
    """On the screen as on the server: each message once, in order, without a gap."""
    log = shopper.log()
    assert [message["seq"] for message in log] == list(range(1, len(log) + 1))
    assert shopper.texts() == [f"{message['from']}: {message['text']}" for message in log]


def test_a_reload_in_the_middle_goes_on_where_it_was(shopper: Shopper, orders: Orders) -> None:
    shopper.say("I want to return my order")
    shopper.answer_all({"order.number": orders.one("ten days ago"), "order.email": EMAIL})
    before = shopper.texts()
    shopper.page.reload()
    expect(shopper.panel).to_be_visible()
    expect(shopper.said).to_have_count(len(before))
    assert shopper.texts() == before
    shopper.choose("claim.reason=changed_mind")
    taken = shopper.chat.locator('.choices button[value="claim.reason=changed_mind"]')
    expect(taken).to_be_disabled()
    expect(taken).to_have_attribute("aria-pressed", "true")
    shopper.page.reload()
    expect(taken).to_be_disabled()
    expect(taken).to_have_attribute("aria-pressed", "true")
    assert shopper.question() == "claim.unused"
    is_all_there(shopper)


@pytest.mark.complains(*NETWORK)
def test_without_a_network_words_wait_and_are_sent_once_in_order(shopper: Shopper, picture: Callable) -> None:
    shopper.say("hello")
    context = shopper.page.context
    context.set_offline(True)
    for text in ("one: who pays the postage?", "two: and for a defect?", "three: thanks"):
        shopper.type(text)
    expect(shopper.going).to_have_count(3)
    expect(shopper.banner).to_contain_text("offline")
    shopper.is_accessible()
    picture(shopper, "chat-offline")
    context.set_offline(False)
    expect(shopper.going).to_have_count(0)
    expect(shopper.chat.locator(".typing")).to_be_hidden(timeout=30_000)
    expect(shopper.banner).to_be_hidden()
    said = customers_words(shopper)
    assert said == ["hello", "one: who pays the postage?", "two: and for a defect?", "three: thanks"]
    is_all_there(shopper)


@pytest.mark.complains(*NETWORK)
def test_what_waits_survives_a_reload(shopper: Shopper) -> None:
    shopper.say("hello")
    shopper.page.route("**/chat/api/**", lambda route: route.abort("internetdisconnected"))
    shopper.type("who pays the postage?")
    expect(shopper.going).to_have_count(1)
    shopper.page.reload()
    expect(shopper.going).to_have_count(1)
    shopper.page.unroute_all()
    shopper.page.evaluate("() => dispatchEvent(new Event('online'))")
    expect(shopper.going).to_have_count(0)
    assert customers_words(shopper) == ["hello", "who pays the postage?"]


@pytest.mark.complains(*NETWORK)
def test_an_answer_that_is_lost_on_the_way_changes_nothing(shopper: Shopper) -> None:
    """The server has the message, the browser does not know: sent again under the same client_id, it is one message."""
    shopper.say("hello")
    lost = []

    def lose_the_answer(route) -> None:
        if route.request.method == "POST" and not lost:
            lost.append(route.fetch())
            route.abort("connectionreset")
        else:
            route.continue_()

    shopper.page.route("**/messages", lose_the_answer)
    shopper.say("who pays the postage?")
    assert lost
    assert customers_words(shopper) == ["hello", "who pays the postage?"]
    is_all_there(shopper)


@pytest.mark.complains(*NETWORK)
def test_a_server_that_is_restarted_in_the_middle_is_hardly_noticed(shopper: Shopper, stack: Stack) -> None:
    shopper.say("hello")
    before = shopper.count()
    shopper.type("who pays the postage?")
    stack.kill("web")
    shopper.type("and how long does a refund take?")
    stack.await_healthy("web")
    expect(shopper.going).to_have_count(0, timeout=60_000)
    shopper.hear(before + 3)
    assert customers_words(shopper) == ["hello", "who pays the postage?", "and how long does a refund take?"]
    is_all_there(shopper)
    shopper.is_accessible()


def test_two_tabs_are_one_conversation(shopper: Shopper, tabs: Callable[..., Shopper]) -> None:
    shopper.say("I want to return something")
    other = tabs(beside=shopper).visit().open_chat()
    expect(other.said).to_have_count(shopper.count())
    other.say("who pays the postage?")
    expect(shopper.said).to_have_count(other.count())
    before = shopper.count()
    shopper.type("and for a defect?")
    other.type("and how long does it take?")
    for tab in (shopper, other):
        tab.hear(before + 3)
        is_all_there(tab)
    assert shopper.texts() == other.texts()
    assert len(customers_words(shopper)) == 4


def test_two_tabs_that_begin_at_once_begin_one_conversation(tabs: Callable[..., Shopper]) -> None:
    first = tabs().visit().open_chat()
    second = tabs(beside=first).visit().open_chat()
    first.type("hello from the first")
    second.type("hello from the second")
    first.hear(3)
    assert first.conversation() == second.conversation()
    assert sorted(customers_words(first)) == ["hello from the first", "hello from the second"]


@pytest.mark.complains(r"ERR_FAILED", r"status of 502")
@pytest.mark.parametrize("how", ["refused", "swallowed"])
def test_where_live_events_do_not_come_through_it_asks(tabs: Callable[..., Shopper], how: str) -> None:
    shopper = tabs().visit()
    if how == "refused":
        shopper.page.route("**/events*", lambda route: route.fulfill(status=502, body="<html>Bad gateway</html>"))
    else:
        shopper.page.route("**/events*", lambda route: None)  # a proxy that waits for the end, which never comes
    shopper.open_chat().say("hello")
    shopper.say("who pays the postage?")
    assert "R.freight.soocas" in shopper.cited()
    is_all_there(shopper)
