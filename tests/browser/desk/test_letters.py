"""The chat goes on by letter and back; what the desk sees of letters."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Route, expect

from support.run.stack import Stack
from tests.browser.accessibility import violations
from tests.browser.desk.clerk import Clerk
from tests.browser.orders import EMAIL, Orders
from tests.browser.shopper import Shopper
from tests.conversations.penfriend import Penfriend

Clerks = Callable[[str], Clerk]


def in_german(route: Route) -> None:
    page = route.fetch()
    route.fulfill(response=page, body=page.text().replace('<html lang="en">', '<html lang="de">'))


@pytest.fixture
def penfriend(stack: Stack) -> Penfriend:
    return Penfriend(stack)


def test_a_chat_goes_on_by_letter_and_by_its_link_in_the_chat_again(
    tabs: Callable[..., Shopper], clerk: Clerks, orders: Orders, penfriend: Penfriend, picture
) -> None:
    shopper, nora = tabs().visit().open_chat(), clerk("nora")
    shopper.say(f"I want to return {orders.one('ten days ago')}, {EMAIL}, I changed my mind")
    shopper.say("let me talk to a person")
    conversation = shopper.conversation()["id"]
    shopper.chat.locator(".links").get_by_role("button", name="Continue by e-mail").click()
    question = shopper.question_to_be_sure
    question.get_by_role("button", name="Continue by e-mail").click()
    expect(question).to_be_visible()  # without an address nothing is done
    question.locator("input").fill(penfriend.address)
    shopper.is_accessible()
    picture(shopper, "chat-by-mail")
    question.get_by_role("button", name="Continue by e-mail").click()
    expect(shopper.problem).to_have_text("Please press the link in our e-mail.")
    assert "Once you've confirmed" in penfriend.read()

    said = shopper.texts()
    shopper.visit("/privacy")  # the chat is left
    mailbox = tabs()
    mailbox.page.goto(penfriend.links()[0])
    mailbox.is_accessible()
    mailbox.page.get_by_role("button", name="Yes, it's mine").click()
    expect(mailbox.page.get_by_role("status")).to_contain_text("our answers come to")
    nora.opens(conversation)
    nora.press("Take")
    expect(nora.state).to_contain_text("You have this conversation")
    expect(nora.page.locator(".by-mail")).to_contain_text(f"{penfriend.address}: confirmed")
    nora.writes("I'll take it back. Please send it to us.")
    letter = penfriend.read()
    assert "I'll take it back. Please send it to us." in letter
    assert "Nora, SOOCAS Support" in letter

    mailbox.page.goto(penfriend.links()[-1])
    mailbox.is_accessible()
    mailbox.page.get_by_role("button", name="Open the chat").click()
    expect(mailbox.panel).to_be_visible()
    expect(mailbox.status).to_have_text("Nora is with you")
    assert mailbox.texts() == [*said, "agent: I'll take it back. Please send it to us."]
    mailbox.type("Thank you!")
    expect(nora.said.last).to_contain_text("Thank you!")


def test_the_menu_goes_on_by_mail_too_and_in_german(tabs: Callable[..., Shopper], penfriend: Penfriend) -> None:
    shopper = tabs(locale="de-DE", viewport={"width": 320, "height": 640})
    shopper.page.route("**/", in_german)
    shopper.visit().open_chat()
    shopper.say("who pays the postage?")
    shopper.menu("Per E-Mail weiter")
    question = shopper.question_to_be_sure
    question.get_by_label("Per E-Mail weiter").fill(penfriend.address)
    shopper.is_accessible()
    question.get_by_role("button", name="Per E-Mail weiter").click()
    expect(shopper.problem).to_have_text("Bitte drücken Sie den Link in unserer E-Mail.")
    assert "Sobald Sie bestätigt haben" in penfriend.read()


def test_the_desk_shows_a_letter_as_it_came(clerk: Clerks, penfriend: Penfriend) -> None:
    penfriend.write("Who pays the postage?", subject="Postage")
    reply = penfriend.reply(
        "And how long does it take?\n\nOn Wed, 4 Nov 2026, SOOCAS wrote:\n> You asked about postage.\n"
    )
    reply.add_alternative("<p>And how long <b>does</b> it take?</p><script>alert(1)</script>", subtype="html")
    reply.add_attachment(b"%PDF-1.4 x", maintype="application", subtype="pdf", filename="bill.pdf")
    penfriend.post(reply)
    penfriend.read()
    nora = clerk("nora")
    nora.opens(penfriend.conversation())
    nora.page.locator(".by-mail a").click()
    shown = nora.page.locator("article.letter").last
    expect(shown).to_contain_text("And how long does it take?")
    expect(shown).to_contain_text("The address alone proves nothing.")
    expect(shown).to_contain_text("Not taken: bill.pdf")
    quoted = shown.get_by_text("> You asked about postage.")
    expect(quoted).to_be_hidden()
    shown.get_by_text("Quoted part").click()
    expect(quoted).to_be_visible()
    nora.is_accessible()


@pytest.mark.parametrize("width", [400, 1280])
def test_the_desk_shows_what_stands_still_and_why(
    clerk: Clerks, penfriend: Penfriend, stack: Stack, width: int
) -> None:
    """A letter from another address than the conversation's is held, read at the desk, and let through."""
    penfriend.write("How long is the warranty?")
    friend = Penfriend(stack)
    friend.post(penfriend.reply("Who pays the postage?", sender=friend.address))
    nora = clerk("nora")
    nora.page.set_viewport_size({"width": width, "height": 800})
    row = nora.page.get_by_role("row").filter(has_text=friend.address)
    nora.page.goto(f"{nora.address}/desk/mail")
    nora.reloads_until(row)
    expect(row).to_contain_text("it answers a conversation of another address")
    nora.is_accessible()
    row.get_by_role("link", name="Read").click()
    expect(nora.page.locator("article.letter")).to_contain_text("Who pays the postage?")
    nora.is_accessible()
    nora.page.go_back()
    row.get_by_role("button", name="It is all right: go on").click()
    expect(row).to_have_count(0)
    assert "R.freight" in penfriend.read()


def test_the_desk_shows_an_address_that_bounces(clerk: Clerks, penfriend: Penfriend) -> None:
    penfriend.write("Who pays the postage?")
    penfriend.bounce("550 5.1.1 user unknown")
    nora = clerk("nora").opens(penfriend.conversation())
    nora.reloads_until(nora.page.get_by_text("none are sent any more"))
    nora.is_accessible()
    nora.page.locator(".by-mail a").click()
    expect(nora.page.locator(".sheet")).to_contain_text("No more letters are sent there")
    expect(nora.page.locator(".sheet")).to_contain_text("5.1.1")
    nora.is_accessible()


@pytest.mark.parametrize(("scheme", "paper"), [("light", "#fff"), ("dark", "#121212")])
def test_a_letter_reads_well_on_a_narrow_screen_and_in_the_dark(
    tabs: Callable[..., Shopper], penfriend: Penfriend, scheme: str, paper: str
) -> None:
    penfriend.write("My toothbrush is broken, I want to return it.")
    page = tabs(viewport={"width": 320, "height": 900}, color_scheme=scheme).page
    page.set_content(penfriend.html())
    page.add_style_tag(content=f"body {{ background: {paper} }}")  # as mail programs do
    assert page.evaluate("() => document.documentElement.scrollWidth <= innerWidth")
    of_a_whole_page = ("landmark-one-main", "page-has-heading-one", "region")
    assert [found for found in violations(page) if not found.startswith(of_a_whole_page)] == []
