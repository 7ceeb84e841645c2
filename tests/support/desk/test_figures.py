"""Figures of a time, counted from what happened, and given out as plots and as CSV."""

import csv
import datetime
import io
import json
import sqlite3
import uuid

import pytest
import yaml

from support.conversations import log, ownership, services
from support.conversations.log import Inbound
from support.conversations.models import Rating
from support.desk import misunderstood
from support.desk.figures import numbers_of
from support.desk.misunderstood import masked, proposals_file
from support.desk.plots import lying, standing
from tests.support.desk.desk_scene import NOW, user

DAY = datetime.timedelta(days=1)
MINUTE = datetime.timedelta(minutes=1)


def customer_comes(at: datetime.datetime) -> str:
    conversation, _ = log.start("", "en", at)
    log.receive(conversation.pk, Inbound(uuid.uuid4(), "hello"), at)
    return conversation.pk


def figures(since: datetime.datetime = NOW, until: datetime.datetime = NOW):
    return numbers_of(since.date(), until.date(), NOW)


def test_containment_is_the_share_that_needed_no_person(people):
    first, second, third = (customer_comes(NOW) for _ in range(3))
    services.hand_over(first, "not understood", NOW)
    ownership.take(second, user("agent"), NOW)
    log.start("", "en", NOW)  # opened the page and said nothing: no conversation
    found = figures()
    assert (found.conversations, found.contained, found.handoffs) == (3, 1, 1)
    assert round(found.containment or 0) == 33
    assert third


@pytest.mark.parametrize(("at", "counted"), [(NOW - DAY, 0), (NOW, 1), (NOW + DAY, 0)])
def test_the_first_and_the_last_day_are_included(people, at, counted):
    customer_comes(at)
    assert figures().conversations == counted


def test_every_day_of_the_time_has_its_bar(people):
    customer_comes(NOW)
    assert figures(NOW - 2 * DAY).by_day == [("2026-11-20", 0), ("2026-11-21", 0), ("2026-11-22", 1)]


def test_reasons_are_counted_without_what_differs_each_time(people):
    for reason in ("a turn failed: 503", "a turn failed: ReadTimeout", "not understood"):
        services.hand_over(customer_comes(NOW), reason, NOW)
    assert figures().reasons == [("a turn failed", 2), ("not understood", 1)]


def test_the_first_answer_is_the_persons_first_word_after_the_wait_began(people):
    mia, waits = user("agent"), [customer_comes(NOW) for _ in range(3)]
    for conversation in waits:
        services.hand_over(conversation, "", NOW)
    for conversation, minutes in zip(waits, (2, 10), strict=False):
        ownership.take(conversation, mia, NOW + MINUTE)
        ownership.answer(conversation, mia, "Hello", uuid.uuid4(), NOW + minutes * MINUTE)
        ownership.answer(conversation, mia, "More", uuid.uuid4(), NOW + 60 * MINUTE)
    found = figures()
    assert sorted(found.first_answers) == [2, 10]
    assert (found.median_minutes, found.slowest_tenth_minutes) == (6, 10)


def test_ratings_are_counted_and_so_is_silence(people):
    mia = user("agent")
    for choice in ("rating=3", "rating=1", None):
        conversation = customer_comes(NOW)
        ownership.take(conversation, mia, NOW)
        ownership.close(conversation, mia, NOW)
        if choice:
            log.receive(conversation, Inbound(uuid.uuid4(), "", choice), NOW)
    assert figures().ratings == [("well", 1), ("so-so", 0), ("not well", 1), ("no answer", 1)]
    Rating.objects.create(conversation_id=customer_comes(NOW), asked_at=NOW, value=2)
    assert figures().ratings[1] == ("so-so", 1)
    assert figures().ratings_of_the_assistant == [("well", 0), ("so-so", 1), ("not well", 0), ("no answer", 0)]


def test_a_time_without_anything_has_no_shares(people):
    found = figures()
    assert (found.containment, found.median_minutes) == (None, None)


def test_the_page_and_the_csv_say_the_same(people):
    services.hand_over(customer_comes(datetime.datetime.now(datetime.timezone.utc)), "=cmd()", NOW)
    page = people["auditor"].get("/desk/numbers?days=7").content.decode()
    assert '<svg viewBox="0 0 640' in page
    assert "style=" not in page
    rows = list(csv.reader(io.StringIO(people["auditor"].get("/desk/numbers.csv?days=7").content.decode())))
    assert rows[0] == ["figure", "what", "value"]
    assert ["conversations", "", "1"] in rows
    assert not any(cell.startswith("=") for row in rows for cell in row)


def test_bars_are_as_long_as_what_they_count():
    bars = lying("x", [("a", 10), ("b", 5), ("c", 0)]).bars
    assert bars[0].width == 2 * bars[1].width > 2 * bars[2].width
    days = standing("x", [("a", 10), ("b", 5)]).bars
    assert days[0].height == 2 * days[1].height
    assert lying("x", []).bars == []


def test_one_press_writes_a_line_to_learn_from_without_what_names_somebody(people):
    form = {"text": "my brsh SC10234 is ded, dana@example.com", "intent": "report_defect"}
    answer = people["agent"].post("/desk/training-line", form, headers={"HX-Request": "true"})
    assert answer.status_code == 200
    assert yaml.safe_load(proposals_file().read_text()) == [
        {"intent": "report_defect", "text": "my brsh … is ded, …@…", "by": "mia"}
    ]
    for wrong in ({"text": "x", "intent": "no_such"}, {"text": " ", "intent": "greet"}):
        assert people["agent"].post("/desk/training-line", wrong).status_code == 400


@pytest.mark.parametrize(
    ("typed", "shown"),
    [("#10234", "#…"), ("SC-10234", "…"), ("X3U2409A001234", "X3U2409A001234"), ("2 days", "2 days")],
)
def test_numbers_of_orders_are_masked(typed, shown):
    assert masked(typed) == shown


def test_what_was_not_understood_is_counted_and_masked(tmp_path, settings):
    settings.TRACKER_URL = f"sqlite:///{tmp_path / 'rasa.sqlite3'}"
    misunderstood._tracker.cache_clear()
    with sqlite3.connect(tmp_path / "rasa.sqlite3") as memory:
        memory.execute("create table events (id integer primary key, type_name text, timestamp float, data text)")
        for text, intent, at in (
            ("florb SC10234", "nlu_fallback", NOW),
            ("florb SC10235", "nlu_fallback", NOW),
            ("florb SC10236", "nlu_fallback", NOW - 9 * DAY),
            ("understood nlu_fallback", "greet", NOW),
            ("/choose", "nlu_fallback", NOW),
        ):
            event = {"text": text, "parse_data": {"intent": {"name": intent, "best": "greet"}}}
            row = ("user", at.timestamp(), json.dumps(event))
            memory.execute("insert into events (type_name, timestamp, data) values (?, ?, ?)", row)
    found = misunderstood.most_misunderstood(NOW - DAY, NOW + DAY)
    assert found == [misunderstood.Misunderstood("florb …", 2, "greet")]
    settings.TRACKER_URL = f"sqlite:///{tmp_path / 'no' / 'such.sqlite3'}"
    misunderstood._tracker.cache_clear()
    assert misunderstood.most_misunderstood(NOW - DAY, NOW + DAY) is None
    misunderstood._tracker.cache_clear()
