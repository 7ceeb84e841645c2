"""Two agents side by side with a customer."""

from collections.abc import Callable, Iterator
from datetime import datetime, time, timezone
from zoneinfo import ZoneInfo

import pytest
from playwright.sync_api import Browser

from support.conversations.hours import Hours, in_words
from support.run.stack import Stack
from tests.browser.desk.clerk import Clerk, make_account


@pytest.fixture(scope="session")
def passwords(stack: Stack) -> dict[str, str]:
    people = {"nora": "agent", "otto": "agent", "lena": "lead"}
    return {name: make_account(stack, name, role) for name, role in people.items()}


@pytest.fixture
def clerk(browser: Browser, stack: Stack, passwords: dict[str, str]) -> Iterator[Callable[[str], Clerk]]:
    """clerk("nora"): nora signs in. At the end no page may have complained."""
    there: list[Clerk] = []

    def sign_in(name: str) -> Clerk:
        there.append(Clerk(browser, stack, name, passwords[name]))
        return there[-1]

    yield sign_in
    complaints = [text for each in there for text in each.complaints if "409" not in text and "400" not in text]
    for each in there:
        each.leaves()
    assert not complaints


@pytest.fixture
def opening(stack: Stack) -> str:
    """When somebody will be there, as a customer in New York is told it."""
    opens, closes = (time.fromisoformat(each) for each in stack.settings["SUPPORT_HOURS"].split("-"))
    hours = Hours(opens, closes, ZoneInfo(stack.settings["SUPPORT_HOURS_TIMEZONE"]))
    return in_words(hours.next_opening(datetime.now(timezone.utc)), "America/New_York")
