"""Leaving, and coming back after minutes, an hour or a week: through Rasa's door, where the clock can be given."""

import itertools
from collections.abc import Callable
from datetime import datetime, timedelta, timezone
from typing import Any

import httpx
import pytest

from support.run.stack import Stack
from tests.conversations.customer import Customer
from tests.conversations.shop import EMAIL, Shop

TURNS = itertools.count()


class Clock:
    """One conversation whose time is told with each message."""

    def __init__(self, stack: Stack, conversation: str, now: datetime) -> None:
        self.conversation, self.now = conversation, now
        headers = {"Authorization": f"Bearer {stack.token}"}
        self.http = httpx.Client(base_url=stack.rasa_url, headers=headers, timeout=30)

    def say(self, text: str | None = None, later: timedelta = timedelta(), **turn: Any) -> list[dict[str, Any]]:
        """Say it so much later than what was said before; the answer."""
        self.now += later
        body = {
            "conversation": self.conversation,
            "message": f"back-{next(TURNS)}",
            "text": text,
            "timezone": "America/New_York",
            "now": self.now.isoformat(),
            "today": (self.now - timedelta(hours=5)).date().isoformat(),
            **turn,
        }
        answered = self.http.post("/webhooks/conversation/turn", json=body)
        assert answered.status_code == 200, answered.text
        return answered.json()["messages"]

    def choose(self, payload: str, **when: Any) -> list[dict[str, Any]]:
        fact, _, value = payload.partition("=")
        return self.say(answer={"fact": fact, "value": value}, **when)


@pytest.fixture
def clock(stack: Stack, customers: Callable[[], Customer]) -> Clock:
    return Clock(stack, customers().id, datetime.now(timezone.utc))


def begun(clock: Clock, shop: Shop, today: datetime, days: int = 5) -> str:
    """A return up to the question about the packaging; the order's number."""
    number = shop.sells(today - timedelta(days=days + 4), delivered_at=today - timedelta(days=days))
    said = clock.say(f"return order {number}, {EMAIL}, I changed my mind, it's never been used")
    assert asked(said) == "claim.packaging_complete"
    return number


def asked(said: list[dict[str, Any]]) -> str | None:
    return next((message["asks"]["fact"] for message in said if message["asks"]), None)


def text(said: list[dict[str, Any]]) -> str:
    return "\n".join(message["text"] for message in said)


def test_after_a_minute_nothing_is_summed_up(clock: Clock, shop: Shop, today: datetime) -> None:
    begun(clock, shop, today)
    said = clock.say("hi, I'm back", later=timedelta(minutes=1))
    assert asked(said) == "claim.packaging_complete"
    assert "where we were" not in text(said)


@pytest.mark.parametrize("later", [timedelta(hours=1), timedelta(days=7)])
@pytest.mark.parametrize("words", ["hello again", "who pays the shipping?"])
def test_after_an_hour_or_a_week_it_says_where_we_were_and_one_tap_goes_on(
    clock: Clock, shop: Shop, today: datetime, later: timedelta, words: str
) -> None:
    number = begun(clock, shop, today)
    said = clock.say(words, later=later)
    for told in ("X3U Sonic Toothbrush (pink)", number, "you changed your mind", "Never used"):
        assert told in text(said), text(said)
    assert asked(said) == "claim.packaging_complete"
    assert asked(clock.choose("claim.packaging_complete=true")) == "claim.contents_complete"


def test_an_answer_after_a_week_is_taken_as_one(clock: Clock, shop: Shop, today: datetime) -> None:
    begun(clock, shop, today)
    said = clock.say("yes, I still have the box", later=timedelta(days=7))
    assert "Never used" in text(said)
    assert asked(said) == "claim.contents_complete"


def test_one_can_start_over_instead(clock: Clock, shop: Shop, today: datetime) -> None:
    begun(clock, shop, today)
    said = clock.say("hello", later=timedelta(days=2))
    assert "intent=stop_request" in {choice["payload"] for message in said for choice in message["choices"]}
    assert asked(clock.choose("intent=stop_request")) == "request"


def at_the_summary(clock: Clock, shop: Shop, today: datetime, days: int) -> str:
    number = begun(clock, shop, today, days)
    clock.choose("claim.packaging_complete=true")
    clock.choose("claim.contents_complete=true")
    assert asked(clock.say(photos=["0" * 32])) == "confirm"
    return number


def test_at_the_summary_a_week_later_the_dates_are_new(clock: Clock, shop: Shop, today: datetime) -> None:
    number = at_the_summary(clock, shop, today, days=5)
    said = clock.say("hello", later=timedelta(days=7))
    assert asked(said) == "confirm"
    assert "Return: X3U" in text(said)
    opened = clock.choose("confirm=yes")[-1]["case"]
    assert opened["review_by"] > (today + timedelta(days=7)).date().isoformat()
    assert shop.cases(number)[0]["review_by"] == opened["review_by"]


def test_a_yes_that_comes_when_the_time_is_over_opens_nothing(clock: Clock, shop: Shop, today: datetime) -> None:
    number = at_the_summary(clock, shop, today, days=28)
    said = clock.choose("confirm=yes", later=timedelta(days=7))
    assert "R.window" in {citation["clause"] for message in said for citation in message["citations"]}
    assert shop.cases(number) == []
