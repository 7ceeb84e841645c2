"""The real web process: what one person does the others hear at once, and nobody hears who may not."""

import time
import uuid
from collections.abc import Iterator

import httpx
import pytest

from support.run.free_ports import free_port
from tests.servers.own_database import change
from tests.servers.programs import until
from tests.support.desk.live_desk import DOMAIN, Desk, make_people
from tests.support.widget.rasa_double import RasaDouble
from tests.support.widget.web_server import Customer, WebServer


@pytest.fixture(scope="module")
def web(tmp_path_factory) -> Iterator[WebServer]:
    double = RasaDouble(free_port())
    double.start()
    server = WebServer(tmp_path_factory.mktemp("desk-web"), double.port)
    server.prepare(DOMAIN)
    make_people(server)
    server.start()
    yield server
    server.stop(9)
    double.stop()


@pytest.fixture
def customer(web) -> Customer:
    return Customer(web.url, timezone="America/New_York")


def test_what_one_does_the_other_hears_and_so_does_the_customer(web, customer):
    mia, tom = Desk(web, "mia"), Desk(web, "tom")
    customer.say("hello")
    tom.listens(customer.id)
    owned_by = tom.heard("owner")[-1]
    assert owned_by == "bot "
    assert mia.does("take", customer.id) == 204
    until(lambda: tom.heard("owner")[-1] != owned_by)
    assert tom.does("take", customer.id) == 409
    said = len(tom.heard("said"))
    assert mia.does("say", customer.id, text="Hi, I'm Mia", client_id=str(uuid.uuid4())) == 204
    until(lambda: len(tom.heard("said")) > said)
    assert customer.texts()[-1] == "Hi, I'm Mia"
    said = len(tom.heard("said"))
    assert mia.does("say", customer.id, text="careful", kind="note") == 204
    until(lambda: len(tom.heard("said")) > said)
    assert customer.texts()[-1] == "Hi, I'm Mia"


def test_who_begins_to_wait_is_heard_on_every_page(web, customer):
    ada = Desk(web, "ada")
    customer.say("hello")
    ada.listens()
    before = ada.heard("line")[-1]
    mia = Desk(web, "mia")
    mia.does("take", customer.id)
    mia.does("transfer", customer.id)
    until(lambda: ada.heard("line")[-1] == before + 1)


def test_what_another_process_changes_is_heard_on_an_open_page(web, customer):
    ada = Desk(web, "ada")
    customer.say("hello")
    ada.listens(customer.id)
    revision, waiting = ada.heard("said")[-1], ada.heard("line")[-1]
    waits = "owner = 'waiting', waiting_since = changed_at, revision = revision + 1"
    change(web.database, f"UPDATE conversations_conversation SET {waits} WHERE id = ?", customer.id)
    until(lambda: ada.heard("owner")[-1] == "waiting ", 5)
    until(lambda: (ada.heard("said")[-1], ada.heard("line")[-1]) == (revision + 1, waiting + 1), 5)


def test_the_bot_is_silent_until_it_is_handed_back(web, customer):
    mia = Desk(web, "mia")
    customer.say("hello")
    mia.does("take", customer.id)
    customer.post(text="are you there?")
    assert customer.settled()[-1]["text"] == "are you there?"
    mia.does("hand-back", customer.id)
    assert [message["text"] for message in customer.settled()][-2:] == [
        "Mia has handed you back.",
        "You said: {'fact': 'owner', 'value': 'bot'}",
    ]


def test_signing_out_ends_the_stream(web, customer, monkeypatch):
    tom = Desk(web, "tom")
    tom.listens(customer.id)
    assert tom.post("/desk/sign-out").status_code == 302
    until(lambda: ("end", None) in tom.events, 15)


def test_an_open_page_does_not_hold_up_the_end_of_the_process(web, tmp_path):
    double = RasaDouble(free_port())
    server = WebServer(tmp_path, double.port)
    server.prepare(DOMAIN)
    make_people(server)
    server.start()
    mia = Desk(server, "mia")
    mia.listens()
    began = time.monotonic()
    server.stop()
    assert time.monotonic() - began < 1.9  # the server itself would wait two seconds for an open stream
    until(lambda: ("end", None) in mia.events or server.process.poll() is not None)


def test_nobody_listens_who_is_not_signed_in(web, customer):
    answer = httpx.get(f"{web.url}/desk/live", params={"conversation": customer.id})
    assert answer.status_code == 302
    assert answer.headers["location"].startswith("/desk/sign-in")


def test_the_pages_carry_the_strict_policy_and_are_not_kept(web):
    mia = Desk(web, "mia")
    page = mia.http.get("/desk/")
    policy = page.headers["Content-Security-Policy"]
    assert "default-src 'none'" in policy
    assert "script-src 'self'" in policy
    assert "unsafe" not in policy
    assert page.headers["Cache-Control"] == "no-store"
    assert page.headers["X-Frame-Options"] == "DENY"


def test_a_form_from_elsewhere_is_refused_on_the_event_loop_too(web, customer):
    mia = Desk(web, "mia")
    answer = mia.http.post(f"/desk/conversations/{customer.id}/take")
    assert answer.status_code == 403
    assert "too old" in answer.text
