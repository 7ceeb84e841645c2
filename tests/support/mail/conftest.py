"""The house of each test, and one empty database to copy."""

import sys
from pathlib import Path

import pytest

sys.path.append(str(Path(__file__).parents[1] / "widget"))  # the stand-in for Rasa and the web process of these tests

from house import House, Writer
from rasa_double import RasaDouble
from web_server import WebServer

from support.run.free_ports import free_port


@pytest.fixture(scope="session")
def letters_database(tmp_path_factory):
    """The address of a migrated database to copy."""
    server = WebServer(tmp_path_factory.mktemp("letters"), 1)
    server.prepare("")
    return server.database


@pytest.fixture
def make_house(tmp_path, letters_database):
    """Makes a house, open unless asked otherwise; all ended with the test."""
    made = []

    def make(is_open: bool = True, **settings: str) -> House:
        rasa = RasaDouble(free_port())
        rasa.start()
        house = House(tmp_path / f"house{len(made)}", rasa, letters_database, **settings)
        made.append(house)
        if is_open:
            house.open()
        return house

    yield make
    for house in made:
        house.close()
        house.rasa.stop()


@pytest.fixture(scope="package")  # a mailroom looks again and again: not beside all other tests
def shared_house(tmp_path_factory, letters_database):
    """One house for all tests that leave it whole."""
    rasa = RasaDouble(free_port())
    rasa.start()
    house = House(tmp_path_factory.mktemp("house"), rasa, letters_database)
    house.open()
    yield house
    house.close()
    rasa.stop()


@pytest.fixture(scope="package")
def shared_town_house(tmp_path_factory, letters_database):
    """Makes one house with settings of its own, for all tests of a module."""
    made = []

    def make(**settings: str) -> House:
        rasa = RasaDouble(free_port())
        rasa.start()
        made.append(House(tmp_path_factory.mktemp("town"), rasa, letters_database, **settings))
        made[-1].open()
        return made[-1]

    yield make
    for house in made:
        house.close()
        house.rasa.stop()


@pytest.fixture
def writer(shared_house) -> Writer:
    """A customer nobody wrote with before."""
    return Writer(shared_house)
