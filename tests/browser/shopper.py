"""A customer in a browser: opens the chat, types, presses buttons, picks photos, reads what is on the screen."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import httpx
from playwright.sync_api import Locator, Page, expect

from tests.browser.accessibility import violations

SAID = ".log > li[data-seq]"
ANSWERED = f"""(before) => {{
  const inside = document.querySelector("support-chat").shadowRoot;
  const said = [...inside.querySelectorAll("{SAID}")];
  const isQuiet = inside.querySelector(".typing").hidden && !inside.querySelector(".sending");
  return isQuiet && said.length > before && !said.at(-1).classList.contains("customer");
}}"""
PATIENCE_MS = 60_000
NEVER_EXPECTED = re.compile(r"content security policy|trusted ?type", re.IGNORECASE)


class Shopper:
    """One tab. What goes wrong in it (console errors, exceptions, broken policies) is in `complaints`."""

    def __init__(self, page: Page, address: str) -> None:
        self.page, self.address = page, address
        self.chat = page.locator("support-chat")
        self.complaints: list[str] = []
        page.on("console", lambda said: said.type in ("error", "warning") and self.complaints.append(said.text))
        page.on("pageerror", lambda error: self.complaints.append(str(error)))

    # --- around the chat

    def visit(self, path: str = "/") -> Shopper:
        self.page.goto(self.address + path)
        return self

    def open_chat(self) -> Shopper:
        """By the round button, unless it is open from the page before."""
        self.launcher.or_(self.panel).filter(visible=True).wait_for()
        if self.launcher.is_visible():
            self.launcher.click()
        expect(self.panel).to_be_visible()
        return self

    @property
    def launcher(self) -> Locator:
        return self.chat.locator("button.launcher")

    @property
    def panel(self) -> Locator:
        return self.chat.locator("dialog.panel")

    @property
    def field(self) -> Locator:
        return self.chat.locator(".field:visible")

    @property
    def said(self) -> Locator:
        """Every message that the server has."""
        return self.chat.locator(SAID)

    @property
    def going(self) -> Locator:
        """What is still on its way."""
        return self.chat.locator(".log > li.sending")

    @property
    def problem(self) -> Locator:
        return self.chat.locator(".problem")

    @property
    def status(self) -> Locator:
        """Who has the conversation."""
        return self.chat.locator(".status")

    @property
    def banner(self) -> Locator:
        return self.chat.locator(".banner")

    @property
    def tiles(self) -> Locator:
        """Photos that are chosen and not sent."""
        return self.chat.locator(".tray li")

    @property
    def ready(self) -> Locator:
        return self.chat.locator(".tray li.ready")

    @property
    def photos(self) -> Locator:
        """Photos in the conversation, once they are drawn."""
        return self.chat.locator(".log > li canvas")

    @property
    def question_to_be_sure(self) -> Locator:
        return self.chat.locator("dialog.question")

    def menu(self, entry: str) -> None:
        self.chat.locator(".menu summary").click()
        self.chat.locator(".menu").get_by_text(entry, exact=True).click()

    # --- talking

    def say(self, text: str) -> Shopper:
        """Types it, sends it, waits for the answer."""
        before = self.count()
        self.type(text)
        return self.hear(before)

    def type(self, text: str) -> None:
        self.field.fill(text)
        self.field.press("Enter")

    def choose(self, payload: str) -> Shopper:
        """Presses the newest button with this payload and waits for the answer."""
        before = self.count()
        self.choice(payload).click()
        return self.hear(before)

    def choice(self, payload: str) -> Locator:
        return self.chat.locator(f'.choices button[value="{payload}"]:enabled').last

    def pick(self, *files: Path | dict[str, Any]) -> None:
        """Chooses files as from the camera roll, and does not send them yet."""
        self.chat.locator("input[type=file][multiple]").set_input_files(list(files))

    def send(self) -> Shopper:
        before = self.count()
        self.chat.locator("button.send").click()
        return self.hear(before)

    def hear(self, before: int) -> Shopper:
        """Waits until the assistant has said all it has to say."""
        self.page.wait_for_function(ANSWERED, arg=before, timeout=PATIENCE_MS)
        return self

    def count(self) -> int:
        return self.said.count()

    # --- reading

    def last(self) -> str:
        """The last thing that was said."""
        return self.said.last.inner_text()

    def texts(self) -> list[str]:
        """All that was said and by whom, as "customer: Hello"."""
        read = """(items) => items.map((item) => {
          const text = item.querySelector(".bubble")?.textContent ?? "";
          return `${["customer", "bot", "agent"].find((who) => item.classList.contains(who))}: ${text}`;
        })"""
        return self.said.evaluate_all(read)

    def case(self) -> str:
        """The number on the newest case card."""
        return re.search(r"C-\w{4}-\w{4}", self.chat.locator(".case").last.inner_text())[0]

    def cited(self) -> str:
        """All clauses, opened."""
        return " ".join(self.chat.locator("details.policy cite").all_text_contents())

    # --- answering question after question

    def answer_all(self, facts: Mapping[str, Any], turns: int = 20) -> Shopper:
        """Answers each question from these facts, by its button when there is one, until one comes they do not know."""
        for _ in range(turns):
            fact = self.question()
            if fact not in facts:
                return self
            self.answer(fact, facts[fact])
        raise AssertionError(f"still asking after {turns} turns: {self.last()}")

    def answer(self, fact: str, value: Any) -> None:
        if fact == "evidence.photos":
            self.pick(value)
            self.send()
            return
        text = {True: "true", False: "false"}.get(value, str(value))
        if self.choice(f"{fact}={text}").count():
            self.choose(f"{fact}={text}")
        else:
            self.say(text)

    def question(self) -> str | None:
        """The fact that is asked, as the server knows it; the screen says it in words."""
        for message in reversed(self.log()):
            if message["from"] == "customer":
                return None
            if message["asks"]:
                return message["asks"]["fact"]
        return None

    def log(self) -> list[dict[str, Any]]:
        """The conversation as the server has it."""
        return self.call("GET", "/messages").json()["messages"]

    def call(self, method: str, path: str = "") -> httpx.Response:
        """One call with this browser's token."""
        mine = self.conversation()
        headers = {"Authorization": f"Bearer {mine['token']}"}
        return httpx.request(method, f"{mine['origin']}/chat/api/conversations/{mine['id']}{path}", headers=headers)

    def conversation(self) -> dict[str, str]:
        """What the browser keeps: id and token, and the origin they are for."""
        return self.page.evaluate("""() => {
          const key = Object.keys(localStorage).find((name) => /^support-chat .*:id$/.test(name));
          return { ...JSON.parse(localStorage.getItem(key)), origin: key.slice("support-chat ".length, -":id".length) };
        }""")

    # --- judging

    def is_accessible(self) -> None:
        found = violations(self.page)
        assert not found, "\n".join(found)

    def has_no_complaints(self, expected: Sequence[str] = ()) -> None:
        """Nothing went wrong but what this test made go wrong; a broken policy is never expected."""
        left = [text for text in self.complaints if not any(re.search(each, text) for each in expected)]
        left += [text for text in self.complaints if NEVER_EXPECTED.search(text)]
        assert not left, "\n".join(left)
