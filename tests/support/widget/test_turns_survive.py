"""Processes die, hang and come back: nothing is lost, nothing is said twice, nobody is left waiting."""

import signal
import time

import httpx
from rasa_double import TOKEN
from web_server import Customer

from tests.servers.own_database import change
from tests.servers.programs import until


def test_a_turn_waits_for_rasa_to_start(own):
    rasa, make = own
    customer = Customer(make().url)
    customer.post(text="hello")
    time.sleep(0.3)
    assert customer.read()["working"]
    rasa.start()
    assert customer.settled()[-1]["text"] == "You said: hello"


def test_web_killed_in_the_middle_of_a_turn_loses_and_doubles_nothing(own):
    rasa, make = own
    rasa.start()
    web = make()
    customer = Customer(web.url)
    for text in ("slow 0.5", "second"):
        customer.post(text=text)
    until(lambda: rasa.now_running)
    web.stop(signal.SIGKILL)
    customer.http.base_url = f"{make().url}/chat/api"
    texts = [message["text"] for message in customer.settled()]
    assert texts == ["slow 0.5", "second", "You said: slow 0.5", "You said: second"]
    assert len(rasa.ran) == 2
    assert not rasa.overlapped


def test_web_asked_to_stop_lets_the_turn_end(own):
    rasa, make = own
    rasa.start()
    web = make()
    customer = Customer(web.url)
    customer.post(text="slow 0.7")
    until(lambda: rasa.now_running)
    web.stop()
    assert len(rasa.calls) == 1
    customer.http.base_url = f"{make().url}/chat/api"
    assert customer.texts() == ["slow 0.7", "You said: slow 0.7"]
    assert len(rasa.calls) == 1


def test_two_web_processes_share_the_turns(own):
    rasa, make = own
    rasa.start()
    first, second = make(), make()
    one = Customer(first.url)
    two = Customer(first.url)
    two.id, two.path, two.http.headers = one.id, one.path, one.http.headers
    two.http.base_url = f"{second.url}/chat/api"
    for number in range(10):
        (one, two)[number % 2].post(text=f"slow 0.02 {number}")
    messages = one.settled()
    assert [message["seq"] for message in messages] == list(range(1, 21))
    answered = [message["text"] for message in messages if message["from"] == "bot"]
    assert answered == [f"You said: slow 0.02 {number}" for number in range(10)]
    assert len(rasa.ran) == 10
    assert not rasa.overlapped


def test_rasa_away_for_too_long_brings_a_person(own):
    _, make = own
    customer = Customer(make(SUPPORT_TURN_PATIENCE_S="0.5").url)
    assert customer.say("hello") == "Sorry, a colleague will answer."
    assert customer.read()["owner"] == "waiting"


def test_a_turn_that_failed_once_still_succeeds(own):
    rasa, make = own
    rasa.start()
    rasa.statuses = [500, 503]
    customer = Customer(make().url)
    assert customer.say("hello") == "You said: hello"
    assert [call["attempt"] for call in rasa.calls] == [1, 2, 3]


def test_a_turn_that_fails_twice_brings_a_person(own):
    rasa, make = own
    rasa.start()
    rasa.statuses = [500] * 10
    customer = Customer(make().url)
    assert customer.say("hello") == "Sorry, a colleague will answer."
    assert len(rasa.calls) == 2
    assert customer.read()["owner"] == "waiting"


def test_a_hanging_rasa_is_given_up_and_asked_again(own):
    rasa, make = own
    rasa.start()
    customer = Customer(make(SUPPORT_TURN_TIMEOUT_S="0.3").url)
    customer.post(text="slow 0.7")
    assert customer.settled()[-1]["text"] == "You said: slow 0.7"


def test_without_the_right_token_rasa_does_not_answer(own):
    rasa, make = own
    rasa.start()
    web = make(SUPPORT_INTERNAL_TOKEN=TOKEN + "x")
    assert Customer(web.url).say("hello") == "Sorry, a colleague will answer."
    assert "401" in web.log()


def test_without_its_tables_it_is_alive_and_not_ready(own):
    _, make = own
    web = make()
    change(web.database, "ALTER TABLE conversations_conversation RENAME TO elsewhere")
    assert httpx.get(f"{web.url}/health").status_code == 200
    answer = httpx.get(f"{web.url}/ready?own")
    missing = "OperationalError" if web.database.startswith("sqlite") else "ProgrammingError"
    assert (answer.status_code, answer.json()["database"]) == (503, missing)


def test_without_rasa_it_is_not_ready_and_still_takes_messages(own):
    _, make = own
    web = make()
    answer = httpx.get(f"{web.url}/ready")
    assert (answer.status_code, answer.json()["rasa"]) == (503, "ClientConnectorError")
    assert httpx.get(f"{web.url}/ready?own").status_code == 200
    assert Customer(web.url).post(text="hello").status_code == 202


def test_a_database_behind_the_code_is_not_ready(own):
    _, make = own
    web = make()
    web.stop()
    change(web.database, "DELETE FROM django_migrations WHERE app = 'mail'")
    web.start()
    answer = httpx.get(f"{web.url}/ready?own")
    assert answer.status_code == 503
    assert answer.json()["migrations"].endswith("to apply")


def test_a_domain_without_our_words_ends_the_start_with_one_line(own):
    _, make = own
    web = make()
    web.stop()
    (web.folder / "domain.yml").write_text("responses: {}")
    try:
        web.start()
    except AssertionError:
        assert "has no response utter_turn_failed" in web.log()
    else:
        raise AssertionError("it started")
