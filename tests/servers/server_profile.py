"""PostgreSQL, Redis and RabbitMQ of one's own, and the settings of an assistant that runs on them."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass

from tests.servers.postgresql import PostgreSQL, running_postgresql
from tests.servers.rabbitmq import RabbitMQ, running_rabbitmq
from tests.servers.redis_server import RedisServer, running_redis


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


@contextmanager
def running_servers() -> Iterator[Servers]:
    """Both databases are made, and empty."""
    with ExitStack() as running:
        one = Servers(
            *(running.enter_context(start()) for start in (running_postgresql, running_redis, running_rabbitmq))
        )
        for database in ("support", "rasa"):
            one.postgresql.create(database)
        yield one
