"""What Rasa tells is counted once, however often it is delivered."""

import datetime
import itertools

import pytest

from support.desk.models import CountedEvent, TurnCount
from support.desk.turn_counts import count, forget_counted, understanding_of
from tests.support.desk.desk_scene import NOW

pytestmark = pytest.mark.django_db
DAY = datetime.timedelta(days=1)
numbers = itertools.count()


def understood(intent: str, zone: str = "accept", best: str | None = None, at: datetime.datetime = NOW) -> dict:
    told = {"kind": "user", "intent": intent, "confidence": 0.9, "zone": zone, "best": best}
    return {"id": f"event {next(numbers)}", "at": at.timestamp(), **told}


def acted(policy: str | None) -> dict:
    return {"id": f"event {next(numbers)}", "at": NOW.timestamp(), "kind": "action", "action": "a", "policy": policy}


def today():
    return understanding_of(NOW.date(), NOW.date())


def test_intents_are_counted_with_how_sure_they_were():
    assert count([understood("greet"), understood("greet", "ask"), understood("deny")]) == 3
    assert today().intents == [("greet", 2), ("deny", 1)]
    assert today().sureness == [("accept", 2), ("ask", 1)]


def test_an_event_that_is_delivered_again_is_not_counted_again():
    event = understood("greet")
    assert count([event, event]) == 1
    assert count([event, understood("deny")]) == 1
    assert today().intents == [("deny", 1), ("greet", 1)]


def test_what_was_not_understood_is_counted_by_what_it_was_nearest_to():
    count([understood("nlu_fallback", "none", "start_return"), understood("nlu_fallback", "none")])
    assert today().misread == [("start_return", 1)]


def test_steps_are_counted_by_policy():
    count([acted("RulePolicy"), acted("RulePolicy"), acted(None)])
    assert today().policies == [("RulePolicy", 2)]


@pytest.mark.parametrize(("at", "counted"), [(NOW - DAY, 0), (NOW, 1), (NOW + DAY, 0)])
def test_the_first_and_the_last_day_are_included(at, counted):
    count([understood("greet", at=at), understood("deny", at=NOW + 9 * DAY)])
    found = today()
    assert (found.intents[0][1] if found else 0) == counted


def test_what_went_wrong_in_the_middle_counts_nothing():
    with pytest.raises(KeyError):
        count([understood("greet"), {"id": "bad", "at": NOW.timestamp()}])
    assert not TurnCount.objects.exists()
    assert not CountedEvent.objects.exists()


def test_old_ids_are_forgotten_and_their_counts_stay():
    count([understood("greet", at=NOW - 31 * DAY), understood("deny")])
    forget_counted(NOW)
    assert CountedEvent.objects.count() == 1
    assert TurnCount.objects.count() == 2


def test_the_page_and_the_spreadsheet_show_them(people, settings):
    assert "Messages by what they meant" not in people["lead"].get("/desk/numbers").content.decode()
    count([understood("start_return", at=datetime.datetime.now(datetime.timezone.utc))])
    assert "Messages by what they meant" in people["lead"].get("/desk/numbers").content.decode()
    assert "Messages by what they meant,start_return,1" in people["lead"].get("/desk/numbers.csv").content.decode()
