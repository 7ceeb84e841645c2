"""After a case is open: its dates in the chat, as a calendar, and what is next."""

from collections.abc import Callable
from datetime import datetime, timedelta

import pytest
from icalendar import Calendar

from tests.conversations.customer import Customer
from tests.conversations.shop import EMAIL, Shop

FINE = {f"claim.{name}": True for name in ("unused", "packaging_complete", "contents_complete")}


def opened(customer: Customer, shop: Shop, today: datetime) -> str:
    """A return that is handed in; the order's number."""
    number = shop.sells(today - timedelta(days=9), delivered_at=today - timedelta(days=5))
    customer.say(f"return order {number}, {EMAIL}, I changed my mind")
    customer.answer_all(FINE | {"evidence.photos": 1, "confirm": "yes"})
    assert customer.case(), customer.transcript()
    return number


def test_the_dates_of_both_sides_are_told_and_stand_in_the_calendar(
    customer: Customer, shop: Shop, today: datetime
) -> None:
    opened(customer, shop, today)
    dates = customer.case()["dates"]
    assert [date["name"] for date in dates] == ["review_by", "send_by", "refund_starts_by", "money_by"]
    for date in dates:
        day = datetime.fromisoformat(date["date"])
        assert f"{day.day} {day:%B %Y}" in customer.text()
    file = customer.http.get(customer.case()["calendar"])
    assert file.status_code == 200
    assert file.headers["Content-Type"].startswith("text/calendar")
    events = Calendar.from_ical(file.text).walk("VEVENT")
    assert [event.decoded("dtstart").isoformat() for event in events] == [date["date"] for date in dates]


def test_a_calendar_is_for_the_own_conversation_only(
    customers: Callable[[], Customer], shop: Shop, today: datetime
) -> None:
    first, second = customers(), customers()
    opened(first, shop, today)
    path = first.case()["calendar"]
    assert second.http.get(path).status_code == 404
    assert second.http.get(path.replace(first.id, second.id)).status_code == 404
    assert second.http.get(path, headers={"Authorization": ""}).status_code == 401


def test_the_status_says_what_is_next_and_by_when(
    customers: Callable[[], Customer], shop: Shop, today: datetime
) -> None:
    first, second = customers(), customers()
    number = opened(first, shop, today)
    first.say("where is my refund?")
    review_by = datetime.fromisoformat(first.case()["review_by"])
    assert f"{review_by.day} {review_by:%B %Y}" in first.text()
    second.say(f"what about my case {first.case()['number']}?")
    assert "under review" not in second.text()
    second.say(number)
    second.say(EMAIL)
    assert first.case()["number"] in second.text()
    assert "under review" in second.text()
    assert second.http.get(second.case()["calendar"]).status_code == 200


@pytest.mark.parametrize("asked", ["when will I get my money?", "how long does a refund take"])
def test_who_asks_for_the_money_hears_how_far_the_own_case_is(
    customer: Customer, shop: Shop, today: datetime, asked: str
) -> None:
    opened(customer, shop, today)
    number = customer.case()["number"]
    customer.say(asked)
    assert "the refund starts within" in customer.text()
    assert f"Your case {number} is under review" in customer.text()
