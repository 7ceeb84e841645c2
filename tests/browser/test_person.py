"""A person takes over: who answers is always on the screen, and nothing is lost on the way there and back."""

import os
import subprocess
import sys

from playwright.sync_api import expect

from support.run.stack import Stack
from tests.browser.shopper import Shopper

SPEAK = """
import uuid
from django.contrib.auth.models import User
from django.utils import timezone
from support.conversations import ownership
mira, _ = User.objects.get_or_create(username="mira", first_name="Mira")
ownership.take({conversation!r}, mira, timezone.now())
ownership.answer({conversation!r}, mira, {text!r}, uuid.uuid4(), timezone.now())
"""


def colleague_says(stack: Stack, shopper: Shopper, text: str) -> None:
    """As at the desk: another process takes the conversation and speaks."""
    code = SPEAK.format(conversation=shopper.conversation()["id"], text=text)
    command = [sys.executable, "-m", "support.cli", "manage", "shell", "-v", "0", "-c", code]
    subprocess.run(command, check=True, env=os.environ | stack.settings, capture_output=True)


def test_a_person_is_always_one_click_away_and_has_a_name(shopper: Shopper, stack: Stack, picture) -> None:
    shopper.say("I want to return my order")
    before = shopper.count()
    shopper.chat.get_by_role("button", name="Talk to a person").click()
    shopper.hear(before)
    status = shopper.status
    expect(status).to_have_text("A colleague will answer here")
    shopper.is_accessible()
    colleague_says(stack, shopper, "Hello, this is Mira. How can I help?")
    expect(status).to_have_text("Mira is with you")
    expect(shopper.said.last).to_contain_text("Mira")
    assert shopper.texts()[-1] == "agent: Hello, this is Mira. How can I help?"
    shopper.type("my brush hums")
    expect(shopper.going).to_have_count(0)
    assert shopper.log()[-1]["text"] == "my brush hums"
    shopper.is_accessible()
    picture(shopper, "chat-person")


def test_while_one_waits_the_assistant_can_go_on(shopper: Shopper) -> None:
    shopper.say("I want to talk to a person")
    expect(shopper.status).to_have_text("A colleague will answer here")
    shopper.say("hello?")
    shopper.choose("owner=bot")
    expect(shopper.status).to_have_text("Returns, exchanges, warranty")
    shopper.say("who pays the postage?")
    assert "R.freight.soocas" in shopper.cited()


def test_what_comes_while_the_chat_is_closed_is_counted(shopper: Shopper, stack: Stack) -> None:
    shopper.say("I want to talk to a person")
    shopper.chat.get_by_role("button", name="Close the chat").click()
    expect(shopper.panel).to_be_hidden()
    colleague_says(stack, shopper, "Hello, this is Mira.")
    expect(shopper.launcher).to_have_accessible_name("Chat with SOOCAS support. New messages: 1")
    shopper.is_accessible()
    shopper.open_chat()
    expect(shopper.launcher).to_have_attribute("aria-label", "Chat with SOOCAS support")
    assert shopper.texts()[-1] == "agent: Hello, this is Mira."
