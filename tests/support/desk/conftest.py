"""A desk with an account of each role, a conversation with a photo and a case, and a clock that is ours."""

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.test import Client

from support.conversations import words
from support.desk.accounts import add_agent
from tests.support.desk.desk_scene import NOW, ROLES, Scene, make_scene
from tests.support.desk.helpdesk_server import HelpdeskAgent, HelpdeskServer

ROOT = Path(__file__).resolve().parents[3]


@pytest.fixture(autouse=True)
def here(tmp_path, settings):
    settings.PHOTOS_DIR = tmp_path / "photos"
    settings.VAR_DIR = tmp_path
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
    settings.RASA_URLS = ["http://127.0.0.1:1"]  # nobody: the desk has to do without
    words.responses.cache_clear()
    yield
    words.responses.cache_clear()
    shutil.rmtree(tmp_path / "photos", ignore_errors=True)


@pytest.fixture
def people(db) -> dict[str, Client]:
    """A signed-in browser for each role, and one that is signed out."""
    clients = {"signed out": Client()}
    for role, name in ROLES.items():
        user, _ = add_agent(name, role, password="a long enough secret")
        clients[role] = Client()
        clients[role].force_login(user, "django.contrib.auth.backends.ModelBackend")
    return clients


@pytest.fixture
def scene(people) -> Scene:
    return make_scene(NOW)


@pytest.fixture(scope="session")
def server(tmp_path_factory) -> Iterator[HelpdeskServer]:
    """A django-helpdesk that runs."""
    running = HelpdeskServer(tmp_path_factory.mktemp("helpdesk"))
    running.start()
    yield running
    running.stop()


@pytest.fixture(scope="session")
def nora(server) -> HelpdeskAgent:
    return HelpdeskAgent(server, "nora")
