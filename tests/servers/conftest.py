"""The whole assistant as several processes of each kind, on PostgreSQL, Redis and RabbitMQ of the tests' own."""

from collections.abc import Iterator
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path

import pytest

from support.run.stack import Stack, running_stack
from tests.conversations.shop import Shop
from tests.servers.postgresql import PostgreSQL, running_postgresql
from tests.servers.rabbitmq import RabbitMQ, running_rabbitmq
from tests.servers.redis_server import RedisServer, running_redis

PROCESSES = {f"SUPPORT_{kind}_PROCESSES": "2" for kind in ("WEB", "RASA", "ACTIONS")}


@dataclass
class Servers:
    postgresql: PostgreSQL
    redis: RedisServer
    rabbitmq: RabbitMQ

    @property
    def settings(self) -> dict[str, str]:
        return {
            "SUPPORT_DATABASE_URL": self.postgresql.address("support"),
            "SUPPORT_TRACKER_URL": self.postgresql.address("rasa"),
            "SUPPORT_REDIS_URL": self.redis.url,
            "SUPPORT_BROKER_URL": self.rabbitmq.url,
        }


@pytest.fixture(scope="session")
def servers() -> Iterator[Servers]:
    with ExitStack() as running:
        one = Servers(
            *(running.enter_context(start()) for start in (running_postgresql, running_redis, running_rabbitmq))
        )
        for database in ("support", "rasa"):
            one.postgresql.create(database)
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
