"""One web process and one stand-in for Rasa for all tests that leave them whole; fresh ones for those that do not."""

import pytest
from rasa_double import RasaDouble
from web_server import Customer, WebServer

from support.run.free_ports import free_port
from tests.servers.own_database import own_database

DOMAIN = """
responses:
  utter_turn_failed: [{text: "Sorry, a colleague will answer."}]
  utter_turn_failed_away: [{text: "Sorry, a colleague will answer. Somebody will be there {when}."}]
  utter_handed_back: [{text: "{name} has handed you back."}]
  utter_ask_rating:
    - text: "How was it?"
      buttons: [{title: "Well", payload: "rating=3"}, {title: "Not well", payload: "rating=1"}]
  utter_rated: [{text: "Thank you."}]
  utter_still_waiting:
    - text: "A colleague will answer."
      buttons: [{title: "Back to the assistant", payload: "owner=bot"}]
  utter_photo_refused_kind: [{text: "Not that kind."}]
  utter_photo_refused_broken: [{text: "Broken."}]
  utter_photo_refused_size: [{text: "Too large."}]
  utter_photo_refused_pixels: [{text: "Too many pixels."}]
"""


@pytest.fixture(scope="session")
def empty_database(tmp_path_factory):
    """The address of a migrated database to copy."""
    server = WebServer(tmp_path_factory.mktemp("empty"), 1)
    server.prepare(DOMAIN)
    return server.database


@pytest.fixture(scope="session")
def rasa():
    double = RasaDouble(free_port())
    double.start()
    yield double
    double.stop()


@pytest.fixture(scope="session")
def web(tmp_path_factory, empty_database, rasa):
    folder = tmp_path_factory.mktemp("web")
    database = own_database(folder, like=empty_database)
    server = WebServer(folder, rasa.port, database, SUPPORT_CORS_ORIGINS="https://shop.example")
    server.prepare(DOMAIN)
    server.start()
    yield server
    server.stop()
    assert "Traceback" not in server.log()


@pytest.fixture
def customer(web):
    return Customer(web.url, timezone="America/New_York")


@pytest.fixture
def own(tmp_path, empty_database):
    """A stand-in and a way to make web processes on one database, all ended with the test."""
    double, servers, folder = RasaDouble(free_port()), [], tmp_path / "web"
    folder.mkdir()
    database = own_database(folder, like=empty_database)

    def make(**settings: str) -> WebServer:
        server = WebServer(folder, double.port, database, **settings)
        server.prepare(DOMAIN)
        server.start()
        servers.append(server)
        return server

    yield double, make
    for server in servers:
        if server.process.poll() is None:
            server.stop(9)
    if double.server:
        double.stop()
