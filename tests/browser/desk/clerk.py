"""A person at the desk, in a browser of their own."""

from __future__ import annotations

import os
import subprocess
import sys
import time

from playwright.sync_api import Browser, Locator, Page, expect

from support.run.stack import Stack
from tests.browser.accessibility import violations

PATIENCE_S = 30
DESKTOP = {"width": 1280, "height": 860}


def make_account(stack: Stack, name: str, role: str) -> str:
    """The password of a new account."""
    command = [sys.executable, "-m", "support.cli", "agents", "add", name, "--role", role, "--generate"]
    made = subprocess.run(command, check=True, env=os.environ | stack.settings, capture_output=True, text=True)
    return made.stdout.split("password: ")[1].strip()


class Clerk:
    """Signed in. What goes wrong in the page is in `complaints`."""

    def __init__(self, browser: Browser, stack: Stack, name: str, password: str) -> None:
        context = browser.new_context(viewport=DESKTOP, locale="en-US", timezone_id="America/Los_Angeles")
        context.set_default_timeout(20_000)
        self.page: Page = context.new_page()
        self.address, self.complaints = stack.base_url, []
        self.page.on("console", lambda said: said.type == "error" and self.complaints.append(said.text))
        self.page.on("pageerror", lambda error: self.complaints.append(str(error)))
        self.page.goto(f"{self.address}/desk/sign-in")
        self.page.get_by_label("Name").fill(name)
        self.page.get_by_label("Password").fill(password)
        self.page.get_by_role("button", name="Sign in").click()
        expect(self.page.get_by_role("heading", name="Waiting")).to_be_visible()

    def opens(self, conversation: str) -> Clerk:
        self.page.goto(f"{self.address}/desk/conversations/{conversation}")
        expect(self.page.locator("#card article").first).to_be_visible()
        return self

    def reloads_until(self, place: Locator) -> None:
        """For pages that do not change by themselves."""
        until = time.monotonic() + PATIENCE_S
        while not place.count():
            assert time.monotonic() < until, f"not there: {place}"
            self.page.reload()

    def row(self, conversation: str, name: str = "waiting") -> Locator:
        """Its line in one of the lists."""
        return self.page.locator(f'[data-list="{name}"] a[href$="{conversation}"]')

    @property
    def said(self) -> Locator:
        return self.page.locator("#said .entry")

    @property
    def state(self) -> Locator:
        return self.page.locator("#owner .state")

    @property
    def notice(self) -> Locator:
        return self.page.locator("#notice")

    @property
    def card(self) -> Locator:
        return self.page.locator("#card")

    def press(self, name: str) -> None:
        self.page.locator("#owner").get_by_role("button", name=name).click()

    def writes(self, text: str, note: bool = False) -> None:
        if note:
            self.page.get_by_label("Note for colleagues").check()
        field = self.page.locator("#text")
        field.fill(text)
        field.press("Control+Enter")
        expect(field).to_have_value("")

    def moves(self, what: str, button: str, **fields: str) -> None:
        """One step of the case on the card: the form under this title, sent; the card has changed then."""
        before = self.card.locator(".history li").count()
        form = self.card.locator(".moves details").filter(has=self.page.get_by_text(what, exact=True)).first
        form.locator("summary").click()
        for name, value in fields.items():
            field = form.locator(f'[name="{name}"]')
            field.select_option(value) if field.evaluate("(one) => one.tagName") == "SELECT" else field.fill(value)
        form.get_by_role("button", name=button, exact=True).click()
        expect(self.card.locator(".history li")).not_to_have_count(before)

    def is_accessible(self) -> None:
        found = violations(self.page)
        assert not found, "\n".join(found)

    def leaves(self) -> None:
        self.page.context.close()
