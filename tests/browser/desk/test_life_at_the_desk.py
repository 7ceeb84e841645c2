"""A case from the yes to the money, and its other ends: at the desk, and in the customer's chat beside it."""

import re
from collections.abc import Callable

from playwright.sync_api import expect

from support.run.stack import Stack
from tests.browser.desk.clerk import Clerk
from tests.browser.desk.past import case_opened
from tests.browser.shopper import Shopper

Clerks = Callable[[str], Clerk]
WARRANTY = {
    "request": "warranty",
    "claim.reason": "quality_problem",
    "claim.damage_cause": "none",
    "claim.item_country": "US",
    "claim.issued_on": "none",
    "claim.troubleshooting_done": True,
    "claim.serial_number": "X3U2409A001234",
}


def test_from_approval_to_refund(shopper: Shopper, clerk: Clerks, stack: Stack) -> None:
    shopper.say("hello")
    number = case_opened(stack, shopper.conversation()["id"])
    nora = clerk("nora").opens(shopper.conversation()["id"])
    nora.moves("Approve", "Approve", message="Nice to hear it is like new.")
    expect(shopper.said.last).to_contain_text(re.compile(f"{number}.*approved", re.DOTALL))
    expect(shopper.said.last).to_contain_text("Nice to hear it is like new.")
    nora.moves("Received", "The goods are here")
    expect(shopper.said.last).to_contain_text("arrived")
    nora.moves("Inspection", "Keep what was found", unused_0="true", packaging_complete_0="true")
    expect(nora.card).to_contain_text("Inspected")
    nora.moves("Settle", "Settle")
    expect(shopper.said.last).to_contain_text("79.90")
    expect(nora.card).to_contain_text(re.compile("Refunded.*Ended: Refund, 79.90", re.DOTALL))
    nora.is_accessible()


def test_an_item_that_works_ends_the_warranty_claim_and_its_shipping_is_the_customers(
    shopper: Shopper, clerk: Clerks, stack: Stack
) -> None:
    shopper.say("hello")
    case_opened(stack, shopper.conversation()["id"], **WARRANTY)
    nora = clerk("nora").opens(shopper.conversation()["id"])
    nora.moves("Approve", "Approve", goods="true")
    nora.moves("Received", "The goods are here")
    nora.moves("Inspection", "Keep what was found", fault_found_0="false", reason="charges well")
    expect(nora.card).to_contain_text("W.freight.3")
    expect(nora.card).to_contain_text("The policy says no")
    nora.moves("Refuse", "Refuse")
    expect(shopper.said.last).to_contain_text("W.freight.3")
    expect(nora.card.locator(".tag").first).to_have_text("Refused")


def test_a_return_that_fails_the_inspection_is_not_refunded(shopper: Shopper, clerk: Clerks, stack: Stack) -> None:
    shopper.say("hello")
    case_opened(stack, shopper.conversation()["id"], approved=True)
    nora = clerk("nora").opens(shopper.conversation()["id"])
    nora.moves("Received", "The goods are here")
    nora.moves("Inspection", "Keep what was found", unused_0="false")
    expect(nora.card).to_contain_text("R.failed")
    nora.moves("Refuse", "Refuse")
    expect(shopper.said.last).to_contain_text("R.failed")


def test_a_deadline_that_passes_stands_out_and_the_customer_is_reminded_of_theirs(
    shopper: Shopper, clerk: Clerks, stack: Stack
) -> None:
    shopper.say("a person please")
    conversation = shopper.conversation()["id"]
    number = case_opened(stack, conversation, days=9)
    lena = clerk("lena")
    lena.page.goto(f"{lena.address}/desk/")
    expect(lena.row(conversation)).to_contain_text("overdue")
    lena.page.goto(f"{lena.address}/desk/cases?find={number}")
    expect(lena.page.get_by_role("row").filter(has_text=number)).to_contain_text("overdue")
    lena.is_accessible()
    case_opened(stack, conversation, days=3, approved=True)  # to be sent by the end of today
    expect(shopper.said.last).to_contain_text("A quick reminder")


def test_what_the_customer_erases_is_gone_from_the_desk(shopper: Shopper, clerk: Clerks) -> None:
    shopper.say("my secret word is quetzalcoatl, a person please")
    conversation = shopper.conversation()["id"]
    nora = clerk("nora").opens(conversation)
    expect(nora.said.first).to_contain_text("quetzalcoatl")
    shopper.menu("Erase this conversation")
    shopper.question_to_be_sure.get_by_role("button", name="Erase this conversation").click()
    expect(shopper.said).to_have_count(0)
    expect(nora.row(conversation)).to_have_count(0)
    expect(nora.page.get_by_text("quetzalcoatl")).to_have_count(0)
    nora.complaints = [text for text in nora.complaints if "404" not in text]


def test_out_of_hours_it_is_said_once_when_somebody_is_there_and_the_message_is_taken(
    shopper: Shopper, clerk: Clerks, opening: str
) -> None:
    shopper.say("a person please")
    expect(shopper.said.last).to_contain_text(opening)
    shopper.say("my brush hums")
    assert sum(opening in text for text in shopper.texts()) == 1
    nora = clerk("nora").opens(shopper.conversation()["id"])
    expect(nora.page.locator(".entry.customer").last).to_contain_text("my brush hums")
    nora.press("Take")
    expect(nora.state).to_contain_text("You have")
    nora.writes("Good morning! Does it hum while charging?")
    expect(shopper.said.last).to_contain_text("Good morning!")
