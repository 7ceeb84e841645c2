"""The whole assistant as several processes of each kind, on PostgreSQL, Redis and RabbitMQ of the tests' own."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from support.run.stack import Stack, running_stack
from tests.conversations.shop import Shop
from tests.servers.server_profile import Servers, running_servers

PROCESSES = {f"SUPPORT_{kind}_PROCESSES": "2" for kind in ("WEB", "RASA", "ACTIONS")}


@pytest.fixture(scope="session")
def servers() -> Iterator[Servers]:
    with running_servers() as one:
        yield one


@pytest.fixture(scope="session")
def replicas(servers: Servers, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Stack]:
    """Two web, two rasa and two actions processes that share the servers."""
    settings = servers.settings | PROCESSES | {"SUPPORT_DEMO_ORDERS": "0"}
    with running_stack(tmp_path_factory.mktemp("replicas"), **settings) as stack:
        yield stack


@pytest.fixture(scope="session")
def shop(replicas: Stack, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Shop]:
    one = Shop(replicas, Path(tmp_path_factory.mktemp("orders")))
    yield one
    one.close()
